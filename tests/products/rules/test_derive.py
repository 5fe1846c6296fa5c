"""What follows from the facts of real labels, worked out by hand."""

from datetime import date
from decimal import Decimal

from products.rules import derive
from products.rules.chemistry import elemental_fraction
from products.rules.dose import Amount

THREONATE = elemental_fraction("C8H14MgO10")


def part(elemental: str | None = None, compound: str | None = None) -> derive.IngredientFacts:
    return derive.IngredientFacts(
        fraction=THREONATE,
        bioavailability="unclear",
        laxative="low",
        compound_mg=Decimal(compound) if compound else None,
        elemental_mg=Decimal(elemental) if elemental else None,
    )


def facts(
    *parts: derive.IngredientFacts,
    elemental: str | None = None,
    day: Amount | None = None,
    price: str | None = None,
) -> derive.ProductFacts:
    offer = (
        derive.OfferFacts("vitacost", Decimal(price), "USD", date(2024, 5, 31)) if price else None
    )
    return derive.ProductFacts(
        elemental_mg=Decimal(elemental) if elemental else None,
        compound_mg=None,
        serving_units=Decimal(3),
        servings_per_container=Decimal(30),
        container_units=Decimal(90),
        daily_servings=day,
        is_counted=True,
        ingredients=parts,
        offers=[offer] if offer else [],
    )


def test_neuro_mag_as_its_label_says() -> None:
    neuro_mag = derive.product(facts(part(compound="2000"), elemental="144", price="31.50"))
    assert neuro_mag.elemental_mg_per_serving == 144
    assert neuro_mag.units_per_100_mg == Decimal("2.0833")  # 3 ÷ 1.44
    assert neuro_mag.label_check.code == "adds_up"
    assert neuro_mag.offer is not None
    assert neuro_mag.offer.per_100_mg == Decimal("0.7292")  # 31.50 ÷ 43.2


def test_a_day_that_is_not_on_the_label_stays_unknown() -> None:
    assert derive.product(facts(elemental="144")).elemental_mg_per_day is None


def test_a_day_is_rounded_as_it_is_kept() -> None:
    day = derive.product(
        facts(elemental="33.3333", day=Amount(Decimal("0.333"), Decimal("1.5")))
    ).elemental_mg_per_day
    assert day == Amount(Decimal("11.1000"), Decimal("50.0000"))


def test_forms_add_up_only_when_each_is_told() -> None:
    assert derive.product(facts(part("100"), part("44"))).elemental_mg_per_serving == 144
    assert derive.product(facts(part("100"), part())).elemental_mg_per_serving is None


def test_the_label_s_total_counts_before_the_sum() -> None:
    assert derive.product(facts(part("100"), elemental="144")).elemental_mg_per_serving == 144


def test_no_price_of_100_mg_without_magnesium_and_none_beyond_all_reckoning() -> None:
    for elemental in (None, "0.0001"):
        offer = derive.product(facts(elemental=elemental, price="9999999.99")).offer
        assert offer is not None
        assert offer.per_100_mg is None


def test_a_form_s_fraction_follows_from_its_formula() -> None:
    form = derive.form("C8H14MgO10", "", [])
    assert form.elemental_fraction == Decimal("0.082531")
    assert form.hydrate_elemental_fraction is None
    assert form.confidence.level == "very_low"
