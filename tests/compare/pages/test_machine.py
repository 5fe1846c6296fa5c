"""What crawlers read: robots, the sitemap, and JSON-LD that no text can break out of."""

import json
import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from tests import cast
from tests.factories import UseFactory

pytestmark = pytest.mark.django_db


def blocks(html):
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(block) for block in found]


def test_robots_names_the_sitemap(client):
    response = client.get("/robots.txt")
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text.replace("localhost", "testserver")


def test_the_sitemap_holds_published_pages_only(client):
    cast.neuro_mag()
    cast.plain_oxide(status="draft")
    UseFactory(slug="sleep")
    response = client.get("/sitemap.xml")
    xml = response.content.decode()
    assert response["Content-Type"] == "application/xml"
    for path in ("/products/neuro-mag/", "/forms/l-threonate/", "/uses/sleep/", "/method/", "/"):
        assert re.search(rf"<loc>http://[^/]+{path}</loc>", xml), path
    assert "plain-oxide" not in xml


def test_every_address_of_the_sitemap_answers(client):
    cast.neuro_mag()
    UseFactory(slug="sleep")
    xml = client.get("/sitemap.xml").content.decode()
    for path in re.findall(r"<loc>http://[^/]+(/[^<]*)</loc>", xml):
        assert client.get(path).status_code == 200, path


def test_home_says_how_to_search(client):
    (site,) = blocks(client.get("/").content.decode())
    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"].endswith(
        "/products/?q={search_term_string}"
    )


def test_a_trail_is_in_the_data_too(client):
    html = client.get("/products/").content.decode()
    (crumbs,) = [block for block in blocks(html) if block["@type"] == "BreadcrumbList"]
    names = [item["name"] for item in crumbs["itemListElement"]]
    assert names == ["Elemental", "Products"]
    assert all(item["item"].startswith("http") for item in crumbs["itemListElement"])


def test_no_text_ends_the_block():
    template = Template("{% include 'parts/jsonld.html' %}")
    html = template.render(Context({"data": {"name": "</script><!-- &amp;"}}))
    assert html.count("</script>") == 1
    assert "<!--" not in html
    assert blocks(html) == [{"@context": "https://schema.org", "name": "</script><!-- &amp;"}]


def test_a_page_without_a_trail_has_no_crumbs():
    template = Template("{% load jsonld %}{% breadcrumbs trail as c %}[{{ c }}]")
    assert template.render(Context({"request": RequestFactory().get("/")})) == "[{}]"
