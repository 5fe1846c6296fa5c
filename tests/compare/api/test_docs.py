"""The pages about the API: complete, and plain HTML."""

import re
from html import unescape

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["api_docs", "api_answers"])
def page(request, client):
    answer = client.get(reverse(request.param))
    assert answer.status_code == 200
    return answer.content.decode()


def text_of(page):
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_a_page_has_one_heading_and_nothing_that_the_policy_refuses(page):
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert not re.findall(r"\sstyle=|<style|\son\w+=", page)
    run = [tag for tag in re.findall(r"<script[^>]*>", page) if "application/ld+json" not in tag]
    assert all("src=" in tag for tag in run)


def test_links_within_lead_somewhere(page):
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_every_operation_key_and_value_is_on_the_page(client, openapi):
    page = text_of(client.get(reverse("api_docs")).content.decode())
    for path, methods in openapi["paths"].items():
        assert path in page
        for parameter in methods["get"].get("parameters", []):
            assert parameter["name"] in page
            for one in parameter["schema"].get("anyOf", []):
                assert all(code in page for code in one.get("items", one).get("enum", []))


def test_every_request_to_try_is_a_link(client, openapi):
    page = unescape(client.get(reverse("api_docs")).content.decode())
    for methods in openapi["paths"].values():
        for example in methods["get"]["x-requests"]:
            assert f'href="{example["address"]}"' in page


def test_every_field_of_every_answer_is_on_the_page(client, openapi):
    markup = client.get(reverse("api_answers")).content.decode()
    page = text_of(markup)
    for name, schema in openapi["components"]["schemas"].items():
        assert f'id="{name}"' in markup, name
        for field in schema.get("properties", {}):
            assert field in page, f"{name}.{field}"
