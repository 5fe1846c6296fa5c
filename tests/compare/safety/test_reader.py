"""What a reader said: kept, read again, forgotten by itself, and never printed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from compare.safety.answers import Answers, Offer, Offered
from compare.safety.reader import KEY, Reader
from products.rules.intake import LifeStage, Sex

NOW = datetime(2026, 5, 31, 12, tzinfo=UTC)
WHOLE = Reader(
    medicines=frozenset({"thyroid-hormone"}),
    conditions=frozenset({"heart-block"}),
    age=Decimal("34.5"),
    sex=Sex.FEMALE,
    stage=LifeStage.PREGNANCY,
    other_mg=Decimal(120),
)
OFFERED = Offered(
    (Offer("thyroid-hormone", "Thyroid hormone", ""), Offer("iron", "Iron", "")),
    (Offer("heart-block", "Heart block", ""),),
)


def test_what_is_kept_is_read_again():
    session = {}
    WHOLE.keep(session, NOW)
    assert Reader.read(session, NOW + timedelta(hours=11)) == WHOLE
    Reader().keep(session, NOW)
    assert not Reader.read(session, NOW).is_known


def test_a_visit_ends_by_itself():
    session = {}
    WHOLE.keep(session, NOW)
    assert Reader.read(session, NOW + timedelta(hours=12)) == Reader()
    assert Reader.read(session, NOW - timedelta(hours=1)) == Reader()


@pytest.mark.parametrize(
    "held",
    [
        None, [], "text", {}, {"at": "never"}, {"at": 5}, {"at": NOW.isoformat(), "medicines": "iron"},
        {"at": NOW.isoformat(), "medicines": [1, None], "age": "old", "sex": "x", "stage": 3, "other_mg": []},
    ],
)  # fmt: skip
def test_a_session_that_cannot_be_read_says_nothing(held):
    assert Reader.read({KEY: held}, NOW) == Reader()


def test_no_answer_is_printed():
    text = repr(WHOLE)
    for word in ("thyroid", "heart", "34", "female", "pregnancy", "120"):
        assert word not in text.lower()


def test_age_and_stage_add_their_own_codes():
    assert WHOLE.all_conditions == {"heart-block", "pregnancy"}
    assert Reader(age=Decimal(8)).all_conditions == {"children", "children-under-12"}


def test_answers_are_read_as_they_are_sent():
    sent = {
        "medicine": ["thyroid-hormone"],
        "condition": ["heart-block"],
        "age": ["34,5"],
        "sex": ["female"],
        "stage": ["pregnancy"],
        "other_mg": [" 120 "],
    }
    answers = Answers.read(sent, OFFERED)
    assert (answers.reader, answers.wrong) == (WHOLE, {})
    assert Answers.read({}, OFFERED).reader == Reader()


def test_codes_that_nobody_offered_are_left_out():
    answers = Answers.read(
        {"medicine": ["iron", "\x00", "'; drop table", "iron"] * 300, "condition": ["iron"]},
        OFFERED,
    )
    assert answers.reader == Reader(medicines=frozenset({"iron"}))


@pytest.mark.parametrize(
    "text",
    ["-1", "121", "NaN", "Infinity", "1e9", "1e400", "٣٤", "ten", "1" * 5000, "\x00", "0x10"],
)
def test_a_number_that_cannot_be_is_named_at_its_field(text):
    answers = Answers.read({"age": [text], "medicine": ["iron"]}, OFFERED)
    assert list(answers.wrong) == ["age"]
    assert answers.reader.age is None
    assert answers.reader.medicines == {"iron"}


@pytest.mark.parametrize(("key", "text"), [("sex", "robot"), ("stage", "adult"), ("stage", "\x00")])
def test_a_choice_that_is_none_is_not_said(key, text):
    assert Answers.read({key: [text]}, OFFERED).reader == Reader()
