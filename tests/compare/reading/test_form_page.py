"""The page of a form as a visitor meets it."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.changes import recording
from products.models import Evidence, Finding, Status
from tests import cast
from tests.factories import (
    CautionFactory,
    EvidenceFactory,
    FindingFactory,
    InteractionFactory,
    JudgementFactory,
    LaxativeObservationFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    SideEffectFactory,
    SourceFactory,
    UseFactory,
)

pytestmark = pytest.mark.django_db


def page(client, slug="citrate"):
    response = client.get(f"/forms/{slug}/")
    assert response.status_code == 200
    return (
        re.sub(r"\s+", " ", response.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")
    )


def change(row, **facts):
    for name, value in facts.items():
        setattr(row, name, value)
    with recording(by=None, reason="changed by a test"):
        row.save()


def everything(form):
    """One of each thing that a form's page lists, each with a source of its own."""
    FindingFactory(form=form)
    FindingFactory(form=form, comparator=cast.form("oxide"), against=Finding.Against.FORM)
    FindingFactory(form=cast.form("oxide"), comparator=form, against=Finding.Against.FORM)
    LaxativeObservationFactory(form=form)
    LaxativeObservationFactory(form=None)
    EvidenceFactory(form=form)
    product = ProductFactory()
    ProductIngredientFactory(product=product, form=form)
    OfferFactory(product=product)
    JudgementFactory(form=form, source=SourceFactory())
    for factory in (CautionFactory, InteractionFactory, SideEffectFactory):
        factory(form=form, source=SourceFactory())


def test_claims_and_cautions_of_this_very_form_are_told(client):
    citrate, oxide = cast.form("citrate"), cast.form("oxide")
    JudgementFactory(form=citrate, subject="Citrate", claim="Restful sleep", reason="None found.")
    JudgementFactory(form=oxide, claim="Stops cramps")
    CautionFactory(form=citrate, condition="Kidney stones", what_to_do="Ask first")
    CautionFactory(condition="Anyone with kidneys")
    InteractionFactory(form=citrate, medicine_class="Aluminium antacids")
    SideEffectFactory(form=citrate, effect="sour taste")
    html = page(client)
    for text in (
        "Restful sleep",
        "None found.",
        "Kidney stones",
        "Aluminium antacids",
        "Sour taste",
    ):
        assert text in html, text
    assert "Stops cramps" not in html
    assert "Anyone with kidneys" not in html
    assert "Nothing is on record that holds for" in page(client, "oxide")


@pytest.mark.parametrize("slug", sorted(cast.FORMS))
def test_every_form_has_a_page_with_one_heading_and_no_style_attribute(client, slug):
    cast.form(slug)
    html = page(client, slug)
    assert html.count("<h1") == 1
    assert 'style="' not in html


def test_a_form_of_which_nothing_is_known_says_so(client):
    form = cast.form("citrate")
    change(form, formula="", laxative="", synonyms="", bioavailability_rationale="", note="")
    html = page(client)
    assert "Not looked up yet" in html
    assert "No study that measured how Magnesium Citrate is taken up is on record" in html
    assert "No product with this form is on record" in html


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.RETIRED])
def test_what_is_not_published_is_not_found(client, status):
    change(cast.form("citrate"), status=status)
    response = client.get("/forms/citrate/")
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_chemistry_in_type_and_from_the_formula(client):
    change(cast.form("citrate"), hydrate_formula="C12H10Mg3O14·9H2O")
    html = page(client)
    assert "C<sub>12</sub>H<sub>10</sub>Mg<sub>3</sub>O<sub>14</sub>" in html
    assert "16.16 %" in html
    assert "11.89 %" in html
    assert "451.12" in html
    assert "·9H<sub>2</sub>O" in html


def test_the_salt_is_drawn_beside_others_with_its_text(client):
    cast.form("citrate"), cast.form("oxide")
    assert 'aria-label="Compound for 100 mg of magnesium: Oxide 166 mg, Citrate 619 mg."' in page(
        client
    )


