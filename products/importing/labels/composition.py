"""What the magnesium lines of a panel come to: magnesium itself, its forms, and how much of each.

Labels nest compound below magnesium or magnesium below compound, and now and then swap the two. So
depth decides nothing. A line is magnesium itself when it names no compound; a line that names one
states the compound's mass or the magnesium that it brings, and which of them follows from the total
beside it or from its percent daily value. What neither settles stays blank, with a doubt that quotes
the label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from products.importing.labels import text
from products.importing.labels.record import Doubt, Doubted, MagnesiumRow
from products.importing.labels.wording import forms_in, is_bare
from products.rules import units
from products.rules.label_check import IMPOSSIBLE_ABOVE
from products.rules.label_wording import LONGEST, Reason, Wording

DAILY_VALUES_MG = (Decimal(400), Decimal(420))
"""The daily value of magnesium for adults on US labels before and since the change of 2016
(21 CFR 101.9(c)(8)(iv), 81 FR 33742)."""

FAR_OFF = Decimal("1.5")
"""How many times an amount may be off its percent daily value before one of the two is not believed.
A house rule: rounding, and the two daily values, stay far below it."""
CLOSE = Decimal("0.06")
"""How near it must be to be proven by it; from percents that are rounded to whole ones."""

Placed = Mapping[str, tuple[str, ...]]
"""Forms that an editor gave to wordings; none where it is not magnesium."""

_MASS = re.compile(r"(\d[\d.,]*)\s*(mg|mcg|g|grams?)\b", re.IGNORECASE)
_NOTHING_TO_PLACE = {Reason.EMPTY, Reason.NO_MAGNESIUM, Reason.OTHER_NUTRIENT, Reason.ADDITIVE}


@dataclass
class Part:
    """One form with what the label says of it; mg in a serving."""

    form: str
    as_printed: str
    compound_mg: Decimal | None = None
    elemental_mg: Decimal | None = None
    withheld: bool = False


@dataclass
class Composition:
    """A panel's magnesium. Masses are mg in a serving, `None` where the label leaves them open."""

    elemental_mg: Decimal | None = None
    compound_mg: Decimal | None = None
    """Of several forms together, where the label gives no more than that."""
    parts: list[Part] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    """Wordings for an editor, as written."""
    doubts: list[Doubted] = field(default_factory=list)
    has_magnesium: bool = False


class _Says(Enum):
    """What the amount of a line that names a compound is an amount of."""

    COMPOUND = auto()
    ELEMENTAL = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class _Line:
    """A row that was read: forms that it names, and its amount in mg."""

    place: int
    row: MagnesiumRow
    forms: tuple[str, ...]
    mg: Decimal | None
    is_bare: bool


def read_wording(wording: str, placed: Placed) -> Wording:
    """Which forms a wording names, by an editor's word where there is one."""
    if (forms := placed.get(wording)) is not None:
        reason = Reason.PLACED if forms else Reason.NO_MAGNESIUM
        return Wording(forms, False, "", reason)
    return forms_in(wording)


def compose(
    rows: Sequence[MagnesiumRow], fractions: Mapping[str, Decimal | None], placed: Placed
) -> Composition:
    """Read the magnesium lines of one panel.

    `fractions` are the elemental fractions of the forms that are known, by slug.
    """
    return _Composer(fractions, placed).compose(rows)


