"""A file as a table: encoding, header and cells, and nothing of what they mean."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from products.importing.problems import Problem


@dataclass(frozen=True)
class Row:
    """The cells of one row by column, without the space around them."""

    number: int
    cells: dict[str, str]


@dataclass
class Table:
    """What a file says, and what in it could not be read."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = True
    """False when rows are missing that the file may well hold, so that nothing follows from it."""


def read(path: Path, columns: Sequence[str]) -> Table:
    """Read a file that has exactly these columns, in any order."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _unreadable(path.name, f"there is no such file in {path.parent}")
    except OSError as error:
        return _unreadable(path.name, f"cannot be read: {error.strerror}")
    return parse(path.name, data, columns)


def parse(file: str, data: bytes, columns: Sequence[str]) -> Table:
    """Likewise for the contents of a file."""
    try:
        text = data.decode("utf-8-sig")  # spreadsheets put a byte order mark before UTF-8
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _unreadable(file, f"line {line} is not UTF-8. Save the file as CSV UTF-8")
    if not text.strip():
        return _unreadable(file, "is empty. Its first row names the columns")
    table = Table(file)
    rows = _records(text, table)
    header = [name.strip() for name in next(rows, (1, []))[1]]
    table.problems += [Problem(file, message, 1) for message in _header(header, columns)]
    if table.problems:
        table.is_whole = False
        return table
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            message = f"has {len(cells)} cells, the header has {len(header)}"
            table.problems.append(Problem(file, message, number))
            continue
        stripped = (cell.strip() for cell in cells)
        table.rows.append(Row(number, dict(zip(header, stripped, strict=True))))
    return table


def _records(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """Records with the row that a spreadsheet shows: a text of several lines is one row there."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1):
            yield number, cells
    except csv.Error as error:
        message = (
            f"cannot be read from here on ({error}). "
            "Look for a quotation mark that is not closed or not doubled"
        )
        table.problems.append(Problem(table.file, message, number + 1))
        table.is_whole = False


def _header(header: Sequence[str], columns: Sequence[str]) -> Iterator[str]:
    if len(header) == 1 and ";" in header[0]:
        yield "the columns are divided by semicolons. Save the file with commas"
        return
    for name, times in Counter(header).items():
        if name not in columns:
            yield f"unknown column “{name}”. The columns are {', '.join(columns)}"
        elif times > 1:
            yield f"column “{name}” is there {times} times. Leave one"
    for name in columns:
        if name not in header:
            yield f"column “{name}” is missing. Leave its cells blank where nothing is known"


def _unreadable(file: str, message: str) -> Table:
    return Table(file, problems=[Problem(file, message)], is_whole=False)
