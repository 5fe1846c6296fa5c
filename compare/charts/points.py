"""What drawings share: words at a point, and the hatching that means "over"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from products.rules.units import rounded

LETTER = Decimal("6.4")
"""Mean width of a letter in user units at the 11 px of a drawing, rather too wide than too narrow."""


@dataclass(frozen=True)
class Text:
    """Words in a drawing. `anchor` is start, middle or end; `tone` a class: strong, hot-t or none."""

    x: Decimal
    y: int
    words: str
    anchor: str = "start"
    tone: str = ""


def length(words: str) -> Decimal:
    """About how wide words are in user units."""
    return LETTER * len(words)


def place(x: Decimal, words: str, width: int) -> tuple[Decimal, str]:
    """Where words over a point go, so that they stay within the drawing: x and anchor."""
    half = length(words) / 2
    if x - half < 0:
        return Decimal(0), "start"
    if x + half > width:
        return Decimal(width), "end"
    return x, "middle"


def hatch(start: Decimal, end: Decimal, foot: Decimal, head: Decimal, step: int) -> str:
    """Path of slanted lines between two heights; nothing where there is no room for one."""
    lines = []
    x = start + 1
    while x + step <= end:
        lines.append(f"M{rounded(x, 1)} {foot}L{rounded(x + step, 1)} {head}")
        x += step
    return "".join(lines)
