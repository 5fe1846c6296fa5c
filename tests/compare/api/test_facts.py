"""One product, one form, one source: typed figures, kinds of empty, and where each fact comes from."""

import pytest

from compare.api import rests
from products.changes import recording
from products.models import MagnesiumForm, Source, Status, Use
from tests import cast
from tests.factories import (
    BodyFunctionFactory,
    ClaimFactory,
    DeficiencySignFactory,
    EvidenceFactory,
    FoodSourceFactory,
    InteractionFactory,
    JudgementFactory,
    MagnesiumFormFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    SourceFactory,
    UseFactory,
)

pytestmark = pytest.mark.django_db


def test_figures_are_numbers_as_they_are_on_record(shelf, ask):
    product = ask("products/neuro-mag/")
    assert product["elemental_mg_per_serving"] == 144
    assert product["compound_mg_per_serving"] == 2000
    assert product["units_per_100_mg"] == 2.0833
    assert product["price_per_100_mg"] == 0.7292
    assert (product["price"], product["price_currency"]) == (31.5, "USD")
    assert product["price_is_stale"] is False
    assert product["daily_servings"] == {"low": 1, "high": 1}
    assert product["label_check"] == {"code": "adds_up", "reason": None, "capacity_mg": 165.062}
    assert product["url"] == "http://testserver/products/neuro-mag/"
    (part,) = product["ingredients"]
    assert (part["form"], part["compound_mg"], part["elemental_mg"]) == ("l-threonate", 2000, None)
    assert part["empty"] == {"elemental_mg": "not_looked_up"}


@pytest.mark.parametrize("name", ["neuro-mag", "plain-oxide", "blend", "bare-label", "stale-price"])
@pytest.mark.parametrize("dose", ["serving", "day", "200"])
def test_every_blank_fact_says_which_kind_of_empty_it_is(shelf, ask, name, dose):
    product = ask(f"products/{name}/?dose={dose}")
    blank = {field for field, value in product.items() if value is None or value == []}
    known = {
        *("empty", "sources", "notes"),
        *(grade for grade in ("bioavailability", "laxative") if product[f"{grade}_differs"]),
    }
    assert blank - known == set(product["empty"])


def test_kinds_of_empty_are_told_apart(shelf, ask):
    assert ask("products/neuro-mag/")["empty"]["allergens"] == "not_on_label"
    assert ask("products/bare-label/")["empty"]["elemental_mg_per_serving"] == "not_looked_up"
    blend = ask("products/blend/")
    assert blend["empty"]["compound_mg_per_serving"] == "withheld"
    assert [part["empty"]["elemental_mg"] for part in blend["ingredients"]] == ["withheld"] * 2
    ProductFactory(slug="powder", dosage_form="powder", serving_measure="1 scoop")
    assert ask("products/powder/")["empty"]["units_per_100_mg"] == "does_not_apply"


def test_a_day_that_the_label_does_not_name_is_not_taken_for_a_serving(ask):
    ProductFactory(slug="no-day", daily_servings_low=None, daily_servings_high=None)
    product = ask("products/no-day/?dose=day")
    assert product["elemental_mg_per_serving"] == 200
    assert product["dose_elemental_mg"] is None
    assert product["empty"]["dose_elemental_mg"] == "not_looked_up"


def test_facts_of_another_source_name_it(shelf, ask):
    product = ask("products/neuro-mag/")
    assert product["sources"]["directions"]["key"] == "shop"
    assert product["sources"]["price"]["key"] == product["offers"][0]["source"]["key"]
    assert "elemental_mg_per_serving" not in product["sources"]
    assert product["source"]["seen_on"] == "2026-05-31"


def test_claims_are_marked_as_claims(shelf, ask):
    (claim,) = ask("products/neuro-mag/")["claims"]
    assert claim["is_evidence"] is False
    assert claim["text"] == "Maintains synapses"


def test_a_claim_has_its_judgement_beside_it_and_the_evidence_elsewhere(shelf, ask):
    (claim,) = ask("products/neuro-mag/")["claims"]
    judgement = claim["judgement"]
    assert (judgement["key"], judgement["verdict"]) == ("synapses", "mixed")
    assert judgement["reason"] == "No trial of this form was found."
    assert (judgement["form"], judgement["use"]) == ("l-threonate", "sleep")
    assert judgement["evidence"] == ["slept"]
    ClaimFactory(product=shelf["bare_label"])
    (claim,) = ask("products/bare-label/")["claims"]
    assert claim["judgement"] is None