class _Composer:
    def __init__(self, fractions: Mapping[str, Decimal | None], placed: Placed) -> None:
        self._fractions = fractions
        self._placed = placed
        self._made = Composition()

    def compose(self, rows: Sequence[MagnesiumRow]) -> Composition:
        lines = list(self._lines(rows))
        self._made.has_magnesium = bool(lines) or bool(self._made.unplaced)
        bare = [line for line in lines if line.is_bare]
        named = [line for line in lines if not line.is_bare]
        total = self._total(bare, named)
        roles = [(line, self._role(line, named, total)) for line in named]
        for line, says in roles:
            self._add(line, says)
        self._made.elemental_mg = total if bare else _total_of(roles)
        for line in bare:
            self._add(line, _Says.UNKNOWN)
        self._own_amounts(bare, named)
        self._compound_within_wording(bare, named)
        self._made.parts.sort(key=lambda part: self._first(lines, part.form))
        return self._made

    # Lines

    def _lines(self, rows: Sequence[MagnesiumRow]) -> Iterator[_Line]:
        """Rows that have magnesium to them; what cannot be placed is kept for an editor."""
        for place, row in enumerate(rows):
            wording = read_wording(row.wording, self._placed)
            unknown = [form for form in wording.forms if form not in self._fractions]
            if wording.unplaced or unknown:
                self._made.unplaced.append(row.wording[:LONGEST])
            elif wording.reason in _NOTHING_TO_PLACE:
                continue
            forms = () if unknown else wording.forms
            yield _Line(place, row, forms, self._mg(row), is_bare(row.name))

    def _mg(self, row: MagnesiumRow) -> Decimal | None:
        """The amount of a row in mg; mmol and mEq are of magnesium itself, so of bare rows alone."""
        amount = row.amount
        if amount.value is None:
            if amount.text:
                self._doubt(Doubt.AMOUNT_NOT_READ, _quoted(row))
            return None
        unit = amount.unit.casefold().strip()
        reckon: Callable[[Decimal], Decimal] | None = None
        if is_bare(row.name):
            reckon = {"mmol": units.mmol_to_mg, "meq": units.meq_to_mg}.get(unit)
        try:
            mg = reckon(amount.value) if reckon else units.to_mg(amount.value, unit)
        except units.UnknownUnit:
            self._doubt(Doubt.AMOUNT_NOT_READ, _quoted(row))
            return None
        mg = units.rounded(mg, 4)
        if not 0 < mg < 100_000:
            self._doubt(Doubt.AMOUNT_NOT_READ, _quoted(row))
            return None
        return mg

    # Magnesium itself

    def _total(self, bare: Sequence[_Line], named: Sequence[_Line]) -> Decimal | None:
        """Magnesium in a serving, as lines that name no compound state it."""
        stated = [line for line in bare if line.mg is not None]
        if not stated:
            return None
        amounts = {line.mg for line in stated}
        if len(amounts) == 1 and self._are_one(stated):
            total = stated[0].mg
        elif self._add_up(stated, bare, named):
            total = sum((line.mg for line in stated if line.mg), start=Decimal(0))
        else:
            self._doubt(Doubt.SEVERAL_AMOUNTS, "; ".join(_quoted(line.row) for line in stated))
            return None
        if any(_far_off(line.row, line.mg) for line in stated):
            self._doubt(
                Doubt.AMOUNT_AGAINST_DAILY_VALUE, "; ".join(_quoted(line.row) for line in stated)
            )
            return None
        return self._unless_swapped(total, stated, named)

    def _are_one(self, stated: Sequence[_Line]) -> bool:
        """One line, or one that is said again below itself."""
        places = {line.place for line in stated}
        return sum(line.row.parent not in places for line in stated) == 1

    def _add_up(
        self, stated: Sequence[_Line], bare: Sequence[_Line], named: Sequence[_Line]
    ) -> bool:
        """Lines of different forms, none below another, and no line that says a total."""
        forms = [line.forms for line in stated]
        below_named = {line.row.parent for line in stated} & {line.place for line in named}
        if below_named:
            return len(below_named) == len(stated) == len(bare) == len(named)
        places = {line.place for line in bare}
        apart = all(forms) and len(set(forms)) == len(forms) and len(stated) == len(bare)
        return apart and not any(line.row.parent in places for line in stated)

    def _unless_swapped(
        self, total: Decimal | None, stated: Sequence[_Line], named: Sequence[_Line]
    ) -> Decimal | None:
        """Magnesium out of less compound: one of the figures is wrong, and which, nobody can tell.

        Unless the percent daily value stands by the magnesium.
        """
        masses = [line.mg for line in named]
        known = [mg for mg in masses if mg is not None]
        if total is None or not known or len(known) < len(masses) or _is_total(known, total):
            return total
        if sum(known) > total or any(_proves(line.row, line.mg) for line in stated):
            return total
        quoted = "; ".join(_quoted(line.row) for line in [*stated, *named])
        self._doubt(Doubt.COMPOUND_BELOW_MAGNESIUM, quoted)
        return None

    # Compounds

    def _role(self, line: _Line, named: Sequence[_Line], total: Decimal | None) -> _Says:
        known = [other.mg for other in named if other.mg is not None]
        if line.mg is None:
            return _Says.UNKNOWN
        if total is None:
            return _Says.UNKNOWN if self._swapped else self._role_alone(line)
        if _is_total(known, total):
            return _Says.ELEMENTAL
        return _Says.COMPOUND if sum(known) > total else _Says.UNKNOWN

    @property
    def _swapped(self) -> bool:
        unsure = {Doubt.COMPOUND_BELOW_MAGNESIUM, Doubt.SEVERAL_AMOUNTS}
        return any(doubted.doubt in unsure for doubted in self._made.doubts)

    def _role_alone(self, line: _Line) -> _Says:
        """Of a line that names a compound where no line states magnesium itself."""
        row, mg = line.row, line.mg
        if mg is not None and row.percent_dv:
            if _proves(row, mg):
                return _Says.ELEMENTAL
            fractions = [self._fractions.get(form) for form in line.forms]
            if any(fraction and _proves(row, mg * fraction) for fraction in fractions):
                return _Says.COMPOUND
        elif row.dv_not_established or row.in_blend:
            # Magnesium itself has a daily value, so this is the mass of something else.
            return _Says.COMPOUND
        self._doubt(Doubt.COMPOUND_OR_ELEMENTAL, _quoted(row))
        return _Says.UNKNOWN

    # Parts

    def _add(self, line: _Line, says: _Says) -> None:
        """Add a line's forms, with its amount where it is one form's alone."""
        if len(line.forms) > 1 and says is _Says.COMPOUND and self._made.compound_mg is None:
            self._made.compound_mg = line.mg
        for form in line.forms:
            part = next((part for part in self._made.parts if part.form == form), None)
            if part is None:
                part = Part(form, line.row.wording[:300])
                part.withheld = line.row.in_blend and line.mg is None
                self._made.parts.append(part)
            if len(line.forms) == 1 and line.mg is not None:
                self._put(part, line, says)

    def _put(self, part: Part, line: _Line, says: _Says) -> None:
        part.withheld = False
        if says is _Says.COMPOUND:
            part.compound_mg = (part.compound_mg or Decimal(0)) + (line.mg or Decimal(0))
        elif says is _Says.ELEMENTAL:
            part.elemental_mg = (part.elemental_mg or Decimal(0)) + (line.mg or Decimal(0))

    def _own_amounts(self, bare: Sequence[_Line], named: Sequence[_Line]) -> None:
        """Magnesium of each form, where several lines state it one by one."""
        by_place = {line.place: line for line in named}
        if self._made.elemental_mg is None or len(bare) < 2:
            return
        for line in bare:
            owner = by_place.get(line.row.parent) if line.row.parent is not None else None
            forms = owner.forms if owner else line.forms
            part = next((part for part in self._made.parts if [part.form] == list(forms)), None)
            if part is not None and line.mg is not None and part.elemental_mg is None:
                fits = part.compound_mg is None or line.mg <= part.compound_mg
                part.elemental_mg = line.mg if fits else None

    def _compound_within_wording(self, bare: Sequence[_Line], named: Sequence[_Line]) -> None:
        """`Magnesium (from 2,000 mg Magtein)`: the mass of the one compound stands in the words."""
        total, parts = self._made.elemental_mg, self._made.parts
        if len(bare) != 1 or named or total is None or len(parts) != 1:
            return
        masses = _MASS.findall(bare[0].row.wording)
        figure = text.number(masses[0][0].rstrip(".,")) if len(masses) == 1 else None
        fraction = self._fractions.get(parts[0].form)
        if not figure or not fraction:
            return
        compound = units.to_mg(figure, masses[0][1])
        if compound > total and total <= compound * fraction * IMPOSSIBLE_ABOVE:
            parts[0].compound_mg = compound

    def _first(self, lines: Sequence[_Line], form: str) -> int:
        return min(line.place for line in lines if form in line.forms)

    def _doubt(self, doubt: Doubt, quoted: str) -> None:
        found = Doubted(doubt, quoted[:500])
        if found not in self._made.doubts:
            self._made.doubts.append(found)


