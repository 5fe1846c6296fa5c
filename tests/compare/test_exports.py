"""CSV that a spreadsheet can open: no field is taken for a formula, and numbers stay numbers."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.exports import csv_response, safe


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =cmd|' /C calc'!A0",
        "＝1",
        "|x",
        "\n@x",
    ],
)
def test_formulas_become_text(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Decimal("-0.6600"), "-0.66"),
        (Decimal("0.07290"), "0.0729"),
        (Decimal(2000), "2000"),
        (Decimal("0.00"), "0"),
        (-5, "-5"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
        ("Neuro-Mag", "Neuro-Mag"),
        ("−$0.66", "−$0.66"),
    ],
)
def test_values(value, field):
    assert safe(value) == field


@settings(deadline=None)  # a busy machine is no failure
@given(st.text())
def test_no_text_begins_a_formula(text):
    assert not safe(text).lstrip().startswith(("=", "+", "-", "@"))


def test_a_file():
    response = csv_response("list.csv", ["name", "=head"], [["a,b", Decimal("1.50")], ['"', None]])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    rows = list(csv.reader(response.content.decode().splitlines()))
    assert rows == [["name", "'=head"], ["a,b", "1.5"], ['"', ""]]
