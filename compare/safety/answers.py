"""A reader's answers as a form sends them: the good ones are taken, the others named at their field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from compare.safety.reader import MOST_OTHER_MG, OLDEST, STAGES, Reader
from products.models import Caution, Interaction
from products.rules.intake import LifeStage, Sex
from products.rules.interaction import Implied

LONGEST = 8
"""Digits of a number that means something here."""


@dataclass(frozen=True)
class Offer:
    """One thing to tick."""

    code: str
    label: str
    hint: str


@dataclass(frozen=True)
class Offered:
    """All that can be ticked. What follows from age and stage of life is not asked twice."""

    medicines: tuple[Offer, ...]
    conditions: tuple[Offer, ...]

    @classmethod
    def load(cls) -> Offered:
        """Two queries."""
        medicines = {
            row.code: Offer(row.code, row.medicine_class, row.examples)
            for row in Interaction.objects.published().order_by("medicine_class", "key")
        }
        # The row of any form comes last, so its words are the ones that stand.
        rows = Caution.objects.published().exclude(code__in=list(Implied))
        rows = rows.order_by("condition", "-key")
        conditions: dict[str, Offer] = {}
        for row in sorted(rows, key=lambda row: row.form_id is None):
            hint = ", ".join(row.synonym_list)
            conditions[row.code] = Offer(row.code, row.condition, hint)
        by_label = sorted(conditions.values(), key=lambda offer: offer.label)
        return cls(tuple(medicines.values()), tuple(by_label))


@dataclass(frozen=True)
class Answers:
    """What was said, and by field what of it could not be taken, in words."""

    reader: Reader
    wrong: Mapping[str, str]

    @classmethod
    def read(cls, lists: Mapping[str, Sequence[str]], offered: Offered) -> Answers:
        """Read the fields of a form; codes that nobody offered are left out."""
        wrong: dict[str, str] = {}
        age = _number(lists, "age", OLDEST, "years", wrong)
        other = _number(lists, "other_mg", MOST_OTHER_MG, "mg", wrong)
        reader = Reader(
            medicines=_ticked(lists, "medicine", offered.medicines),
            conditions=_ticked(lists, "condition", offered.conditions),
            age=age,
            sex=Sex(sex) if (sex := _last(lists, "sex")) in list(Sex) else Sex.ALL,
            stage=LifeStage(stage) if (stage := _last(lists, "stage")) in STAGES else None,
            other_mg=other or None,
        )
        return cls(reader, wrong)


def number(text: str, most: Decimal) -> Decimal | None:
    """A plain number from 0 to `most`; `None` for anything else."""
    if len(text) > LONGEST or not text.isascii():
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= most else None


def _number(
    lists: Mapping[str, Sequence[str]], key: str, most: Decimal, unit: str, wrong: dict[str, str]
) -> Decimal | None:
    text = _last(lists, key).replace(",", ".")
    if not text:
        return None
    value = number(text, most)
    if value is None:
        wrong[key] = f"Give a number from 0 to {most} {unit}, or leave it blank."
    return value


def _last(lists: Mapping[str, Sequence[str]], key: str) -> str:
    values = lists.get(key) or [""]
    return values[-1].strip()


def _ticked(
    lists: Mapping[str, Sequence[str]], key: str, offers: Sequence[Offer]
) -> frozenset[str]:
    return frozenset(lists.get(key, ())) & {offer.code for offer in offers}
