"""One figure of a comparison: a typed value, or the kind of empty that it is."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise

from compare import figures
from compare.comparison.remarks import Remark
from products.models import Currency, EmptyKind, Source
from products.rules import cost
from products.rules.dose import Amount
from products.rules.units import rounded

PERCENT = "%"
PLACES_BEYOND_DOUBT = 4
"""Figures that agree so far are the same figure, however each was worked out."""


@dataclass(frozen=True)
class Named:
    """A thing with a page of its own; with a blank address, one whose page is not published."""

    name: str
    url: str | Promise

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Seen:
    """The day on which a price or rating was seen, `None` when it is not known."""

    on: date | None
    stale: bool = False

    def at(self, day: date) -> Seen:
        return Seen(self.on, cost.is_stale(self.on, day))


@dataclass(frozen=True)
class Delta:
    """How far a range's ends are from those of the baseline, the smaller first."""

    amount: Amount
    unit: str

    def __str__(self) -> str:
        ends = [_signed(end, self.unit) for end in (self.amount.low, self.amount.high)]
        text = ends[0] if ends[0] == ends[1] else " to ".join(ends)
        has_own_unit = self.unit in Currency.values or not self.unit
        unit = "points" if self.unit == PERCENT else self.unit
        return text if has_own_unit else f"{text}{figures.NBSP}{unit}"


Value = Amount | Decimal | int | bool | str | TextChoices | Named | date | tuple[Any, ...]


@dataclass(frozen=True)
class Cell:
    """What one row says of one subject. Knows no HTML, and no other cell.

    `unit` is "mg", "%" (of a fraction of 1), a currency, or the noun that follows a figure. `beside`
    is a second coded statement that never goes without the first: the certainty of a direction, the
    standing against a limit. `is_doubtful`: it rests on a figure that cannot be, so it is never best.
    `places` fixes the decimals. `empty` says that the value is not known; a value may still be there
    to be shown, as *cannot be checked*. `mark`, `delta` and `numbers` are put in by the matrix.
    """

    value: Value | None = None
    unit: str = ""
    empty: EmptyKind | None = None
    remarks: tuple[Remark, ...] = ()
    sources: tuple[Source, ...] = ()
    beside: str | None = None
    seen: Seen | None = None
    places: int | None = None
    is_doubtful: bool = False
    mark: str = ""
    delta: Delta | None = None
    numbers: tuple[int, ...] = field(default=())

    @property
    def known(self) -> bool:
        return self.empty is None and self.value is not None

    @property
    def amount(self) -> Amount | None:
        """The value as a range of figures, when it is one."""
        if not self.known or isinstance(self.value, bool):
            return None
        if isinstance(self.value, Amount):
            return self.value
        if isinstance(self.value, int | Decimal):
            return Amount.exactly(Decimal(self.value))
        return None

    @property
    def key(self) -> Hashable:
        """What equal cells have in common; `None` of an unknown one, which equals nothing."""
        if not self.known:
            return None
        if amount := self.amount:
            ends = (rounded(end, PLACES_BEYOND_DOUBT) for end in (amount.low, amount.high))
            return self.unit, *ends
        if isinstance(self.value, tuple):
            return frozenset(_folded(part) for part in self.value)
        return _folded(self.value), self.beside

    @property
    def figure(self) -> str:
        """The value as people read it, without its unit unless the two are one."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if self.amount is not None:
            return _figure(self.amount, self.unit, self.places)
        if isinstance(value, tuple):
            return ", ".join(_word(part) for part in value)
        return _word(value)

    @property
    def noun(self) -> str:
        """The unit where it stands behind the figure."""
        is_own = self.unit == PERCENT or self.unit in Currency.values
        return "" if is_own or self.amount is None else self.unit

    @property
    def text(self) -> str:
        """The whole cell as one line of text, the kind of empty included."""
        if not self.known:
            shown = self.figure or str((self.empty or EmptyKind.NOT_LOOKED_UP).label)
        else:
            shown = f"{self.figure} {self.noun}".strip()
        return shown

    @property
    def note(self) -> str:
        """The remarks as one line."""
        return "; ".join(str(remark) for remark in self.remarks)

    def minus(self, base: Cell) -> Delta | None:
        """The distance from a baseline; none from or to an unknown, none of unlike units, none of nothing."""
        mine, theirs = self.amount, base.amount
        if mine is None or theirs is None or self.unit != base.unit:
            return None
        ends = sorted((mine.low - theirs.low, mine.high - theirs.high))
        if not any(rounded(end, PLACES_BEYOND_DOUBT) for end in ends):
            return None
        return Delta(Amount(*ends), self.unit)


def unknown(kind: EmptyKind, *remarks: Remark, **more: Any) -> Cell:
    """A cell that says why there is no figure."""
    return Cell(empty=kind, remarks=remarks, **more)


def _figure(amount: Amount, unit: str, places: int | None) -> str:
    if unit == PERCENT:
        return _percent(amount, places)
    if unit in Currency.values:
        return figures.money_range(amount, unit)
    return figures.amount(amount) if places is None else figures.number(amount.low, places)


def _percent(amount: Amount, places: int | None) -> str:
    """Whole per cents from 10 on and one place below, unless so many places are asked for."""
    if places is None:
        places = 0 if amount.high >= Decimal("0.1") else 1
    low, high = (figures.number(end * 100, places) for end in (amount.low, amount.high))
    return f"{low if low == high else f'{low}–{high}'}{figures.NBSP}%"


def _signed(value: Decimal, unit: str) -> str:
    if unit in Currency.values:
        text = figures.money(value, unit)
    elif unit == PERCENT:
        text = figures.number(value * 100, 0 if abs(value) >= Decimal("0.1") else 1)
    else:
        text = figures.significant(value)
    return text if value < 0 else f"+{text}"


def _folded(part: Any) -> str:
    return " ".join(str(part.value if isinstance(part, TextChoices) else part).casefold().split())


def _word(part: Any) -> str:
    if isinstance(part, TextChoices):
        return str(part.label)
    if isinstance(part, date):
        return f"{part.day} {part:%B %Y}"
    return str(part)
