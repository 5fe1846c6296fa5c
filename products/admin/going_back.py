"""The pages on which an editor looks through what going back would do, and does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from products import going_back
from products.admin.values import Told, of_steps
from products.going_back import WHOLE, Step
from products.models import ChangeSet, Status

MOST_SHOWN = 200
"""Records of an undone import that are shown one by one; the others are counted."""


@dataclass(frozen=True)
class Clash:
    """A field, or a whole record, that was changed again later."""

    token: str
    what: str
    later: ChangeSet
    can_be_had: bool


@dataclass(frozen=True)
class GoingBack:
    """One way back: how it is worked out, what it is called, and where to go from there."""

    plan: Callable[[], list[Step]]
    kind: ChangeSet.Kind
    default_reason: str
    then: str
    context: dict[str, Any]
    undoes: ChangeSet | None = None

    def page(self, request: HttpRequest) -> HttpResponse:
        """Show what would change; on POST do what was shown, or say why not."""
        refused: list[str] = []
        if request.method == "POST":
            try:
                return self._do(request)
            except going_back.ChangedMeanwhile:
                refused = [_("Somebody changed something meanwhile. This is what it comes to now.")]
            except going_back.DoesNotFit as error:
                refused = [_("Nothing was changed, since the state does not fit any more:")]
                refused += error.sentences
        steps = self.plan()
        if not steps:
            messages.info(request, _("There is nothing to change back: it is so already."))
            return HttpResponseRedirect(self.then)
        told = list(of_steps(steps))
        context = {
            **self.context,
            "told": told[:MOST_SHOWN],
            "not_shown": len(told) - MOST_SHOWN,
            "clashes": _clashes(steps, told),
            "also": request.POST.getlist("also"),
            "lacking": lacking(request, steps),
            "digest": going_back.digest(steps),
            "refused": refused,
            "why": request.POST.get("why", ""),
        }
        return TemplateResponse(request, "admin/products/going_back.html", context)

    def _do(self, request: HttpRequest) -> HttpResponse:
        def permitted() -> list[Step]:
            steps = self.plan()
            if lacking(request, steps):
                raise PermissionDenied
            return steps

        change_set = going_back.go_back(
            permitted,
            request.POST.get("digest", ""),
            also=request.POST.getlist("also"),
            by=request.user,
            reason=request.POST.get("why", "").strip() or self.default_reason,
            kind=self.kind,
            undoes=self.undoes,
        )
        if change_set is None:
            messages.info(request, _("There was nothing left to change back."))
        else:
            messages.success(request, _("Done. It is a change like any other in the history."))
        return HttpResponseRedirect(self.then)


def lacking(request: HttpRequest, steps: list[Step]) -> list[str]:
    """What an editor would have to be allowed for all of the steps, and is not."""
    needed = {
        (step.model._meta, action)
        for step in steps
        if step.is_possible
        for action in _actions(step)
    }
    return sorted(
        f"{action} {opts.verbose_name_plural}"
        for opts, action in needed
        if not request.user.has_perm(f"{opts.app_label}.{get_permission_codename(action, opts)}")
    )


def _actions(step: Step) -> Iterator[str]:
    yield "add" if step.now is None else "delete" if step.then is None else "change"
    # What visitors see, or would see, is changed by who may publish it.
    if Status.PUBLISHED in {(state or {}).get("status") for state in (step.now, step.then)}:
        yield "publish"


def _clashes(steps: list[Step], told: list[Told]) -> list[Clash]:
    found = []
    for step, record in zip(steps, told, strict=True):
        labels = {line.name: line.label for line in record.lines}
        for name, later in step.later.items():
            what = record.title if name == WHOLE else f"{record.title}, {labels.get(name, name)}"
            found.append(Clash(f"{step.record}:{name}", what, later, step.is_possible))
    return found
