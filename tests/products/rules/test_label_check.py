from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.label_check import (
    Code,
    LabelCheck,
    Part,
    Reason,
    check,
    elemental_equals_compound,
)

THREONATE = Decimal("0.082531")
BISGLYCINATE = Decimal("0.140962")
ACETYL_TAURATE = Decimal("0.068147")
ASPARTATE = Decimal("0.084249")
CARBONATE = Decimal("0.288266")
CITRATE = Decimal("0.161633")
HYDROXIDE = Decimal("0.416756")
OROTATE = Decimal("0.072665")
OXIDE = Decimal("0.603037")

masses = st.decimals(min_value="0.1", max_value=5000, places=1)
fractions = st.sampled_from([THREONATE, CITRATE, OXIDE])


def one(fraction: Decimal | None, compound: str | None, elemental: str | None) -> LabelCheck:
    mass = Decimal(compound) if compound else None
    return check([Part(fraction, mass)], Decimal(elemental) if elemental else None)


@pytest.mark.parametrize(
    ("label", "fraction", "compound", "elemental", "code"),
    [
        ("Doctor's Best Brain Magnesium", THREONATE, "2085", "150", Code.ADDS_UP),
        ("Doctor's Best High Absorption powder", BISGLYCINATE, "4000", "400", Code.ADDS_UP),
        ("Doctor's Best High Absorption", BISGLYCINATE, "2000", "200", Code.ADDS_UP),
        ("Double Wood Acetyl-Taurate", ACETYL_TAURATE, "700", "45.5", Code.ADDS_UP),
        ("Double Wood L-Threonate", THREONATE, "2000", "144", Code.ADDS_UP),
        ("Life Extension Neuro-Mag", THREONATE, "2000", "144", Code.ADDS_UP),
        ("Life Extension EsophaCool", CARBONATE, "800", "200", Code.ADDS_UP),
        ("Pure Encapsulations CogniMag", THREONATE, "1000", "72", Code.ADDS_UP),
        ("Preferred Milk of Magnesia", HYDROXIDE, "1200", "500", Code.TIGHT),
        ("oxide, 400 mg giving 241.3", OXIDE, "400", "241.3", Code.TIGHT),
        ("GNC Beyond Raw ZMAg P.M.", ASPARTATE, "450", "90", Code.CANNOT_BE_PURE),
        ("Clinicians Magnesium 625", ASPARTATE, "625", "125", Code.CANNOT_BE_PURE),
        ("CVS Milk of Magnesia", HYDROXIDE, "1200", "595", Code.CANNOT_BE_PURE),
        ("Biotics Mg-Orotate 500", OROTATE, "500", "500", Code.CANNOT_BE_PURE),
    ],
)
def test_real_labels(
    label: str, fraction: Decimal, compound: str, elemental: str, code: Code
) -> None:
    assert one(fraction, compound, elemental).code is code


def test_the_working_is_shown() -> None:
    assert one(THREONATE, "2000", "144") == LabelCheck(
        code=Code.ADDS_UP,
        reason=None,
        claimed_mg=Decimal(144),
        capacity_mg=Decimal("165.0620"),
        share=Decimal("0.8724"),
    )


@pytest.mark.parametrize(
    ("elemental", "code"),
    [
        ("969.9", Code.ADDS_UP),
        ("970", Code.TIGHT),
        ("1020", Code.TIGHT),
        ("1020.1", Code.CANNOT_BE_PURE),
    ],
)
def test_the_bounds_belong_to_tight(elemental: str, code: Code) -> None:
    assert one(Decimal("0.5"), "2000", elemental).code is code


@pytest.mark.parametrize(("elemental", "code"), [("6", Code.TIGHT), ("6.2", Code.CANNOT_BE_PURE)])
def test_half_a_milligram_over_is_rounding_however_large_its_share(
    elemental: str, code: Code
) -> None:
    assert one(Decimal("0.5"), "11.2", elemental).code is code  # holds 5.6 mg


