"""The pages of uses as a visitor meets them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from products.models import Use
from tests import cast
from tests.factories import EvidenceFactory, PublishedRatingFactory, StudyFactory, UseFactory

pytestmark = pytest.mark.django_db

HOSTILE = [
    "form=%00", "form=%FF", "certainty=%27%22%3Cscript%3E", "who=" + "a" * 5000, "group=1e999",
    "form=" + "&form=".join(str(i) for i in range(300)), "certainty=high&certainty=low&certainty=",
    "=", "&&&", "form=any&form=any", "page=-1&sort=pk;drop", "dose=1e999999", "x=%F0%9F%92%8A",
]  # fmt: skip


def page(client: Client, query: str = "") -> str:
    response = client.get(f"{reverse('uses')}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def read(client: Client, use: Use) -> str:
    response = client.get(use.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_address_gets_a_page_with_one_heading(client: Client, query: str) -> None:
    EvidenceFactory()
    html = page(client, query)
    assert html.count("<h1>") == 1
    assert "<script>" not in html


def test_what_was_ignored_is_said(client: Client) -> None:
    EvidenceFactory(form=cast.form("oxide"))
    html = page(client, "certainty=sure&form=oxide")
    assert escape("certainty: “sure” is not known.") in html


def test_a_cell_leads_to_the_studies_of_its_form(client: Client) -> None:
    use = UseFactory(slug="sleep", name="Sleep")
    EvidenceFactory(use=use, form=cast.form("oxide"))
    html = page(client)
    assert 'href="/uses/sleep/#oxide"' in html
    assert 'id="oxide"' in read(client, use)


def test_every_cell_has_words_and_none_is_a_bare_blank(client: Client) -> None:
    EvidenceFactory(use=UseFactory(slug="sleep"), form=cast.form("oxide"))
    EvidenceFactory(use=UseFactory(slug="fatigue"), form=cast.form("oxide"), route="injection")
    EvidenceFactory(
        use=UseFactory(slug="memory"), form=cast.form("oxide"), species="rat", design="animal"
    )
    html = page(client, "form=oxide")
    for words in ("Benefit", "Animals only", "Not tested", "only drips and injections"):
        assert words in html


def test_what_does_not_fit_is_said_in_its_cell(client: Client) -> None:
    use = UseFactory()
    EvidenceFactory(use=use, form=cast.form("oxide"), certainty="low")
    EvidenceFactory(use=use, form=cast.form("citrate"), certainty="moderate")
    assert "Left out by the filter" in page(client, "certainty=moderate")
    assert "1 of 1 uses" in page(client, "certainty=moderate")


def test_nothing_that_fits_offers_the_way_out(client: Client) -> None:
    EvidenceFactory(certainty="low")
    html = page(client, "certainty=high")
    assert "No study fits all of that" in html
    assert "Clear all" in html


def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "No use is in the catalogue yet." in page(client)


def test_hospital_treatments_are_told_apart(client: Client) -> None:
    use = UseFactory(name="Eclampsia", hospital_only=True, direction="benefit")
    EvidenceFactory(use=use, form=cast.form("citrate"), route="injection")
    html = page(client)
    assert html.index("Hospital treatment, not a use of supplements") < html.index("Eclampsia")
    own = read(client, use)
    assert "holds for no tablet" in own
    assert reverse("products") + "?use=" not in own


def test_on_a_phone_one_form_is_chosen_and_others_are_a_link_away(client: Client) -> None:
    use = UseFactory()
    for slug in ("l-threonate", "citrate"):
        EvidenceFactory(use=use, form=cast.form(slug), n=10)
    html = page(client, "who=human")
    assert html.count("tested chosen") == 1
    assert 'href="?who=human&amp;form=citrate"' in html
    assert '<input type="hidden" name="who" value="human">' in html


def test_a_use_tells_direction_size_and_certainty_apart(client: Client) -> None:
    use = UseFactory(question="Does it help?", summary="Not much.", certainty="moderate")
    study = StudyFactory(authors="Zhang X, Li Y", year=2016)
    EvidenceFactory(
        use=use,
        form=cast.form("oxide"),
        source=study,
        effect_size="-2",
        effect_unit="mmHg",
        ci_low="-3.58",
        ci_high="-0.43",
        certainty_reason="34 blinded trials.",
        dose_elemental_mg=368,
    )
    html = read(client, use)
    for words in (
        "<h1>Does it help?</h1>",
        "Not much.",
        "−3.58 to −0.43",
        "Zhang 2016",
        "34 blinded trials.",
        "368",
        f'href="{study.get_absolute_url()}"',
        'id="r1"',
        f"{reverse('products')}?use={use.slug}",
        "General information, not medical advice.",
    ):
        assert words in html
    assert html.count("<h1>") == 1


def test_a_plot_has_the_same_figures_in_words(client: Client) -> None:
    use = UseFactory()
    for value, low, high in (("0.42", "0.29", "0.60"), ("0.75", "0.60", "0.92")):
        EvidenceFactory(
            use=use,
            effect_size=value,
            effect_unit="RR",
            ci_low=low,
            ci_high=high,
            comparable_group="risk",
        )
    html = read(client, use)
    assert html.count('class="plot wide"') == html.count('class="plot narrow"') == 1
    assert "risk ratio 0.42, 95 % interval 0.29 to 0.6" in html
    assert "style=" not in html.split("<main")[1]


def test_what_says_nothing_about_tablets_is_marked_as_such(client: Client) -> None:
    use = UseFactory()
    EvidenceFactory(use=use, form=cast.form("oxide"), is_combination=True)
    html = read(client, use)
    assert "Apart: these say nothing about tablets" in html
    assert "magnesium gets no credit" in html
    assert "No product can lean on this page" in html


def test_a_rating_by_others_is_its_own_fact_with_its_day(client: Client) -> None:
    use = UseFactory(certainty="very_low")
    PublishedRatingFactory(use=use, rater="Academy", as_told="Level B")
    html = read(client, use)
    assert "What others say of it" in html
    assert "“Level B” on its scale" in html
    assert '<time datetime="2012-04-24">24 April 2012</time>' in html


@pytest.mark.parametrize("slug", ["nobody", "x" * 300])
def test_an_unknown_use_is_not_found(client: Client, slug: str) -> None:
    assert client.get(f"/uses/{slug}/").status_code == 404


def test_a_draft_is_not_found(client: Client) -> None:
    use = UseFactory(status="draft")
    assert client.get(use.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(reverse("uses")).status_code == 405


def test_no_visitor_gets_a_cookie(client: Client) -> None:
    use = EvidenceFactory().use
    assert not client.get(reverse("uses")).cookies
    assert not client.get(use.get_absolute_url()).cookies


@pytest.mark.parametrize("name", ["uses", "use"])
def test_queries_do_not_grow(client: Client, django_assert_num_queries: Any, name: str) -> None:
    use = UseFactory(slug="sleep")
    url = reverse(name) if name == "uses" else use.get_absolute_url()

    def fill(n: int) -> None:
        for _ in range(n):
            EvidenceFactory(use=use)
            EvidenceFactory(use=use, form=None, route="food")
            EvidenceFactory()
            PublishedRatingFactory(use=use, source=StudyFactory())

    fill(2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    fill(6)
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_a_form_from_the_list_stands_first_among_those_at_hand(client: Client) -> None:
    use = UseFactory()
    for slug in ("l-threonate", "citrate", "oxide"):
        EvidenceFactory(use=use, form=cast.form(slug))
    cast.form("gluconate")
    html = page(client, "form=gluconate")
    at_hand = html.split('aria-label="Form in view"')[1].split("</span>")[0]
    assert at_hand.index("Gluconate") < at_hand.index("form=l-threonate")
    assert at_hand.count("<a ") == 3
