"""A part beside its whole: the magnesium in a salt, or what a label claims of what it can hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from products.rules.units import rounded

STEP = 8


@dataclass(frozen=True)
class Part:
    """Points in user units, 22 high; see `templates/charts/part.html`."""

    width: int
    whole: Decimal
    solid: Decimal
    over_width: Decimal
    hatch: str


def part(amount: Decimal, of: Decimal, width: int = 330) -> Part:
    """Draw both from zero; what exceeds the whole is hatched."""
    scale = Decimal(width) / max(amount, of)
    whole, drawn = rounded(of * scale, 1), rounded(amount * scale, 1)
    return Part(
        width=width,
        whole=whole,
        solid=min(whole, drawn),
        over_width=max(drawn - whole, Decimal(0)),
        hatch=_hatch(whole, drawn),
    )


def _hatch(start: Decimal, end: Decimal) -> str:
    lines = []
    at = start + 2
    while at + STEP <= end:
        lines.append(f"M{at} 15L{at + STEP} 7")
        at += STEP
    return "".join(lines)
