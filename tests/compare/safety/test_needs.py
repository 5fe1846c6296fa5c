"""The table of needs, on the published tables of three authorities."""

from decimal import Decimal

import pytest

from compare.safety.amounts import Amounts
from compare.safety.needs import age_label, bands
from compare.safety.reader import Reader
from products.models import ReferenceIntake, Source, UpperLevel
from products.rules.intake import LifeStage, Sex


def need(mg, start, end, sex="all", stage="adult", kind="RDA"):
    return ReferenceIntake(
        authority="us", issued_by="x", kind=kind, sex=sex, life_stage=stage,
        age_from_years=start if start is None else Decimal(start),
        age_to_years=end if end is None else Decimal(end),
        amount_mg=Decimal(mg), source=Source(key="s"),
    )  # fmt: skip


def table(needs, reader=None, limits=()):
    return bands(Amounts(needs, list(limits)), reader or Reader())


def figures(band):
    return [cell.row.amount_mg if cell.row else None for cell in band.cells]


def test_spans_that_differ_in_nothing_are_one():
    # IOM 1997: women 19 to 30 310 mg, from 31 on 320 mg; men 400 and 420 mg.
    rows = [
        need(310, 19, 31, "female"), need(320, 31, 51, "female"), need(320, 51, None, "female"),
        need(400, 19, 31, "male"), need(420, 31, None, "male"),
    ]  # fmt: skip
    assert [(band.label, figures(band)) for band in table(rows)] == [
        ("19 to 30 years", [310, 400, None, None]),
        ("31 years and over", [320, 420, None, None]),
    ]


def test_pregnancy_without_ages_is_for_adults_until_the_table_of_it_ends():
    # D-A-CH 2021: 300 mg for women, pregnant or not.
    rows = [
        need(260, 15, 19, "female", "child"), need(300, 19, None, "female"),
        need(300, None, None, "female", "pregnancy"),
    ]  # fmt: skip
    assert [(band.label, figures(band)[2]) for band in table(rows)] == [
        ("15 to 18 years", None),
        ("19 to 50 years", 300),
        ("51 years and over", None),
    ]


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        ("0", "0.5", "Under 6 months"),
        ("0.5", "1", "6 to 11 months"),
        ("1", "4", "1 to 3 years"),
        ("3", "4", "3 years"),
        ("75", None, "75 years and over"),
    ],
)
def test_ages_in_words(start, end, label):
    assert age_label(Decimal(start), end if end is None else Decimal(end)) == label


def test_the_reader_s_cell_is_marked_and_no_other():
    rows = [
        need(310, 19, 31, "female"), need(400, 19, 31, "male"),
        need(350, 19, 31, "female", "pregnancy"), need(130, 4, 9, stage="child"),
    ]  # fmt: skip

    def marked(reader):
        return [
            cell.column.key for band in table(rows, reader) for cell in band.cells if cell.is_yours
        ]

    assert marked(Reader()) == []
    assert marked(Reader(age=Decimal(24))) == ["female", "male"]
    assert marked(Reader(age=Decimal(24), sex=Sex.MALE)) == ["male"]
    assert marked(Reader(age=Decimal(24), stage=LifeStage.PREGNANCY)) == ["pregnancy"]
    assert marked(Reader(age=Decimal(31))) == []  # the end is not included


def test_a_limit_alone_makes_a_row():
    level = UpperLevel(
        authority="us", issued_by="x", kind="UL", life_stage="child", age_from_years=Decimal(1),
        age_to_years=Decimal(4), amount_mg=Decimal(65), source=Source(key="s"),
    )  # fmt: skip
    (band,) = table([], limits=[level])
    assert band.limit is level
