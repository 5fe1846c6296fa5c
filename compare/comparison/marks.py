"""Which of the compared is best, only where that is beyond dispute, and else why none is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compare.comparison.cell import Cell
from compare.comparison.row import Better


class NoBest(StrEnum):
    """Why nothing is marked."""

    NO_DIRECTION = "no_direction"
    NOTHING_TO_COMPARE = "nothing_to_compare"
    UNKNOWN = "unknown"
    CANNOT_BE_PURE = "cannot_be_pure"
    UNLIKE_UNITS = "unlike_units"
    UNDATED = "undated"
    STALE = "stale"
    ALL_ALIKE = "all_alike"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class Verdict:
    """Places of the best cells, or why there are none and the places of those that are to blame."""

    best: frozenset[int] = frozenset()
    why: NoBest | None = None
    because_of: tuple[int, ...] = ()


def judge(cells: Sequence[Cell], better: Better | None) -> Verdict:
    """Find the best of cells whose dates have been looked at (`Seen.stale`).

    Never one if any compared cell is unknown, for it might be better, or rests on a label that
    cannot be pure, for it claims more than is there; nor of prices in unlike currencies, old or
    undated, nor when all are alike. Several may share it. A range is best only if its upper end is
    no more than the lower end of every other.
    """
    if better is None:
        return Verdict(why=NoBest.NO_DIRECTION)
    if len(cells) < 2:
        return Verdict(why=NoBest.NOTHING_TO_COMPARE)
    if missing := _where(cell.amount is None for cell in cells):
        return Verdict(why=NoBest.UNKNOWN, because_of=missing)
    if doubtful := _where(cell.is_doubtful for cell in cells):
        return Verdict(why=NoBest.CANNOT_BE_PURE, because_of=doubtful)
    if len({cell.unit for cell in cells}) > 1:
        return Verdict(why=NoBest.UNLIKE_UNITS, because_of=tuple(range(len(cells))))
    if undated := _where(cell.seen is not None and cell.seen.on is None for cell in cells):
        return Verdict(why=NoBest.UNDATED, because_of=undated)
    if stale := _where(cell.seen is not None and cell.seen.stale for cell in cells):
        return Verdict(why=NoBest.STALE, because_of=stale)
    amounts = [cell.amount for cell in cells if cell.amount is not None]
    best = _where(
        all(amount.high <= other.low for other in amounts if other != amount) for amount in amounts
    )
    if len(best) == len(cells):
        return Verdict(why=NoBest.ALL_ALIKE)
    return Verdict(best=frozenset(best), why=None if best else NoBest.OVERLAP)


def _where(flags: Iterable[bool]) -> tuple[int, ...]:
    return tuple(place for place, flag in enumerate(flags) if flag)