def test_an_old_price_says_so_and_so_does_one_of_an_unknown_day(shelf, ask):
    assert ask("products/stale-price/")["price_is_stale"] is True
    undated = ProductFactory(slug="undated")
    OfferFactory(product=undated, seen_on=None)
    product = ask("products/undated/")
    assert product["price_is_stale"] is True
    assert product["empty"]["price_seen_on"] == "not_looked_up"
    (offer,) = product["offers"]
    assert (offer["is_current"], offer["is_stale"], offer["seen_on"]) == (True, True, None)


def test_forms_that_differ_give_no_grade_and_say_so(ask):
    product = ProductFactory(slug="both")
    for slug in ("citrate", "oxide"):
        ProductIngredientFactory(product=product, form=cast.form(slug), compound_mg=500)
    answer = ask("products/both/")
    assert (answer["bioavailability"], answer["bioavailability_differs"]) == (None, True)
    assert "bioavailability" not in answer["empty"]
    cast.blend()
    answer = ask("products/blend/")
    assert (answer["bioavailability"], answer["bioavailability_differs"]) == (None, False)
    assert answer["empty"]["bioavailability"] == "withheld"


def test_a_form_has_its_chemistry_its_grades_and_its_findings(shelf, ask):
    form = ask("forms/l-threonate/")
    assert form["molar_mass_g_per_mol"] == 294.496
    assert form["elemental_fraction"] == 0.082531
    assert (form["bioavailability"], form["confidence"]) == ("moderate", "low")
    assert form["human_comparisons"] == 1
    assert form["synonyms"] == ["magnesium threonate", "MgT"]
    (finding,) = form["findings"]
    assert (finding["key"], finding["comparator"]) == ("first", "citrate")
    assert finding["source"]["key"] == "trial"
    assert form["empty"]["cas_number"] == "not_looked_up"
    (seen,) = ask("forms/citrate/")["laxative_observations"]
    assert seen["threshold_elemental_mg"] == 245.5


def test_a_source_tells_what_rests_on_it(shelf, ask):
    source = ask("sources/shop/")
    assert {one["subject"]: one["keys"] for one in source["rests_on"]} == {
        "facts": ["neuro-mag"],
        "certifications": ["neuro-mag"],
        "claims": ["neuro-mag"],
    }
    assert ask("sources/trial/")["rests_on"] == [
        {"subject": "findings", "count": 1, "keys": ["first"]}
    ]


def test_every_kind_of_fact_that_names_a_source_is_told(shelf, ask):
    assert {
        relation.get_accessor_name() for relation in Source._meta.related_objects
    } == rests.RELATIONS
    source = SourceFactory(key="leaflet")
    InteractionFactory(key="antibiotics", source=source)
    JudgementFactory(key="calm", source=source)
    JudgementFactory(key="secret", source=source, product=ProductFactory(status=Status.DRAFT))
    FoodSourceFactory(source=source)
    assert [(one["subject"], one["keys"]) for one in ask("sources/leaflet/")["rests_on"]] == [
        ("judgements", ["calm"]),
        ("interactions", ["antibiotics"]),
        ("food_sources", []),
    ]


def test_what_is_not_published_rests_on_nothing(ask):
    source = SourceFactory(key="draft-label")
    ProductFactory(slug="draft", source=source, status=Status.DRAFT)
    assert ask("sources/draft-label/")["rests_on"] == []


@pytest.mark.parametrize(
    "address",
    [
        *("products/bare-label/", "forms/citrate/", "sources/shop/", "uses/sleep/", "safety/"),
    ],
)
def test_a_key_that_means_nothing_here_is_noted(shelf, ask, address):
    assert [note["key"] for note in ask(f"{address}?colour=red")["notes"]] == ["colour"]


def test_a_use_has_its_results_whole(shelf, ask):
    use = ask("uses/sleep/")
    assert use["synonyms"] == ["insomnia"]
    first, second = use["evidence"]
    assert (first["key"], first["kind"], first["form"]) == ("slept", "people", "l-threonate")
    assert (first["direction"], first["certainty"]) == ("benefit", "low")
    assert first["certainty_reason"] == "One small trial."
    size = {"value": -17.36, "unit": "min", "low": -27.27, "high": -7.44, "is_ratio": False}
    assert first["effect"] == size
    assert (second["key"], second["kind"], second["form"]) == ("mixed", "injection", None)
    assert second["effect"] is None
    (rating,) = use["ratings"]
    assert (rating["rating"], rating["rated_on"]) == ("Probably effective", "2012-04-24")


