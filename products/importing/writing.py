"""Records as the files that bring them in: the same columns and names, so that a round changes nothing.

Texts that a spreadsheet would run are kept from it (`formulas`); figures are figures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.db import models
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from products.importing.cells import letters
from products.importing.differences import Naming
from products.importing.formulas import neutral
from products.importing.records import chunks, listed
from products.importing.resources import Resource
from products.models.base import Fact

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 40
"""Characters of a column of a workbook."""


class _Line:
    """What `csv` writes to: gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def cells(resource: Resource, rows: models.QuerySet[Any]) -> Iterator[list[str]]:
    """Cells of each row in the order of the columns, as text. A few queries for 500 rows."""
    keys = list(rows.values_list("pk", flat=True))
    for some in chunks(keys):
        found: dict[Any, Fact] = resource.model._base_manager.in_bulk(some)
        held = listed(resource, found.values())
        naming = Naming(resource)
        naming.fetch((record, held.get(key, {})) for key, record in found.items())
        for key in some:
            if (record := found.get(key)) is not None:
                lists = held.get(key, {})
                yield [naming.cell(column, record, lists) for column in resource.columns]


def as_csv(resource: Resource, rows: models.QuerySet[Any]) -> Iterator[str]:
    """Lines of a CSV file, made as they are asked for."""
    writer = csv.writer(_Line())
    # The mark tells a spreadsheet that it is UTF-8.
    yield "\ufeff" + writer.writerow(resource.columns)
    safe = [_is_text(resource.field(column)) for column in resource.columns]
    for row in cells(resource, rows):
        yield writer.writerow(
            [neutral(cell) if text else cell for text, cell in zip(safe, row, strict=True)]
        )


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
    if _is_figure(field):
        return WriteOnlyCell(sheet, Decimal(text))
    return _text(sheet, neutral(text))


def _text(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _is_figure(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.DecimalField | models.IntegerField) and not field.choices


def _is_text(field: models.Field[Any, Any]) -> bool:
    return not (_is_figure(field) or isinstance(field, models.DateField))
