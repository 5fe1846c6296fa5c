"""What would change the order: missing, old and close figures, and nothing that is not so."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from compare.basis import Basis
from compare.comparison import Cell, Row, build
from compare.comparison.cell import Seen, unknown
from compare.comparison.change import Why, changes
from compare.comparison.groups import ProductGroup
from compare.comparison.row import Better, Kind
from products.models import EmptyKind
from tests import cast

TODAY = date(2026, 6, 1)
OLD = TODAY - timedelta(91)
MISSING = unknown(EmptyKind.NOT_LOOKED_UP)


def price(value, currency="USD", seen: date | None = TODAY) -> Cell:
    return Cell(Decimal(value), currency, seen=Seen(seen))


def of(*cells, better: Better | None = Better.LOWER):
    """What would change one row of these cells."""
    row = Row("x", ProductGroup.COST, "X", "", "What it is.", lambda cell, basis: cell, Kind.FIGURE, better)  # fmt: skip
    return changes(build(cells, [row], Basis(), at=TODAY).lines)


def only(*cells):
    (change,) = of(*cells)
    return change


def test_a_missing_figure_would_be_the_lowest_below_the_lowest_known():
    change = only(price("0.30"), MISSING, price("0.071"))
    assert (change.why, change.places, change.doubtful) == (Why.MISSING, (1,), ())
    assert change.threshold.text == "$0.071"


def test_a_lowest_known_that_is_old_itself_is_said():
    assert only(price("0.30"), MISSING, price("0.07", seen=OLD)).doubtful == (2,)
    assert only(price("0.30"), MISSING, price("0.07", seen=None)).doubtful == (2,)


@pytest.mark.parametrize(("seen", "why"), [(OLD, Why.OLD), (None, Why.UNDATED)])
def test_a_price_to_be_seen_again_is_held_against_the_others(seen, why):
    change = only(price("0.05", seen=seen), price("0.09"), price("0.10"))
    assert (change.why, change.places, change.threshold.text) == (why, (0,), "$0.090")


def test_close_figures_are_named_with_the_lowest_first():
    change = only(price("0.104"), price("0.30"), price("0.10"))
    assert (change.why, change.places, change.threshold.text) == (Why.CLOSE, (2, 0), "$0.10")


@pytest.mark.parametrize(
    "cells",
    [
        (price("0.106"), price("0.10")),  # more than 5 % apart
        (price("0.10"), price("0.10")),  # alike
        (price("0.10"), price("0.10", "EUR")),
        (price("0.10"), price("0.20", "EUR"), MISSING),  # nothing to be below
        (price("0.10"), unknown(EmptyKind.DOES_NOT_APPLY)),  # no figure will ever come
        (MISSING, MISSING),
        (price("0.10", seen=OLD), price("0.20", seen=OLD)),
        (price("0.10"),),
        (),
    ],
)
def test_nothing_is_said_where_nothing_can_be(cells):
    assert of(*cells) == ()


def test_a_row_without_a_better_end_has_no_order_to_change():
    assert of(price("0.10"), MISSING, better=None) == ()


def compared(client, *products):
    items = "&".join(f"item={product.slug}" for product in products)
    return client.get(f"{reverse('compare_products')}?{items}").content.decode()


@pytest.mark.django_db
def test_the_page_says_what_would_change(client):
    html = compared(client, cast.neuro_mag(), cast.bare_label(), cast.plain_oxide())
    assert "What would change the order" in html
    assert "below $0.020 it would be the lowest" in " ".join(html.split())


@pytest.mark.django_db
def test_the_page_is_silent_where_nothing_would(client):
    assert "What would change" not in compared(client, cast.neuro_mag(), cast.plain_oxide())
    assert "What would change" not in compared(client)
