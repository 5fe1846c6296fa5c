"""What a reader's medicines and conditions mean for a product of certain forms.

Codes in, codes out. What each row says (ask first, keep apart …) is a fact with a source of its own;
this module only tells which rows hold for this reader and this product, and which of them weighs most.
It rules nothing in: that nothing is held against a product is no advice to take it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from products.rules.intake import LifeStage

VERSION = "1"

CHILD_BELOW_YEARS = Decimal(18)
"""A child is whoever is under 18 (Convention on the Rights of the Child, article 1)."""

YOUNG_CHILD_BELOW_YEARS = Decimal(12)
"""Below it the UK label of Epsom salt forbids it by mouth (MHRA, Epsom Salts BP, 2016, section 4.2)."""

OLDER_FROM_YEARS = Decimal(65)
"""Older people in studies of medicines (ICH E7, Studies in support of special populations, 1993)."""


class Standing(StrEnum):
    """What is to be done, from the lightest to the gravest."""

    NOTHING = "nothing"
    MONITOR = "monitor"
    CAUTION = "caution"
    SPACE = "space_by_hours"
    ASK_FIRST = "ask_first"
    AVOID = "avoid"


class Implied(StrEnum):
    """Conditions that nobody ticks, since they follow from age and stage of life."""

    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    CHILDREN = "children"
    YOUNG_CHILDREN = "children-under-12"
    OLDER_AGE = "older-age"


GRAVITY = tuple(Standing)
"""Standings in their order."""

_STAGES = {
    LifeStage.PREGNANCY: Implied.PREGNANCY,
    LifeStage.LACTATION: Implied.BREASTFEEDING,
}


@dataclass(frozen=True)
class Row:
    """One interaction or caution: for which ticked `code`, for which form (`None`: any), what it says."""

    key: str
    code: str
    form: str | None
    says: Standing


@dataclass(frozen=True)
class Reason:
    """A row that holds. `form_unknown`: it is of one form, and nobody knows what the product is made of."""

    key: str
    standing: Standing
    form_unknown: bool = False


@dataclass(frozen=True)
class Result:
    """What weighs most, and every row behind it, the gravest first."""

    standing: Standing
    reasons: tuple[Reason, ...]
    rule_version: str = VERSION

    @property
    def is_ruled_out(self) -> bool:
        """Told to leave it alone. It stays in sight, with the reason."""
        return self.standing is Standing.AVOID


def implied(age: Decimal | None, life_stage: LifeStage | None) -> frozenset[str]:
    """Give the conditions that follow from an age in years and a stage of life; unknown ones give none."""
    found: set[str] = set()
    if life_stage in _STAGES:
        found.add(_STAGES[life_stage])
    if age is not None:
        bounds = {
            Implied.CHILDREN: age < CHILD_BELOW_YEARS,
            Implied.YOUNG_CHILDREN: age < YOUNG_CHILD_BELOW_YEARS,
            Implied.OLDER_AGE: age >= OLDER_FROM_YEARS,
        }
        found |= {code for code, holds in bounds.items() if holds}
    return frozenset(map(str, found))


def of_product(
    rows: Iterable[Row], ticked: Collection[str], forms: Collection[str] | None
) -> Result:
    """Tell what a reader's codes mean for a product made of `forms`; `None` when they are not known.

    - A row of any form holds for every product.
    - A row of one form holds for a product that contains it, be it one among several.
    - Where the forms are not known, a row of one form can hold: it asks first, at most.
    """
    reasons = [
        reason for row in rows if row.code in ticked and (reason := _reason(row, forms)) is not None
    ]
    reasons.sort(key=lambda reason: GRAVITY.index(reason.standing), reverse=True)
    return Result(reasons[0].standing if reasons else Standing.NOTHING, tuple(reasons))


def _reason(row: Row, forms: Collection[str] | None) -> Reason | None:
    if row.form is None:
        return Reason(row.key, row.says)
    if forms is None:
        says = min(row.says, Standing.ASK_FIRST, key=GRAVITY.index)
        return Reason(row.key, says, form_unknown=True)
    return Reason(row.key, row.says) if row.form in forms else None
