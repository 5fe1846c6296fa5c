"""What the files of claims and cautions say fits together, beyond what each row is checked for."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from products.rules.interaction import Implied

DATA = Path(__file__).parents[3] / "products" / "data"
NEURO_MAG = "life-extension-neuro-mag-magnesium-l-threonate-90ct"


def rows(name: str) -> list[dict[str, Any]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_claim_is_answered_by_a_verdict_on_its_product_or_on_its_only_form() -> None:
    judged = {row["key"]: row for row in rows("judgements")}
    forms = defaultdict(set)
    for part in rows("ingredients"):
        forms[part["product"]].add(part["form"])
    answered = [claim for claim in rows("claims") if claim["judgement"]]
    assert len(answered) >= 10
    for claim in answered:
        verdict = judged[claim["judgement"]]
        if verdict["product"]:
            assert verdict["product"] == claim["product"]
        else:
            assert forms[claim["product"]] == {verdict["form"]}, claim


def test_what_follows_from_age_and_stage_is_among_the_cautions() -> None:
    assert {code.value for code in Implied} <= {row["code"] for row in rows("cautions")}


def test_rows_of_one_code_say_one_thing_of_a_medicine() -> None:
    classes = defaultdict(set)
    for row in rows("interactions"):
        classes[row["code"]].add(row["medicine_class"])
    assert all(len(names) == 1 for names in classes.values())


def test_the_review_is_there_whole_and_says_where_it_is_loose() -> None:
    facts = rows("review_facts")
    assert len(facts) == 121
    assert {fact["product"] for fact in facts} == {NEURO_MAG}
    animal = [fact for fact in facts if fact["species"] in ("rat", "mouse")]
    assert {"Rise of magnesium in spinal fluid", "Gain in long-term memory"} <= {
        fact["fact"] for fact in animal
    }
    assert all(fact["note"] for fact in facts if fact["is_loose"] == "yes")