@pytest.mark.parametrize(
    ("parts", "elemental", "compound", "reason"),
    [
        ([Part(OXIDE, Decimal(500))], None, None, Reason.ELEMENTAL_UNKNOWN),
        ([Part(OXIDE, Decimal(500))], Decimal(0), None, Reason.ELEMENTAL_UNKNOWN),
        ([], Decimal(100), Decimal(500), Reason.FORM_UNKNOWN),
        ([Part(OXIDE, None)], Decimal(100), None, Reason.COMPOUND_UNKNOWN),
        ([Part(OXIDE, Decimal(0))], Decimal(100), Decimal(0), Reason.COMPOUND_UNKNOWN),
        ([Part(None, Decimal(500))], Decimal(100), None, Reason.FRACTION_UNKNOWN),
        (
            [Part(OXIDE, Decimal(500)), Part(CITRATE, None)],
            Decimal(100),
            None,
            Reason.COMPOUND_UNKNOWN,
        ),
        # the form without a formula could be the richest
        (
            [Part(CITRATE, None), Part(None, None)],
            Decimal(100),
            Decimal(500),
            Reason.FRACTION_UNKNOWN,
        ),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_guessed(
    parts: list[Part], elemental: Decimal | None, compound: Decimal | None, reason: Reason
) -> None:
    result = check(parts, elemental, compound)
    assert result == LabelCheck(Code.CANNOT_BE_CHECKED, reason, elemental, None, None)


def test_masses_given_apart_are_each_held_to_their_own_fraction() -> None:
    parts = [Part(OXIDE, Decimal(100)), Part(CITRATE, Decimal(1000))]
    result = check(parts, Decimal(200), compound_mg=Decimal(1100))
    assert result.capacity_mg == Decimal("221.9367")


def test_a_mass_for_all_forms_together_is_read_as_the_richest() -> None:
    parts = [Part(OXIDE, None), Part(CITRATE, Decimal(1000))]
    result = check(parts, Decimal(200), compound_mg=Decimal(1100))
    assert result.capacity_mg == Decimal("663.3407")


@pytest.mark.parametrize(
    ("elemental", "compound", "same"),
    [
        (Decimal(500), Decimal(500), True),  # Biotics Mg-Orotate 500
        (Decimal("90.0"), Decimal(90), True),  # Thorne Basic Prenatal: citrate 45, malate 45
        (Decimal(144), Decimal(2000), False),
        (None, None, False),
        (Decimal(0), Decimal(0), False),
    ],
)
def test_one_mass_under_two_names(
    elemental: Decimal | None, compound: Decimal | None, same: bool
) -> None:
    assert elemental_equals_compound(elemental, compound) is same


@given(fractions, masses, masses, masses)
def test_claiming_more_never_looks_better(
    fraction: Decimal, compound: Decimal, claim: Decimal, more: Decimal
) -> None:
    worse = [Code.ADDS_UP, Code.TIGHT, Code.CANNOT_BE_PURE]
    parts = [Part(fraction, compound)]
    first, second = check(parts, claim), check(parts, claim + more)
    assert worse.index(first.code) <= worse.index(second.code)


@given(st.lists(st.tuples(fractions, masses), min_size=1, max_size=4), masses)
def test_the_reading_of_a_total_is_never_stricter_than_that_of_its_parts(
    forms: list[tuple[Decimal, Decimal]], claim: Decimal
) -> None:
    apart = check([Part(fraction, mass) for fraction, mass in forms], claim)
    total = sum((mass for _, mass in forms), start=Decimal(0))
    together = check([Part(fraction, None) for fraction, _ in forms], claim, total)
    assert apart.capacity_mg is not None
    assert together.capacity_mg is not None
    assert together.capacity_mg >= apart.capacity_mg


@given(st.lists(st.tuples(fractions, masses), min_size=1, max_size=4), masses)
def test_the_order_of_the_forms_does_not_matter(
    forms: list[tuple[Decimal, Decimal]], claim: Decimal
) -> None:
    parts = [Part(fraction, mass) for fraction, mass in forms]
    assert check(parts, claim) == check(parts[::-1], claim)
