"""Dated prices of one seller over time: a point for each day on which it was seen, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from compare import figures
from compare.charts.axis import Words
from products.rules.units import rounded

WIDTH, HEIGHT = 350, 96
LEFT, RIGHT, TOP, FOOT = Decimal(8), Decimal(342), Decimal(22), Decimal(70)
DAY_Y = 90
ABOVE = 9
"""How far the words of a price stand over its point."""


@dataclass(frozen=True)
class Seen:
    """A price of a pack on a day."""

    on: date
    price: Decimal


@dataclass(frozen=True)
class PriceHistory:
    """Points in user units; see `templates/charts/price_history.html`. `label` tells all of it."""

    width: int
    height: int
    foot: Decimal
    points: tuple[tuple[Decimal, Decimal], ...]
    path: str
    texts: tuple[Words, ...]
    label: str


def price_history(prices: Sequence[Seen], seller: str, currency: str) -> PriceHistory:
    """Draw at least two prices of different days, from nothing up, so that a change is as large as it is.

    Raises `ValueError` for fewer: one price has no history.
    """
    seen = sorted(prices, key=lambda one: one.on)
    days = (seen[-1].on - seen[0].on).days if seen else 0
    if not days:
        raise ValueError("a history needs prices of two days")
    most = max(one.price for one in seen)

    def place(one: Seen) -> tuple[Decimal, Decimal]:
        share = Decimal((one.on - seen[0].on).days) / days
        return (
            rounded(LEFT + (RIGHT - LEFT) * share, 1),
            rounded(FOOT - (FOOT - TOP) * one.price / most, 1),
        )

    points = tuple(place(one) for one in seen)
    told = [f"{figures.money(one.price, currency)} on {_day(one.on)}" for one in seen]
    return PriceHistory(
        width=WIDTH,
        height=HEIGHT,
        foot=FOOT,
        points=points,
        path="M" + "L".join(f"{x} {y}" for x, y in points),
        texts=tuple(
            text
            for one, (x, y) in ((seen[0], points[0]), (seen[-1], points[-1]))
            for text in (
                _words(x, int(y) - ABOVE, figures.money(one.price, currency), "strong"),
                _words(x, DAY_Y, _day(one.on)),
            )
        ),
        label=f"Price of a pack at {seller}: {', '.join(told)}.",
    )


def _words(x: Decimal, y: int, text: str, tone: str = "") -> Words:
    return Words(x, y, text, "middle", tone).within(Decimal(0), Decimal(WIDTH))


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
