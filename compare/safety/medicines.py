"""Interactions by what to do, and the hours to keep, drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from compare.charts.axis import hatch
from compare.safety.reader import Reader
from products.models import Interaction

SHOWN_HOURS = 8
"""Hours drawn before and after the magnesium; the longest gap on record is 8."""
HOUR = 7
MIDDLE = 60


@dataclass(frozen=True)
class Hours:
    """The hours to keep the medicine out of, with the magnesium in the middle; 18 high, 120 wide."""

    before: int
    after: int

    @property
    def start(self) -> int:
        return MIDDLE - HOUR * min(self.before, SHOWN_HOURS)

    @property
    def width(self) -> int:
        return MIDDLE + HOUR * min(self.after, SHOWN_HOURS) - self.start

    @property
    def hatch(self) -> str:
        return hatch(Decimal(self.start), Decimal(self.start + self.width), 13, 5, 6)

    @property
    def ticks(self) -> range:
        return range(MIDDLE - HOUR * SHOWN_HOURS, MIDDLE + HOUR * SHOWN_HOURS + 1, 2 * HOUR)


LONGEST_GAP = Hours(2, 6)
"""Stands in the key of the drawing."""


@dataclass(frozen=True)
class Medicine:
    """One interaction, and whether the reader takes it. Rows that say the same of several forms are one."""

    row: Interaction
    is_yours: bool
    others: tuple[Interaction, ...] = ()

    @property
    def forms(self) -> str:
        """`oxide, hydroxide or carbonate`; blank for any form."""
        names = [
            row.form.short_name.lower()
            if row.form.short_name[1:2].islower()
            else row.form.short_name
            for row in (self.row, *self.others)
            if row.form
        ]
        return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))

    @property
    def hours(self) -> Hours | None:
        if self.row.hours_before is None or self.row.hours_after is None:
            return None
        return Hours(self.row.hours_before, self.row.hours_after)


@dataclass(frozen=True)
class Group:
    """Medicines with which the same is to be done."""

    action: str
    label: str
    rows: tuple[Medicine, ...]


_GRAVEST = [severity.value for severity in Interaction.Severity]


def groups(rows: Iterable[Interaction], reader: Reader) -> list[Group]:
    """By action, the gravest first; what the reader takes stands on top of its group."""
    same: defaultdict[tuple[str, str, str], list[Interaction]] = defaultdict(list)
    for row in rows:
        same[row.code, row.action, row.what_to_do].append(row)
    medicines = [
        Medicine(first, first.code in reader.medicines, tuple(others))
        for first, *others in same.values()
    ]
    medicines.sort(
        key=lambda one: (not one.is_yours, _GRAVEST.index(one.row.severity), one.row.medicine_class)
    )
    found = [
        Group(
            action.value,
            str(action.label),
            tuple(one for one in medicines if one.row.action == action),
        )
        for action in Interaction.Action
    ]
    return [group for group in found if group.rows]
