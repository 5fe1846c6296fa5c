"""A part beside its whole: the magnesium in a salt, or what a label claims of what it can hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from compare.charts.axis import hatch
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
        hatch=hatch(whole, drawn, 15, 7, STEP, inset=2),
    )
