"""Answers as files: CSV that is safe to open in a spreadsheet, and references for other programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.http import HttpResponse

from compare.comparison.cell import PERCENT, Cell
from compare.comparison.matrix import BEST, Comparison, Line
from compare.comparison.names import in_full
from products.models import EmptyKind, Source
from products.rules.citation_formats import bibtex, csl_json
from products.rules.dose import Amount
from products.rules.units import rounded

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|")
PLACES = 4
CITATION_FORMATS = {
    "bibtex": (bibtex, "bib", "application/x-bibtex; charset=utf-8"),
    "csl": (csl_json, "json", "application/vnd.citationstyles.csl+json"),
}
"""Values of the key `format`: what writes the file, how its name ends, and what it is."""


def safe(value: object) -> str:
    """A value as a CSV field that no spreadsheet takes for a formula. Numbers stay numbers.

    A quote before the first character makes it text; spreadsheets look past leading blanks.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return plain_number(value)
    text = str(value)
    risky = text.lstrip().startswith(_BEGINS_A_FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if risky else text


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


def citations(format_: str, sources: Iterable[Source], stem: str) -> HttpResponse | None:
    """Sources as a file of references; `None` when the format is not one of these."""
    if format_ not in CITATION_FORMATS:
        return None
    write, ending, content_type = CITATION_FORMATS[format_]
    body = write(source.entry for source in sources)
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    return response


def plain_number(value: int | Decimal) -> str:
    """A number for programs: a point, no thousands, no trailing zeros."""
    exact = rounded(Decimal(value), PLACES)
    return f"{exact.normalize():f}" if exact else "0"


def cell_value(cell: Cell, unit: str) -> object:
    """What stands in the field of a cell, under a row of this unit."""
    if not cell.known:
        return cell.value.label if isinstance(cell.value, TextChoices) else _empty(cell)
    if (amount := cell.amount) is None:
        return cell.value.isoformat() if isinstance(cell.value, date) else cell.figure
    text = _ends(amount, 100 if cell.unit == PERCENT else 1)
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


def _ends(amount: Amount, times: int) -> str:
    """One number, or two with a word between: `240-480` is a date to some programs."""
    low, high = plain_number(amount.low * times), plain_number(amount.high * times)
    return low if low == high else f"{low} to {high}"
