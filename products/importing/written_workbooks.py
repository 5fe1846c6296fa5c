"""Sheets as XLSX. A module of its own, since the library is large and few processes write a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.db import models
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from products.importing.cells import letters
from products.importing.formulas import neutral
from products.importing.resources import Resource
from products.importing.writing import cells, is_figure

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 40
"""Characters of a column of a workbook."""


def write_xlsx(
    file: IO[bytes],
    resource: Resource,
    rows: models.QuerySet[Any],
    meanings: Iterable[tuple[str, str]],
) -> None:
    """Write a workbook, row by row: the records, and a sheet that says what the columns mean."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(resource.name[:31])
    sheet.freeze_panes = "A2"
    for place, column in enumerate(resource.columns):
        sheet.column_dimensions[letters(place)].width = min(WIDEST, max(12, len(column) + 2))
    sheet.append([_text(sheet, column, bold=True) for column in resource.columns])
    fields = [resource.field(column) for column in resource.columns]
    for row in cells(resource, rows):
        sheet.append([_cell(sheet, field, cell) for field, cell in zip(fields, row, strict=True)])
    legend = book.create_sheet("Columns")
    legend.column_dimensions["A"].width = legend.column_dimensions["B"].width = WIDEST
    legend.append([_text(legend, title, bold=True) for title in ("Column", "What stands in it")])
    for column, meaning in meanings:
        legend.append([_text(legend, column), _text(legend, neutral(meaning))])
    book.save(file)


def _cell(sheet: Any, field: models.Field[Any, Any], text: str) -> Any:
    """A figure or a day as such; all else as text, never as a formula."""
    if not text:
        return None
    if isinstance(field, models.DateField):
        cell = WriteOnlyCell(sheet, date.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
        return cell
    if is_figure(field):
        return WriteOnlyCell(sheet, Decimal(text))
    return _text(sheet, neutral(text))


def _text(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
