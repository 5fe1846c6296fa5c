from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.dose import (
    MAX_MG,
    MIN_MG,
    Amount,
    Dose,
    Kind,
    magnesium_taken,
    servings_taken,
    units_per_100_mg,
    units_taken,
)

D = Decimal
SERVING, DAY = Dose(Kind.SERVING), Dose(Kind.DAY)
ONE_TO_THREE = Amount(D(1), D(3))


def exactly(value: int | str) -> Amount:
    return Amount.exactly(D(value))


def test_a_range_knows_that_it_is_one() -> None:
    assert ONE_TO_THREE.is_range
    assert not exactly(2).is_range
    assert not Amount(D("2.0"), D(2)).is_range


def test_a_range_runs_upward() -> None:
    with pytest.raises(ValueError, match="range"):
        Amount(D(3), D(1))
    assert ONE_TO_THREE.scaled(D(100)) == Amount(D(100), D(300))


@pytest.mark.parametrize(
    ("kind", "mg"),
    [
        (Kind.FIXED, None),
        (Kind.FIXED, MIN_MG - 1),
        (Kind.FIXED, MAX_MG + 1),
        (Kind.SERVING, D(100)),
        (Kind.DAY, D(100)),
    ],
)
def test_a_dose_that_contradicts_itself_is_refused(kind: Kind, mg: Decimal | None) -> None:
    with pytest.raises(ValueError, match="fixed dose"):
        Dose(kind, mg)


@pytest.mark.parametrize("mg", [MIN_MG, MAX_MG])
def test_the_bounds_of_a_fixed_dose_are_allowed(mg: Decimal) -> None:
    assert Dose(Kind.FIXED, mg).mg == mg


@pytest.mark.parametrize(
    ("dose", "elemental", "daily", "magnesium", "servings"),
    [
        (SERVING, D(144), None, exactly(144), exactly(1)),
        (SERVING, None, ONE_TO_THREE, None, exactly(1)),
        (DAY, D(100), ONE_TO_THREE, Amount(D(100), D(300)), ONE_TO_THREE),
        (DAY, None, ONE_TO_THREE, None, ONE_TO_THREE),
        (Dose(Kind.FIXED, D(200)), D(100), None, exactly(200), exactly(2)),
        (Dose(Kind.FIXED, D(50)), D(100), ONE_TO_THREE, exactly(50), exactly("0.5")),
        (Dose(Kind.FIXED, D(200)), None, ONE_TO_THREE, None, None),
        (Dose(Kind.FIXED, D(200)), D(0), None, None, None),
    ],
)
def test_what_a_dose_takes(
    dose: Dose,
    elemental: Decimal | None,
    daily: Amount | None,
    magnesium: Amount | None,
    servings: Amount | None,
) -> None:
    assert magnesium_taken(dose, elemental, daily) == magnesium
    assert servings_taken(dose, elemental, daily) == servings


def test_an_unknown_day_is_not_a_serving_in_disguise() -> None:
    assert magnesium_taken(DAY, D(144), None) is None
    assert servings_taken(DAY, D(144), None) is None


def test_a_fixed_dose_stays_the_figure_that_was_asked_for() -> None:
    # 100 / 30 servings of 30 mg would be 99.999…
    assert magnesium_taken(Dose(Kind.FIXED, D(100)), D(30), None) == exactly(100)


def test_units() -> None:
    assert units_taken(ONE_TO_THREE, D(3)) == Amount(D(3), D(9))
    assert units_taken(None, D(3)) is None
    assert units_taken(ONE_TO_THREE, None) is None
    assert units_per_100_mg(D(144), D(3)) == D("2.0833")
    assert units_per_100_mg(None, D(3)) is None
    assert units_per_100_mg(D(144), None) is None
    assert units_per_100_mg(D(0), D(3)) is None


@given(
    st.decimals(min_value=MIN_MG, max_value=MAX_MG, places=0),
    st.decimals(min_value=1, max_value=1000, places=1),
)
def test_the_servings_of_a_fixed_dose_hold_the_dose(mg: Decimal, elemental: Decimal) -> None:
    servings = servings_taken(Dose(Kind.FIXED, mg), elemental, None)
    assert servings is not None
    assert servings.low * elemental == pytest.approx(mg, abs=D("1e-20"))
