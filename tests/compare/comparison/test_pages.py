"""The pages of a comparison as a visitor meets them, and their other faces."""

import csv
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from compare.basis import Basis
from compare.comparison.product_rows import product_rows
from compare.comparison.yardsticks import Yardsticks
from products.changes import recording
from products.models import MagnesiumForm
from tests import cast
from tests.factories import (
    CertificationFactory,
    ClaimFactory,
    EvidenceFactory,
    FactNoteFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    RatingSummaryFactory,
    StudyFactory,
    UpperLevelFactory,
)

pytestmark = pytest.mark.django_db

HOSTILE = [
    "item=%00", "item=%FF", "item=%27%22%3Cscript%3E&item=%F0%9F%92%8A", "item=" + "a" * 5000, "item=neuro-mag&dose=1e999999",
    "item=neuro-mag&base=%00&rows=%00", "item=neuro-mag&rows=all&rows=none", "item=1&item=-1&item=99999999999999999999999",
    "item=neuro-mag&dose=NaN&authority=moon", "add=%00", "add=" + "x" * 5000, "add=%25%5F%27", "item=neuro-mag&add=%D9%A3",
    "format=xml&item=neuro-mag", "item=neuro-mag&item=neuro-mag&item=neuro-mag", "=", "&&&", "page=2", "item", "item=&base=&rows=",
    "item=neuro-mag%20&item=%20neuro-mag", "&".join(f"item=x{n}" for n in range(400)), "item=neuro-mag&base=plain-oxide",
]  # fmt: skip


def page(client, query="", name="compare_products"):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def items(*slugs):
    return "&".join(f"item={slug}" for slug in slugs)


def heading(html):
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    return unescape(re.sub(r"<[^>]+>", "", found)).strip()


def full_product(number, form):
    """A product with a row in every table that a comparison reads."""
    product = ProductFactory(slug=f"full-{number}", label_elemental_mg=100 + number)
    ProductIngredientFactory(product=product, form=form)
    OfferFactory(product=product)
    RatingSummaryFactory(product=product)
    CertificationFactory(product=product)
    ClaimFactory(product=product)
    FactNoteFactory(product=product)
    return product


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("name", ["compare_products", "compare_forms"])
def test_a_hostile_address_gets_a_page_with_one_heading(client, query, name):
    cast.neuro_mag()
    html = page(client, query, name)
    heading(html)
    assert "<script>" not in html


@pytest.mark.parametrize("name", ["compare_products", "compare_forms"])
def test_nothing_chosen_explains_and_offers(client, name):
    cast.neuro_mag()
    cast.plain_oxide()
    html = page(client, name=name)
    assert heading(html).startswith("Compare magnesium ")
    assert 'name="add"' in html
    first = re.search(r'href="(\?item=[^"]+)"', html)
    assert first is not None
    assert "side by side" in heading(page(client, unescape(first[1])[1:], name))


def test_an_empty_catalogue_still_has_a_page(client):
    assert heading(page(client)) == "Compare magnesium products"
    assert heading(page(client, name="compare_forms")) == "Compare magnesium forms"


def test_the_short_address_leads_to_products(client):
    assert client.get("/compare/?item=a").headers["Location"] == "/compare/products/?item=a"


def test_two_side_by_side(client):
    cast.neuro_mag()
    cast.plain_oxide()
    html = page(client, items("neuro-mag", "plain-oxide"))
    assert heading(html) == "Neuro-Mag and Plain Oxide side by side"
    assert "<title>Neuro-Mag and Plain Oxide compared · Elemental</title>" in html
    assert (
        html.count("General information, not medical advice") == 2
    )  # once on the page, once on paper
    assert ">Fewest<" in html
    assert ">Lowest<" in html


def test_one_is_shown_and_another_asked_for(client):
    cast.neuro_mag()
    html = page(client, items("neuro-mag"))
    assert heading(html) == "Neuro-Mag"
    assert "Add another below" in html
    assert "144" in html


def test_nine_items(client):
    for number in range(9):
        ProductFactory(slug=f"p{number}")
    html = page(client, items(*(f"p{number}" for number in range(9))))
    assert html.count('scope="col" id="i') == 5
    assert html.count("was left out, since at most 5 fit side by side") == 4
    assert "5 is the most that fit side by side" in html


