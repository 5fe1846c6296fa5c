"""A dose as a strip: solid up to the dose, open for a range, hatched above the limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from compare.charts.axis import hatch
from products.rules.dose import Amount
from products.rules.units import rounded

HATCH_STEP = 4
STRIP_MG = Decimal(500)
"""Where a strip of a list ends."""
FOOT, HEAD = Decimal("8.5"), Decimal("3.5")


@dataclass(frozen=True)
class Strip:
    """Points in user units of the drawing; see `templates/charts/dose_strip.html`."""

    width: Decimal
    solid_width: Decimal
    open_x: Decimal
    open_width: Decimal
    over_x: Decimal
    over_width: Decimal
    hatch: str
    ticks: tuple[Decimal, ...]
    text: str = ""


def dose_strip(
    amount: Amount,
    limit_mg: Decimal,
    ticks_mg: tuple[Decimal, ...] = (Decimal(250), Decimal(350)),
    full_mg: Decimal = STRIP_MG,
    width: int = 180,
) -> Strip:
    """Draw an amount of magnesium in mg against a limit; what exceeds `full_mg` ends at the edge."""

    def x(mg: Decimal) -> Decimal:
        return rounded(min(mg, full_mg) * width / full_mg, 1)

    solid, open_end = x(min(amount.low, limit_mg)), x(min(amount.high, limit_mg))
    over_from, over_to = x(limit_mg), x(max(amount.high, limit_mg))
    return Strip(
        width=Decimal(width),
        solid_width=solid,
        open_x=solid,
        open_width=open_end - solid,
        over_x=over_from,
        over_width=over_to - over_from,
        hatch=hatch(over_from, over_to, FOOT, HEAD, HATCH_STEP, inset=0),
        ticks=tuple(x(mg) for mg in ticks_mg),
    )
