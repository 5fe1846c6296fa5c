"""A comparison as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.http import HttpResponse

from compare.comparison.cell import PERCENT, Cell
from compare.comparison.matrix import BEST, Comparison, Line
from compare.comparison.names import in_full
from compare.exports.fields import ends, safe
from products.models import EmptyKind


def comparison_csv(comparison: Comparison, filename: str) -> HttpResponse:
    """The rows that the page shows: their words, a column for each thing, and what it says beside it.

    Units stand in their column; a cell with one of its own, as a currency, brings it along.
    """
    names = in_full(comparison.subjects)
    head = [
        "row", "group", "label", "unit",
        *names,
        *(f"{name}: note" for name in names),
        "differs", "best", "sources", "explanation",
    ]  # fmt: skip
    groups = ((group.head, line) for group in comparison.groups for line in group.lines)
    lines = (_line(str(head.label), line, names, comparison) for head, line in groups)
    return csv_response(filename, head, lines)


def csv_response(
    filename: str, head: Sequence[str], lines: Iterable[Sequence[object]]
) -> HttpResponse:
    """A CSV file for download, every field made safe."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    writer = csv.writer(response)
    writer.writerow([safe(name) for name in head])
    writer.writerows([safe(field) for field in line] for line in lines)
    return response


def cell_value(cell: Cell, unit: str) -> object:
    """What stands in the field of a cell, under a row of this unit."""
    if not cell.known:
        return cell.value.label if isinstance(cell.value, TextChoices) else _empty(cell)
    if (amount := cell.amount) is None:
        return cell.value.isoformat() if isinstance(cell.value, date) else cell.figure
    text = ends(amount, 100 if cell.unit == PERCENT else 1)
    return text if cell.unit in ("", unit) else f"{text} {cell.unit}"


def _line(group: str, line: Line, names: Sequence[str], comparison: Comparison) -> list[Any]:
    row = line.row
    keys = {reference.number: reference.source.key for reference in comparison.references}
    numbers = [*line.numbers, *(number for cell in line.cells for number in cell.numbers)]
    return [
        row.key,
        group,
        f"{row.label} ({row.hint})" if row.hint else row.label,
        row.unit,
        *(cell_value(cell, row.unit) for cell in line.cells),
        *(_note(cell) for cell in line.cells),
        line.differs,
        "; ".join(n for n, cell in zip(names, line.cells, strict=True) if cell.mark == BEST),
        "; ".join(keys[number] for number in dict.fromkeys(numbers)),
        row.term,
    ]


def _note(cell: Cell) -> str:
    """The remarks, what goes with the value, and the day of a price."""
    beside = cell.beside.replace("_", " ") if cell.beside else ""
    seen = ""
    if cell.seen:
        seen = f"seen {cell.seen.on.isoformat()}" if cell.seen.on else "day not known"
        seen += ", over 90 days ago" if cell.seen.on and cell.seen.stale else ""
    return "; ".join(part for part in (beside, cell.note, seen) if part)


def _empty(cell: Cell) -> str:
    return str((cell.empty or EmptyKind.NOT_LOOKED_UP).label)
