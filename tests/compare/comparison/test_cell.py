"""Cells: what is equal, what is far apart, how it reads."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.comparison.cell import Cell, Named, unknown
from products.models import Bioavailability, EmptyKind, LabelCheck
from products.rules.dose import Amount

D = Decimal
figures = st.decimals(min_value=0, max_value=5000, places=3)
amounts = st.tuples(figures, figures).map(lambda ends: Amount(*sorted(ends)))


def mg(low, high=None):
    return Cell(Amount(D(low), D(high or low)), "mg")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (mg("144"), "144 mg"),
        (mg("2000"), "2,000 mg"),
        (mg("240", "480"), "240–480 mg"),
        (Cell(Amount.exactly(D("0.4514")), "%"), "45\u00a0%"),
        (Cell(Amount.exactly(D("0.0825")), "%", places=2), "8.25\u00a0%"),
        (Cell(Amount(D("0.69"), D("1.37")), "%"), "69–137\u00a0%"),
        (Cell(Amount.exactly(D("0.0712")), "USD"), "$0.071"),
        (Cell(Amount.exactly(D("31.5")), "EUR"), "€31.50"),
        (Cell(D("294.5"), "g/mol", places=2), "294.5 g/mol"),
        (Cell(True), "Yes"),
        (Cell(False), "No"),
        (Cell(Bioavailability.HIGH), "High"),
        (Cell(date(2026, 5, 3)), "3 May 2026"),
        (Cell((Named("Citrate", "/forms/citrate/"), Named("Oxide", "/"))), "Citrate, Oxide"),
        (unknown(EmptyKind.NOT_ON_LABEL), "Not on label"),
        (Cell(), "Not looked up yet"),
        (
            Cell(LabelCheck.CANNOT_BE_CHECKED, empty=EmptyKind.NOT_LOOKED_UP),
            "Cannot be checked",
        ),
    ],
)
def test_text(cell, text):
    assert cell.text == text


def test_an_unknown_equals_nothing_and_zero_is_known():
    assert not unknown(EmptyKind.WITHHELD).known
    assert unknown(EmptyKind.WITHHELD).key is None
    assert Cell(0, "in people").known
    assert Cell(False).known


def test_equal_however_written():
    assert Cell(D("0.10"), "USD").key == Cell(Amount.exactly(D("0.1000")), "USD").key
    assert Cell("Rice  flour").key == Cell("rice flour ").key
    assert Cell(("a", "b")).key == Cell(("B", "A")).key
    assert Cell(D(1), "USD").key != Cell(D(1), "EUR").key
    assert Cell("benefit", beside="low").key != Cell("benefit", beside="high").key


@pytest.mark.parametrize(
    ("cell", "base", "text"),
    [
        (mg("400"), mg("144"), "+256\u00a0mg"),
        (mg("30"), mg("144"), "−114\u00a0mg"),
        (mg("240", "480"), mg("144"), "+96 to +336\u00a0mg"),
        (mg("144"), mg("240", "480"), "−336 to −96\u00a0mg"),
        (Cell(D("0.0712"), "USD"), Cell(D("0.7292"), "USD"), "−$0.66"),
        (Cell(D("0.75")), Cell(D("2.083")), "−1.33"),
        (Cell(D("0.6"), "%"), Cell(D("0.072"), "%"), "+53\u00a0points"),
    ],
)
def test_delta(cell, base, text):
    assert str(cell.minus(base)) == text


@pytest.mark.parametrize(
    ("cell", "base"),
    [
        (mg("144"), mg("144.00001")),
        (mg("144"), unknown(EmptyKind.NOT_LOOKED_UP)),
        (unknown(EmptyKind.NOT_LOOKED_UP), mg("144")),
        (Cell(D(1), "USD"), Cell(D(2), "EUR")),
        (Cell("two"), Cell("three")),
        (Cell(True), Cell(False)),
    ],
)
def test_no_delta(cell, base):
    assert cell.minus(base) is None


@settings(deadline=None)  # a busy machine is no failure
@given(amounts, amounts)
def test_delta_there_is_the_way_back(mine, theirs):
    there = Cell(mine, "mg").minus(Cell(theirs, "mg"))
    back = Cell(theirs, "mg").minus(Cell(mine, "mg"))
    if there is None or back is None:
        assert there is back is None
    else:
        assert (there.amount.low, there.amount.high) == (-back.amount.high, -back.amount.low)
