from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.dose import Amount
from products.rules.intake import (
    Code,
    LifeStage,
    Reference,
    Sex,
    UpperLevel,
    against_limit,
    reference_for,
    share_of,
    upper_level_for,
    with_other,
)

D = Decimal


def reference(
    authority: str, kind: str, sex: str, stage: str, start: str, end: str, mg: int
) -> Reference:
    return Reference(
        authority,
        kind,
        Sex(sex),
        LifeStage(stage),
        D(start) if start else None,
        D(end) if end else None,
        D(mg),
    )


def limit(authority: str, kind: str, stage: str, start: str, end: str, mg: int) -> UpperLevel:
    return UpperLevel(authority, kind, LifeStage(stage), D(start), D(end) if end else None, D(mg))


# Institute of Medicine 1997, Dietary Reference Intakes, chapter 6
US = [
    reference("nasem_us", *row)
    for row in [
        ("AI", "all", "infant", "0", "0.5", 30),
        ("AI", "all", "infant", "0.5", "1", 75),
        ("RDA", "all", "child", "1", "4", 80),
        ("RDA", "all", "child", "4", "9", 130),
        ("RDA", "all", "child", "9", "14", 240),
        ("RDA", "male", "child", "14", "19", 410),
        ("RDA", "female", "child", "14", "19", 360),
        ("RDA", "male", "adult", "19", "31", 400),
        ("RDA", "female", "adult", "19", "31", 310),
        ("RDA", "male", "adult", "31", "", 420),
        ("RDA", "female", "adult", "31", "", 320),
        ("RDA", "female", "pregnancy", "14", "19", 400),
        ("RDA", "female", "pregnancy", "19", "31", 350),
        ("RDA", "female", "pregnancy", "31", "51", 360),
        ("RDA", "female", "lactation", "31", "51", 320),
    ]
]
US_LEVELS = [
    limit("nasem_us", "UL", *row)
    for row in [
        ("child", "1", "4", 65),
        ("child", "4", "9", 110),
        ("child", "9", "19", 350),
        ("adult", "19", "", 350),
        ("pregnancy", "14", "51", 350),
    ]
]
# Scientific Committee on Food 2001, taken over by EFSA
EU_LEVELS = [
    limit("scf_eu", "UL", "child", "4", "18", 250),
    limit("scf_eu", "UL", "adult", "18", "", 250),
]
EU_LABEL = [reference("eu_label", "NRV", "all", "adult", "", "", 375)]


@pytest.mark.parametrize(
    ("age", "sex", "stage", "mg"),
    [
        ("0.25", Sex.FEMALE, LifeStage.INFANT, 30),
        ("0.5", Sex.MALE, LifeStage.INFANT, 75),
        ("1", Sex.MALE, LifeStage.CHILD, 80),
        ("3.99", Sex.ALL, LifeStage.CHILD, 80),
        ("4", Sex.ALL, LifeStage.CHILD, 130),
        ("18", Sex.FEMALE, LifeStage.ADULT, 360),  # the US counts adults from 19
        ("30", Sex.FEMALE, LifeStage.ADULT, 310),
        ("31", Sex.FEMALE, LifeStage.ADULT, 320),
        ("31", Sex.MALE, LifeStage.ADULT, 420),
        ("90", Sex.MALE, LifeStage.ADULT, 420),
        ("31", Sex.FEMALE, LifeStage.PREGNANCY, 360),
        ("40", Sex.FEMALE, LifeStage.LACTATION, 320),
    ],
)
def test_the_us_recommendation(age: str, sex: Sex, stage: LifeStage, mg: int) -> None:
    found = reference_for(US, D(age), sex, stage)
    assert found is not None
    assert found.amount_mg == mg


