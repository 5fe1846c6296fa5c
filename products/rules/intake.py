"""Recommended intakes and upper levels: whose they are, and how a dose stands to them.

Masses in mg of elemental magnesium a day, ages in years (0.5 is six months). Figures
come from the authorities themselves (for the US: Institute of Medicine, Dietary
Reference Intakes, 1997, chapter 6); this module only finds the right one. Callers
give the rows of one authority.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeVar

from products.rules.dose import Amount

VERSION = "1"

ADULT_FROM_YEARS = Decimal(18)
"""Where a row for adults names no age: label values (Regulation (EU) No 1169/2011,
Annex XIII) are for adults, and EFSA counts adults from 18."""


class Sex(StrEnum):
    """For whom a reference is; of a person, `ALL` means not stated."""

    ALL = "all"
    FEMALE = "female"
    MALE = "male"


class LifeStage(StrEnum):
    """The stages that authorities set apart. The first three follow from age."""

    INFANT = "infant"
    CHILD = "child"
    ADULT = "adult"
    PREGNANCY = "pregnancy"
    LACTATION = "lactation"


class Code(StrEnum):
    """How an amount, which may be a range, stands against a limit."""

    WITHIN = "within"
    CAN_BE_ABOVE = "can_be_above"
    ABOVE = "above"


_NOT_BY_AGE = frozenset({LifeStage.PREGNANCY, LifeStage.LACTATION})


@dataclass(frozen=True)
class Reference:
    """One recommended intake (`kind`: RDA, AI, RNI, DV …) of an authority.

    `age_from_years` is included, `age_to_years` is not; `None` is an open end.
    """

    authority: str
    kind: str
    sex: Sex
    life_stage: LifeStage
    age_from_years: Decimal | None
    age_to_years: Decimal | None
    amount_mg: Decimal


@dataclass(frozen=True)
class UpperLevel:
    """One limit (`kind`: UL, guidance_level) of an authority, for either sex."""

    authority: str
    kind: str
    life_stage: LifeStage
    age_from_years: Decimal | None
    age_to_years: Decimal | None
    amount_mg: Decimal


class _ForAges(Protocol):
    @property
    def life_stage(self) -> LifeStage: ...
    @property
    def age_from_years(self) -> Decimal | None: ...
    @property
    def age_to_years(self) -> Decimal | None: ...


_Row = TypeVar("_Row", bound=_ForAges)


def share_of(amount: Amount, limit_mg: Decimal) -> Amount:
    """Give an amount as a fraction of a reference or limit, unrounded (1 is all of it).

    Raises `ValueError` for a limit of nothing.
    """
    if limit_mg <= 0:
        raise ValueError(f"no share of {limit_mg} mg")
    return Amount(amount.low / limit_mg, amount.high / limit_mg)


def with_other(amount: Amount, other_mg: Decimal) -> Amount:
    """Add magnesium that is taken besides, in mg a day: from other supplements and medicines.

    Food stays out: limits for supplements don't count it. Raises `ValueError` below nothing.
    """
    if other_mg < 0:
        raise ValueError(f"no {other_mg} mg can be taken")
    return Amount(amount.low + other_mg, amount.high + other_mg)


def against_limit(amount: Amount, limit_mg: Decimal) -> Code:
    """Tell whether an amount keeps to a limit; the limit itself is still within."""
    if amount.high <= limit_mg:
        return Code.WITHIN
    return Code.ABOVE if amount.low > limit_mg else Code.CAN_BE_ABOVE


def reference_for(
    references: Iterable[Reference], age: Decimal, sex: Sex, life_stage: LifeStage
) -> Reference | None:
    """Give the reference intake of a person, or `None` when the authority sets none.

    One for the person's own sex goes before one for all; of equal ones the first given.
    Infant, child and adult are told apart by `age`, since authorities draw those lines
    differently. Pregnancy and lactation are never answered with the figure for adults.
    """
    fitting = [
        reference
        for reference in _for_person(references, age, life_stage)
        if reference.sex in (sex, Sex.ALL)
    ]
    return min(fitting, key=lambda reference: reference.sex is Sex.ALL, default=None)


def upper_level_for(
    levels: Iterable[UpperLevel], age: Decimal, life_stage: LifeStage
) -> UpperLevel | None:
    """Give the upper level of a person by the rules of `reference_for`; else `None`."""
    return next(_for_person(levels, age, life_stage), None)


def _for_person(rows: Iterable[_Row], age: Decimal, life_stage: LifeStage) -> Iterator[_Row]:
    apart = life_stage if life_stage in _NOT_BY_AGE else None
    for row in rows:
        row_apart = row.life_stage if row.life_stage in _NOT_BY_AGE else None
        if row_apart == apart and _holds_at(row, age):
            yield row


def _holds_at(row: _ForAges, age: Decimal) -> bool:
    start = row.age_from_years
    if start is None:
        start = ADULT_FROM_YEARS if row.life_stage is LifeStage.ADULT else Decimal(0)
    return start <= age and (row.age_to_years is None or age < row.age_to_years)
