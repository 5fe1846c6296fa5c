"""Which grades a change of rule moved, told when every derived column is worked out anew.

The state of the catalogue remembers by which versions it was last worked out. A rebuild under other
versions writes one `RuleChange` for each rule that differs. Whatever is written between the new code
and the rebuild follows the new rule already, so rebuild at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.utils import timezone

from products.models import CatalogueState, MagnesiumForm, Product, RuleChange
from products.rules import versions

RULES_OF: dict[str, tuple[str, ...]] = {
    "confidence": ("derive", "grading"),
    "bioavailability": ("derive",),
    "laxative": ("derive",),
    "label_check": ("derive", "label_check", "chemistry"),
}
"""The grades that a reader goes by, and the rules that each follows from."""


@dataclass(frozen=True)
class Move:
    """One grade that is another now. `kind` is `form` or `product`, `subject` its slug."""

    kind: str
    subject: str
    column: str
    old: str
    new: str


def moves(row: MagnesiumForm | Product, before: Mapping[str, object]) -> list[Move]:
    """The grades among the columns that differ; `before` has their old values."""
    kind = "form" if isinstance(row, MagnesiumForm) else "product"
    return [
        Move(kind, row.slug, column, str(before[column]), str(getattr(row, column)))
        for column in RULES_OF
        if column in before
    ]


def remember(state: CatalogueState) -> None:
    """Note by which versions a catalogue is worked out that does not know it yet."""
    if not state.rules:
        CatalogueState.objects.filter(pk=state.pk).update(rules=versions.current())


def tell(state: CatalogueState, moved: Sequence[Move]) -> None:
    """Write down each rule that differs from the last time, with the grades that can follow from it."""
    now = versions.current()
    RuleChange.objects.bulk_create(
        _change(rule, state, now[rule], moved)
        for rule in now
        if rule in state.rules and state.rules[rule] != now[rule]
    )
    if state.rules != now:
        CatalogueState.objects.filter(pk=state.pk).update(rules=now)


def _change(rule: str, state: CatalogueState, version: str, moved: Sequence[Move]) -> RuleChange:
    own = [move for move in moved if rule in RULES_OF[move.column]]
    return RuleChange(
        rule=rule,
        from_version=state.rules[rule],
        to_version=version,
        at=state.changed_at or timezone.now(),
        total=len(own),
        moved=[asdict(move) for move in own[: RuleChange.MOST_TOLD]],
    )
