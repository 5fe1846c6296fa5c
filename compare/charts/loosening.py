"""At which doses the bowel was seen to loosen, and at which it was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from compare.charts.axis import Scale, Ticks, Words

LEAST = Decimal(500)
"""mg that the axis shows at least, so that few doses are not drawn as if they were large."""
HEAD, LINE = Decimal(14), Decimal(14)
POINT, BASE = Decimal(76), Decimal(92)


@dataclass(frozen=True)
class Dose:
    """One dose that was tested; `loosened` tells whether it was seen to loosen."""

    mg: Decimal
    loosened: bool
    figure: str


@dataclass(frozen=True)
class Edge:
    """A dose that holds for any form; its words lie at its left (`end`) or right (`start`)."""

    mg: Decimal
    words: str
    leans: str


@dataclass(frozen=True)
class Point:
    x: Decimal
    y: Decimal
    loosened: bool


@dataclass(frozen=True)
class LooseningDrawing:
    """Points in user units; see `templates/charts/loosening.html`."""

    width: int
    height: Decimal
    base: Decimal
    left: Decimal
    right: Decimal
    ticks: tuple[Decimal, ...]
    edges: tuple[Decimal, ...]
    points: tuple[Point, ...]
    words: tuple[Words, ...]


@dataclass(frozen=True)
class LooseningPlot:
    wide: LooseningDrawing
    narrow: LooseningDrawing
    text: str


def loosening_plot(doses: Sequence[Dose], edges: Sequence[Edge], text: str) -> LooseningPlot:
    """Draw doses on an axis in mg of magnesium, filled where it loosened. Needs a dose or an edge."""
    most = max([LEAST, *(dose.mg for dose in doses), *(edge.mg for edge in edges)])

    def draw(width: int, steps: int) -> LooseningDrawing:
        ticks = Ticks.over(most * Decimal("1.02"), steps)
        scale, marks = Scale(Decimal(10), Decimal(width - 30), ticks.full), ticks.marks
        return LooseningDrawing(
            width=width,
            height=BASE + 24,
            base=BASE,
            left=scale.left,
            right=scale.right,
            ticks=tuple(scale.x(mg) for mg in marks),
            edges=tuple(scale.x(edge.mg) for edge in edges),
            points=tuple(Point(scale.x(dose.mg), POINT, dose.loosened) for dose in doses),
            words=(*_edges(scale, edges), *_doses(scale, doses), *_axis(scale, marks)),
        )

    return LooseningPlot(draw(760, steps=8), draw(350, steps=4), text)


def _edges(scale: Scale, edges: Sequence[Edge]) -> list[Words]:
    """Each at its line, on the side to which it leans; one that finds no room goes a line lower."""
    words: list[Words] = []
    for edge in edges:
        shift = -4 if edge.leans == "end" else 4
        said = Words(scale.x(edge.mg) + shift, HEAD, edge.words, edge.leans)
        said = said.within(Decimal(0), scale.right + 20)
        while any(said.touches(other) for other in words):
            said = replace(said, y=said.y + LINE)
        words.append(said)
    return words


def _doses(scale: Scale, doses: Sequence[Dose]) -> list[Words]:
    """A figure over each point; of points that stand too close, the table below has the others."""
    names: list[Words] = []
    for dose in doses:
        tone = "hot-t" if dose.loosened else "strong"
        name = Words(scale.x(dose.mg), POINT - 14, dose.figure, "middle", tone)
        name = name.within(Decimal(0), scale.right + 20)
        if not any(name.touches(other) for other in names):
            names.append(name)
    return names


def _axis(scale: Scale, marks: Sequence[Decimal]) -> list[Words]:
    y = BASE + 18
    return [
        *(Words(scale.x(mg), y, f"{mg.normalize():,f}", "middle") for mg in marks[:-1]),
        Words(scale.right + 20, y, f"{marks[-1].normalize():,f} mg", "end"),
    ]
