"""Publish, retire or submit many records at once, after a page that says what will happen to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import ngettext

from products import attention, workflow
from products.admin import wording
from products.admin.moving import Moving
from products.models.vetting import in_words
from products.rules.vetting import Remark
from products.rules.workflow import Action, Power

AT_ONCE = (Action.SUBMIT, Action.PUBLISH, Action.RETIRE)
NAMED = 200
"""So many are named on the page of a confirmation; the others are counted."""


@dataclass(frozen=True)
class Sorted:
    """What a move would do: rows that go along, and those that do not with the reason."""

    going: list[Any]
    staying: list[tuple[Any, list[str]]]

    @classmethod
    def of(cls, action: Action, rows: Iterable[Any], user: Any) -> Sorted:
        going, staying = [], []
        rows = list(rows)
        wrong = attention.in_the_way(type(rows[0]), [row.pk for row in rows]) if rows else {}
        for row in rows:
            remarks = wrong.get(row.pk, []) if action is Action.PUBLISH else []
            if why := _why_not(action, row, user, remarks):
                staying.append((row, why))
            else:
                going.append(row)
        return cls(going, staying)


class BulkMoving(Moving):
    """The actions of a list whose records have a status."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if not workflow.has_status(self.model) or "_popup" in request.GET:
            return actions
        powers = workflow.powers_of(request.user, self.model)
        for action in AT_ONCE:
            needed = Power.CHANGE if action is Action.SUBMIT else Power.PUBLISH
            if needed in powers:
                name = f"{action}_selected"
                actions[name] = (_handler(action), name, wording.BULK[action])
        return actions

    def move_selected(
        self, action: Action, request: HttpRequest, rows: QuerySet[Any]
    ) -> HttpResponse | None:
        """Ask first, then do it in the recording of this request: all that may go, in one write."""
        found = Sorted.of(action, rows, request.user)
        if "confirmed" not in request.POST:
            return self._ask(action, request, found)
        self._move(action, request, found.going)
        if found.going:
            said = ngettext("%d record: %s", "%d records: %s", len(found.going))
            done = wording.DONE[action] if len(found.going) == 1 else wording.DONE_ALL[action]
            self.message_user(request, said % (len(found.going), done), messages.SUCCESS)
        for row, why in found.staying[:NAMED]:
            self.message_user(request, f"{row}: {' '.join(why)}", messages.WARNING)
        return None

    def _ask(self, action: Action, request: HttpRequest, found: Sorted) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": wording.QUESTIONS[action],
            "opts": self.opts,
            "media": self.media,
            "action": f"{action}_selected",
            "button": wording.BUTTONS[action],
            "will": wording.WILL[action],
            "going": found.going[:NAMED],
            "going_count": len(found.going),
            "going_unnamed": max(0, len(found.going) - NAMED),
            "staying": found.staying[:NAMED],
            "staying_count": len(found.staying),
            "staying_unnamed": max(0, len(found.staying) - NAMED),
            "selected": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/products/move_selected.html", context)

    def _move(self, action: Action, request: HttpRequest, going: list[Any]) -> None:
        """One status at a time: what is set depends on the action and the model only."""
        if not going:
            return
        rows = self.model._default_manager.filter(pk__in=[row.pk for row in going])
        rows.update(**workflow.moved(action, going[0], request.user))
        LogEntry.objects.log_actions(
            request.user.pk,  # type: ignore[arg-type]
            going,
            CHANGE,
            str(wording.DONE[action]),
        )


def _handler(action: Action) -> Callable[..., HttpResponse | None]:
    def handle(admin: BulkMoving, request: HttpRequest, rows: Any) -> HttpResponse | None:
        return admin.move_selected(action, request, rows)

    return handle


def _why_not(action: Action, row: Any, user: Any, remarks: Iterable[Remark]) -> list[str]:
    """Reasons in words; none: it goes along. `remarks` are those that keep it from being published."""
    if refused := workflow.refusal(action, row, user):
        return [str(wording.REFUSED[refused])]
    return [in_words(remark) for remark in remarks]
