"""The counts behind filter values: exact, and each facet's ignoring what is chosen in it."""

from itertools import product as every

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.facets import FORM_FACETS, PRODUCT_FACETS, chips, counts, facets
from compare.facets.registry import ChoiceFacet
from compare.filters import FormFilter, ProductFilter
from compare.links import Query
from products.models import MagnesiumForm, Product
from tests import cast
from tests.factories import (
    CertificationFactory,
    EvidenceFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    UseFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("way")]

DOSAGE_FORMS = ["capsule", "tablet", "powder", ""]


@pytest.fixture
def shelf(db):
    """Two dozen products that differ in everything that is counted."""
    made = [cast.neuro_mag(), cast.plain_oxide(), cast.blend(), cast.bare_label()]
    use = UseFactory(slug="sleep")
    EvidenceFactory(use=use, form=cast.form("citrate"), species="human")
    EvidenceFactory(use=use, form=cast.form("oxide"), species="human")
    for i, (slug, dosage_form) in enumerate(every(cast.FORMS, DOSAGE_FORMS)):
        product = ProductFactory(
            dosage_form=dosage_form,
            label_elemental_mg=None if i % 5 == 0 else 40 * i + 10,
            servings_per_container=30,
            vegan=[True, False, None][i % 3],
            gluten_free=[None, True][i % 2],
        )
        ProductIngredientFactory(product=product, form=cast.form(slug))
        if i % 4 == 0:
            ProductIngredientFactory(
                product=product, form=cast.form("gluconate" if slug != "gluconate" else "oxide")
            )
        if i % 3 == 0:
            OfferFactory(product=product, price=5 + i, currency=["USD", "EUR"][i % 2])
        if i % 6 == 0:
            CertificationFactory(product=product, body="NSF", state="claimed")
            CertificationFactory(product=product, body="USP", state="not_found")
        made.append(product)
    return made


def ask(*pairs):
    return ProductFilter(Query(tuple(pairs)), Product.objects.published())


selections = st.lists(
    st.sampled_from(
        [
            ("form", "citrate"),
            ("form", "oxide"),
            ("form", "unknown"),
            ("dosage_form", "capsule"),
            ("dosage_form", "unknown"),
            ("bioavailability", "low"),
            ("bioavailability", "unknown"),
            ("laxative", "mild"),
            ("label_check", "cannot_be_checked"),
            ("use", "sleep"),
            ("certification", "NSF"),
            ("certification", "unknown"),
            ("diet", "vegan"),
            ("diet", "unknown"),
            ("brand", "life-extension"),
            ("elemental_min", "100"),
            ("elemental_max", "500"),
            ("price_max", "0.5"),
            ("dose", "day"),
            ("q", "magnesium"),
        ]
    ),
    unique=True,
    max_size=6,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(selected=selections)
def test_each_count_is_what_choosing_the_value_alone_would_show(shelf, selected):
    question = ask(*selected)
    counted = counts(question, PRODUCT_FACETS)
    assert counted.total == question.qs.count()
    for facet in PRODUCT_FACETS:
        if not isinstance(facet, ChoiceFacet):
            continue
        others = question.query.without(facet.key)
        for value in question.filters[facet.key].vocabulary:
            alone = ask(*others.add(facet.key, value).pairs).qs.count()
            assert counted.by_facet.get(facet.key, {}).get(value, 0) == alone, (facet.key, value)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(selected=selections)
def test_the_bars_of_a_range_and_what_has_no_value_make_up_the_whole(shelf, selected):
    question = ask(*selected)
    counted = counts(question, PRODUCT_FACETS)
    for facet in facets(question, PRODUCT_FACETS, counted):
        if facet.kind == "range":
            whole = ask(*question.query.without(facet.low_key, facet.high_key).pairs).qs.count()
            assert sum(bar.count for bar in facet.bars) + facet.unknown == whole == facet.total


def test_queries_do_not_grow_with_facets_and_rows(shelf, way, django_assert_num_queries):
    """One statement counts everything; the index asks for the state alone."""
    for question in (
        ask(),
        ask(("form", "oxide"), ("diet", "vegan"), ("q", "a"), ("use", "sleep")),
    ):
        assert question.conditions is not None  # reads the vocabularies
        if way == "bitmaps":
            counts(ask(), PRODUCT_FACETS)  # makes the index
        with django_assert_num_queries(1):
            counts(question, PRODUCT_FACETS)


def test_forms_are_counted_in_the_same_way(shelf):
    question = FormFilter(Query((("bioavailability", "low"),)), MagnesiumForm.objects.published())
    counted = counts(question, FORM_FACETS)
    assert counted.total == 1
    assert counted.by_facet["bioavailability"] == {"moderate": 3, "high": 1, "low": 1}
    assert counted.by_facet["use"] == {"sleep": 1}


def test_a_chip_takes_away_one_value_and_keeps_the_others():
    cast.form("oxide"), cast.form("citrate")
    question = ask(("form", "oxide"), ("form", "citrate"), ("elemental_max", "350"), ("page", "3"))
    found = {chip.label: str(chip.remove_url) for chip in chips(question)}
    assert found == {
        "Oxide": "?form=citrate&elemental_max=350",
        "Citrate": "?form=oxide&elemental_max=350",
        "up to 350 mg": "?form=oxide&form=citrate",
    }


def test_a_value_leads_to_the_list_with_it_and_back(shelf):
    question = ask(("form", "oxide"))
    form = facets(question, PRODUCT_FACETS, counts(question, PRODUCT_FACETS))[0]
    by_value = {value.value: value for value in (*form.values, *form.more)}
    assert str(by_value["citrate"].add) == "?form=oxide&form=citrate"
    assert by_value["oxide"].selected
    assert str(by_value["oxide"].remove) == "?"
