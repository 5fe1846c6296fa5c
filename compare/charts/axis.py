"""What drawings share: a scale, a bar on it, hatching that means "over", and words that keep apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil

from products.rules.units import rounded

CHARACTER = Decimal("6.4")
"""Mean width of a letter in user units at the 11 px of a drawing, rather too wide than too narrow."""
STEPS = tuple(Decimal(step) for step in (50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000))
_SHIFTS = {"start": Decimal(0), "middle": Decimal("0.5"), "end": Decimal(1)}


def length(words: str) -> Decimal:
    """About how wide words are in user units."""
    return CHARACTER * len(words)


def hatch(
    start: Decimal,
    end: Decimal,
    foot: Decimal | int,
    head: Decimal | int,
    step: int,
    inset: int = 1,
) -> str:
    """Path of slanted lines between two heights, the first `inset` from the start; blank without room."""
    lines = []
    x = start + inset
    while x + step <= end:
        lines.append(f"M{rounded(x, 1)} {foot}L{rounded(x + step, 1)} {head}")
        x += step
    return "".join(lines)


@dataclass(frozen=True)
class Words:
    """Words at a place; `anchor` is SVG's, `tone` the class that colours them."""

    x: Decimal
    y: Decimal | int
    text: str
    anchor: str = "start"
    tone: str = ""

    @property
    def width(self) -> Decimal:
        return length(self.text)

    @property
    def start(self) -> Decimal:
        return self.x - _SHIFTS[self.anchor] * self.width

    @property
    def end(self) -> Decimal:
        return self.start + self.width

    def within(self, left: Decimal, right: Decimal) -> Words:
        """The same, moved so far that they stay between two edges, the left one first."""
        words = replace(self, x=right, anchor="end") if self.end > right else self
        return replace(words, x=left, anchor="start") if words.start < left else words

    def touches(self, other: Words, gap: int = 10) -> bool:
        """They stand in one line and overlap, or all but."""
        apart = self.end + gap <= other.start or other.end + gap <= self.start
        return self.y == other.y and not apart


@dataclass(frozen=True)
class Bar:
    """A rectangle."""

    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True)
class Scale:
    """Places on a horizontal axis that begins at `left` and is `width` long for `full`."""

    left: Decimal
    width: Decimal
    full: Decimal

    @property
    def right(self) -> Decimal:
        return self.left + self.width

    def x(self, value: Decimal) -> Decimal:
        return self.left + self.length(value)

    def length(self, value: Decimal) -> Decimal:
        """How long a value is drawn; what exceeds the axis ends with it."""
        return rounded(min(value, self.full) * self.width / self.full, 1)


@dataclass(frozen=True)
class Ticks:
    """Marks of an axis from zero, a step apart; the last one ends it."""

    step: Decimal
    count: int

    @classmethod
    def over(cls, value: Decimal, most: int) -> Ticks:
        """Marks that reach a value in at most so many steps of a round length."""
        step = next((step for step in STEPS if value <= step * most), STEPS[-1])
        return cls(step, ceil(value / step))

    @property
    def full(self) -> Decimal:
        return self.step * self.count

    @property
    def marks(self) -> list[Decimal]:
        return [self.step * place for place in range(self.count + 1)]
