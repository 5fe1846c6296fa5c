"""Sets of changes: what was saved or imported together, by whom and why, and the way to undo it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products import going_back
from products.admin.going_back import GoingBack
from products.admin.values import of_changes
from products.models import ChangeSet

CHANGES_A_PAGE = 100
MAY_UNDO = "products.undo_changeset"


@admin.register(ChangeSet)
class ChangeSetAdmin(admin.ModelAdmin):
    """Written by the one door and by nobody else, so it is only looked at."""

    list_display = ["at", "by_name", "role", "kind", "reason", "records"]
    list_filter = ["kind", "at", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["reason", "by_name", "changes__name"]
    search_help_text = "Reason, editor or name of a record"
    date_hierarchy = "at"
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeSet]:
        return super().get_queryset(request).annotate(number=Count("changes"))

    @admin.display(description="records", ordering="number")
    def records(self, change_set: Any) -> int:
        number: int = change_set.number
        return number

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.undo_view)
        ours = path("<int:set_id>/undo/", view, name="products_changeset_undo")
        return [ours, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One set with its changes, a hundred a page."""
        if object_id is None or not self.has_view_permission(request):
            raise PermissionDenied
        change_set = get_object_or_404(ChangeSet.objects.select_related("undoes"), pk=object_id)
        page = Paginator(change_set.changes.all(), CHANGES_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": self._title(change_set),
            "opts": self.opts,
            "change_set": change_set,
            "told": list(of_changes(list(page.object_list))),
            "page": page,
            "undone_by": change_set.undone_by.all(),
            "may_undo": request.user.has_perm(MAY_UNDO),
        }
        return TemplateResponse(request, "admin/products/change_set.html", context)

    def undo_view(self, request: HttpRequest, set_id: int) -> HttpResponse:
        change_set = get_object_or_404(ChangeSet, pk=set_id)
        if not request.user.has_perm(MAY_UNDO):
            raise PermissionDenied
        there = reverse("admin:products_changeset_change", args=[change_set.pk])
        return GoingBack(
            plan=partial(going_back.undoing, change_set),
            kind=ChangeSet.Kind.UNDO,
            default_reason=_("Undone: %s") % (change_set.reason or change_set),
            then=there,
            undoes=change_set,
            context={
                **self.admin_site.each_context(request),
                "title": _("Undo this whole set of changes"),
                "subtitle": str(change_set),
                "opts": self.opts,
                "button": _("Undo the set"),
                "back": there,
            },
        ).page(request)

    def _title(self, change_set: ChangeSet) -> str:
        number = change_set.changes.count()
        records = ngettext("%d record", "%d records", number) % number
        return f"{change_set}: {records}"
