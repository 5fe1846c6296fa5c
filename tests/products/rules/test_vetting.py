"""Labels as they are printed, and slips that editors make with them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from products.rules.chemistry import elemental_fraction
from products.rules.derive import IngredientFacts, ProductFacts
from products.rules.dose import Amount
from products.rules.vetting import Check, Severity, vet

OXIDE, THREONATE = elemental_fraction("MgO"), elemental_fraction("C8H14MgO10")


def label(
    elemental: str | None,
    compound: str | None = None,
    fraction: Decimal | None = None,
    part: str | None = None,
) -> ProductFacts:
    """90 capsules, 3 a serving."""
    return ProductFacts(
        elemental_mg=Decimal(elemental) if elemental else None,
        compound_mg=None,
        serving_units=Decimal(3),
        servings_per_container=Decimal(30),
        container_units=Decimal(90),
        daily_servings=Amount.exactly(Decimal(1)),
        is_counted=True,
        ingredients=[
            IngredientFacts(
                fraction=fraction,
                bioavailability=None,
                laxative=None,
                compound_mg=Decimal(compound) if compound else None,
                elemental_mg=Decimal(part) if part else None,
            )
        ],
        offers=[],
    )


NEURO_MAG = label("144", "2000", THREONATE)


def found(facts: ProductFacts) -> dict[Check, Severity]:
    return {remark.check: remark.severity for remark in vet(facts)}


def test_a_label_that_adds_up_has_no_remark() -> None:
    assert found(NEURO_MAG) == {}


@pytest.mark.parametrize(
    ("facts", "check", "severity"),
    [
        (label("2000", "144", THREONATE), Check.ELEMENTAL_ABOVE_COMPOUND, Severity.ERROR),
        (label("500", "500", OXIDE), Check.ELEMENTAL_EQUALS_COMPOUND, Severity.WARNING),
        # Milk of magnesia: 1,200 mg of the hydroxide cannot hold the 595 mg that the label claims.
        (
            label("595", "1200", elemental_fraction("Mg(OH)2")),
            Check.ELEMENTAL_ABOVE_CAPACITY,
            Severity.WARNING,
        ),
        (label("144", part="120"), Check.PARTS_DO_NOT_ADD_UP, Severity.WARNING),
        (label("2500"), Check.AMOUNT_IMPLAUSIBLE, Severity.WARNING),
        (
            replace(NEURO_MAG, container_units=Decimal(120)),
            Check.SERVINGS_DO_NOT_MULTIPLY_OUT,
            Severity.WARNING,
        ),
        (
            replace(NEURO_MAG, daily_servings=Amount.exactly(Decimal(7000))),
            Check.FIGURE_TOO_LARGE,
            Severity.ERROR,
        ),
    ],
)
def test_a_slip_is_found(facts: ProductFacts, check: Check, severity: Severity) -> None:
    assert found(facts)[check] is severity


def test_a_last_serving_that_is_not_full_is_no_slip() -> None:
    assert found(replace(NEURO_MAG, container_units=Decimal(92))) == {}


def test_a_powder_has_no_pieces_to_multiply() -> None:
    powder = replace(NEURO_MAG, is_counted=False, container_units=Decimal(227))
    assert found(powder) == {}
