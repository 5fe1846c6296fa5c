"""Several doses one below the other, on one axis with the limits across all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from compare.charts.axis import hatch, length
from products.rules.dose import Amount
from products.rules.units import rounded

TOP, STEP, FOOT = 28, 42, 22
BAR_TOP, BAR_HEIGHT = 17, 11
HATCH_STEP = 6
AXIS_STEP = Decimal(100)
NEAR = Decimal(60)
"""Names of limits that stand nearer than this lean apart."""


@dataclass(frozen=True)
class Given:
    """What is to be drawn: two names and an amount in mg with its words."""

    name: str
    what: str
    amount: Amount
    words: str


@dataclass(frozen=True)
class Bar:
    """One dose: solid to its low end, open to its high end, hatched beyond the highest limit."""

    name: str
    what: str
    words: str
    name_y: int
    y: int
    solid: Decimal
    open_x: Decimal
    open_width: Decimal
    over_x: Decimal
    over_width: Decimal
    hatch: str
    words_x: Decimal
    words_y: int
    is_over: bool


@dataclass(frozen=True)
class Limit:
    x: Decimal
    words: str
    anchor: str


@dataclass(frozen=True)
class Doses:
    """Points in user units; see `templates/charts/doses.html`."""

    width: int
    height: int
    bottom: int
    bars: tuple[Bar, ...]
    limits: tuple[Limit, ...]
    full: Decimal
    full_x: Decimal


def doses(given: Sequence[Given], limits: Sequence[tuple[str, Decimal]], width: int) -> Doses:
    """Draw amounts in mg; `limits` are short names with their mg, the lower first."""
    highest = max([*(one.amount.high for one in given), *(mg for _, mg in limits)])
    full = (highest / AXIS_STEP).to_integral_value(ROUND_CEILING) * AXIS_STEP
    longest = max(length(one.words) for one in given) + 8
    room = Decimal(width) - min(longest, Decimal(width) / 3)
    scale = room / full
    edge = max((mg for _, mg in limits), default=full)
    bottom = TOP + STEP * len(given)
    return Doses(
        width=width,
        height=bottom + FOOT,
        bottom=bottom,
        bars=tuple(_bar(place, one, scale, edge) for place, one in enumerate(given)),
        limits=_limits(limits, scale),
        full=full,
        full_x=rounded(full * scale, 1),
    )


def _bar(place: int, one: Given, scale: Decimal, edge: Decimal) -> Bar:
    def x(mg: Decimal) -> Decimal:
        return rounded(mg * scale, 1)

    low, high = one.amount.low, one.amount.high
    top = TOP + STEP * place
    solid, open_to, over_to = x(min(low, edge)), x(min(high, edge)), x(high)
    is_over = high > edge
    y = top + BAR_TOP
    return Bar(
        name=one.name,
        what=one.what,
        words=one.words,
        name_y=top + 11,
        y=y,
        solid=solid,
        open_x=solid,
        open_width=open_to - solid,
        over_x=x(edge),
        over_width=over_to - x(edge) if is_over else Decimal(0),
        hatch=hatch(x(edge), over_to, y + BAR_HEIGHT - 1, y + 1, HATCH_STEP) if is_over else "",
        words_x=over_to + 6,
        words_y=y + 9,
        is_over=is_over,
    )


def _limits(limits: Sequence[tuple[str, Decimal]], scale: Decimal) -> tuple[Limit, ...]:
    places = [rounded(mg * scale, 1) for _, mg in limits]
    near = any(b - a < NEAR for a, b in pairwise(places))
    anchors = ["end", "start"] if near and len(places) == 2 else ["middle"] * len(places)
    return tuple(
        Limit(x, name, anchor) for x, (name, _), anchor in zip(places, limits, anchors, strict=True)
    )
