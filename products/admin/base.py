"""What every page of the desk has in common: one door for writing, and the same comforts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.messages.storage import default_storage
from django.db import IntegrityError, OperationalError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from products.admin.bulk import BulkMoving
from products.admin.downloads import Downloadable
from products.admin.editing import MOST_OF_WHY, WHY, FactForm, PlainFigures
from products.admin.histories import WithHistory
from products.admin.merging import LOADED, Merging
from products.changes import recording
from products.models import ChangeSet, Status

FIELDS: dict[Any, dict[str, Any]] = {
    # An address typed without its scheme is one of today's web.
    models.URLField: {"assume_scheme": "https"},
    # Most notes are a sentence or two; the box can be pulled larger.
    models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
}

View = Callable[[], HttpResponse]


class Comforts(BaseModelAdmin):
    """What forms and lines have in common."""

    formfield_overrides = FIELDS

    def formfield_for_dbfield(self, *args: Any, **kwargs: Any) -> Any:
        """Without a cross beside each choice: a brand is deleted on its own page, by intent."""
        field = super().formfield_for_dbfield(*args, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class FactAdmin(Comforts, Downloadable, WithHistory, Merging, BulkMoving):
    """Base of every list and form of facts.

    Each POST is one recording: the record, its parts and all that is derived from them are written
    together or not at all. Nothing else on the desk can write facts: `NotRecording` refuses it.
    """

    form = FactForm
    save_on_top = True
    list_per_page = 50
    # Counting the whole table for "3 results (20,000 total)" costs more than it tells.
    show_full_result_count = False

    class Media:
        js = ["admin/js/jquery.init.js", "products/admin/doi.js"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        view = super().changeform_view
        return self._recorded(request, lambda: view(request, object_id, form_url, extra_context))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = super().delete_view
        return self._recorded(request, lambda: view(request, object_id, extra_context))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        view = super().changelist_view
        return self._recorded(request, lambda: view(request, extra_context))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where there is something to save, with what is sent along: what was opened, and why."""
        fieldsets = super().get_fieldsets(request, obj)
        (name, first), *others = fieldsets
        fields = [field for field in first["fields"] if field not in (LOADED, WHY)]
        if not (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        ):
            return [(name, {**first, "fields": fields}), *others]
        opened = [LOADED] if obj else []
        why = (_("This change"), {"fields": [WHY]})
        return [(name, {**first, "fields": [*opened, *fields]}), *others, why]

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Visitors see published records only, so no link leads to a page that is not there."""
        if getattr(obj, "status", Status.PUBLISHED) != Status.PUBLISHED:
            return None
        return super().get_view_on_site_url(obj)

    def _recorded(self, request: HttpRequest, view: View) -> HttpResponse:
        if request.method != "POST":
            return view()
        try:
            return self._once(request, view)
        except (IntegrityError, OperationalError):
            # Somebody was quicker between the checks and the write, or both waited for each other.
            # The second time the checks see what is there by then and say so at the field. What the
            # first time said on its way ("was added") did not come true.
            request._messages = default_storage(request)  # type: ignore[attr-defined]
        try:
            return self._once(request, view)
        except IntegrityError:
            say = _("The database refused this as contradicting another record. Nothing was saved.")
            self.message_user(request, say, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def _once(self, request: HttpRequest, view: View) -> HttpResponse:
        why = request.POST.get(WHY, "").strip()[:MOST_OF_WHY]
        with recording(by=request.user, reason=why, kind=ChangeSet.Kind.DESK):
            return view()


class PartInline(Comforts, InlineModelAdmin):
    """Base of the parts that are entered on the page of their whole, one a line."""

    template = "admin/edit_inline/tabular.html"
    form = PlainFigures
    extra = 0

    def formfield_for_dbfield(self, *args: Any, **kwargs: Any) -> Any:
        """A line has room for one button beside a choice: the one that adds another."""
        field = super().formfield_for_dbfield(*args, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
        return field
