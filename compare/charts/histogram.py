"""How values are spread, above a range filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from products.rules.units import rounded

GAP = Decimal(1)
SMALLEST = Decimal("1.5")
"""A bar of one product stays visible beside one of thousands."""


@dataclass(frozen=True)
class Histogram:
    """Points in user units; see `templates/charts/histogram.html`."""

    width: int
    height: int
    bars: str
    """Path data of all of them."""
    marker: Decimal | None
    label: str


def histogram(
    counts: Sequence[int],
    label: str,
    marker: Decimal | None = None,
    width: int = 208,
    height: int = 34,
) -> Histogram:
    """Draw counts of neighbouring bars; `marker` is a share of the width, 0 to 1."""
    most = max([*counts, 1])
    step = Decimal(width) / len(counts)
    return Histogram(
        width=width,
        height=height,
        bars="".join(_bar(i, count, most, step, height) for i, count in enumerate(counts) if count),
        marker=None if marker is None else rounded(marker * width, 1),
        label=label,
    )


def _bar(place: int, count: int, most: int, step: Decimal, height: int) -> str:
    tall = max(rounded(Decimal(count) * (height - 4) / most, 1), SMALLEST)
    x, width = rounded(place * step + GAP / 2, 1), rounded(step - GAP, 1)
    return f"M{x} {height - 1}v-{tall}h{width}v{tall}z"
