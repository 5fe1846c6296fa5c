"""What an import did or would do, counted and in words, for the command and the desk alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from products.importing.labels.facts import Value
from products.importing.labels.planning import SKIPPED, Fate, Plan
from products.importing.labels.record import Doubt

FATES = {
    Fate.NEW: "new draft",
    Fate.CHANGED: "changed",
    Fate.UNCHANGED: "unchanged",
    Fate.PROPOSED: "here already: proposed, not overwritten",
    Fate.OLDER: "older than what is here",
    Fate.REMOVED: "deleted at the desk, stays deleted",
    Fate.NO_MAGNESIUM: "without magnesium",
    Fate.REFUSED: "refused",
}
DOUBTS = {
    Doubt.AMOUNT_NOT_READ: "an amount that is no one figure of mass",
    Doubt.AMOUNT_AGAINST_DAILY_VALUE: "amount and percent daily value contradict each other",
    Doubt.COMPOUND_BELOW_MAGNESIUM: "more magnesium than compound: are the two swapped?",
    Doubt.COMPOUND_OR_ELEMENTAL: "compound or magnesium itself?",
    Doubt.SEVERAL_AMOUNTS: "several amounts of magnesium",
    Doubt.FORM_AMONG_OTHER_INGREDIENTS: "the panel names no form, the other ingredients do",
    Doubt.NO_PANEL: "no panel: the name alone tells of magnesium",
    Doubt.BARCODE_DOES_NOT_FIT: "the check digit of the barcode does not fit",
    Doubt.PER_100_G_AGAINST_SERVING: "the figures for 100 g and for a serving contradict each other",
}


@dataclass
class Tally:
    """Counts over all plans of a run."""

    fates: Counter[Fate] = field(default_factory=Counter)
    conflicts: int = 0
    wordings: Counter[str] = field(default_factory=Counter)
    doubts: Counter[Doubt] = field(default_factory=Counter)

    def add(self, plans: Sequence[Plan]) -> None:
        for plan in plans:
            self.fates[plan.fate] += 1
            if plan.fate is Fate.UNCHANGED or plan.fate in SKIPPED:
                continue
            self.conflicts += len(plan.conflicts)
            self.wordings.update(plan.made.unplaced)
            self.doubts.update(one.doubt for one in plan.doubts)

    @property
    def records(self) -> int:
        return self.fates.total()

    def lines(self) -> Iterator[str]:
        """The counts, one a line; a fate that nothing met is left out."""
        for fate, words in FATES.items():
            if self.fates[fate]:
                yield f"{self.fates[fate]:>7}  {words}"
        if self.conflicts:
            yield f"{self.conflicts:>7}  fields in conflict with what stands at the desk"
        if self.wordings:
            yield f"{self.wordings.total():>7}  wordings to be placed by an editor ({len(self.wordings)} different)"
        for doubt, number in self.doubts.most_common():
            yield f"{number:>7}  left blank: {DOUBTS[doubt]}"


def said_of(plan: Plan) -> Iterator[str]:
    """What an editor should hear of one record: why it is refused, what differs, what is open."""
    if plan.reason:
        yield plan.reason
    if plan.fate is Fate.UNCHANGED or plan.fate in SKIPPED:
        return
    for one in plan.conflicts:
        yield f"conflict in {one.name}: the desk has {shown(one.holds)}, the record says {shown(one.says)}"
    for wording in plan.made.unplaced:
        yield f"not placed: {wording[:200]}"
    for doubted in plan.doubts:
        yield f"left blank ({DOUBTS[doubted.doubt]}): {doubted.text}"


def shown(value: Value) -> str:
    """A value of a field in one line."""
    if not value:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(map(_part, value)) if isinstance(value[0], dict) else " to ".join(value)
    return f"“{value}”"


def _part(part: dict[str, str]) -> str:
    masses = [
        f"{part[name]} mg {words}"
        for name, words in (("compound_mg", "compound"), ("elemental_mg", "magnesium"))
        if part[name]
    ]
    return " ".join([part["form"], *masses])
