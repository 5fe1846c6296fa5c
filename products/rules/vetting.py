"""Checks on a label before it is saved: what cannot be, and what had better be looked at again.

An *error* cannot be saved. A *warning* can, once the editor has said in a note that the label really
says so: real labels are wrong often enough, and a wrong label is worth showing.
Codes and figures come out; the sentences are put on where they are shown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from products.rules import derive, label_check
from products.rules.units import rounded

VERSION = "1"

SERVINGS_TOLERANCE = Decimal("0.02")
"""Labels round "about 76 servings"; beyond this share, pack and serving do not belong together."""

IMPLAUSIBLE_MG = Decimal(2000)
"""The most that a US laxative label lets an adult take in a day (21 CFR 334); far above any supplement."""


MOST_MG = Decimal(1_000_000)
MOST_UNITS = Decimal(100_000_000)
"""What the columns of masses and of pieces for 100 mg do not hold any more: 1 kg, a hundred million."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Check(StrEnum):
    """What was found."""

    ELEMENTAL_ABOVE_CAPACITY = "elemental_above_capacity"
    ELEMENTAL_EQUALS_COMPOUND = "elemental_equals_compound"
    ELEMENTAL_ABOVE_COMPOUND = "elemental_above_compound"
    SERVINGS_DO_NOT_MULTIPLY_OUT = "servings_do_not_multiply_out"
    PARTS_DO_NOT_ADD_UP = "parts_do_not_add_up"
    AMOUNT_IMPLAUSIBLE = "amount_implausible"
    FIGURE_TOO_LARGE = "figure_too_large"


@dataclass(frozen=True)
class Remark:
    """One thing found: its code, how much it weighs, the field it belongs to, and the figures."""

    check: Check
    severity: Severity
    field: str
    figures: Mapping[str, Decimal]


Rule = Callable[[derive.ProductFacts], Iterator[Remark]]


def vet(facts: derive.ProductFacts) -> list[Remark]:
    """Run every check over one label; masses are mg per serving."""
    return [remark for rule in RULES for remark in rule(facts)]


def _elemental_above_capacity(facts: derive.ProductFacts) -> Iterator[Remark]:
    check = derive.product(facts).label_check
    if (
        check.code is label_check.Code.CANNOT_BE_PURE
        and check.claimed_mg is not None
        and check.capacity_mg is not None
    ):
        yield Remark(
            Check.ELEMENTAL_ABOVE_CAPACITY,
            Severity.WARNING,
            "label_elemental_mg",
            {"claimed_mg": check.claimed_mg, "capacity_mg": check.capacity_mg},
        )


def _elemental_against_compound(facts: derive.ProductFacts) -> Iterator[Remark]:
    elemental, compound = derive.product(facts).elemental_mg_per_serving, _compound(facts)
    if elemental is None or compound is None:
        return
    figures = {"elemental_mg": elemental, "compound_mg": compound}
    if label_check.elemental_equals_compound(elemental, compound):
        yield Remark(
            Check.ELEMENTAL_EQUALS_COMPOUND, Severity.WARNING, "label_elemental_mg", figures
        )
    elif elemental > compound:
        yield Remark(Check.ELEMENTAL_ABOVE_COMPOUND, Severity.ERROR, "label_elemental_mg", figures)


def _servings_multiply_out(facts: derive.ProductFacts) -> Iterator[Remark]:
    units, servings, pack = facts.serving_units, facts.servings_per_container, facts.container_units
    if not facts.is_counted or units is None or servings is None or pack is None:
        return
    product = units * servings
    # A last serving that is not full is left out of "servings per container" on some labels.
    if abs(product - pack) > max(pack * SERVINGS_TOLERANCE, units - 1):
        yield Remark(
            Check.SERVINGS_DO_NOT_MULTIPLY_OUT,
            Severity.WARNING,
            "servings_per_container",
            {"serving_units": units, "servings": servings, "product": product, "pack": pack},
        )


def _parts_add_up(facts: derive.ProductFacts) -> Iterator[Remark]:
    parts = [part.elemental_mg for part in facts.ingredients if part.elemental_mg is not None]
    if facts.elemental_mg is None or not parts:
        return
    total = sum(parts, start=Decimal(0))
    whole = len(parts) == len(facts.ingredients)
    if total > facts.elemental_mg + 1 or (whole and abs(total - facts.elemental_mg) > 1):
        yield Remark(
            Check.PARTS_DO_NOT_ADD_UP,
            Severity.WARNING,
            "label_elemental_mg",
            {"parts_mg": rounded(total, 1), "elemental_mg": facts.elemental_mg},
        )


def _amount_plausible(facts: derive.ProductFacts) -> Iterator[Remark]:
    if facts.elemental_mg is not None and facts.elemental_mg > IMPLAUSIBLE_MG:
        yield Remark(
            Check.AMOUNT_IMPLAUSIBLE,
            Severity.WARNING,
            "label_elemental_mg",
            {"elemental_mg": facts.elemental_mg, "most_mg": IMPLAUSIBLE_MG},
        )


def _figures_fit(facts: derive.ProductFacts) -> Iterator[Remark]:
    """What is worked out from the label can be written down at all."""
    derived = derive.product(facts)
    day = derived.elemental_mg_per_day
    found = (
        ("label_elemental_mg", derived.elemental_mg_per_serving, MOST_MG),
        ("daily_servings_high", day.high if day else None, MOST_MG),
        ("label_compound_mg", derived.label_check.capacity_mg, MOST_MG),
        ("serving_units", derived.units_per_100_mg, MOST_UNITS),
    )
    for field, figure, most in found:
        if figure is not None and figure >= most:
            yield Remark(
                Check.FIGURE_TOO_LARGE, Severity.ERROR, field, {"figure": figure, "most": most}
            )


def _compound(facts: derive.ProductFacts) -> Decimal | None:
    parts = [part.compound_mg for part in facts.ingredients if part.compound_mg is not None]
    if parts and len(parts) == len(facts.ingredients):
        return sum(parts, start=Decimal(0))
    return facts.compound_mg


RULES: Sequence[Rule] = (
    _elemental_above_capacity,
    _elemental_against_compound,
    _servings_multiply_out,
    _parts_add_up,
    _amount_plausible,
    _figures_fit,
)
