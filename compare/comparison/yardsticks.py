"""What doses are held against: the need of a woman and a man, and the limits for supplements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from products.models import Authority, ReferenceIntake, UpperLevel
from products.rules import intake

AGE = Decimal(40)
"""Stands for adults over 31, the last step of the US table before old age."""

ALWAYS = (Authority.US, Authority.EFSA)
"""Their limits stand in every comparison: most readers buy under one of the two."""

SHORT_NAMES = {
    Authority.US: "US",
    Authority.EFSA: "EU",
    Authority.UK: "UK",
    Authority.DE: "German",
    Authority.NORDIC: "Nordic",
    Authority.NO: "Norwegian",
    Authority.AU_NZ: "Australian",
    Authority.JP: "Japanese",
    Authority.WHO: "WHO",
}
_FOR_LABELS = {ReferenceIntake.Kind.DV, ReferenceIntake.Kind.NRV}


@dataclass(frozen=True)
class Yardsticks:
    """Rows of the authorities that a page needs."""

    intakes: Sequence[ReferenceIntake] = ()
    levels: Sequence[UpperLevel] = ()

    @classmethod
    def of(cls, authority: Authority) -> Yardsticks:
        """Two queries."""
        intakes = ReferenceIntake.objects.published().filter(authority=authority)
        levels = UpperLevel.objects.published().filter(authority__in={authority, *ALWAYS})
        return cls(tuple(intakes.select_related("source")), tuple(levels.select_related("source")))

    @classmethod
    def limit_by(cls, authority: Authority) -> UpperLevel | None:
        """The most from supplements for an adult by one authority. One query."""
        levels = UpperLevel.objects.published().filter(authority=authority)
        return cls(levels=tuple(levels)).limit(authority)

    def need(self, authority: Authority, sex: intake.Sex) -> ReferenceIntake | None:
        """Recommended for an adult over 31 from all sources; figures for labels are none."""
        rows = {
            _reference(row): row
            for row in self.intakes
            if row.authority == authority and row.kind not in _FOR_LABELS
        }
        found = intake.reference_for(rows, AGE, sex, intake.LifeStage.ADULT)
        return rows[found] if found else None

    def limit(self, authority: Authority) -> UpperLevel | None:
        """The most from supplements for an adult."""
        rows = {_level(row): row for row in self.levels if row.authority == authority}
        found = intake.upper_level_for(rows, AGE, intake.LifeStage.ADULT)
        return rows[found] if found else None


def _reference(row: ReferenceIntake) -> intake.Reference:
    return intake.Reference(
        authority=row.issued_by,
        kind=row.kind,
        sex=intake.Sex(row.sex),
        life_stage=intake.LifeStage(row.life_stage),
        age_from_years=row.age_from_years,
        age_to_years=row.age_to_years,
        amount_mg=row.amount_mg,
    )


def _level(row: UpperLevel) -> intake.UpperLevel:
    return intake.UpperLevel(
        authority=row.issued_by,
        kind=row.kind,
        life_stage=intake.LifeStage(row.life_stage),
        age_from_years=row.age_from_years,
        age_to_years=row.age_to_years,
        amount_mg=row.amount_mg,
    )
