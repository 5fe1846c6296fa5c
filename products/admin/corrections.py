"""What readers report, and what was made of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.models import CorrectionReport

SENT = ["link", "wrong", "source", "email", "sent_at"]
State = CorrectionReport.State


@admin.register(CorrectionReport)
class CorrectionReportAdmin(admin.ModelAdmin):
    """A report is read and settled, never entered or changed."""

    list_display = ["wrong", "link", "source", "sent_at", "state", "handled_by"]
    list_filter = ["state", "sent_at"]
    list_select_related = ["handled_by"]
    search_fields = ["page", "wrong", "source"]
    search_help_text = "Page, words of the report or source"
    date_hierarchy = "sent_at"
    readonly_fields = [*SENT, "handled_by", "handled_at"]
    fieldsets = [
        ("The report", {"fields": [*SENT]}),
        ("What became of it", {"fields": ["state", "answer", ("handled_by", "handled_at")]}),
    ]
    actions = ["mark_done", "mark_declined"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="page", ordering="page")
    def link(self, report: CorrectionReport) -> SafeString:
        return format_html("<a href='{}'>{}</a>", report.page, report.page)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if "state" in form.changed_data:
            obj.handled_by, obj.handled_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Mark the selected as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, reports: QuerySet[CorrectionReport]) -> None:
        self._settle(request, reports, State.DONE)

    @admin.action(description=_("Decline the selected"), permissions=["change"])
    def mark_declined(self, request: HttpRequest, reports: QuerySet[CorrectionReport]) -> None:
        self._settle(request, reports, State.DECLINED)

    def _settle(self, request: HttpRequest, reports: Any, state: State) -> None:
        settled = reports.exclude(state=state).update(
            state=state, handled_by=request.user, handled_at=timezone.now()
        )
        said = ngettext("%d report: %s", "%d reports: %s", settled) % (settled, state.label)
        self.message_user(request, said, messages.SUCCESS)
