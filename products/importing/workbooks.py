"""XLSX, read row by row: values as a person would type them into CSV."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from products.importing.cells import Cell, NoText, Unreadable, known

MAGIC = b"PK"
MOST_UNPACKED_BYTES = 200_000_000
"""Of all that is packed in one workbook. A small file can be made to hold much more."""
MOST_COLUMNS = 64
"""More than any file has. A made one may name thousands in each row."""
LAST_ROW = 1_048_576
"""Of a sheet in any spreadsheet."""
_BROKEN = "is no workbook that can be read. Open it in a spreadsheet and save it as XLSX again"
_FORMULA = NoText("holds a formula. Copy the column and paste it as values")
_LOCKED = 0x1


def read(
    data: bytes, columns: Sequence[str], required: Collection[str]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows of the one sheet that has the columns, with their numbers. Raises `Unreadable`."""
    from openpyxl import (
        load_workbook,  # here, since it takes 11 MB and few processes read a workbook
    )

    _look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library leaves out: styles, validations
            book = load_workbook(io.BytesIO(data), read_only=True)
            try:
                sheet = _sheet(book, columns, required)
                yield from _values(sheet)
            finally:
                book.close()
    except (KeyError, ValueError, TypeError, ParseError, zipfile.BadZipFile, EOFError):
        raise Unreadable(_BROKEN) from None


def _look_inside(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile:
        raise Unreadable(_BROKEN) from None
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable("is a zip and no workbook. Unpack it, and give the one file")
    # Nothing more than what is declared here is ever unpacked of a part.
    if sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        most = MOST_UNPACKED_BYTES // 1_000_000
        raise Unreadable(f"holds more than {most} MB when it is unpacked. Divide it")


def _sheet(book: Any, columns: Collection[str], required: Collection[str]) -> Any:
    """The only sheet with all the columns that must be there; else the first that has some."""
    headers = {sheet.title: _header(sheet) for sheet in book.worksheets}
    whole = [title for title, header in headers.items() if set(required) <= set(header)]
    if len(whole) > 1:
        raise Unreadable(f"has these columns on several sheets: {', '.join(whole)}. Leave one")
    titles = whole or sorted(headers, key=lambda title: -known(headers[title], columns))
    if not titles or not any(headers[titles[0]]):
        raise Unreadable("is empty. Its first row names the columns")
    return book[titles[0]]


def _header(sheet: Any) -> list[str]:
    first: Sequence[Any] = next(_rows(sheet, 1), ())
    header = [str(_value(cell)).strip() for cell in first]
    while header and not header[-1]:
        header.pop()
    return header


def _values(sheet: Any) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Cells as far as the header reaches, and further where something stands beside it."""
    width = len(_header(sheet))
    for number, cells in enumerate(_rows(sheet, LAST_ROW), 1):
        beside = any(cell.value is not None for cell in cells[width:])
        yield number, [_value(cell) for cell in (cells if beside else cells[:width])]


def _rows(sheet: Any, last: int) -> Iterator[Sequence[Any]]:
    sheet.reset_dimensions()  # what a file says of its own size is not always so
    rows: Iterator[Sequence[Any]] = sheet.iter_rows(
        min_row=1, max_row=last, min_col=1, max_col=MOST_COLUMNS
    )
    return rows


def _value(cell: Any) -> Cell:
    value = cell.value
    match value:
        case None:
            return ""
        case _ if cell.data_type == "f":
            return _FORMULA
        case _ if cell.data_type == "e":
            return NoText(f"holds the error {value}. Put in its value, or leave it blank")
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case float():
            return _figure(value)
        case datetime() | date():
            return _day(cell, value)
        case time():
            return NoText("holds a time of day. Format the column as text")
    return str(value)


def _figure(value: float) -> str:
    """1.0 is 1, and 1E-05 is 0.00001."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    return f"{Decimal(repr(value)).normalize():f}"


def _day(cell: Any, value: date) -> str:
    """The ISO day. “2026-06” becomes a day when it is typed into a spreadsheet, and shows no day."""
    shown = str(cell.number_format).casefold()
    if "y" in shown and "d" not in shown:
        return f"{value:%Y-%m}"
    return f"{value:%Y-%m-%d}"