def test_a_use_says_what_is_known_of_every_form(shelf, ask):
    cells = {cell["form"]: cell for cell in ask("uses/sleep/")["forms"]}
    assert set(cells) == {*MagnesiumForm.objects.values_list("slug", flat=True), None}
    own = cells["l-threonate"]
    assert (own["status"], own["direction"], own["certainty"]) == (
        "tested_in_form",
        "benefit",
        "low",
    )
    assert (own["human_studies"], own["other_studies"]) == (1, 0)
    other = cells["citrate"]
    assert (other["status"], other["direction"]) == ("only_other_forms", None)
    assert (other["human_studies"], other["other_studies"]) == (0, 1)
    assert cells[None]["apart"] == ["injection"]


def test_animals_lift_no_certainty(shelf, ask):
    EvidenceFactory(key="rats", use=UseFactory(slug="memory"), species="rat", certainty="high")
    (result,) = ask("uses/memory/")["evidence"]
    assert (result["kind"], result["certainty"]) == ("animals", "very_low")
    assert result["certainty_held_down"] is True


def test_a_treatment_in_hospital_says_nothing_of_any_form(ask):
    EvidenceFactory(use=UseFactory(slug="eclampsia", hospital_only=True), route="injection")
    use = ask("uses/eclampsia/")
    assert (use["forms"], len(use["evidence"])) == ([], 1)


def test_a_form_has_its_evidence_on_published_uses(shelf, ask):
    threonate = cast.form("l-threonate")
    EvidenceFactory(use=UseFactory(slug="secret", status=Status.DRAFT), form=threonate)
    (result,) = ask("forms/l-threonate/")["evidence"]
    assert (result["key"], result["use"]) == ("slept", "sleep")


def test_limits_interactions_and_cautions_are_lists_of_their_own(shelf, ask):
    safety = ask("safety/")
    (intake,) = safety["intakes"]
    assert (intake["amount_mg"], intake["age_to_years"], intake["sex"]) == (310, 31, "female")
    assert intake["issued_by_name"] == "United States (NASEM)"
    (limit,) = safety["upper_levels"]
    assert (limit["amount_mg"], limit["age_to_years"]) == (350, None)
    assert limit["applies_to"] == "supplements_only"
    (row,) = safety["interactions"]
    assert (row["key"], row["form"], row["action"]) == ("thyroid", "citrate", "space_by_hours")
    assert (row["hours_before"], row["hours_after"]) == (4, 4)
    (caution,) = safety["cautions"]
    assert (caution["form"], caution["synonyms"]) == (None, ["renal impairment"])
    (effect,) = safety["side_effects"]
    assert effect["rate_percent"] == 12.5


def test_signs_of_a_lack_what_magnesium_does_and_foods_are_told_with_their_sources(ask):
    DeficiencySignFactory(sign="Cramps", stage="severe")
    BodyFunctionFactory(name="Muscle function")
    FoodSourceFactory(food="Almonds", magnesium_mg=80)
    safety = ask("safety/")
    (sign,), (function,), (food,) = (
        safety[kind] for kind in ("deficiency_signs", "body_functions", "foods")
    )
    assert (sign["sign"], sign["stage"]) == ("Cramps", "severe")
    assert function["name"] == "Muscle function"
    assert (food["food"], food["magnesium_mg"], food["serving"]) == ("Almonds", 80, "1 ounce")
    assert all(one["source"]["key"] for one in (sign, function, food))


def test_what_holds_for_a_form_that_is_not_published_is_left_out(ask):
    InteractionFactory(form=MagnesiumFormFactory(slug="secret", status=Status.DRAFT))
    assert ask("safety/")["interactions"] == []


def test_a_claim_that_nobody_has_judged_has_what_follows_by_rule(shelf, ask):
    sleep = Use.objects.get(slug="sleep")
    claim = ClaimFactory(product=shelf["neuro_mag"], text="Sleep well")
    with recording(by=None, reason="read for a test"):
        claim.uses.add(sleep)
    first, second = ask("products/neuro-mag/")["claims"]
    assert first["by_rule"] == []
    assert second["by_rule"] == [
        {
            "use": "sleep",
            "form": "l-threonate",
            "verdict": "mixed",
            "evidence": ["slept"],
            "other_studies": 0,
        }
    ]


def test_a_blank_of_a_result_says_why(shelf, ask):
    use = Use.objects.get(slug="sleep")
    EvidenceFactory(key="bare", use=use, n=None, dose_elemental_mg=None, duration="")
    EvidenceFactory(key="pooled", use=use, design="meta_analysis", duration="", n=20)
    found = {one["key"]: one["empty"] for one in ask("uses/sleep/")["evidence"]}
    assert found["bare"]["n"] == found["bare"]["dose_elemental_mg"] == "not_looked_up"
    assert found["pooled"]["duration"] == "does_not_apply"
    assert "n" not in found["pooled"]
