"""What can be asked of the catalogue, and what happens to questions that do not hold."""

from decimal import Decimal

import pytest

from compare.filters import FormFilter, ProductFilter
from compare.links import Query
from products.models import MagnesiumForm, Product, Status
from tests import cast
from tests.factories import (
    CertificationFactory,
    EvidenceFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    UseFactory,
)

pytestmark = pytest.mark.django_db


def ask(query, rows=None, filter_class=ProductFilter):
    from django.http import QueryDict

    rows = Product.objects.published() if rows is None else rows
    return filter_class(Query.read(QueryDict(query).lists()), rows)


def slugs(query):
    return {product.slug for product in ask(query).qs}


@pytest.fixture
def shelf():
    return {
        product.slug: product
        for product in (cast.neuro_mag(), cast.plain_oxide(), cast.blend(), cast.bare_label())
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"neuro-mag", "plain-oxide", "blend", "bare-label"}),
        ("form=l-threonate", {"neuro-mag"}),
        ("form=l-threonate&form=oxide", {"neuro-mag", "plain-oxide"}),
        ("form=l-threonate&form=unknown", {"neuro-mag", "bare-label"}),
        ("form=oxide&dosage_form=capsule", set()),
        ("brand=life-extension", {"neuro-mag"}),
        ("bioavailability=low", {"plain-oxide"}),
        ("label_check=adds_up", {"neuro-mag"}),
        ("elemental_min=144&elemental_max=144", {"neuro-mag"}),
        ("dose=day&elemental_max=144", {"neuro-mag"}),
        ("dose=100&elemental_min=400", {"plain-oxide"}),
        ("price_max=0.10", {"plain-oxide"}),
        ("q=neuro", {"neuro-mag"}),
        ("q=magtein", {"neuro-mag"}),
        ("q=L-THREONATE+extension", {"neuro-mag"}),
        ("q=magnésium+threonate", {"neuro-mag"}),
        ("q=nothing+like+this", set()),
    ],
)
def test_a_question_finds(shelf, query, found):
    assert slugs(query) == found


def test_certification_found_by_its_body_and_not_by_a_search_that_found_nothing(shelf):
    CertificationFactory(product=shelf["neuro-mag"], body="NSF", state="claimed")
    CertificationFactory(product=shelf["plain-oxide"], body="USP", state="not_found")
    assert slugs("certification=NSF") == {"neuro-mag"}
    assert slugs("certification=unknown") == {"plain-oxide", "blend", "bare-label"}


def test_diet(shelf):
    ProductFactory(slug="vegan-one", vegan=True, gluten_free=False)
    assert slugs("diet=vegan&diet=gluten_free") == {"vegan-one", "neuro-mag"}
    assert "vegan-one" not in slugs("diet=unknown")


def test_a_use_finds_products_of_a_form_tested_in_people_by_mouth_alone(shelf):
    use = UseFactory(slug="sleep")
    EvidenceFactory(use=use, form=cast.form("l-threonate"), species="human")
    EvidenceFactory(use=use, form=cast.form("oxide"), species="rat")
    EvidenceFactory(use=use, form=cast.form("citrate"), route="injection")
    EvidenceFactory(use=use, form=cast.form("gluconate"), is_combination=True)
    ProductIngredientFactory(form=cast.form("gluconate"))
    assert slugs("use=sleep") == {"neuro-mag"}


def test_a_label_s_range_of_a_day_fits_when_it_overlaps():
    ProductFactory(
        slug="range", label_elemental_mg=100, daily_servings_low=1, daily_servings_high=4
    )
    assert slugs("dose=day&elemental_min=350") == {"range"}
    assert slugs("dose=day&elemental_min=401") == set()


def test_other_currencies_are_not_read_as_dollars():
    product = ProductFactory(slug="euro", label_elemental_mg=100, servings_per_container=10)
    OfferFactory(product=product, price="1.00", currency="EUR")
    assert slugs("price_max=5") == set()


