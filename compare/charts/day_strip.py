"""A dose on a scale of its own, with the limits for supplements and the daily need marked and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from compare import figures
from compare.charts.axis import Words, hatch, length
from products.rules.dose import Amount
from products.rules.units import rounded

LEAST_FULL_MG = Decimal(450)
"""So that both limits are in view for a small dose too."""
BESIDE = Decimal(7)
FOOT, HEAD = Decimal("38.5"), Decimal("27.5")


@dataclass(frozen=True)
class Mark:
    """A line on the scale; `short` are its words where there is little room."""

    mg: Decimal
    words: str
    short: str


@dataclass(frozen=True)
class DayStrip:
    """Points in user units; see `templates/charts/day_strip.html`."""

    width: int
    solid_width: Decimal
    open_x: Decimal
    open_width: Decimal
    over_x: Decimal
    over_width: Decimal
    hatch: str
    limits: tuple[Decimal, ...]
    needs: tuple[Decimal, ...]
    texts: tuple[Words, ...]
    label: str = ""


def day_strip(
    amount: Amount,
    words: str,
    limits: Sequence[Mark] = (),
    needs: Sequence[Mark] = (),
    width: int = 760,
    label: str = "",
) -> DayStrip:
    """Draw an amount of magnesium from zero; the highest of the limits is the one that it can be over."""
    full = max([LEAST_FULL_MG, amount.high, *(mark.mg for mark in limits)]) * Decimal("1.04")

    def x(mg: Decimal) -> Decimal:
        return rounded(mg * width / full, 1)

    limit = max((mark.mg for mark in limits), default=full)
    low, high = x(min(amount.low, limit)), x(min(amount.high, limit))
    over, end = x(limit), x(max(amount.high, limit))
    texts = [
        *_limit_texts(limits, [x(mark.mg) for mark in limits], width),
        *_amount_texts(words, x(amount.high), full, width, is_over=amount.high > limit),
        *_need_texts(needs, [x(mark.mg) for mark in needs], width),
    ]
    return DayStrip(
        width=width,
        solid_width=low,
        open_x=low,
        open_width=high - low,
        over_x=over,
        over_width=end - over,
        hatch=hatch(over, end, FOOT, HEAD, 8),
        limits=tuple(x(mark.mg) for mark in limits),
        needs=tuple(x(mark.mg) for mark in needs),
        texts=tuple(texts),
        label=label,
    )


def _limit_texts(marks: Sequence[Mark], xs: Sequence[Decimal], width: int) -> list[Words]:
    """Names over the lines; turned away from one another where the lines stand close."""
    placed = sorted(zip(xs, marks, strict=True), key=lambda pair: pair[0])
    gaps = [b[0] - a[0] for a, b in pairwise(placed)]
    widest = max((length(mark.words) for mark in marks), default=Decimal(0))
    if width > 500 and all(gap > widest for gap in gaps):
        return [_over(x, 14, mark.words, width) for x, mark in placed]
    if all(gap > length("EU 250 mg") for gap in gaps):
        return [_over(x, 14, mark.short, width) for x, mark in placed]
    texts = [Words(x + 3, 14, mark.short) for x, mark in placed[-1:]]
    return texts + [Words(x - 3, 14, mark.short, "end") for x, mark in placed[:1]]


def _need_texts(marks: Sequence[Mark], xs: Sequence[Decimal], width: int) -> list[Words]:
    """Names below the lines, the first with the word for all; apart where the lines stand close."""
    placed = sorted(zip(xs, marks, strict=True), key=lambda pair: pair[0])
    said = [mark.words if width > 500 else mark.short for _, mark in placed]
    said[:1] = [f"need, {words}" for words in said[:1]]
    texts = [_over(x, 74, words, width) for (x, _), words in zip(placed, said, strict=True)]
    if any(a.touches(b) for a, b in pairwise(texts)):
        first, last = placed[0][0], placed[-1][0]
        ends = Words(first, 74, said[0], "end"), Words(last, 74, said[-1])
        return [words.within(Decimal(0), Decimal(width)) for words in ends]
    return texts


def _over(x: Decimal, y: int, words: str, width: int) -> Words:
    return Words(x, y, words, "middle").within(Decimal(0), Decimal(width))


def _amount_texts(
    words: str, end: Decimal, full: Decimal, width: int, *, is_over: bool
) -> list[Words]:
    """The amount beside its bar where there is room, else below it; and the ends of the scale."""
    tone = "hot-t" if is_over else "strong"
    zero = Words(Decimal(0), 60, "0")
    if end + BESIDE + length(words) < width:
        scale = f"{figures.significant(full)} mg"
        return [
            Words(end + BESIDE, 37, words, "start", tone),
            zero,
            Words(Decimal(width), 60, scale, "end"),
        ]
    return [zero, Words(Decimal(width), 60, words, "end", tone)]