def test_what_an_authority_does_not_set_is_not_made_up() -> None:
    assert reference_for(US, D(60), Sex.FEMALE, LifeStage.PREGNANCY) is None
    assert reference_for(US, D(25), Sex.FEMALE, LifeStage.LACTATION) is None
    assert reference_for(US, D(40), Sex.ALL, LifeStage.ADULT) is None  # the sexes differ
    assert upper_level_for(US_LEVELS, D("0.5"), LifeStage.INFANT) is None
    assert upper_level_for(EU_LEVELS, D(30), LifeStage.PREGNANCY) is None


@pytest.mark.parametrize(
    ("levels", "age", "mg"),
    [(US_LEVELS, "3", 65), (US_LEVELS, "4", 110), (US_LEVELS, "40", 350), (EU_LEVELS, "40", 250)],
)
def test_published_upper_levels(levels: list[UpperLevel], age: str, mg: int) -> None:
    found = upper_level_for(levels, D(age), LifeStage.ADULT)
    assert found is not None
    assert found.amount_mg == mg


def test_a_value_for_adults_without_ages_is_not_one_for_children() -> None:
    assert reference_for(EU_LABEL, D(17), Sex.ALL, LifeStage.CHILD) is None
    assert reference_for(EU_LABEL, D(18), Sex.MALE, LifeStage.ADULT) == EU_LABEL[0]


def test_a_pregnancy_without_ages_is_any_pregnancy() -> None:
    dach = [reference("dach", "AI", "female", "pregnancy", "", "", 300)]
    assert reference_for(dach, D(17), Sex.FEMALE, LifeStage.PREGNANCY) == dach[0]


def test_the_own_sex_goes_before_all_in_any_order() -> None:
    both = [
        reference("x", "AI", "all", "adult", "18", "", 1),
        reference("x", "AI", "female", "adult", "18", "", 2),
    ]
    for rows in (both, both[::-1]):
        assert reference_for(rows, D(30), Sex.FEMALE, LifeStage.ADULT) == both[1]
        assert reference_for(rows, D(30), Sex.MALE, LifeStage.ADULT) == both[0]


@pytest.mark.parametrize(
    ("low", "high", "code"),
    [
        (144, 144, Code.WITHIN),
        (350, 350, Code.WITHIN),
        (144, 350, Code.WITHIN),
        (144, 351, Code.CAN_BE_ABOVE),
        (350, 400, Code.CAN_BE_ABOVE),
        (351, 400, Code.ABOVE),
    ],
)
def test_a_range_may_straddle_a_limit(low: int, high: int, code: Code) -> None:
    assert against_limit(Amount(D(low), D(high)), D(350)) is code


def test_shares() -> None:
    assert share_of(Amount(D(105), D(210)), D(420)) == Amount(D("0.25"), D("0.5"))
    with pytest.raises(ValueError, match="share"):
        share_of(Amount(D(1), D(1)), D(0))


amounts = st.decimals(min_value=0, max_value=3000, places=0)


@given(amounts, amounts, st.decimals(min_value=1, max_value=500, places=0))
def test_verdict_and_share_tell_the_same_story(a: Decimal, b: Decimal, mg: Decimal) -> None:
    amount = Amount(min(a, b), max(a, b))
    share = share_of(amount, mg)
    expected = Code.ABOVE if share.low > 1 else Code.CAN_BE_ABOVE if share.high > 1 else Code.WITHIN
    assert against_limit(amount, mg) is expected


@pytest.mark.parametrize(
    ("low", "high", "other", "expected"),
    [("144", "144", "0", ("144", "144")), ("100", "200", "150.5", ("250.5", "350.5"))],
)
def test_other_magnesium_is_added_to_both_ends(low, high, other, expected):
    total = with_other(Amount(Decimal(low), Decimal(high)), Decimal(other))
    assert total == Amount(*map(Decimal, expected))


def test_less_than_nothing_is_not_taken():
    with pytest.raises(ValueError, match="-1 mg"):
        with_other(Amount.exactly(Decimal(100)), Decimal(-1))
