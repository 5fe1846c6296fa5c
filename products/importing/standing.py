"""What somebody at the desk may bring in, and where it stands then on its way to the reader.

The rules of the desk hold for rows of a file as for a form: what is new is a draft, changed evidence
goes back into review, and who changes drafts only is refused what was published once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from products import workflow
from products.importing.records import Candidate
from products.models import Reviewed, Status
from products.models.base import Fact
from products.rules.workflow import Action, Power, Refusal

_REFUSED = {
    Refusal.NO_POWER: "your account may not change this",
    Refusal.BEYOND_DRAFTS: "this was published, and your account changes drafts only. Ask an editor",
}
_MAY_NOT_ADD = "there is no such record, and your account may not add one"


class Standing:
    """Somebody at the desk; without `by` a command, which may do everything."""

    def __init__(self, model: type[Fact], by: Any = None) -> None:
        self._by = by
        self._part_of = model.part_of
        self._may_add = by is None or Power.ADD in workflow.powers_of(by, model)
        self._is_reviewed = issubclass(model, Reviewed)
        self._has_status = workflow.has_status(model)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that are written besides those of the file."""
        return ("status", "author") if self._is_reviewed else ()

    def refusals(self, candidates: Sequence[Candidate]) -> list[str]:
        """Why each may not be written; blank: it may. One query, for the wholes of parts."""
        if self._by is None:
            return [""] * len(candidates)
        if self._part_of:
            rows = [candidate.record for candidate in candidates]
            prefetch_related_objects(rows, self._part_of)
        return [self._refusal(candidate) for candidate in candidates]

    def _refusal(self, candidate: Candidate) -> str:
        if candidate.is_new and not self._may_add:
            return _MAY_NOT_ADD
        if candidate.is_new and not self._part_of:
            return ""
        refused = workflow.refusal(Action.CHANGE, candidate.record, self._by)
        return _REFUSED[refused] if refused else ""

    def put(self, candidate: Candidate) -> None:
        """Set where a row stands once it is written."""
        row: Any = candidate.record
        if candidate.is_new and self._has_status:
            row.status = Status.DRAFT
        for name, value in workflow.written(row, self._by).items():
            setattr(row, name, value)
