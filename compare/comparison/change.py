"""What would change the order: figures that are missing, old or close where a best can be marked.

A best is only ever marked where nothing is in doubt (`marks`). This says what the doubt hangs on: below
which figure the one that is missing or old would be the lowest, and where the lowest is so barely.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from compare.comparison.cell import Cell
from compare.comparison.marks import NoBest
from compare.comparison.matrix import Line
from compare.comparison.row import Row
from products.models import EmptyKind

CLOSE = Decimal("0.05")
"""Figures that differ by no more than this share of the lower one are close. A house rule: prices move
by more than that between two visits to a shop."""


class Why(StrEnum):
    """What is the matter with the figures that could change the order."""

    MISSING = "missing"
    OLD = "old"
    UNDATED = "undated"
    CLOSE = "close"


@dataclass(frozen=True)
class Change:
    """A figure that could change which is the lowest of a row.

    Below `threshold` each of `places` would be; of close ones it is the lowest figure, and `places`
    begins with who has it. `doubtful`: places with an old or undated figure that the threshold rests on.
    """

    row: Row[Any]
    why: Why
    places: tuple[int, ...]
    threshold: Cell
    doubtful: tuple[int, ...] = ()

    CLOSE: ClassVar[Decimal] = CLOSE


_OF_VERDICT = {NoBest.UNKNOWN: Why.MISSING, NoBest.STALE: Why.OLD, NoBest.UNDATED: Why.UNDATED}


def changes(lines: Iterable[Line]) -> tuple[Change, ...]:
    """Each figure that would change a best, in the order of the rows."""
    found = []
    for line in lines:
        if line.verdict.best:
            change = _close(line)
        elif line.verdict.why in _OF_VERDICT:
            change = _in_doubt(line, _OF_VERDICT[line.verdict.why])
        else:
            change = None
        if change is not None:
            found.append(change)
    return tuple(found)


def _in_doubt(line: Line, why: Why) -> Change | None:
    """What the figures to blame would have to be below: the lowest of those that are not to blame.

    Nothing where no figure can come (it does not apply), where all are to blame, and nothing across
    currencies.
    """
    blamed = line.verdict.because_of
    if any(line.cells[place].empty == EmptyKind.DOES_NOT_APPLY for place in blamed):
        return None
    others = [place for place in range(len(line.cells)) if place not in blamed]
    if len({line.cells[place].unit for place in others}) != 1:
        return None
    lowest = min(others, key=lambda place: _ends(line.cells[place])[0])
    cell = line.cells[lowest]
    low, _ = _ends(cell)
    doubtful = (lowest,) if cell.seen is not None and (cell.seen.stale or not cell.seen.on) else ()
    return Change(line.row, why, blamed, Cell(low, cell.unit, places=cell.places), doubtful)


def _close(line: Line) -> Change | None:
    best = sorted(line.verdict.best)
    top = max(_ends(line.cells[place])[1] for place in best)
    near = [
        place
        for place, cell in enumerate(line.cells)
        if place not in best and _ends(cell)[0] <= top * (1 + CLOSE)
    ]
    if not near:
        return None
    cell = line.cells[best[0]]
    threshold = Cell(_ends(cell)[0], cell.unit, places=cell.places)
    return Change(line.row, Why.CLOSE, (*best, *near), threshold)


def _ends(cell: Cell) -> tuple[Decimal, Decimal]:
    """Only asked of cells with a figure: the verdict names the others."""
    assert cell.amount is not None  # noqa: S101 - see above
    return cell.amount.low, cell.amount.high
