"""Needs and limits of one reader: the right row of each authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compare.comparison.yardsticks import on_record
from compare.safety.reader import Reader
from products.models import Authority, ReferenceIntake, UpperLevel
from products.rules import intake
from products.rules.intake import LifeStage, Sex

USUAL_AGE = Decimal(40)
"""Stands for adults over 31 where a reader gives no age."""

BODIES = {
    "nasem_us": "United States (NASEM)",
    "fda_us": "United States (label)",
    "scf_eu": "EU (SCF, kept by EFSA)",
    "efsa": "EU (EFSA)",
    "eu_label": "EU (label)",
    "bfr_de": "Germany (BfR)",
    "dach": "Germany, Austria, Switzerland",
    "evm_uk": "United Kingdom (EVM)",
    "sacn_uk": "United Kingdom (SACN)",
    "mhlw_jp": "Japan",
    "nhmrc_au_nz": "Australia, New Zealand",
    "vkm_no": "Norway (VKM)",
    "nnr_2023": "Nordic countries",
    "who_fao": "WHO and FAO",
}


def body_name(row: ReferenceIntake | UpperLevel) -> str:
    """The body that issued a figure, in few words."""
    return BODIES.get(row.issued_by) or str(row.get_authority_display())


@dataclass(frozen=True)
class Amounts:
    """All needs and limits on record, or those of one authority."""

    needs: Sequence[ReferenceIntake]
    limits: Sequence[UpperLevel]

    @classmethod
    def load(cls, authority: Authority | None = None) -> Amounts:
        """Figures for labels are no needs, and are left out."""
        known = on_record()
        found = cls([row for row in known.intakes if not row.is_for_labels], known.levels)
        return found.of(authority) if authority else found

    def of(self, authority: Authority) -> Amounts:
        return Amounts(
            [row for row in self.needs if row.authority == authority],
            [row for row in self.limits if row.authority == authority],
        )

    def need(self, age: Decimal, sex: Sex, stage: LifeStage) -> ReferenceIntake | None:
        rows = {row.reference: row for row in self.needs}
        found = intake.reference_for(rows, age, sex, stage)
        return rows[found] if found else None

    def limit(self, age: Decimal, stage: LifeStage) -> UpperLevel | None:
        rows = {row.level: row for row in self.limits}
        found = intake.upper_level_for(rows, age, stage)
        return rows[found] if found else None

    def needs_of(self, reader: Reader) -> list[ReferenceIntake]:
        """The need of a reader; of one who does not say their sex, those of a woman and a man."""
        age = USUAL_AGE if reader.age is None else reader.age
        sex = reader.sex_for_needs
        sexes = [Sex.FEMALE, Sex.MALE] if sex is Sex.ALL else [sex]
        found = [self.need(age, one, reader.stage_for_needs) for one in sexes]
        return list(dict.fromkeys(row for row in found if row is not None))

    def limit_of(self, reader: Reader) -> tuple[UpperLevel | None, bool]:
        """The limit of a reader, and whether it is the one for adults for want of one for their stage."""
        age = USUAL_AGE if reader.age is None else reader.age
        own = self.limit(age, reader.stage_for_needs)
        if own is not None or reader.stage is None:
            return own, False
        return self.limit(age, LifeStage.ADULT), True