def test_what_was_ignored_is_said(client):
    cast.neuro_mag()
    html = page(client, items("neuro-mag", "nobody", "neuro-mag") + "&base=nobody&colour=red")
    for said in (
        "item: “nobody” is not known.",
        "item: “neuro-mag” was given more than once; it is used once.",
        "base: “nobody” is not known.",
        "“colour” is not something that can be asked for here.",
    ):
        assert escape(said) in html


def test_rows_shown_follow_the_address(client):
    cast.neuro_mag()
    cast.plain_oxide()
    two = items("neuro-mag", "plain-oxide")
    differing = page(client, f"{two}&rows=differing")
    assert 'id="row-elemental_mg"' in differing
    assert 'id="row-vegan"' not in differing
    same = page(client, f"{two}&rows=same")
    assert 'id="row-elemental_mg"' not in same
    assert 'id="row-vegan"' in same


def test_no_row_differs_says_so(client):
    cast.bare_label()
    assert "No row is different here" in page(client, f"{items('bare-label')}&rows=differing")


def test_baseline_and_deltas(client):
    cast.neuro_mag()
    cast.plain_oxide()
    html = page(client, items("neuro-mag", "plain-oxide") + "&base=neuro-mag")
    assert '<span class="delta">+356\u00a0mg</span>' in html
    assert '<span class="delta">−$0.71</span>' in html
    assert '<option value="neuro-mag" selected>' in html


def test_every_source_mark_leads_to_an_entry(client):
    cast.neuro_mag()
    cast.plain_oxide()
    UpperLevelFactory()
    html = page(client, items("neuro-mag", "plain-oxide"))
    marks = set(re.findall(r'href="#(r\d+)"', html))
    assert marks
    assert marks == set(re.findall(r'<li id="(r\d+)"', html))


def test_every_row_explains_itself_in_place(client):
    cast.neuro_mag()
    html = unescape(page(client, items("neuro-mag")))
    for row in product_rows(Basis(), Yardsticks(), ()):
        assert row.term in html


def test_adding_by_search(client):
    cast.neuro_mag()
    cast.plain_oxide()
    html = page(client, items("neuro-mag") + "&dose=100&add=oxide")
    assert escape("?item=neuro-mag&dose=100&item=plain-oxide") in html
    assert "Nothing else here is called" in page(client, items("neuro-mag") + "&add=zzz")
    assert "Nothing else here is called" in page(client, items("neuro-mag") + "&add=neuro")


def test_moving_and_removing_are_links(client):
    cast.neuro_mag()
    cast.plain_oxide()
    html = page(client, items("neuro-mag", "plain-oxide"))
    assert escape("?item=plain-oxide&item=neuro-mag") in html
    assert 'aria-label="Move Neuro-Mag right"' in html
    assert 'aria-label="Remove Plain Oxide"' in html


def test_controls_keep_the_rest_of_the_address(client):
    cast.neuro_mag()
    cast.plain_oxide()
    html = page(
        client, items("neuro-mag", "plain-oxide") + "&base=neuro-mag&rows=differing&dose=100"
    )
    assert escape("&base=neuro-mag&rows=same&dose=100") in html
    assert escape("&base=neuro-mag&rows=differing&dose=day") in html
    assert escape("dose=100&format=csv") in html


def test_why_there_is_no_best(client):
    cast.neuro_mag()
    cast.stale_price()
    html = page(client, items("neuro-mag", "stale-price"))
    assert "Why some rows have no best" in html
    assert "The price is over 90 days old for Citrate 150." in re.sub(r"\s+", " ", html)


def test_csv_says_what_the_page_says(client):
    cast.neuro_mag()
    cast.blend()
    two = items("neuro-mag", "blend")
    response = client.get(f"{reverse('compare_products')}?{two}&rows=differing&format=csv")
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    html = page(client, f"{two}&rows=differing")
    assert [row["row"] for row in rows] == re.findall(r'<tr id="row-(\w+)"', html)
    by_key = {row["row"]: row for row in rows}
    mine, theirs = "Life Extension Neuro-Mag", "Mixer Two-form blend"
    assert by_key["elemental_mg"] == {
        "row": "elemental_mg",
        "group": "Magnesium you get",
        "label": "Elemental magnesium (magnesium itself, at this dose)",
        "unit": "mg",
        mine: "144",
        theirs: "200",
        f"{mine}: note": "3 capsules",
        f"{theirs}: note": "2 capsules",
        "differs": "yes",
        "best": "",
        "sources": by_key["elemental_mg"]["sources"],
        "explanation": by_key["elemental_mg"]["explanation"],
    }
    assert by_key["price_per_100_mg"][mine] == "0.7292 USD"
    assert by_key["price_per_100_mg"]["best"] == theirs
    whole = client.get(f"{reverse('compare_products')}?{two}&format=csv").content.decode()
    assert "Withheld (blend)" in whole
    assert "Not looked up yet" in whole


