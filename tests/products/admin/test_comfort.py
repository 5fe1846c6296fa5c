"""Copies, lines and reports: what saves an editor typing."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from products.models import CorrectionReport, Offer, Product, Source
from tests import cast, factories
from tests.products.admin.desk import address, opened
from tests.products.admin.test_roles import client_of, person

pytestmark = pytest.mark.django_db


def at(product: Product, page: str) -> str:
    return f"/admin/products/product/{product.pk}/{page}/"


class TestDuplicate:
    def test_the_copy_is_a_draft_with_the_label_and_without_what_is_of_one_pack(self, ada) -> None:
        product = cast.neuro_mag(dsld_id="12345")
        factories.ClaimFactory(product=product)
        factories.FactNoteFactory(product=product)
        answer = ada.post(at(product, "duplicate"), follow=True)
        copy = Product.objects.exclude(pk=product.pk).get()
        assert answer.redirect_chain[-1][0] == address(copy, "change")
        assert (copy.slug, copy.name, copy.status) == (
            "neuro-mag-copy", "Neuro-Mag (copy)", "draft",
        )  # fmt: skip
        assert (copy.gtin, copy.dsld_id, copy.current_offer) == ("", "", None)
        assert not copy.offers.exists()
        assert not copy.ratings.exists()
        assert copy.ingredients.get().compound_mg == 2000
        assert copy.claims.count() == copy.fact_notes.count() == 1
        assert copy.label_check == "adds_up"
        product.refresh_from_db()
        assert product.offers.count() == 1
        assert product.gtin == "0737870160397"

    def test_a_second_copy_has_a_name_of_its_own_however_long_the_first(self, ada) -> None:
        product = cast.neuro_mag(slug="s" * 150, name="n" * 200)
        for _ in range(2):
            ada.post(at(product, "duplicate"))
        slugs = Product.objects.exclude(pk=product.pk).values_list("slug", flat=True)
        assert {slug.lstrip("s") for slug in slugs} == {"-copy", "-copy-2"}

    def test_it_is_asked_for_by_a_button_of_who_may_add(self, ada) -> None:
        product = cast.neuro_mag()
        assert "Duplicate as a new product" in ada.get(address(product, "change")).text
        assert ada.get(at(product, "duplicate")).status_code == 405
        reviewer = client_of(person("reviewer"))
        assert "Duplicate" not in reviewer.get(address(product, "change")).text
        assert reviewer.post(at(product, "duplicate")).status_code == 403
        assert client_of(person("contributor")).post(at(product, "duplicate")).status_code == 302


OFFER = {
    "price": "12.50", "currency": "USD", "seller": "iHerb", "url": "https://example.org/x",
    "seen_on": "2026-01-31",
}  # fmt: skip


class TestLine:
    def test_a_price_is_saved_with_one_post_and_leads_back_to_the_list(self, ada) -> None:
        product = cast.bare_label()
        listed = address(Product) + "?q=magnesium&status__exact=published"
        assert at(product, "price") in ada.get(listed).text
        page = ada.get(at(product, "price"), headers={"referer": "http://testserver" + listed})
        assert f'value="{timezone.now().date():%Y-%m-%d}"' in page.text
        answer = ada.post(at(product, "price"), OFFER | {"back": page.context["back"]})
        assert answer.url == listed
        offer = product.offers.get()
        assert (offer.price, offer.seller, offer.seen_on) == (
            Decimal("12.50"), "iHerb", date(2026, 1, 31),
        )  # fmt: skip
        source = offer.source
        assert (source.kind, source.url, source.seen_on) == (
            "shop_page", "https://example.org/x", "2026-01-31",
        )  # fmt: skip

    def test_a_page_that_is_a_source_already_is_that_source(self, ada) -> None:
        known = factories.SourceFactory(url=OFFER["url"])
        product = cast.bare_label()
        ada.post(at(product, "price"), OFFER)
        assert product.offers.get().source == known
        ada.post(at(product, "rating"), RATING | {"url": OFFER["url"]})
        assert product.ratings.get().source == known

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"price": "0"}, "more than zero"),
            ({"seen_on": "2999-01-01"}, "in the future"),
            ({"url": ""}, "required"),
            ({"url": "javascript:alert(1)"}, "valid URL"),
            ({"seller": ""}, "required"),
        ],
    )
    def test_a_wrong_line_is_refused_with_what_was_typed(self, ada, typed, words) -> None:
        answer = ada.post(at(cast.bare_label(), "price"), OFFER | typed)
        assert answer.status_code == 422
        assert words in answer.text
        assert "12.50" in answer.text or "price" in typed
        assert not Offer.objects.exists()
        assert not Source.objects.filter(kind="shop_page").exists()

    def test_a_price_that_is_there_already_is_refused(self, ada) -> None:
        product = cast.bare_label()
        ada.post(at(product, "price"), OFFER)
        answer = ada.post(at(product, "price"), OFFER | {"url": "https://example.org/y"})
        assert "already here" in answer.text
        assert product.offers.count() == 1
        assert Source.objects.filter(kind="shop_page").count() == 1

    def test_a_rating_is_saved_in_the_same_way(self, ada) -> None:
        product = cast.bare_label()
        assert ada.post(at(product, "rating"), RATING).status_code == 302
        rating = product.ratings.get()
        assert (rating.average, rating.count, rating.source.published_in) == (
            Decimal("4.50"), 120, "Amazon",
        )  # fmt: skip
        again = ada.post(at(product, "rating"), RATING)
        assert "already here" in again.text

    @pytest.mark.parametrize("role", ["contributor", "reviewer"])
    def test_who_may_not_change_a_published_product_enters_nothing(self, role) -> None:
        product = cast.bare_label()
        client = client_of(person(role))
        for page in ("price", "rating"):
            assert client.get(at(product, page)).status_code == 403
            assert client.post(at(product, page), OFFER).status_code == 403

    def test_it_leads_back_into_the_list_only(self, ada) -> None:
        page = ada.get(
            at(cast.bare_label(), "price"), headers={"referer": "https://evil.test/?a=b"}
        )
        assert page.context["back"] == ""


RATING = {
    "average": "4.5", "scale_max": "5", "count": "120", "seller": "Amazon",
    "url": "https://example.org/r", "seen_on": "2026-01-31",
}  # fmt: skip


def test_who_enters_a_source_has_it_open(ada) -> None:
    fields = opened(ada, "/admin/products/source/add/")
    assert (fields["verified"], fields["seen_on"]) == ("page", f"{timezone.now().date()}")


@pytest.mark.parametrize("typed", ["7 37870-16039 7", "0737870160397", "737870160397", "16039"])
def test_a_barcode_is_found_as_it_is_printed(ada, typed) -> None:
    cast.neuro_mag()
    cast.plain_oxide()
    found = ada.get(address(Product), {"q": typed}).context["cl"].result_list
    assert [product.slug for product in found] == ["neuro-mag"]


class TestReports:
    def test_an_editor_settles_them_one_by_one_or_many_at_once(self, ada) -> None:
        reports = [CorrectionReport.objects.create(page="/", wrong=f"No {n}") for n in range(3)]
        path = address(reports[0], "change")
        ada.post(path, opened(ada, path) | {"state": "declined", "answer": "It is as printed."})
        fields = {"action": "mark_done", "_selected_action": [reports[1].pk]}
        assert "1 report: Done" in ada.post(address(CorrectionReport), fields, follow=True).text
        assert list(CorrectionReport.objects.open()) == [reports[2]]
        settled = CorrectionReport.objects.exclude(state="open")
        assert {report.handled_by.username for report in settled} == {"ada"}
        assert all(report.handled_at for report in settled)

    def test_what_a_reader_wrote_is_not_changed_and_none_is_entered(self, ada) -> None:
        report = CorrectionReport.objects.create(page="/products/x/", wrong="<b>No</b>")
        page = ada.get(address(report, "change")).text
        assert "href='/products/x/'" in page or 'href="/products/x/"' in page
        assert "<b>No</b>" not in page
        path = address(report, "change")
        ada.post(path, opened(ada, path) | {"wrong": "Other words"})
        report.refresh_from_db()
        assert report.wrong == "<b>No</b>"
        assert ada.get(address(CorrectionReport, "add")).status_code == 403

    @pytest.mark.parametrize(("role", "may"), [("contributor", 0), ("editor", 1), ("reviewer", 0)])
    def test_editors_settle_and_the_others_look(self, role, may) -> None:
        report = CorrectionReport.objects.create(page="/", wrong="No")
        client = client_of(person(role))
        assert client.get(address(report, "change")).status_code == 200
        fields = {"action": "mark_done", "_selected_action": [report.pk]}
        client.post(address(CorrectionReport), fields)
        assert CorrectionReport.objects.open().count() == 1 - may
