"""The page of one product, as a visitor meets it."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.changes import recording
from products.models import ProductIngredient, Status
from tests import cast
from tests.factories import (
    CautionFactory,
    CertificationFactory,
    ClaimFactory,
    EvidenceFactory,
    FactNoteFactory,
    JudgementFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    RatingSummaryFactory,
    ReferenceIntakeFactory,
    ReviewFactFactory,
    SideEffectFactory,
    SourceFactory,
    StudyFactory,
    UpperLevelFactory,
    UseFactory,
)

pytestmark = pytest.mark.django_db


def page(client, product, query=""):
    response = client.get(f"{product.get_absolute_url()}?{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_a_complete_product_says_what_is_known_of_it(client):
    UpperLevelFactory()
    html = page(client, cast.neuro_mag())
    assert html.count("<h1>") == 1
    assert "Magnesium L-threonate by Life Extension, 90 capsules." in html
    assert "One serving, 3 capsules, brings 144\u00a0mg of magnesium." in html
    assert "41\u00a0%" in html
    assert "$0.73" in html
    assert "2,000\u00a0mg of L-threonate × 8.25\u00a0% = 165\u00a0mg" in html
    assert "144\u00a0mg, 87.2\u00a0% of that" in html
    assert "129" in html
    assert "General information, not medical advice." in html


def test_every_figure_follows_the_dose(client):
    UpperLevelFactory()
    html = page(client, cast.neuro_mag(), "dose=288")
    assert '<dd class="big n">288' in html
    assert "6 capsules" in html
    assert "82\u00a0%" in html
    assert "a pack lasts 15 days" in html
    assert 'value="288"' in html


def test_an_unknown_day_is_no_serving_in_disguise(client):
    product = cast.neuro_mag(daily_servings_low=None, daily_servings_high=None)
    html = page(client, product, "dose=day")
    assert '<dd class="big n">144' not in html
    assert "144\u00a0mg in one serving" in html


def test_the_four_kinds_of_empty_stand_in_words(client):
    product = ProductFactory(dosage_form="powder", serving_measure="1 scoop", serving_units=None)
    FactNoteFactory(product=product, fact="allergens", empty="not_on_label")
    for slug in ("citrate", "oxide"):
        ProductIngredientFactory(
            product=product, form=cast.form(slug), amounts=ProductIngredient.Amounts.WITHHELD
        )
    html = page(client, product)
    for words in ("Not on label", "Not looked up yet", "Does not apply", "Withheld (blend)"):
        assert f">{words}</span>" in html


def test_nothing_known_still_makes_a_page(client):
    html = page(client, cast.bare_label())
    assert "Magnesium, form not known, by Unknown Maker." in html
    assert "How much magnesium a serving brings is not known." in html
    assert "Cannot be checked" in html
    assert html.count("<h1>") == 1


def test_a_label_that_cannot_be_pure_shows_by_how_much(client):
    product = ProductFactory(label_elemental_mg=Decimal(90), editor_note="It really says so.")
    ProductIngredientFactory(
        product=product, form=cast.form("bisglycinate"), compound_mg=Decimal(450)
    )
    html = page(client, product)
    assert "Cannot be pure" in html
    assert "450\u00a0mg of bisglycinate × 14.1\u00a0% = 63.4\u00a0mg" in html
    assert "That is 26.6\u00a0mg more than the pure compound can hold" in html
    assert "Hatched: what it declares beyond that." in html


def test_compounds_given_together_are_taken_to_be_the_richest(client):
    product = ProductFactory(label_compound_mg=Decimal(1000), label_elemental_mg=Decimal(150))
    for slug in ("citrate", "l-threonate"):
        ProductIngredientFactory(product=product, form=cast.form(slug))
    html = page(client, product)
    assert "all of it is taken to be the richest of them" in html
    assert "1,000\u00a0mg of citrate × 16.16\u00a0%" in html


def test_prices_tell_their_day(client):
    html = page(client, cast.stale_price())
    assert "over 90 days ago" in html
    assert "so never marked best" in html
    undated = cast.neuro_mag()
    OfferFactory(product=undated, seller="Undated", price="10.00", seen_on=None)
    assert "day not known" in page(client, undated)


def test_of_several_offers_one_is_named_as_the_price_of_lists(client):
    product = cast.neuro_mag()
    old = date.today() - timedelta(days=200)  # noqa: DTZ011 - a day, as an editor enters it
    OfferFactory(product=product, seller="Once upon a time", price="1.00", seen_on=old)
    html = page(client, product)
    assert html.count("the price in lists and comparisons") == 1
    assert html.index("the price in lists") < html.index("Once upon a time")


def test_a_claim_is_not_evidence(client):
    product = cast.neuro_mag()
    ClaimFactory(product=product, text="doubles memory")
    html = page(client, product)
    assert "doubles memory" in html
    assert "A claim is no evidence." in html


def test_flags_and_notes_are_said_in_words(client):
    product = cast.neuro_mag(
        flags="serving_size_trick price_undated", editor_note="Two labels exist.", is_medicine=True
    )
    html = page(client, product)
    assert "Two labels exist." in html
    assert "The figure in the name and one serving are not the same" in html
    assert "sold as a medicine" in html
    assert "price_undated" not in html


def test_every_source_mark_leads_to_its_entry_and_numbers_ascend(client):
    product = cast.neuro_mag()
    ClaimFactory(product=product)
    CertificationFactory(product=product)
    html = page(client, product)
    marks = [int(part.split('"')[0]) for part in html.split('href="#r')[1:] if part[0].isdigit()]
    entries = [int(part.split('"')[0]) for part in html.split('<li id="r')[1:]]
    assert entries == list(range(1, len(entries) + 1))
    assert set(marks) == set(entries)
    assert list(dict.fromkeys(marks)) == entries


def test_the_way_into_a_comparison_keeps_the_dose(client):
    html = page(client, cast.neuro_mag(), "dose=200")
    assert 'href="/compare/products/?item=neuro-mag&amp;dose=200"' in html


def test_what_was_ignored_of_the_address_is_said(client):
    html = page(client, cast.neuro_mag(), "dose=lots&colour=green")
    assert "dose: “lots” is not a number." in html
    assert "“colour” is not something that can be asked for here." in html


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.RETIRED])
def test_what_is_not_published_is_not_there(client, status):
    product = cast.neuro_mag(status=status)
    assert client.get(product.get_absolute_url()).status_code == 404


def test_a_slip_in_the_address_offers_what_is_near(client):
    cast.neuro_mag()
    response = client.get("/products/neuro-mg/")
    assert response.status_code == 404
    assert "/products/neuro-mag/" in response.content.decode()


def test_markup_is_shown_as_it_is_written(client):
    evil = "<script>alert(1)</script>"
    product = cast.neuro_mag(name=evil, editor_note=evil, directions=evil, other_ingredients=evil)
    ClaimFactory(product=product, text=evil)
    OfferFactory(product=product, seller=evil)
    FactNoteFactory(product=product, fact="label_elemental_mg", note=evil, empty="")
    html = page(client, product)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_queries_do_not_grow_with_parts(client, django_assert_num_queries):
    product = cast.neuro_mag()
    ReferenceIntakeFactory()
    UpperLevelFactory()

    def fill():
        for _ in range(4):
            OfferFactory(product=product)
            ClaimFactory(product=product)
            RatingSummaryFactory(product=product, source=SourceFactory())
            CertificationFactory(product=product, body=f"Body {SourceFactory().key}")
        for fact in ("vegan", "container", "allergens", "directions"):
            product.fact_notes.filter(fact=fact).exists() or FactNoteFactory(
                product=product, fact=fact, source=SourceFactory()
            )

    fill()
    ProductIngredientFactory(product=product, form=cast.form("citrate"))
    with CaptureQueriesContext(connection) as few:
        page(client, product)
    fill()
    ProductIngredientFactory(product=product, form=cast.form("oxide"))
    with django_assert_num_queries(len(few)):
        page(client, product)


def linked_data(html):
    blocks = html.split('<script type="application/ld+json">')[1:]
    found = [json.loads(block.split("</script>")[0]) for block in blocks]
    return {block["@type"]: block for block in found}


def test_search_engines_are_told_recent_prices_only(client):
    told = linked_data(page(client, cast.neuro_mag()))
    supplement = told["DietarySupplement"]
    assert supplement["activeIngredient"] == ["Magnesium L-threonate"]
    assert supplement["additionalProperty"][0]["value"] == 144
    assert [offer["price"] for offer in supplement["offers"]] == ["31.50"]
    assert told["BreadcrumbList"]["itemListElement"][-1]["name"] == "Neuro-Mag"
    assert "offers" not in linked_data(page(client, cast.stale_price()))["DietarySupplement"]


def test_a_judged_claim_stands_beside_its_verdict_and_those_it_was_tested_in(client):
    product = cast.neuro_mag()
    evidence = EvidenceFactory(form=cast.form("l-threonate"), species="rat", source=StudyFactory())
    judgement = JudgementFactory(
        product=product,
        form=cast.form("l-threonate"),
        verdict="animals_only",
        reason="Counted in rats.",
    )
    with recording(by=None, reason="test"):
        judgement.evidence.add(evidence)
    html = page(client, product)
    assert "Animals only" in html
    assert "Counted in rats." in html


def test_a_verdict_that_its_own_studies_do_not_bear_out_says_what_follows_by_rule(client):
    product, form = cast.neuro_mag(), cast.form("l-threonate")
    tried = EvidenceFactory(form=form, direction="no_difference", source=StudyFactory())
    judgement = JudgementFactory(product=product, form=form, verdict="animals_only")
    with recording(by=None, reason="test"):
        judgement.evidence.add(tried)
    assert "tested without effect" in page(client, product)
    with recording(by=None, reason="test"):
        judgement.verdict = "tested_without_effect"
        judgement.save()
    assert "an editor’s reading" not in page(client, product)


def test_no_caution_is_left_out_however_many_there_are(client):
    grave = [CautionFactory(severity="avoid") for _ in range(11)]
    kidneys = CautionFactory(condition="Kidney impairment", severity="ask_first")
    html = page(client, cast.neuro_mag())
    effects = html[html.index('id="effects"') : html.index('id="buy"')]
    assert all(row.condition in effects for row in [*grave, kidneys])
    assert effects.index(grave[-1].condition) < effects.index("Kidney impairment")


def test_side_effects_of_its_form_come_before_those_of_any(client):
    SideEffectFactory(effect="cramping", form=None)
    SideEffectFactory(effect="dizziness", form=cast.form("l-threonate"))
    html = page(client, cast.neuro_mag())
    assert html.index("Dizziness") < html.index("Cramping")


def test_a_price_seen_on_two_days_is_drawn_and_told(client):
    product = cast.neuro_mag()
    OfferFactory(product=product, seller="Shop", price="30.00", seen_on=date(2025, 1, 1))
    assert "No history yet" in page(client, product)
    OfferFactory(product=product, seller="Shop", price="27.50", seen_on=date(2025, 6, 1))
    OfferFactory(product=product, seller="Shop", price="9.00", seen_on=None)
    OfferFactory(product=product, seller="Elsewhere", price="20.00", seen_on=date(2025, 6, 1))
    html = page(client, product)
    assert "Price of a pack at Shop: $30.00 on 1 Jan 2025, $27.50 on 1 Jun 2025." in html
    assert "Price of a pack at Elsewhere" not in html


def test_the_dose_stands_beside_the_needs_of_women_and_men_or_the_reader_s_own(client):
    for sex, mg in (("female", 320), ("male", 420)):
        ReferenceIntakeFactory(sex=sex, age_from_years=31, age_to_years=None, amount_mg=mg)
    product = cast.neuro_mag()
    html = page(client, product)
    assert "need, women: 320, from all sources; need, men: 420, from all sources" in html


@pytest.mark.parametrize(("format_", "begins"), [("bibtex", "@misc{"), ("csl", "[")])
def test_all_that_a_product_page_cites_can_be_taken_along(client, format_, begins):
    product = cast.neuro_mag()
    told = client.get(product.get_absolute_url(), {"format": format_})
    assert "attachment" in told["Content-Disposition"]
    assert told.content.decode().startswith(begins)
    assert product.source.key in told.content.decode()


def test_who_tested_it_is_named_with_the_register_or_without(client):
    product = cast.neuro_mag(dsld_id="180442")
    CertificationFactory(product=product, body="USP")
    CertificationFactory(
        product=product,
        body="NSF",
        state="certified",
        register_url="https://info.nsf.org/listing/1",
    )
    html = page(client, product)
    assert "<b>USP</b>, claimed by the brand" in html
    assert "no register seen" in html
    assert 'href="https://info.nsf.org/listing/1"' in html
    assert "https://dsld.od.nih.gov/label/180442" in html


def claims(client, product):
    """The section of claims, without marks and line breaks."""
    section = page(client, product).split('id="claims"')[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", section).split())


def test_a_claim_that_names_a_use_says_what_was_found_for_this_form(client):
    product = cast.neuro_mag()
    sleep, cramps = UseFactory(name="Sleep"), UseFactory(name="Cramps")
    EvidenceFactory(
        use=sleep, form=cast.form("l-threonate"), direction="no_difference", outcome="time asleep"
    )
    EvidenceFactory(use=cramps, form=cast.form("citrate"), outcome="cramps a week")
    claim = ClaimFactory(product=product, text="Sleep well, without cramps")
    with recording(by=None, reason="test"):
        claim.uses.set([sleep, cramps])
    said = claims(client, product)
    assert "Tested without effect" in said
    assert "Sleep : time asleep, no difference" in said
    assert "Cramps : no study of this form by mouth and alone was found; 1 of other" in said
    assert "cramps a week" not in said


def test_a_claim_of_a_use_says_so_where_the_form_is_not_known(client):
    product = cast.bare_label()
    claim = ClaimFactory(product=product)
    with recording(by=None, reason="test"):
        claim.uses.set([UseFactory()])
    assert "The form of this product is not known" in claims(client, product)


def test_a_claim_that_names_no_use_says_what_it_speaks_of(client):
    product = cast.neuro_mag()
    ClaimFactory(product=product, about="body")
    ClaimFactory(product=product)
    said = claims(client, product)
    assert "magnesium does in the body" in said
    assert said.count("Nobody has held this claim against the studies yet.") == 1


def test_evidence_of_another_form_or_by_injection_is_not_leant_on(client):
    product = cast.neuro_mag()
    EvidenceFactory(form=cast.form("citrate"), outcome="an outcome of citrate")
    EvidenceFactory(
        form=cast.form("l-threonate"), outcome="an outcome of a drip", route="injection"
    )
    EvidenceFactory(form=cast.form("l-threonate"), outcome="an outcome of its own")
    html = page(client, product)
    assert "an outcome of its own" in html
    assert "an outcome of citrate" not in html
    assert "an outcome of a drip" not in html


def test_a_loose_figure_of_a_review_says_in_whom_and_why(client):
    product = cast.neuro_mag()
    ReviewFactFactory(
        product=product,
        section="research",
        fact="Gain in memory",
        value="18",
        unit="percent",
        species="rat",
        is_loose=True,
        note="Figure of the maker, from rats.",
    )
    html = page(client, product)
    assert "What a review tells of it" in html
    assert "Figure of the maker, from rats." in html
    assert "rats" in html


def test_what_a_reader_said_is_shown_to_nobody_else(client):
    product = cast.neuro_mag()
    assert not client.get(product.get_absolute_url()).cookies
