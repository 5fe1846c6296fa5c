"""The number of queries does not grow with rows, parts, facets or items."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compare.api import rests
from products.changes import recording
from tests import cast
from tests.factories import (
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
    ProductIngredientFactory,
    PublishedRatingFactory,
    RatingSummaryFactory,
    SideEffectFactory,
    SourceFactory,
    StudyFactory,
    UseFactory,
)

pytestmark = pytest.mark.django_db

FORMS = list(cast.FORMS)


def fill(start, count):
    """Products, forms, sources and uses with parts of every kind, each of its own source."""
    for n in range(start, start + count):
        product = ProductFactory(slug=f"p-{n}")
        parts(product, n)
        form = cast.form(FORMS[n % len(FORMS)])
        FindingFactory(
            form=form, source=StudyFactory(), against="form", comparator=cast.form("oxide")
        )
        LaxativeObservationFactory(form=form)
        UseFactory()
        sleep = UseFactory(slug="sleep")
        EvidenceFactory(use=sleep, form=form), EvidenceFactory(form=form)
        PublishedRatingFactory(use=sleep, source=SourceFactory())
        for factory in (InteractionFactory, CautionFactory, SideEffectFactory):
            factory(form=form, source=SourceFactory())


def parts(product, n):
    for slug in (FORMS[n % 5], FORMS[(n + 1) % 5]):
        ProductIngredientFactory(product=product, form=cast.form(slug))
    for facts in ("allergens", "directions"):
        if not product.fact_notes.filter(fact=facts).exists():
            FactNoteFactory(product=product, fact=facts, source=SourceFactory(), empty="")
    OfferFactory(product=product), OfferFactory(product=product)
    RatingSummaryFactory(product=product, source=SourceFactory())
    CertificationFactory(product=product, body=f"Body {n}")
    ClaimFactory(product=product, source=SourceFactory(), judgement=judged())


def judged():
    """A judgement that rests on a result, each of its own use and form."""
    judgement = JudgementFactory()
    with recording(by=None, reason="made for a test"):
        judgement.evidence.add(EvidenceFactory())
    return judgement


def cost(client, address):
    # The first after a change brings the facet index up to date.
    assert client.get(f"/api/v1/{address}").status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/v1/{address}")
    return len(captured)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("products/", 8),
        ("products/?facets=1&form=oxide&form=citrate&diet=unknown&q=p", 12),
        ("products/?want=third_party:must&want=tested_form:must&want_use=sleep", 14),
        ("forms/?facets=1", 5),
        ("sources/", 3),
        ("uses/", 3),
        ("uses/sleep/", 5),
        ("safety/", 9),
    ],
)
def test_a_list_costs_the_same_with_twice_the_rows(client, address, most):
    fill(0, 5)
    before = cost(client, address)
    fill(5, 5)
    assert cost(client, address) == before <= most


def test_one_thing_costs_the_same_with_twice_the_parts(client):
    fill(0, 6)
    addresses = ["products/p-0/", "forms/citrate/", "sources/source-x/"]
    SourceFactory(key="source-x")
    before = [cost(client, address) for address in addresses]
    product = ProductFactory._meta.model.objects.get(slug="p-0")
    for n in (100, 101):
        OfferFactory(product=product)
        RatingSummaryFactory(product=product, source=SourceFactory())
        CertificationFactory(product=product, body=f"Body {n}", source=SourceFactory())
        ClaimFactory(product=product, source=SourceFactory(), judgement=judged())
        ProductFactory(source=SourceFactory(key="source-x"))
    fill(6, 6)
    assert [cost(client, address) for address in addresses] == before
    products, forms, kinds_of_facts = before
    assert max(products, forms) <= 20
    assert kinds_of_facts <= len(rests.RELATIONS) + 2


def test_a_comparison_costs_the_same_with_more_items(client):
    fill(0, 5)
    two = cost(client, "compare/products/?item=p-0&item=p-1")
    assert cost(client, "compare/products/?" + "&".join(f"item=p-{n}" for n in range(5))) == two
    two = cost(client, "compare/forms/?item=oxide&item=citrate")
    every = "&".join(f"item={slug}" for slug in FORMS)
    assert cost(client, f"compare/forms/?{every}") == two
