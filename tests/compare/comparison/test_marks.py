"""Best only where it is beyond dispute: each way to be excluded, by itself."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.comparison.cell import Cell, Seen, unknown
from compare.comparison.marks import NoBest, judge
from compare.comparison.row import Better
from products.models import EmptyKind
from products.rules.dose import Amount

TODAY = date(2026, 6, 1)


def price(value, currency="USD", seen: date | None = TODAY) -> Cell:
    return Cell(Decimal(value), currency, seen=Seen(seen).at(TODAY))


def best(*cells, better: Better | None = Better.LOWER):
    return judge(cells, better)


def test_the_lowest_is_best():
    assert best(price("0.30"), price("0.10"), price("0.20")).best == {1}


def test_two_may_share_it():
    assert best(price("0.10"), price("0.10"), price("0.20")).best == {0, 1}


@pytest.mark.parametrize(
    ("cells", "why", "because_of"),
    [
        ([price("0.1"), unknown(EmptyKind.NOT_LOOKED_UP)], NoBest.UNKNOWN, (1,)),
        ([price("0.1"), unknown(EmptyKind.DOES_NOT_APPLY)], NoBest.UNKNOWN, (1,)),
        ([replace(price("0.1"), is_doubtful=True), price("0.2")], NoBest.CANNOT_BE_PURE, (0,)),
        ([price("0.1"), price("0.2", "EUR")], NoBest.UNLIKE_UNITS, (0, 1)),
        ([price("0.1", seen=None), price("0.2")], NoBest.UNDATED, (0,)),
        ([price("0.2"), price("0.1", seen=TODAY - timedelta(91))], NoBest.STALE, (1,)),
        ([price("0.1"), price("0.1")], NoBest.ALL_ALIKE, ()),
        ([price("0.1")], NoBest.NOTHING_TO_COMPARE, ()),
        ([], NoBest.NOTHING_TO_COMPARE, ()),
    ],
)
def test_no_best(cells, why, because_of):
    verdict = best(*cells)
    assert (verdict.best, verdict.why, verdict.because_of) == (frozenset(), why, because_of)


def test_a_price_of_90_days_is_not_old():
    assert best(price("0.1", seen=TODAY - timedelta(90)), price("0.2")).best == {0}


def test_nothing_is_best_without_a_direction():
    assert best(price("0.1"), price("0.2"), better=None).why is NoBest.NO_DIRECTION


def test_ranges_that_overlap_have_no_best():
    low = Cell(Amount(Decimal(1), Decimal(3)))
    assert best(low, Cell(Amount(Decimal(2), Decimal(4)))).why is NoBest.OVERLAP
    assert best(low, Cell(Amount(Decimal(3), Decimal(4)))).best == {0}


figures = st.decimals(min_value="0.01", max_value=9, places=2)


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(figures, min_size=2, max_size=8), st.integers(0, 7))
def test_an_unknown_takes_every_mark_away(values, place):
    cells = [Cell(value) for value in values]
    place %= len(cells)
    cells[place] = replace(cells[place], value=None, empty=EmptyKind.NOT_ON_LABEL)
    assert not judge(cells, Better.LOWER).best


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(figures, min_size=2, max_size=8))
def test_no_other_is_lower_than_a_best(values):
    verdict = judge([Cell(value) for value in values], Better.LOWER)
    assert {values[place] for place in verdict.best} <= {min(values)}
    assert bool(verdict.best) == (len(set(values)) > 1)
