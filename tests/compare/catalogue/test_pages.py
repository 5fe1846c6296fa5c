"""The lists as a visitor meets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from products.models import MagnesiumForm
from tests import cast
from tests.factories import (
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    UpperLevelFactory,
    UseFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("way")]

HOSTILE = [
    "form=%00", "form=%FF", "q=%27%22%3Cscript%3E", "q=" + "a" * 5000, "page=-1", "page=99999999999999",
    "page=%D9%A3", "elemental_min=1e2000000", "elemental_min=NaN&elemental_max=Infinity", "price_max=1e400",
    "dose=1e999999", "dose=%00", "item=%00&item=nobody", "sort=pk;drop", "label_check=1' OR '1'='1",
    "form=" + "&form=".join(str(i) for i in range(300)), "authority=%F0%9F%92%8A", "brand=%E2%80%AE",
    "q=%D0%BC%D0%B0%D0%B3%D0%BD%D0%B8%D0%B9", "q=a%20OR%20b*", "page=1&page=2", "=", "&&&", "csrf=1",
]  # fmt: skip


def page(client, name, query=""):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("name", ["products", "forms"])
def test_a_hostile_address_gets_a_page_with_one_heading(client, name, query):
    cast.neuro_mag()
    html = page(client, name, query)
    assert html.count("<h1>") == 1
    assert "<script>" not in html


def test_what_was_ignored_is_said(client):
    cast.neuro_mag()
    html = page(client, "products", "form=typo&form=l-threonate")
    assert escape("form: “typo” is not known.") in html
    assert "Neuro-Mag" in html


def test_nothing_found_offers_the_way_out_one_filter_at_a_time(client):
    cast.neuro_mag()
    html = page(client, "products", "bioavailability=low&dosage_form=capsule")
    assert "Nothing fits all of that" in html
    assert "?dosage_form=capsule" in html
    assert "Clear all" in html


def test_an_empty_catalogue_says_so(client):
    assert "The catalogue is empty" in page(client, "products")


def test_a_page_past_the_end_becomes_the_last_with_a_note(client):
    for _ in range(30):
        ProductFactory()
    html = page(client, "products", "page=9")
    assert "Showing 25 to 30 of 30." in html
    assert escape("page: “9” is outside 1 to 2.") in html


def test_a_tick_is_a_link_that_keeps_the_filters(client):
    product = cast.neuro_mag()
    html = page(client, "products", "form=l-threonate")
    assert f"?form=l-threonate&amp;item={product.slug}#tick" in html
    html = page(client, "products", f"form=l-threonate&item={product.slug}")
    assert 'href="?form=l-threonate#tick' in html
    assert f"/compare/products/?item={product.slug}" in html


def test_what_is_ticked_stays_when_filters_are_sent(client):
    product = cast.neuro_mag()
    html = page(client, "products", f"item={product.slug}&dose=day")
    assert f'<input type="hidden" name="item" value="{product.slug}">' in html
    assert '<input type="hidden" name="dose" value="day">' in html


def test_an_unknown_day_is_said_and_the_serving_is_not_put_in_its_place(client):
    ProductFactory(
        name="No day", label_elemental_mg=210, daily_servings_low=None, daily_servings_high=None
    )
    html = page(client, "products", "dose=day")
    assert "Not looked up yet" in html
    assert "210&nbsp;mg a serving" in html
    assert "mg a day</span>" not in html


def test_a_price_without_a_day_says_so(client):
    product = ProductFactory(label_elemental_mg=100, servings_per_container=10)
    OfferFactory(product=product, price="5.00", seen_on=None)
    assert "day not known" in page(client, "products")


def test_a_name_with_markup_is_shown_as_it_is_written(client):
    ProductFactory(name="<b>Bold</b> & <script>alert(1)</script>")
    html = page(client, "products")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


def test_gummies_are_not_gummys(client):
    ProductFactory(dosage_form="gummy", serving_units=2, container_units=60, label_elemental_mg=90)
    html = page(client, "products")
    assert "60 gummies" in html
    assert "2 gummies" in html


def test_a_form_named_in_the_search_is_offered(client):
    cast.neuro_mag()
    assert MagnesiumForm.objects.get().get_absolute_url() in page(client, "products", "q=magtein")


def test_a_use_named_in_the_search_is_offered_though_no_product_bears_the_word(client):
    cast.neuro_mag()
    use = UseFactory(slug="sleep", name="Sleep and insomnia", synonyms="falling asleep")
    assert use.get_absolute_url() in page(client, "products", "q=asleep")


def test_products_of_forms_that_differ_in_grade_are_not_called_unknown(client):
    product = ProductFactory()
    for slug in ("citrate", "oxide"):
        ProductIngredientFactory(product=product, form=cast.form(slug))
    html = page(client, "products", "bioavailability=unknown")
    assert "unknown, or differs between its forms" in html
    assert product.name in html


@pytest.mark.parametrize("name", ["products", "forms"])
def test_no_visitor_gets_a_cookie(client, name):
    cast.neuro_mag()
    assert not client.get(reverse(name)).cookies


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_lists_are_only_read(client, method):
    assert getattr(client, method)(reverse("products")).status_code == 405


def test_an_editor_s_new_product_is_in_the_list_and_its_counts_at_once(client):
    cast.neuro_mag()
    page(client, "products")
    product = ProductFactory(name="Brand-new", dosage_form="gummy")
    ProductIngredientFactory(product=product, form=cast.form("citrate"))
    html = page(client, "products", "dosage_form=gummy&form=citrate")
    assert "Brand-new" in html


@pytest.mark.parametrize(
    "query", ["", "form=citrate&form=oxide&diet=vegan&q=magnesium&item=neuro-mag&dose=day"]
)
def test_queries_do_not_grow_with_rows(client, query):
    cast.neuro_mag()

    def fill(n):
        for _ in range(n):
            product = ProductFactory(vegan=True, name="Magnesium")
            for slug in ("citrate", "oxide"):
                ProductIngredientFactory(product=product, form=cast.form(slug))
            OfferFactory(product=product)

    def cost():
        page(client, "products", query)  # the first after a change brings the index up to date
        with CaptureQueriesContext(connection) as captured:
            page(client, "products", query)
        return len(captured)

    fill(3)
    few = cost()
    fill(9)
    assert few == cost() > 0


def test_queries_do_not_grow_with_forms(client, django_assert_max_num_queries):
    cast.form("oxide")
    with CaptureQueriesContext(connection) as few:
        page(client, "forms")
    for slug in cast.FORMS:
        cast.form(slug)
    with django_assert_max_num_queries(len(few)):
        page(client, "forms")


def test_a_search_without_a_word_is_no_filter_and_says_so(client):
    cast.neuro_mag()
    html = page(client, "products", "q=!!!")
    assert escape("q: “!!!” holds no word to search for.") in html
    assert "Remove filter" not in html
    assert "for “!!!”" not in html


def test_items_that_are_not_here_hide_none_that_are(client):
    slugs = [ProductFactory().slug for _ in range(6)]
    bad = "&".join(f"item=nobody-{number}" for number in range(5))
    html = page(client, "products", f"{bad}&item={slugs[0]}")
    assert f"/compare/products/?item={slugs[0]}" in html
    assert escape("item: “nobody-0” is not known.") in html
    html = page(client, "products", "&".join(f"item={slug}" for slug in slugs))
    assert html.count("tick--on") == 5
    assert "was left out, since at most 5 fit side by side." in html


def test_the_limit_is_that_of_the_authority(client):
    UpperLevelFactory()
    UpperLevelFactory(authority="efsa", issued_by="scf_eu", amount_mg=250)
    ProductFactory(label_elemental_mg=100)
    assert "29\u00a0% of the US limit" in page(client, "products", "dose=day")
    html = page(client, "products", "dose=day&authority=efsa")
    assert "40\u00a0% of the EU limit" in html
    assert "above the EU limit" in html
    assert "of the Japanese limit" not in page(client, "products", "dose=day&authority=jp")


def test_a_dose_means_nothing_to_a_list_of_forms(client):
    cast.form("oxide")
    html = page(client, "forms", "dose=100")
    assert escape("“dose” is not something that can be asked for here.") in html


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("price_min=1e2", "from $100.00 per 100 mg"),
        ("price_max=0.05", "up to $0.050 per 100 mg"),
        ("elemental_min=1e3", "from 1,000 mg"),
    ],
)
def test_a_chip_says_a_figure_as_people_write_it(client, query, chip):
    cast.neuro_mag()
    assert chip in page(client, "products", query)


class TestManyBrands:
    """Of thousands of brands a page shows the most frequent; the others are found by name."""

    @pytest.fixture(autouse=True)
    def brands(self):
        for n in range(20):
            ProductFactory(brand__name=f"Brand {n:02}", brand__slug=f"brand-{n:02}")
        ProductFactory(brand__name="Brand 07", brand__slug="brand-07")
        ProductFactory(brand__name="Santé Verte", brand__slug="sante-verte")

    def shown(self, client, query=""):
        box = r'type="checkbox" id="[^"]+" name="brand" value="([^"]+)"( checked)?'
        return re.findall(box, page(client, "products", query))

    def test_the_most_frequent_come_first_and_the_rest_is_said(self, client):
        shown = self.shown(client)
        assert shown[0] == ("brand-07", "")
        assert len(shown) == 12
        assert "9 more, to be found by name" in page(client, "products")

    def test_what_is_chosen_stays_whatever_is_looked_for(self, client):
        shown = self.shown(client, "brand=brand-19&brands=sante")
        assert shown == [("brand-19", " checked"), ("sante-verte", "")]

    def test_a_name_that_nobody_has_is_answered_in_words(self, client):
        assert "No name has “nobody” in it" in page(client, "products", "brands=nobody")

    def test_looking_for_a_brand_filters_nothing_and_is_not_noted(self, client):
        html = page(client, "products", "brands=sante")
        assert "of 22" in html
        assert "is not a filter" not in html

    def test_a_program_gets_all_of_them(self, client):
        facets = client.get("/api/v1/products/?facets=1").json()["facets"]
        assert len(next(one for one in facets if one["key"] == "brand")["values"]) == 21
