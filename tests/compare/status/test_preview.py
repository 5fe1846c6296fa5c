"""Editors look at a draft as a visitor would; nobody else does."""

import pytest
from django.test import Client

from products.models import Status
from tests import cast, factories
from tests.products.admin.desk import address
from tests.products.admin.test_roles import client_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafts():
    form = cast.form("l-threonate")
    product = cast.neuro_mag(status=Status.DRAFT)
    use = factories.UseFactory(slug="sleep", status=Status.DRAFT)
    factories.EvidenceFactory(use=use, form=form, outcome="xenolith", status=Status.DRAFT)
    other = factories.UseFactory(slug="stones", name="xenolith")
    factories.EvidenceFactory(use=other, form=form, status=Status.DRAFT)
    factories.FindingFactory(form=form, unit="xenolith", value="5", status=Status.DRAFT)
    return {
        "/preview/products/neuro-mag/": product,
        "/preview/forms/l-threonate/": form,
        "/preview/uses/sleep/": use,
    }


@pytest.mark.parametrize("role", ["contributor", "editor", "reviewer"])
def test_each_role_sees_the_page_with_the_drafts_of_its_parts(drafts, role) -> None:
    client = client_of(person(role))
    for path, row in drafts.items():
        page = client.get(path)
        assert page.status_code == 200
        assert "xenolith" in page.text.lower(), path
        assert page["Cache-Control"] == "private, no-store"
        assert '<meta name="robots" content="noindex">' in page.text
        assert page.text.count("<h1") == 1
        draft = "Draft: visitors don’t see this page."
        assert (draft in page.text) is (row.status == Status.DRAFT)
        assert path in client.get(address(row, "change")).text


def test_nobody_else_knows_that_there_is_one(client, drafts) -> None:
    intern = client_of(person("nobody"))
    for path, row in drafts.items():
        for visitor in (client, intern):
            assert visitor.get(path).status_code == 404
        if row.status == Status.DRAFT:
            assert (
                client_of(person("editor", f"editor of {path}"))
                .get(row.get_absolute_url())
                .status_code
                == 404
            )
    assert Client().get("/preview/products/nothing/").status_code == 404


def test_it_is_the_public_page_but_for_what_it_says_above(client) -> None:
    """A published product without drafts: the same page, with the notice and its own address."""
    product = cast.neuro_mag()
    seen = client.get(product.get_absolute_url())
    preview = client_of(person("editor")).get(f"/preview/products/{product.slug}/")
    assert "Visitors see this page" in preview.text
    inner = [
        page.text.split('id="glance"')[-1].split('class="advice"')[0] for page in (seen, preview)
    ]
    assert inner[0] == inner[1].replace("%2Fpreview", "").replace("/preview", "")