def test_drafts_and_retired_products_are_not_found():
    for status in Status:
        ProductFactory(slug=status.value, status=status)
    assert slugs("") == {"published"}


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("form=oxide&form=typo", "form: “typo” is not known."),
        ("colour=red", "“colour” is not something that can be asked for here."),
        ("elemental_min=abc", "elemental_min: “abc” is not a number."),
        ("elemental_min=-1", "elemental_min: “-1” is outside 0 to 5000."),
        ("elemental_min=1e2000000", "elemental_min: “1e2000000” is outside 0 to 5000."),
        ("price_max=1e49", "price_max: “1e49” is outside 0 to 1000."),
        ("price_min=NaN", "price_min: “NaN” is not a number."),
        ("elemental_min=100.123", "elemental_min: “100.123” has more than 2 decimal places."),
        ("price_max=1e-9", "price_max: “1e-9” has more than 4 decimal places."),
        ("q=!!!", "q: “!!!” holds no word to search for."),
        ("dose=100&dose=200", "dose: given more than once; the last, “200”, was used."),
        (
            "elemental_min=400&elemental_min=1",
            "elemental_min: given more than once; the last, “1”, was used.",
        ),
        ("sort=name&sort=brand", "sort: given more than once; the last, “brand”, was used."),
        ("sort=best", "sort: “best” is not known."),
        ("dose=lots", "dose: “lots” is not a number."),
        ("q=" + "a" * 200, "q: only the first 100 characters were read."),
        ("q=%00", "q: “\x00” is not known."),
        ("use=typo", "use: “typo” is not known."),
        ("form=%00", "form: “\x00” is not known."),
    ],
)
def test_what_does_not_hold_is_named_and_the_rest_still_filters(shelf, query, note):
    question = ask(query + "&bioavailability=low")
    assert [str(one) for one in question.notes] == [note]
    assert {product.slug for product in question.qs} <= {"plain-oxide"}


def test_a_bad_value_beside_a_good_one_leaves_the_good_one_in_force(shelf):
    assert slugs("form=oxide&form=typo") == {"plain-oxide"}


def test_ends_the_wrong_way_round_are_read_the_other_way(shelf):
    question = ask("elemental_min=150&elemental_max=140")
    assert {product.slug for product in question.qs} == {"neuro-mag"}
    assert len(question.notes) == 1


def test_a_range_too_long_to_convert_is_refused_quickly(shelf):
    import time

    start = time.perf_counter()
    assert not ask("elemental_min=1e2000000&price_max=" + "9" * 100_000).values
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("sort", ProductFilter.sorts)
def test_every_order_holds_each_product_once(shelf, sort):
    found = [product.slug for product in ask(f"sort={sort}").qs]
    assert sorted(found) == sorted(shelf)


def test_prices_in_dollars_come_first_and_unknown_ones_last(shelf):
    product = ProductFactory(slug="euro", label_elemental_mg=100, servings_per_container=1000)
    OfferFactory(product=product, price="1.00", currency="EUR")
    found = [product.slug for product in ask("sort=price_per_100_mg").qs]
    assert found == ["plain-oxide", "blend", "neuro-mag", "euro", "bare-label"]


def test_forms_are_asked_in_the_same_way():
    for slug in cast.FORMS:
        cast.form(slug)
    rows = MagnesiumForm.objects.published()
    question = ask("bioavailability=low&category=typo", rows, FormFilter)
    assert [form.slug for form in question.qs] == ["oxide"]
    assert [note.value for note in question.notes] == ["typo"]
    assert ask("q=magtein", rows, FormFilter).qs.get().slug == "l-threonate"


def test_forms_by_number_of_products(shelf):
    question = ask("sort=-products", MagnesiumForm.objects.published(), FormFilter)
    counted = [form.product_count for form in question.qs]
    assert counted == sorted(counted, reverse=True)


def test_elemental_figures_keep_their_type(shelf):
    assert ask("elemental_min=144").values == {"elemental_min": Decimal(144)}
