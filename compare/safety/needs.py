"""The table of needs: a row for each age at which some figure of an authority changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from compare.figures import number
from compare.safety.amounts import Amounts
from compare.safety.reader import OLDEST, Reader
from products.models import ReferenceIntake, UpperLevel
from products.rules.intake import ADULT_FROM_YEARS, LifeStage, Sex

MOTHERS_TO = Decimal(51)
"""Where a body names no age for pregnancy, it ends where the US table of it does (IOM 1997)."""

Cells = tuple["ReferenceIntake | None", ...]


@dataclass(frozen=True)
class Column:
    """One group of people."""

    key: str
    label: str
    sex: Sex
    stage: LifeStage

    def is_of(self, reader: Reader) -> bool:
        if reader.stage:
            return self.stage is reader.stage
        return self.stage is LifeStage.ADULT and reader.sex in (self.sex, Sex.ALL)


COLUMNS = (
    Column("female", "Girls, women", Sex.FEMALE, LifeStage.ADULT),
    Column("male", "Boys, men", Sex.MALE, LifeStage.ADULT),
    Column("pregnancy", "Pregnant", Sex.FEMALE, LifeStage.PREGNANCY),
    Column("lactation", "Breastfeeding", Sex.FEMALE, LifeStage.LACTATION),
)


@dataclass(frozen=True)
class NeedCell:
    """One need; `row` is `None` where the body sets none."""

    column: Column
    row: ReferenceIntake | None
    is_yours: bool


@dataclass(frozen=True)
class Band:
    """People of one span of ages: `start` included, `end` not; `None` is open."""

    start: Decimal
    end: Decimal | None
    cells: tuple[NeedCell, ...]
    limit: UpperLevel | None
    is_yours: bool

    @property
    def label(self) -> str:
        return age_label(self.start, self.end)


def age_label(start: Decimal, end: Decimal | None) -> str:
    """`Under 6 months`, `1 to 3 years`, `31 years and over`."""
    if end is None:
        return f"{number(start)} years and over"
    if end <= 1:
        months = number(end * 12)
        return (
            f"Under {months} months"
            if start == 0
            else f"{number(start * 12)} to {_last(end)} months"
        )
    last = number(end - 1)
    return f"{number(start)} years" if end - start == 1 else f"{number(start)} to {last} years"


def _last(end: Decimal) -> str:
    return number(end * 12 - 1)


def bands(amounts: Amounts, reader: Reader) -> list[Band]:
    """Read off the rows of one authority; spans that differ in nothing are one."""
    found: list[tuple[Decimal, Decimal | None, Cells, UpperLevel | None]] = []
    for start, end in _spans(amounts):
        cells = tuple(_need(amounts, column, start) for column in COLUMNS)
        limit = amounts.limit(start, LifeStage.ADULT)
        if not any((*cells, limit)):
            continue
        if found and found[-1][1] == start and _same(found[-1], cells, limit):
            start = found.pop()[0]
        found.append((start, end, cells, limit))
    return [_band(*span, reader) for span in found]


def _spans(amounts: Amounts) -> Iterator[tuple[Decimal, Decimal | None]]:
    edges = {Decimal(0), OLDEST}
    for row in (*amounts.needs, *amounts.limits):
        edges |= {age for age in (row.age_from_years, row.age_to_years) if age is not None}
        if row.life_stage == LifeStage.ADULT and row.age_from_years is None:
            edges.add(ADULT_FROM_YEARS)
        if (
            row.life_stage in (LifeStage.PREGNANCY, LifeStage.LACTATION)
            and row.age_to_years is None
        ):
            edges.add(MOTHERS_TO)
    for start, end in pairwise(sorted(edges)):
        yield start, None if end == OLDEST else end


def _need(amounts: Amounts, column: Column, age: Decimal) -> ReferenceIntake | None:
    found = amounts.need(age, column.sex, column.stage)
    if found is None or column.stage is LifeStage.ADULT:
        return found
    open_start = found.age_from_years is None and age < ADULT_FROM_YEARS
    open_end = found.age_to_years is None and age >= MOTHERS_TO
    return None if open_start or open_end else found


def _same(
    last: tuple[Decimal, Decimal | None, Cells, UpperLevel | None],
    cells: Cells,
    limit: UpperLevel | None,
) -> bool:
    def figures(cells: Cells, limit: UpperLevel | None) -> list[object]:
        rows = [(row.amount_mg, row.kind) if row else None for row in cells]
        return [*rows, limit.amount_mg if limit else None]

    return figures(last[2], last[3]) == figures(cells, limit)


def _band(
    start: Decimal, end: Decimal | None, cells: Cells, limit: UpperLevel | None, reader: Reader
) -> Band:
    is_yours = reader.age is not None and start <= reader.age and (end is None or reader.age < end)
    return Band(
        start,
        end,
        tuple(
            NeedCell(column, row, is_yours and column.is_of(reader))
            for column, row in zip(COLUMNS, cells, strict=True)
        ),
        limit,
        is_yours,
    )