def test_csv_neutralises_formulas(client):
    brand = {"brand__slug": "evil", "brand__name": "=HYPERLINK(1)"}
    ProductFactory(slug="a", name="x", other_ingredients="@rice", **brand)
    text = client.get(f"{reverse('compare_products')}?item=a&format=csv").content.decode()
    for field in next(csv.reader(text.splitlines())):
        assert not field.startswith(("=", "@", "+", "-"))
    assert "'@rice" in text


def test_json_is_the_same_comparison(client):
    cast.neuro_mag()
    cast.plain_oxide()
    two = items("neuro-mag", "plain-oxide")
    plain = client.get(f"{reverse('compare_products')}?{two}&format=json").json()
    assert [item["slug"] for item in plain["items"]] == ["neuro-mag", "plain-oxide"]
    rows = {row["key"]: row for group in plain["groups"] for row in group["rows"]}
    assert rows["elemental_mg"]["cells"][0]["value"] == {"low": 144, "high": 144}
    assert rows["price_per_100_mg"]["best"] == ["plain-oxide"]


def test_queries_do_not_grow_with_items(client):
    forms = [cast.form(slug) for slug in cast.FORMS]
    for number, form in enumerate(forms):
        full_product(number, form)
        EvidenceFactory(form=form, source=StudyFactory(key=f"study-200{number}-x"))
    slugs = [f"full-{number}" for number in range(5)]

    def queries(query, name):
        with CaptureQueriesContext(connection) as captured:
            page(client, query, name)
        return len(captured)

    page(client, items(*slugs[:2]))  # the first in a state of the catalogue reads what is kept
    assert queries(items(*slugs[:2]), "compare_products") == queries(
        items(*slugs), "compare_products"
    )
    two, five = items("citrate", "oxide"), items(*cast.FORMS)
    assert queries(two, "compare_forms") == queries(five, "compare_forms")


def test_queries_do_not_grow_with_rows(client):
    cast.neuro_mag()
    cast.plain_oxide()
    two = items("neuro-mag", "plain-oxide")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(client, two)
        return len(captured)

    EvidenceFactory(form=cast.form("oxide"))
    few = queries()
    for number in range(6):
        EvidenceFactory(form=cast.form("oxide"), source=StudyFactory(key=f"more-200{number}-x"))
    assert queries() == few


def test_a_form_without_a_page_is_named_and_not_linked(client):
    cast.neuro_mag()
    with recording(by=None, reason="withdrawn"):
        MagnesiumForm.objects.filter(slug="l-threonate").update(status="retired")
    for html in (
        page(client, items("neuro-mag")),
        client.get(reverse("product", args=["neuro-mag"])).content.decode(),
    ):
        assert "threonate" in html
        assert reverse("form", args=["l-threonate"]) not in html


def test_a_row_leads_to_how_its_figures_come_about(client):
    EvidenceFactory(form=cast.form("oxide"))
    html = page(client, items("oxide"), "compare_forms")
    assert '<a href="/method/#fraction">How it follows from the formula</a>' in html
    assert 'id="fraction"' in client.get("/method/").content.decode()
    assert ">All studies of this use</a>" in html


@pytest.mark.parametrize(
    ("format_", "starts"), [("bibtex", r"^@\w+\{([\w-]+),$"), ("csl", r'^    "id": "([\w-]+)",$')]
)
def test_its_sources_can_be_taken_along(client, format_, starts):
    cast.neuro_mag()
    cast.blend()
    two = items("neuro-mag", "blend")
    html = page(client, two)
    assert escape(f"{two}&format={format_}") in html
    response = client.get(f"{reverse('compare_products')}?{two}&format={format_}")
    assert response["Content-Disposition"].startswith("attachment")
    keys = re.findall(starts, response.content.decode(), re.MULTILINE)
    plain = client.get(f"{reverse('compare_products')}?{two}&format=json").json()
    assert keys == [reference["key"] for reference in plain["references"]] != []
