"""One figure of a page with its own words: a row of the comparison, read off one subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from compare.basis import Basis
from compare.comparison import Cell, Row
from compare.comparison.row import Kind


@dataclass(frozen=True)
class Fact:
    """A row and its cell, and what an editor noted of it."""

    row: Row[Any]
    cell: Cell
    note: str = ""

    @property
    def partial(self) -> str:
        """The template that draws the cell."""
        return f"comparing/cells/{self.row.kind}.html"

    @property
    def is_shown(self) -> bool:
        """There is something to draw; of a label check the verdict *cannot be checked* too."""
        return self.cell.known or self.row.kind is Kind.LABEL_CHECK


def read(rows: Iterable[Row[Any]], subject: Any, basis: Basis, at: date) -> dict[str, Fact]:
    """Facts by the key of their row. `at` is the day on which prices are old or not. Costs no query."""
    found = {}
    for row in rows:
        cell = row.read(subject, basis)
        if cell.seen is not None:
            cell = replace(cell, seen=cell.seen.at(at))
        found[row.key] = Fact(row, cell)
    return found
