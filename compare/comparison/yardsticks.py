"""What doses are held against: the need of a woman and a man, and the limits for supplements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compare.kept import kept
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
        """Those of an authority, and the limits of the authorities that always stand there."""
        known = on_record()
        return cls(
            [row for row in known.intakes if row.authority == authority],
            [row for row in known.levels if row.authority in {authority, *ALWAYS}],
        )

    @classmethod
    def limit_by(cls, authority: Authority) -> UpperLevel | None:
        """The most from supplements for an adult by one authority."""
        return on_record().limit(authority)

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


@kept
def on_record() -> Yardsticks:
    """Every need and limit that is published, with its source. Two queries."""
    return Yardsticks(
        tuple(ReferenceIntake.objects.published().select_related("source")),
        tuple(UpperLevel.objects.published().select_related("source")),
    )


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
