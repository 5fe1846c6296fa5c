"""What holds of every page, so that a new one is held to it from its first day."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast

pytestmark = pytest.mark.django_db

NOT_PAGES = {
    "healthz": "for a supervisor: JSON",
    "readyz": "for a supervisor: JSON",
    "robots": "for crawlers: plain text",
    "sitemap": "for crawlers: XML",
    "suggest": "a part of a page",
    "safety_you": "a form for answers: takes POST, and its token needs a cookie",
    "report": "a form: takes POST, and its token needs a cookie",
    "safety_forget": "takes POST only",
}
NOT_OURS_TO_HEAD = ("admin/", "api/")
"""The desk is Django's and wants an account; the API has tests of its own."""


def names(patterns=None, prefix=""):
    """Every name of an address that takes no argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(NOT_OURS_TO_HEAD):
            continue
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.name and "<" not in route:
            yield pattern.name


PAGES = sorted(set(names()) - set(NOT_PAGES))
HOSTILE = [
    "q=%00", "page=-1", "page=99999999999", "page=%D9%A3", "kind=%00&verified=nobody", "dose=1e999999",
    "q=%27%22%3Cscript%3Ealert(1)%3C/script%3E", "q=" + "a" * 5000, "item=%00", "sort=pk;drop", "=", "&&&",
    "kind=" + "&kind=".join(str(i) for i in range(300)), "verified=%F0%9F%92%8A&verified=page", "x=1",
]  # fmt: skip


def test_the_pages_that_everyone_knows_are_among_them():
    assert {"home", "products", "forms", "compare_products", "method", "sources"} <= set(PAGES)


@pytest.mark.parametrize("filled", [False, True], ids=["empty", "filled"])
@pytest.mark.parametrize("name", PAGES)
def test_it_answers_with_one_heading_a_title_and_no_cookie(client, name, filled):
    if filled:
        cast.everyone()
    response = client.get(reverse(name))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert "<title>" in html
    assert 'name="description"' in html
    assert not response.cookies
    assert 'style="' not in html


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_address_gets_the_page_all_the_same(client, name, query):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", PAGES)
def test_it_is_only_read(client, name, method):
    assert getattr(client, method)(reverse(name)).status_code == 405


def test_every_exception_is_an_address():
    assert set(NOT_PAGES) <= set(names())
