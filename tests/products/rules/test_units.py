from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.units import UnknownUnit, meq_to_mg, mmol_to_mg, rounded, to_mg

masses = st.decimals(min_value=0, max_value=10**6, places=3)


@pytest.mark.parametrize(
    ("amount", "unit", "mg"),
    [
        ("144", "mg", "144"),
        ("2", "g", "2000"),
        ("2.085", "Gram(s)", "2085"),
        ("1", " GRAMS ", "1000"),
        ("250", "mcg", "0.25"),
        ("250", "ug", "0.25"),
        ("250", "\u00b5g", "0.25"),  # micro sign
        ("250", "\u03bcg", "0.25"),  # Greek mu
        ("0.001", "kg", "1000"),
    ],
)
def test_masses_become_mg_exactly(amount: str, unit: str, mg: str) -> None:
    assert to_mg(Decimal(amount), unit) == Decimal(mg)


@pytest.mark.parametrize("unit", ["", "IU", "NP", "mL", "%DV", "mmol", "mEq", "m g"])
def test_what_is_no_mass_is_refused(unit: str) -> None:
    with pytest.raises(UnknownUnit):
        to_mg(Decimal(1), unit)


def test_moles_are_those_of_magnesium() -> None:
    # Lindberg and others 1990 gave 25 mmol, which they call 608 mg.
    assert rounded(mmol_to_mg(Decimal(25)), 0) == 608
    # Firoz and Graber 2001: 21 mEq a day is 255 mg.
    assert rounded(meq_to_mg(Decimal(21)), 0) == 255


@given(masses)
def test_two_milliequivalents_are_one_millimole(amount: Decimal) -> None:
    assert meq_to_mg(2 * amount) == mmol_to_mg(amount)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [("2.5", 0, "3"), ("3.5", 0, "4"), ("0.60304", 4, "0.6030"), ("0.125", 2, "0.13")],
)
def test_halves_round_up(value: str, places: int, shown: str) -> None:
    assert str(rounded(Decimal(value), places)) == shown


@given(masses, st.integers(min_value=0, max_value=6))
def test_rounding_moves_by_half_a_step_at_most_and_settles(value: Decimal, places: int) -> None:
    once = rounded(value, places)
    assert abs(once - value) <= Decimal("0.5").scaleb(-places)
    assert rounded(once, places) == once
