"""What drawings share: a scale, a bar on it, and words that keep out of each other's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from products.rules.units import rounded

CHARACTER = Decimal("6.2")
"""About how wide a character of 11 px is in user units."""
_SHIFTS = {"start": Decimal(0), "middle": Decimal("0.5"), "end": Decimal(1)}


@dataclass(frozen=True)
class Words:
    """Words at a place; `anchor` is SVG's, `tone` the class that colours them."""

    x: Decimal
    y: Decimal
    text: str
    anchor: str = "start"
    tone: str = ""

    @property
    def width(self) -> Decimal:
        return len(self.text) * CHARACTER

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


def round_end(value: Decimal, steps: Sequence[int] = (50, 100, 250, 500, 1000)) -> Decimal:
    """The end of an axis that holds a value: a multiple of the first step that ten of reach it."""
    step = next((step for step in steps if value <= step * 10), steps[-1])
    return -(-value // step) * step
