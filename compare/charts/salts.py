"""The mass of a compound that brings so much magnesium, form beside form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compare.charts.axis import Bar, Scale, Words

ROW, FIRST, HIGH = Decimal(26), Decimal(8), Decimal(16)
NAMES, FIGURES = Decimal(98), Decimal(72)
"""Room at the left for the names, at the right for the figures."""


@dataclass(frozen=True)
class Salt:
    """One form: the mass of its compound in mg, and whether the page is about it."""

    name: str
    mg: Decimal
    figure: str
    is_own: bool


@dataclass(frozen=True)
class SaltRow:
    whole: Bar
    part: Bar
    words: tuple[Words, Words]


@dataclass(frozen=True)
class SaltDrawing:
    """Points in user units; see `templates/charts/salts.html`."""

    width: int
    height: Decimal
    rows: tuple[SaltRow, ...]


@dataclass(frozen=True)
class SaltPlot:
    wide: SaltDrawing
    narrow: SaltDrawing
    text: str


def salt_plot(salts: Sequence[Salt], part_mg: Decimal, text: str) -> SaltPlot:
    """Draw each compound as long as it is heavy, the magnesium in it solid. Needs at least one."""
    most = max(salt.mg for salt in salts)

    def draw(width: int) -> SaltDrawing:
        scale = Scale(NAMES, width - NAMES - FIGURES, most)
        rows = tuple(_row(scale, salt, part_mg, FIRST + i * ROW) for i, salt in enumerate(salts))
        return SaltDrawing(width, FIRST + len(salts) * ROW, rows)

    return SaltPlot(draw(520), draw(350), text)


def _row(scale: Scale, salt: Salt, part_mg: Decimal, y: Decimal) -> SaltRow:
    tone, line = "strong" if salt.is_own else "", y + 12
    length = scale.length(salt.mg)
    return SaltRow(
        whole=Bar(scale.left, y, length, HIGH),
        part=Bar(scale.left, y, scale.length(part_mg), HIGH),
        words=(
            Words(scale.left - 8, line, salt.name, "end", tone),
            Words(scale.left + length + 6, line, salt.figure, "start", tone),
        ),
    )