def _total_of(roles: Sequence[tuple[_Line, _Says]]) -> Decimal | None:
    """Where every compound states the magnesium that it brings, that is all of it."""
    if not roles or any(says is not _Says.ELEMENTAL for _, says in roles):
        return None
    return sum((line.mg for line, _ in roles if line.mg), start=Decimal(0))


def _is_total(parts: Sequence[Decimal], total: Decimal) -> bool:
    """Parts that come to the total are parts of it, and no masses of compounds."""
    return abs(sum(parts, start=Decimal(0)) - total) <= max(Decimal(1), total / 100)


def _share(row: MagnesiumRow, mg: Decimal | None) -> Iterator[Decimal]:
    """How many times the amount is what the percent daily value comes to, for either daily value."""
    if mg and row.percent_dv:
        for daily_value in DAILY_VALUES_MG:
            yield mg / (daily_value * row.percent_dv / 100)


def _proves(row: MagnesiumRow, mg: Decimal | None) -> bool:
    # A small percent is rounded coarsely: half a percent of 400 mg is 2 mg.
    slack = max(CLOSE, Decimal("0.6") / row.percent_dv) if row.percent_dv else CLOSE
    return any(abs(share - 1) <= slack for share in _share(row, mg))


def _far_off(row: MagnesiumRow, mg: Decimal | None) -> bool:
    shares = list(_share(row, mg))
    if not shares or (mg is not None and mg < 20):
        return False
    return all(share > FAR_OFF or share < 1 / FAR_OFF for share in shares)


def _quoted(row: MagnesiumRow) -> str:
    percent = f"{row.percent_dv.normalize():f} %" if row.percent_dv else ""
    return " ".join(part for part in (row.wording, row.amount.text, percent) if part)
