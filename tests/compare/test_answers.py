"""Whole answers are kept for visitors of whom nothing is known, and hold as long as they are true."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from compare.answers import KeepAnswers
from products.changes import recording
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def product():
    return cast.neuro_mag()


@pytest.fixture
def products(product):
    return reverse("products")


def rename(product, name):
    with recording(by=None, reason="another name"):
        product.name = name
        product.save()


class TestKept:
    def test_the_second_answer_costs_one_query(self, client, products, django_assert_num_queries):
        first = client.get(products)
        with django_assert_num_queries(1):
            again = client.get(products)
        assert again.content == first.content
        assert again.headers == first.headers

    def test_blank_values_of_a_form_make_no_other_answer(
        self, client, products, django_assert_num_queries
    ):
        client.get(products)
        with django_assert_num_queries(1):
            client.get(f"{products}?q=&brands=&elemental_min=")

    def test_a_file_that_is_sent_as_it_is_written_is_never_kept(self, client, products, product):
        address = f"{products}?format=csv"
        first, again = client.get(address), client.get(address)
        assert again.streaming
        assert b"".join(again) == b"".join(first)
        etag = {"If-None-Match": first["ETag"]}
        assert client.get(address, headers=etag).status_code == 304
        rename(product, "Another Name")
        assert b"Another Name" in b"".join(client.get(address, headers=etag))

    def test_an_edit_shows_in_the_next_answer(self, client, products, product):
        client.get(products)
        rename(product, "Another Name")
        assert "Another Name" in client.get(products).content.decode()

    def test_a_price_grows_old_at_midnight(self, client):
        cast.plain_oxide()
        with time_machine.travel(datetime(2026, 7, 1, 23, 59, tzinfo=UTC), tick=False) as clock:
            client.get(reverse("products"))
            clock.shift(timedelta(days=365))
            assert "over 90 days ago" in client.get(reverse("products")).content.decode()

    def test_another_host_has_its_own_addresses(self, client, product):
        url = product.get_absolute_url()
        client.get(url)
        assert "//127.0.0.1/" in client.get(url, headers={"host": "127.0.0.1"}).content.decode()

    def test_what_is_kept_is_compressed(self, client, products):
        plain = client.get(products)
        for _ in range(2):
            packed = client.get(products, headers={"accept-encoding": "br, gzip"})
            assert packed["Content-Encoding"] == "gzip"
            assert gzip.decompress(packed.content) == plain.content
        assert "Content-Encoding" not in client.get(products)

    def test_a_missing_page_is_not_kept(self, client, product):
        assert client.get("/products/nobody/").status_code == 404
        assert "ETag" not in client.get("/products/nobody/")


class TestReaders:
    """Who has said something of themselves gets an answer of their own, and nobody else gets it."""

    @pytest.fixture
    def known(self):
        client = Client()
        client.post(reverse("safety_you"), {"stage": "pregnancy"})
        return client

    @pytest.mark.parametrize("first", ["reader", "visitor"])
    def test_neither_sees_what_the_other_was_answered(self, known, product, first):
        url = product.get_absolute_url()
        visitor = Client()
        if first == "reader":
            theirs, plain = known.get(url), visitor.get(url)
        else:
            plain, theirs = visitor.get(url), known.get(url)
        assert theirs["Cache-Control"] == "private, no-store"
        assert "ETag" not in theirs
        assert "public" in plain["Cache-Control"]
        assert theirs.content != plain.content
        assert Client().get(url).content == plain.content

    def test_the_etag_of_a_visitor_brings_a_reader_no_304(self, known, product):
        url = product.get_absolute_url()
        etag = Client().get(url)["ETag"]
        assert known.get(url, headers={"if-none-match": etag}).status_code == 200

    def test_a_form_with_a_token_is_made_for_each(self, client, product):
        url = reverse("safety_you")
        assert "ETag" not in client.get(url)
        assert "ETag" not in client.get(url)


class TestConditional:
    def test_who_has_it_already_gets_no_body(self, client, products):
        etag = client.get(products)["ETag"]
        again = client.get(products, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == etag
        assert "public" in again["Cache-Control"]

    def test_after_an_edit_they_get_the_whole(self, client, products, product):
        etag = client.get(products)["ETag"]
        rename(product, "Another Name")
        assert client.get(products, headers={"if-none-match": etag}).status_code == 200

    def test_by_date_too_once_the_second_of_the_change_is_over(self, client, products, product):
        assert "Last-Modified" not in client.get(products)
        with time_machine.travel(timedelta(minutes=1)):
            since = client.get(products)["Last-Modified"]
            assert client.get(products, headers={"if-modified-since": since}).status_code == 304
            rename(product, "Another Name")
            assert client.get(products, headers={"if-modified-since": since}).status_code == 200

    def test_the_site_after_a_deployment_is_another_one(self, rf, product, monkeypatch):
        def etag():
            return KeepAnswers(lambda request: HttpResponse("page"))(rf.get("/"))["ETag"]

        before = etag()
        monkeypatch.setattr("compare.answers.release", lambda: "next")
        assert etag() != before

    def test_a_proxy_may_answer_for_seconds_and_a_browser_asks(self, client, products):
        control = client.get(products)["Cache-Control"]
        assert control == "public, max-age=0, s-maxage=5"


class TestVary:
    def answers(self, *headers):
        def view(request):
            response = HttpResponse(request.headers.get(headers[0], "whole"))
            patch_vary_headers(response, headers)
            return response

        keep, factory = KeepAnswers(view), RequestFactory()
        return lambda **sent: keep(factory.get("/", headers=sent)).content.decode()

    def test_a_part_for_htmx_is_never_taken_for_the_page(self, product):
        ask = self.answers("HX-Request")
        assert [ask(), ask(**{"HX-Request": "true"}), ask()] == ["whole", "true", "whole"]

    def test_what_varies_by_anything_else_is_not_kept(self, product):
        ask = self.answers("Accept-Language")
        assert [ask(), ask(**{"Accept-Language": "de"}), ask()] == ["whole", "de", "whole"]


def test_a_health_check_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse("healthz")).status_code == 200
