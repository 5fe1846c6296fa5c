"""Lists: the same filters, order and pages as the site's own, and what stands around the rows."""

import pytest
from django.http import QueryDict

from compare.filters import FormFilter, ProductFilter
from compare.links import Query
from compare.paging import PER_PAGE
from products.models import MagnesiumForm, Product
from tests.factories import ProductFactory, SourceFactory, UseFactory

pytestmark = pytest.mark.django_db


def slugs(answer):
    return [one["slug"] for one in answer["results"]]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "form=citrate&form=typo",
        "form=unknown&form=oxide",
        "elemental_max=350&sort=price_per_100_mg",
        "dose=day&elemental_min=100&sort=-elemental",
        "q=neuro",
        "certification=NSF&use=sleep",
        "price_max=0.1&brand=plain",
    ],
)
def test_a_list_is_what_the_filter_of_the_page_finds(shelf, ask, query):
    question = ProductFilter(Query.read(QueryDict(query).lists()), Product.objects.published())
    answer = ask(f"products/?{query}")
    assert slugs(answer) == [product.slug for product in question.qs]
    assert answer["count"] == len(answer["results"])
    assert [note["message"] for note in answer["notes"]] == [str(note) for note in question.notes]
    assert answer["sort"] == question.sort


def test_a_piece_that_was_ignored_is_named_with_code_key_and_value(shelf, ask):
    answer = ask("products/?form=oxide&form=typo&elemental_min=abc&colour=red")
    assert slugs(answer) == ["plain-oxide"]
    assert [(one["code"], one["key"], one["value"]) for one in answer["notes"]] == [
        ("unknown_key", "colour", ""),
        ("unknown_value", "form", "typo"),
        ("not_a_number", "elemental_min", "abc"),
    ]


def test_the_basis_is_said_and_changes_the_figures_of_the_dose(shelf, ask):
    serving = ask("products/?brand=life-extension")
    assert serving["basis"] == {"dose": "serving", "authority": "us"}
    assert serving["results"][0]["dose_elemental_mg"] == {"low": 144, "high": 144}
    fixed = ask("products/?brand=life-extension&dose=72&authority=efsa")
    assert fixed["basis"] == {"dose": "72", "authority": "efsa"}
    (product,) = fixed["results"]
    assert product["dose_elemental_mg"] == {"low": 72, "high": 72}
    assert product["dose_servings"] == {"low": 0.5, "high": 0.5}
    assert product["dose_units"] == {"low": 1.5, "high": 1.5}


def test_pages_lead_to_each_other_by_whole_addresses(ask):
    for n in range(2 * PER_PAGE + 1):
        ProductFactory(slug=f"p-{n:02}", name=f"P {n:02}")
    first = ask("products/?sort=name&dosage_form=capsule&facets=1")
    assert (first["count"], first["page"], first["pages"]) == (2 * PER_PAGE + 1, 1, 3)
    assert first["previous"] is None
    assert first["next"] == (
        "http://testserver/api/v1/products/?sort=name&dosage_form=capsule&facets=1&page=2"
    )
    second = ask(first["next"].removeprefix("http://testserver/api/v1/"))
    assert second["previous"] == (
        "http://testserver/api/v1/products/?sort=name&dosage_form=capsule&facets=1"
    )
    last = ask(second["next"].removeprefix("http://testserver/api/v1/"))
    assert last["next"] is None
    seen = slugs(first) + slugs(second) + slugs(last)
    assert len(seen) == len(set(seen)) == 2 * PER_PAGE + 1


def test_a_page_that_is_not_there_becomes_the_nearest_with_a_note(shelf, ask):
    answer = ask("products/?page=9")
    assert answer["page"] == 1
    assert [note["code"] for note in answer["notes"]] == ["out_of_bounds"]


def test_facets_come_when_they_are_asked_for(shelf, ask):
    assert ask("products/")["facets"] == []
    answer = ask("products/?facets=1&form=oxide")
    assert not answer["notes"]
    facets = {facet["key"]: facet for facet in answer["facets"]}
    forms = {value["value"]: value for value in facets["form"]["values"]}
    assert forms["citrate"]["count"] == 2
    assert forms["oxide"]["selected"]
    assert forms["unknown"]["count"] == 1
    assert facets["elemental"]["kind"] == "range"
    assert sum(bar["count"] for bar in facets["elemental"]["bars"]) == answer["count"]


def test_facets_asked_for_in_another_way_are_noted(shelf, ask):
    answer = ask("products/?facets=please")
    assert answer["facets"] == []
    assert [(note["code"], note["key"]) for note in answer["notes"]] == [
        ("unknown_value", "facets")
    ]


def test_forms_are_filtered_in_the_same_way(shelf, ask):
    answer = ask("forms/?laxative=low&facets=1&use=sleep")
    assert slugs(answer) == ["l-threonate"]
    (form,) = answer["results"]
    assert form["product_count"] == 1
    assert form["elemental_fraction"] == 0.082531
    assert {facet["key"] for facet in answer["facets"]} >= {"category", "laxative", "use"}


def test_sources_and_uses_come_page_by_page(ask):
    for n in range(PER_PAGE + 1):
        SourceFactory(key=f"s-{n:02}")
    UseFactory(slug="sleep", name="Sleep", certainty="low", direction="mixed")
    first = ask("sources/")
    assert [one["key"] for one in first["results"]] == [f"s-{n:02}" for n in range(PER_PAGE)]
    assert first["next"] == "http://testserver/api/v1/sources/?page=2"
    uses = ask("uses/?form=citrate")
    assert [(one["slug"], one["certainty"], one["direction"]) for one in uses["results"]] == [
        ("sleep", "low", "mixed")
    ]
    assert [note["code"] for note in uses["notes"]] == ["unknown_key"]


@pytest.mark.parametrize("sort", FormFilter.sorts)
def test_forms_come_in_every_order_of_the_page(shelf, ask, sort):
    question = FormFilter(Query().add("sort", sort), MagnesiumForm.objects.published())
    assert slugs(ask(f"forms/?sort={sort}")) == [form.slug for form in question.qs]


def test_what_is_wanted_puts_each_product_in_a_group_and_says_why(ask, db):
    ProductFactory(name="A", vegan=True, gluten_free=False)
    ProductFactory(name="B", vegan=None)
    ProductFactory(name="C", vegan=False)
    page = ask("products/?want=vegan:must&want=gluten_free:matters&want=taste:must&sort=name")
    assert [one["match"]["group"] for one in page["results"]] == ["partial", "unknown", "no"]
    assert page["results"][0]["match"]["wishes"] == [
        {"fact": "vegan", "weight": "must", "standing": "met", "said": "yes"},
        {"fact": "gluten_free", "weight": "matters", "standing": "failed", "said": "no"},
    ]
    assert page["results"][0]["match"]["why"] == "vegan: yes; gluten free: no"
    assert page["groups"] == [
        {"group": "partial", "count": 1},
        {"group": "unknown", "count": 1},
        {"group": "no", "count": 1},
    ]
    assert [(note["key"], note["value"]) for note in page["notes"]] == [("want", "taste:must")]


def test_without_a_wish_there_are_no_groups(ask, shelf):
    page = ask("products/")
    assert page["groups"] == []
    assert {one["match"] for one in page["results"]} == {None}
