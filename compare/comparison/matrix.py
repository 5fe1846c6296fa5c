"""Subjects by rows: one object that page, print, CSV and JSON loop over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db.models import TextChoices

from compare.basis import Basis
from compare.comparison.cell import Cell
from compare.comparison.marks import NoBest, Verdict, judge
from compare.comparison.row import Row
from compare.references import Reference, References

BEST = "best"


class Shown(StrEnum):
    """Which rows are shown, as `rows` in the address."""

    ALL = "all"
    DIFFERING = "differing"
    SAME = "same"


@dataclass(frozen=True)
class Line:
    """A row with its cells, one a subject."""

    row: Row[Any]
    cells: tuple[Cell, ...]
    verdict: Verdict
    numbers: tuple[int, ...] = ()

    @property
    def differs(self) -> bool:
        """At least two known values differ. Unknown is not different."""
        return len({cell.key for cell in self.cells if cell.known}) > 1

    @property
    def lacks_best(self) -> bool:
        """A best could have been marked here, and was not."""
        return self.verdict.why not in (None, NoBest.NO_DIRECTION, NoBest.NOTHING_TO_COMPARE)


@dataclass(frozen=True)
class Group:
    """Rows under one head."""

    head: TextChoices
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Comparison:
    """The rows asked for, in their groups; counts are of all rows, shown or not."""

    subjects: tuple[Any, ...]
    groups: tuple[Group, ...]
    references: tuple[Reference, ...]
    basis: Basis
    base: int | None
    shown: Shown
    total: int
    differing: int

    @property
    def same(self) -> int:
        return self.total - self.differing

    @property
    def lines(self) -> Iterator[Line]:
        for group in self.groups:
            yield from group.lines


def build(
    subjects: Sequence[Any],
    rows: Sequence[Row[Any]],
    basis: Basis,
    *,
    at: date,
    base: int | None = None,
    shown: Shown = Shown.ALL,
) -> Comparison:
    """Read each row off each subject; `base` is the place of the baseline. Costs no query.

    `at` is the day on which prices are old or not. Rows of one group stand together.
    """
    lines = [_line(row, subjects, basis, at, base) for row in rows]
    differing = sum(line.differs for line in lines)
    wanted = [
        line for line in lines if shown is Shown.ALL or line.differs == (shown is Shown.DIFFERING)
    ]
    numbered, references = _numbered(wanted)
    return Comparison(
        subjects=tuple(subjects),
        groups=tuple(
            Group(head, tuple(group)) for head, group in groupby(numbered, lambda x: x.row.group)
        ),
        references=references,
        basis=basis,
        base=base,
        shown=shown,
        total=len(lines),
        differing=differing,
    )


def _line(row: Row[Any], subjects: Sequence[Any], basis: Basis, at: date, base: int | None) -> Line:
    cells = [row.read(subject, basis) for subject in subjects]
    cells = [replace(cell, seen=cell.seen.at(at)) if cell.seen else cell for cell in cells]
    verdict = judge(cells, row.better)
    if row.has_delta and base is not None:
        cells = [replace(cell, delta=cell.minus(cells[base])) for cell in cells]
    marked = (
        replace(cell, mark=BEST) if place in verdict.best else cell
        for place, cell in enumerate(cells)
    )
    return Line(row, tuple(marked), verdict)


def _numbered(lines: Sequence[Line]) -> tuple[list[Line], tuple[Reference, ...]]:
    """Number the sources in the order in which they first appear, each once."""
    references = References()
    numbered = [
        replace(
            line,
            numbers=references.numbers(line.row.sources),
            cells=tuple(
                replace(cell, numbers=references.numbers(cell.sources)) for cell in line.cells
            ),
        )
        for line in lines
    ]
    return numbered, tuple(references)
