"""Verdicts from evidence, on published trials, and held against the researched ones."""

import csv
from pathlib import Path

import pytest

from products.rules.evidence import Direction, Result
from products.rules.grading import Confidence
from products.rules.verdicts import Verdict, of_claim

DATA = Path(__file__).parents[3] / "products" / "data"
FORM = "oxide"


def result(direction, source="study", form=FORM, design="rct", species="human", **other):
    values = {"route": "oral", "is_combination": False, "certainty": Confidence.LOW, **other}
    return Result(source, form, design, species, direction=Direction(direction), **values)


BENEFIT_TWICE = [result("benefit", "mori-2019"), result("benefit", "morishita-2021")]


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ([], Verdict.NO_STUDY_FOUND),
        # Roguin Maor 2017: cramps on oxide and on placebo alike.
        ([result("no_difference", "roguin-2017")], Verdict.TESTED_WITHOUT_EFFECT),
        ([result("harm")], Verdict.TESTED_WITHOUT_EFFECT),
        # Mori 2019 and Morishita 2021: constipation eased on oxide, found twice.
        (BENEFIT_TWICE, Verdict.SUPPORTED),
        # Schuster 2025: one trial, not repeated.
        ([result("benefit", "schuster-2025")], Verdict.MIXED),
        # A second outcome of one study is no second study.
        ([result("benefit", "same"), result("benefit", "same")], Verdict.MIXED),
        ([result("benefit", design="authority")], Verdict.SUPPORTED),
        ([result("benefit", design="meta_analysis")], Verdict.SUPPORTED),
        ([*BENEFIT_TWICE, result("no_difference", "third")], Verdict.MIXED),
        ([result("mixed")], Verdict.MIXED),
        # Slutsky 2010: rats.
        ([result("benefit", "slutsky-2010", species="rat")], Verdict.ANIMALS_ONLY),
        ([result("benefit", species="in_vitro")], Verdict.ANIMALS_ONLY),
        ([result("no_difference"), result("benefit", species="rat")], Verdict.TESTED_WITHOUT_EFFECT),
        # What was given by drip, with food or with something else says nothing of a supplement.
        ([result("benefit", route="injection")], Verdict.NO_STUDY_FOUND),
        ([result("benefit", route="food")], Verdict.NO_STUDY_FOUND),
        ([result("benefit", is_combination=True)], Verdict.NO_STUDY_FOUND),
        # Another form is another thing.
        ([result("benefit", form="citrate"), result("benefit", form=None)], Verdict.NO_STUDY_FOUND),
    ],
)  # fmt: skip
def test_what_becomes_of_a_claim(results, verdict):
    assert of_claim(results, FORM) is verdict


# An editor reads what the rule cannot. Each difference is known, with its reason.
DIFFERENT = {
    "neuro-mag-supports-signalling-pathways-of-brain-cells": "not testable: no result leads there",
    "neuro-mag-lowers-the-stress-and-anxiety-response": "the one trial in people could not tell, since both groups became calmer; the rule takes it as tested",
    "magnesium-malate-helps-muscle-pain-in-fibromyalgia": "tested with malic acid beside it, which the rule does not count",
}


def rows(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_researched_verdicts_follow_from_their_evidence_but_for_the_known_ones():
    evidence = {
        row["key"]: Result(
            row["source"],
            row["form"] or None,
            row["design"],
            row["species"],
            row["route"],
            row["is_combination"] == "yes",
            Direction(row["direction"]),
            Confidence(row["certainty"]),
        )
        for row in rows("evidence")
    }
    different = {
        row["key"]
        for row in rows("judgements")
        if row["verdict"]
        != of_claim(
            [evidence[key] for key in row["evidence"].split("|") if key], row["form"] or None
        )
    }
    assert different == set(DIFFERENT)


def test_no_study_found_is_said_only_where_none_is_on_record():
    """Of the same use and form, in whatever design; judged claims of their own words aside."""
    tested = {(row["use"], row["form"]) for row in rows("evidence")}
    overlooked = [
        row["key"]
        for row in rows("judgements")
        if row["verdict"] == "no_study_found" and (row["use"], row["form"]) in tested
    ]
    assert not overlooked
