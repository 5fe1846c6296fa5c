"""A list as a file: the whole answer in its order, in words, at a cost that rows do not raise."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from compare.exports import lists
from products.changes import recording
from products.models import Product
from tests import cast
from tests.factories import (
    BrandFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    UpperLevelFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("way")]


def table(client, name="products", query=""):
    response = client.get(f"{reverse(name)}?format=csv&{query}")
    assert response.status_code == 200
    assert response.streaming
    text = b"".join(response).decode()
    return list(csv.DictReader(io.StringIO(text)))


def fill(count):
    for _ in range(count):
        product = ProductFactory()
        ProductIngredientFactory(product=product, form=cast.form("citrate"))
        OfferFactory(product=product)


def test_the_whole_answer_in_the_order_of_the_list(client, monkeypatch):
    monkeypatch.setattr(lists, "CHUNK", 7)
    fill(30)
    cast.neuro_mag()
    rows = table(client, query="form=citrate&sort=name&page=2")
    expected = Product.objects.filter(ingredients__form__slug="citrate").order_by("name", "pk")
    assert [row["product"] for row in rows] == [product.name for product in expected]
    assert len(rows) == 30


def test_figures_stand_on_the_dose_that_the_head_names(client):
    cast.neuro_mag()
    (row,) = table(client, query="dose=day")
    assert row["elemental magnesium in the label's day (mg)"] == "144"
    assert row["pieces in the label's day"] == "3"
    (row,) = table(client, query="dose=96")
    assert row["servings in 96 mg"] == "0.6667"
    assert row["pieces in 96 mg"] == "2"


def test_a_share_of_the_limit_only_where_the_day_is_counted(client):
    UpperLevelFactory(authority="us")
    cast.neuro_mag()
    head = "share of the US limit for a day (%)"
    assert table(client, query="dose=day")[0][head].startswith("41.14")
    assert head not in table(client)[0]


def test_what_is_not_known_says_why(client):
    everyone = cast.everyone()
    rows = {row["page"]: row for row in table(client, query="dose=day")}
    assert all(value for row in rows.values() for value in row.values())
    bare = rows[f"http://testserver{everyone['bare_label'].get_absolute_url()}"]
    assert bare["elemental magnesium in the label's day (mg)"] == "Not looked up yet"
    assert (
        "Withheld (blend)"
        in rows[f"http://testserver{everyone['blend'].get_absolute_url()}"].values()
    )


def test_no_name_becomes_a_formula(client):
    ProductFactory(name="=HYPERLINK(1)", brand=BrandFactory(name="@brand"))
    (row,) = table(client)
    assert (row["product"], row["brand"]) == ("'=HYPERLINK(1)", "'@brand")


def test_weights_add_the_group_and_its_reason(client):
    ProductFactory(vegan=True), ProductFactory(vegan=None)
    rows = table(client, query="want=vegan:must&sort=name")
    assert [(row["match"], row["why"]) for row in rows] == [
        ("Good match", "vegan: yes"),
        ("Not known", "vegan: not looked up yet"),
    ]
    assert "match" not in table(client)[0]


def test_a_product_that_goes_while_the_file_is_sent_is_left_out(client, monkeypatch):
    monkeypatch.setattr(lists, "CHUNK", 1)
    ProductFactory(), ProductFactory()
    sent = iter(client.get(f"{reverse('products')}?format=csv"))
    before = next(sent)
    with recording(by=None, reason="retired for a test"):
        Product.objects.update(status="retired")
    assert (before + b"".join(sent)).count(b"\n") == 2


def queries(client, query):
    table(client, query=query)  # brings the index up to date
    with CaptureQueriesContext(connection) as captured:
        table(client, query=query)
    return len(captured)


def test_queries_follow_the_chunks_and_not_the_rows(client, monkeypatch):
    query = "form=citrate&want=vegan:must&want=third_party:must"
    monkeypatch.setattr(lists, "CHUNK", 20)
    fill(10)
    one = queries(client, query)
    fill(10)
    assert queries(client, query) == one
    fill(20)
    assert 0 < queries(client, query) - one <= 5


def test_forms(client):
    cast.everyone()
    rows = {row["form"]: row for row in table(client, "forms")}
    assert rows[cast.form("oxide").name]["magnesium in the salt (%)"] == "60.3"
    assert all(value for row in rows.values() for value in row.values())


@pytest.mark.parametrize(("name", "noun"), [("products", "product"), ("forms", "form")])
def test_the_page_leads_to_the_file_of_all_that_it_found(client, name, noun):
    cast.neuro_mag()
    html = client.get(f"{reverse(name)}?bioavailability=moderate&page=9").content.decode()
    assert 'href="?bioavailability=moderate&amp;format=csv"' in html
    assert f"This {noun} as CSV" in html


@pytest.mark.parametrize("name", ["products", "forms"])
def test_a_format_that_a_list_does_not_have_is_noted(client, name):
    assert (
        escape("format: “pdf” is not known.")
        in client.get(f"{reverse(name)}?format=pdf").content.decode()
    )
