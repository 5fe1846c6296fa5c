"""Sources: the list that is searched and filtered, and everything that rests on one of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from products.models import Source
from tests import cast
from tests.factories import (
    BrandFactory,
    CautionFactory,
    CertificationFactory,
    ClaimFactory,
    EvidenceFactory,
    FactNoteFactory,
    FindingFactory,
    InteractionFactory,
    JudgementFactory,
    LaxativeObservationFactory,
    OfferFactory,
    ProductFactory,
    PublishedRatingFactory,
    RatingSummaryFactory,
    ReferenceIntakeFactory,
    ReviewFactFactory,
    SourceFactory,
    StudyFactory,
    UpperLevelFactory,
)

pytestmark = pytest.mark.django_db


def page(client, query=""):
    response = client.get(f"/sources/?{query}")
    assert response.status_code == 200
    return response.content.decode()


def read(client, source):
    response = client.get(source.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


class TestList:
    def test_it_is_searched_by_the_words_of_a_citation(self, client):
        StudyFactory(title="Enhancement of learning", authors="Slutsky I", year=2010)
        StudyFactory(title="Mg citrate found more bioavailable", authors="Walker AF", year=2003)
        for text in ("slutsky", "learning 2010", "ENHANCEMENT"):
            html = page(client, f"q={text}")
            assert "Enhancement of learning" in html
            assert "found more bioavailable" not in html

    def test_it_is_filtered_by_kind_and_by_how_far_it_was_read(self, client):
        StudyFactory(title="A trial read whole", verified="page")
        StudyFactory(title="A trial by its abstract", verified="abstract")
        SourceFactory(title="A label read whole", verified="page")
        html = page(client, "kind=rct&verified=page")
        assert "A trial read whole" in html
        assert "A trial by its abstract" not in html
        assert "A label read whole" not in html

    def test_counts_ignore_their_own_choice(self, client):
        StudyFactory()
        SourceFactory()
        SourceFactory()
        html = page(client, "kind=rct")
        assert '<span class="lab">Label</span><span class="c">2</span>' in html

    def test_what_was_ignored_is_said(self, client):
        html = page(client, "kind=rumour&verified=page&colour=red")
        assert escape("kind: “rumour” is not known.") in html
        assert escape("“colour” is not something that can be asked for here.") in html

    def test_pages_have_twenty_four_sources_each(self, client):
        for _ in range(30):
            SourceFactory()
        assert "Showing 25 to 30 of 30." in page(client, "page=2")

    def test_nothing_found_offers_the_way_out(self, client):
        SourceFactory()
        assert "Nothing fits all of that" in page(client, "q=nowhere")

    def test_queries_do_not_grow_with_sources(self, client, django_assert_max_num_queries):
        SourceFactory()
        with CaptureQueriesContext(connection) as few:
            page(client)
        for _ in range(20):
            StudyFactory()
        with django_assert_max_num_queries(len(few)):
            page(client)


class TestOne:
    def test_an_unknown_key_is_not_found(self, client):
        assert client.get("/sources/nobody/").status_code == 404

    def test_it_says_what_it_is_and_how_far_it_was_read(self, client):
        source = StudyFactory(
            doi="10.1016/j.neuron.2009.12.026",
            verified="abstract",
            seen_on="2026-05",
            duration="8 weeks",
        )
        html = read(client, source)
        assert 'href="https://doi.org/10.1016/j.neuron.2009.12.026"' in html
        assert "randomised trial" in html.lower()
        assert "seen in an abstract" in html.lower()
        assert "May 2026" in html
        assert "8 weeks" in html

    def test_a_source_of_nothing_says_so(self, client):
        assert "Nothing on the site rests on it" in read(client, SourceFactory())

    def test_facts_of_every_kind_that_name_it_are_there(self, client):
        source = SourceFactory()
        product = cast.neuro_mag(source=source)
        form = cast.form("citrate")
        FindingFactory(source=source, form=form, measure="brain_tissue")
        LaxativeObservationFactory(source=source, form=form, seen="osmotic_laxative")
        EvidenceFactory(source=source, form=form, outcome="Minutes to fall asleep")
        FactNoteFactory(product=product, fact="allergens", source=source)
        OfferFactory(product=product, seller="Corner shop", source=source)
        RatingSummaryFactory(product=product, source=source, count=77)
        CertificationFactory(product=product, body="Body of Trust", source=source)
        ClaimFactory(product=product, text="keeps you calm", source=source)
        ReferenceIntakeFactory(source=source)
        UpperLevelFactory(source=source)
        JudgementFactory(form=form, source=source, claim="Mends sleep")
        PublishedRatingFactory(source=source, rater="Board of Raters")
        ReviewFactFactory(product=product, source=source, fact="Told of taste")
        InteractionFactory(source=source, what_to_do="Keep hours between")
        CautionFactory(source=source, what_to_do="Ask a doctor")
        html = read(client, source)
        for text in (
            "Neuro-Mag", "brain tissue", "osmotic laxative", "Minutes to fall asleep", "allergens",
            "Corner shop", "77 ratings", "Body of Trust", "keeps you calm", "RDA 310", "350",
            "Mends sleep", "Board of Raters", "Told of taste", "Keep hours between", "Ask a doctor",
        ):  # fmt: skip
            assert text in html, text

    def test_what_is_not_published_is_not_shown(self, client):
        source = SourceFactory()
        ProductFactory(source=source, name="Secret", status="draft")
        assert "Secret" not in read(client, source)

    def test_a_long_list_is_folded_and_its_total_said(self, client):
        source = SourceFactory()
        for number in range(53):
            brand = BrandFactory(slug="one")
            ProductFactory(source=source, brand=brand, name=f"Bottle {number:02}")
        html = read(client, source)
        assert "3 more of 53" in html
        assert html.index("Bottle 49") < html.index("3 more of 53") < html.index("Bottle 50")

    def test_queries_do_not_grow_with_what_rests_on_it(self, client, django_assert_max_num_queries):
        source = StudyFactory()

        def fill(n):
            for _ in range(n):
                FindingFactory(source=source, comparator=cast.form("oxide"), against="form")
                EvidenceFactory(source=source)
                OfferFactory(source=source)
                ClaimFactory(source=source)

        fill(2)
        with CaptureQueriesContext(connection) as few:
            read(client, source)
        fill(6)
        with django_assert_max_num_queries(len(few)):
            read(client, source)

    def test_markup_in_a_title_is_shown_as_written(self, client):
        html = read(client, SourceFactory(title="<script>alert(1)</script>"))
        assert "<script>alert" not in html

    def test_each_source_of_the_list_has_a_page(self, client):
        cast.everyone()
        for source in Source.objects.all():
            assert client.get(reverse("source", args=[source.key])).status_code == 200

    def test_its_citation_can_be_taken_along(self, client):
        source = StudyFactory(key="walker-2003", title="Mg citrate & others", doi="10.1000/a_b")
        html = read(client, source)
        for format_, ending, content_type in (
            ("bibtex", "bib", "application/x-bibtex; charset=utf-8"),
            ("csl", "json", "application/vnd.citationstyles.csl+json"),
        ):
            assert f'href="?format={format_}"' in html
            response = client.get(f"{source.get_absolute_url()}?format={format_}")
            assert response["Content-Type"] == content_type
            disposition = f'attachment; filename="walker-2003.{ending}"'
            assert response["Content-Disposition"] == disposition
            assert "10.1000/a_b" in response.content.decode()
            assert not response.cookies

    def test_what_of_its_address_means_nothing_is_named(self, client):
        url = SourceFactory().get_absolute_url()
        html = client.get(f"{url}?format=ris&colour=red").content.decode()
        assert "format: “ris” is not known." in html
        assert "“colour” is not something that can be asked for here." in html
