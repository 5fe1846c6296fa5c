"""A reader says what is wrong on a page, without an account and without leaving traces."""

import pytest
from django.core.cache import cache
from django.test import Client

from products.models import CorrectionReport
from tests import cast

pytestmark = pytest.mark.django_db
SENT = {"page": "/products/neuro-mag/", "wrong": "It is 145 mg.", "source": "", "email": ""}


@pytest.fixture(autouse=True)
def nobody_has_sent_anything(settings):
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": "reports"}}
    cache.clear()


def test_each_page_of_facts_leads_to_the_form_with_its_path(client) -> None:
    product = cast.neuro_mag()
    for path in (
        product.get_absolute_url(), "/forms/l-threonate/", "/safety/",
        f"/sources/{product.source.key}/",
    ):  # fmt: skip
        assert f'href="/report/?page={path}"'.replace("/", "%2F") in client.get(path).text.replace(
            "/", "%2F"
        )
    page = client.get("/report/", {"page": "/products/neuro-mag/"})
    assert page.status_code == 200
    assert 'value="/products/neuro-mag/"' in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_a_report_is_kept_with_nothing_about_who_sent_it(client) -> None:
    answer = client.post("/report/", SENT)
    assert (answer.status_code, answer.url) == (303, "/report/thanks/")
    report = CorrectionReport.objects.open().get()
    assert (report.page, report.wrong, report.email) == (SENT["page"], SENT["wrong"], "")
    kept = "".join(map(str, CorrectionReport.objects.values_list().get()))
    assert "127.0.0.1" not in kept
    assert not client.session.keys()


def test_it_needs_the_token_of_the_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/report/", SENT).status_code == 403
    token = strict.get("/report/").context["csrf_token"]
    answer = strict.post("/report/", SENT | {"csrfmiddlewaretoken": str(token)})
    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"wrong": "  "}, "in a sentence"),
        ({"wrong": "x" * 2001}, "at most 2000"),
        ({"source": "x" * 601}, "at most 600"),
        ({"email": "nobody"}, "valid email"),
        ({"page": "https://evil.test/"}, "no page of this site"),
        ({"page": "//evil.test/"}, "no page of this site"),
        ({"wrong": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_kept_is_told_with_what_was_typed(client, typed, words) -> None:
    sent = SENT | {"source": "Label", **typed}
    answer = client.post("/report/", sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert not CorrectionReport.objects.exists()
    assert "source" in typed or 'value="Label"' in answer.text


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(client) -> None:
    answer = client.post("/report/", SENT | {"website": "https://spam.test/"})
    assert answer.status_code == 303
    assert not CorrectionReport.objects.exists()


def test_too_many_from_one_connection_are_held_back_with_what_was_typed(client) -> None:
    for _ in range(5):
        assert client.post("/report/", SENT).status_code == 303
    answer = client.post("/report/", SENT)
    assert answer.status_code == 429
    assert "It is 145 mg." in answer.text
    assert CorrectionReport.objects.count() == 5
    other = client.post("/report/", SENT, REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 303
    assert not any("127.0.0.1" in key or "192.0.2.7" in key for key in cache._cache)


def test_pages_and_the_thanks_set_no_cookie(client) -> None:
    assert not client.get("/report/thanks/").cookies
    assert not client.get("/safety/").cookies
