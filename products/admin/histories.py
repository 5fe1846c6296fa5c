"""The history of a record: what was changed in it and its parts, and the way back to each state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from products import going_back, history
from products.admin.going_back import GoingBack
from products.admin.values import Told, of_changes
from products.models import Change, ChangeSet
from products.models.base import Fact
from products.models.history import name_of

SETS_A_PAGE = 20


@dataclass(frozen=True)
class Entry:
    """One set of changes as far as it concerns the record, and whether one can go back before it."""

    set: ChangeSet
    told: list[Told]
    has_before: bool


class WithHistory(admin.ModelAdmin):
    """Puts our history in the place of Django's, which knows what was done here but not what else."""

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        ours = path("<path:object_id>/history/<int:set_id>/<str:side>/", view, name=name)
        return [ours, *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A bounded number of queries, however long the history is."""
        record = self._record(request, object_id)
        changes = history.of_record(record)
        sets = ChangeSet.objects.filter(pk__in=changes.values("set")).select_related("undoes")
        page = Paginator(sets, SETS_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %s") % record,
            "opts": self.opts,
            "object": record,
            "entries": _entries(record, list(page.object_list)),
            "page": page,
            "may_restore": self.has_change_permission(request, record),
            "may_see_sets": request.user.has_perm("products.view_changeset"),
            "restore_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/products/history.html", context)

    def restore_view(
        self, request: HttpRequest, object_id: str, set_id: int, side: str
    ) -> HttpResponse:
        """What would change if the record and its parts went back, and on POST the way back."""
        record = self._record(request, object_id)
        change_set = get_object_or_404(ChangeSet, pk=set_id)
        if side not in ("before", "after"):
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        back = admin_urlname(self.opts, "history")  # type: ignore[arg-type]
        when = f"{change_set.at:%Y-%m-%d %H:%M}"
        title = (
            _("Restore the state before the change of %s")
            if side == "before"
            else _("Restore the state after the change of %s")
        ) % when
        there = reverse(back, args=[record.pk])
        return GoingBack(
            plan=partial(going_back.restoring, record, change_set, before=side == "before"),
            kind=ChangeSet.Kind.RESTORE,
            default_reason=title,
            then=there,
            context={
                **self.admin_site.each_context(request),
                "title": title,
                "subtitle": str(record),
                "opts": self.opts,
                "button": _("Restore"),
                "back": there,
            },
        ).page(request)

    def _record(self, request: HttpRequest, object_id: str) -> Fact:
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return record


def _entries(record: Fact, sets: list[ChangeSet]) -> list[Entry]:
    changes = list(history.of_record(record).filter(set__in=sets))
    told = list(of_changes(changes))
    itself = name_of(type(record), record.pk)
    entries = []
    for change_set in sets:
        of_set = [
            (change, words)
            for change, words in zip(changes, told, strict=True)
            if change.set_id == change_set.pk
        ]
        came = any(
            change.record == itself and change.action == Change.Action.ADDED for change, _ in of_set
        )
        entries.append(Entry(change_set, [words for _, words in of_set], not came))
    return entries