def test_a_source_key_in_brackets_becomes_a_number_that_leads_to_the_source(client):
    SourceFactory(key="walker-2003-citrate", title="Mg citrate found more bioavailable")
    rationale = "More in urine (walker-2003-citrate). Sold (as a drink) too (no-such-key)."
    change(cast.form("citrate"), bioavailability_rationale=rationale)
    html = page(client)
    assert "walker-2003-citrate)" not in html
    assert 'More in urine&NoBreak;<a class="src" href="#r1" aria-label="Source 1">1</a>.' in html
    assert "(as a drink)" in html
    assert "(no-such-key)" in html
    assert 'id="r1"' in html


def test_texts_of_editors_are_escaped(client):
    evil = "<script>alert(1)</script>"
    form = cast.form("citrate")
    change(form, summary=evil, bioavailability_rationale=evil, note=evil, solubility_note=evil)
    FindingFactory(form=form, note=evil, value=evil[:40], population=evil, dose_note=evil)
    LaxativeObservationFactory(form=form, threshold_note=evil, dose_context=evil, note=evil)
    EvidenceFactory(form=form, outcome=evil, note=evil, certainty_reason=evil)
    html = page(client)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_finding_against_this_form_stands_on_its_page_turned(client):
    FindingFactory(
        form=cast.form("citrate"),
        comparator=cast.form("oxide"),
        against=Finding.Against.FORM,
        value="0.22",
        comparator_value="0.006",
        unit="mg per mg creatinine",
        note="Fits the solubility of this salt.",
    )
    html = page(client, "oxide")
    assert "1 study, 1 result: 1 lower" in html
    assert "0.006 against 0.22 mg per mg creatinine" in html
    assert "Of citrate: Fits the solubility" in html


def test_a_study_that_gave_no_figure_or_dose_says_so(client):
    FindingFactory(form=cast.form("citrate"))
    FindingFactory(form=cast.form("citrate"), species="in_vitro")
    html = page(client)
    assert 'dose: <span class="empty empty--later">Not looked up yet</span>' in html
    assert 'dose: <span class="empty empty--na">Does not apply</span>' in html


def test_uses_lead_to_their_page_and_other_routes_stand_apart(client):
    form = cast.form("citrate")
    sleep = UseFactory(slug="sleep", name="Sleep")
    EvidenceFactory(form=form, use=sleep)
    EvidenceFactory(form=form, use=sleep, route=Evidence.Route.INJECTION)
    EvidenceFactory(form=form, use=sleep, is_combination=True)
    EvidenceFactory(
        form=form, use=UseFactory(slug="hidden", name="Hidden use", status=Status.DRAFT)
    )
    html = page(client)
    assert 'href="/uses/sleep/"' in html
    assert "says nothing about tablets" in html
    assert "magnesium gets no credit" in html
    assert "Hidden use" not in html


def test_products_by_price_with_its_day_and_the_way_to_all(client):
    form = cast.form("citrate")
    for name, price, seen in [("Dear", "40.00", date.today()), ("Cheap", "4.00", None)]:  # noqa: DTZ011
        product = ProductFactory(name=name)
        ProductIngredientFactory(product=product, form=form)
        OfferFactory(product=product, price=Decimal(price), seen_on=seen)
    html = page(client)
    assert html.index("Cheap") < html.index("Dear")
    assert "day not known" in html
    assert 'href="/products/?form=citrate"' in html
    assert "All 2 products with citrate" in html
    assert 'class="best"' not in html


def test_an_old_price_is_said_to_be_old(client):
    product = ProductFactory()
    ProductIngredientFactory(product=product, form=cast.form("citrate"))
    OfferFactory(product=product, seen_on=date.today() - timedelta(days=120))  # noqa: DTZ011
    assert "over 90 days" in page(client)


def test_no_product_of_a_draft_is_shown(client):
    product = ProductFactory(name="Not yet", status=Status.DRAFT)
    ProductIngredientFactory(product=product, form=cast.form("citrate"))
    assert "Not yet" not in page(client)


def test_queries_do_not_grow_with_what_is_listed(client):
    form = cast.form("citrate")
    everything(form)
    with CaptureQueriesContext(connection) as few:
        page(client)
    for _ in range(3):
        everything(form)
    with CaptureQueriesContext(connection) as many:
        page(client)
    assert len(many) == len(few)
    assert len(many) <= 24
