"""A file as a table: header and cells, and nothing of what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from products.importing import csv_files, workbooks
from products.importing.cells import MOST_CHARACTERS, Cell, Unreadable, letters
from products.importing.formulas import as_typed
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
    columns: tuple[str, ...] = ()
    """Those that the file has, in its order."""
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = True
    """False when rows are missing that the file may well hold, so that nothing follows from it."""

    def refuse(self, message: str, row: int | None = None, column: str = "") -> None:
        self.problems.append(Problem(self.file, message, row, column))


def read(path: Path, columns: Sequence[str]) -> Table:
    """Read a file that has exactly these columns, in any order."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _unreadable(path.name, f"there is no such file in {path.parent}")
    except OSError as error:
        return _unreadable(path.name, f"cannot be read: {error.strerror}")
    return parse(path.name, data, columns)


def parse(
    file: str, data: bytes, columns: Sequence[str], required: Collection[str] | None = None
) -> Table:
    """Read the contents of a CSV or XLSX file whose columns are among these, in any order.

    Those `required` must be there; all of them, unless told otherwise.
    """
    required = columns if required is None else required
    if len(data) > settings.IMPORT_MOST_BYTES:
        most = settings.IMPORT_MOST_BYTES // 1_000_000
        return _unreadable(file, f"is larger than {most} MB. Divide it into several files")
    if not data.strip():
        return _unreadable(file, "is empty. Its first row names the columns")
    table = Table(file)
    try:
        if said := _not_a_table(data):
            raise Unreadable(said)
        records = (workbooks if data.startswith(workbooks.MAGIC) else csv_files).read(
            data, columns, required
        )
        _fill(table, records, columns, required)
    except Unreadable as error:
        table.refuse(error.message, error.row, error.column)
        table.is_whole = False
    return table


_SIGNATURES = {
    b"%PDF": "is a PDF, whatever its name says. Save the table itself as CSV UTF-8 or XLSX",
    b"\xd0\xcf\x11\xe0": "is a workbook of an old kind (XLS), or locked by a password. Save it as XLSX without one",
    b"\x89PNG": "is a picture, whatever its name says. Type the table in, or ask for it as CSV",
    b"\xff\xd8\xff": "is a picture, whatever its name says. Type the table in, or ask for it as CSV",
    b"\x1f\x8b": "is packed (gzip). Unpack it first",
    b"{\\rtf": "is a text document. Save the table itself as CSV UTF-8 or XLSX",
    b"<": "is a web page or XML, whatever its name says. Save the table itself as CSV UTF-8 or XLSX",
}


def _not_a_table(data: bytes) -> str:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((says for magic, says in _SIGNATURES.items() if start.startswith(magic)), "")


def _fill(
    table: Table,
    records: Iterator[tuple[int, Sequence[Cell]]],
    columns: Sequence[str],
    required: Collection[str],
) -> None:
    number, first = next(records, (1, []))
    header = [str(name).strip() for name in first]
    while header and not header[-1]:
        header.pop()
    for message in _header(header, columns, required):
        table.refuse(message, number)
    if table.problems:
        table.is_whole = False
        return
    table.columns = tuple(header)
    for number, cells in records:
        if not any(str(cell).strip() for cell in cells):
            continue
        if len(table.rows) >= settings.IMPORT_MOST_ROWS:
            most = f"{settings.IMPORT_MOST_ROWS:,}"
            raise Unreadable(f"has more than {most} rows. Divide it into several files", number)
        if (row := _row(table, number, cells)) is not None:
            table.rows.append(row)


def _row(table: Table, number: int, cells: Sequence[Cell]) -> Row | None:
    """A row without what is wrong with it; none if something is."""
    header = table.columns
    if len(cells) < len(header) or any(str(cell).strip() for cell in cells[len(header) :]):
        table.refuse(f"has {len(cells)} cells, the header has {len(header)}", number)
        return None
    read: dict[str, str] = {}
    for column, cell in zip(header, cells, strict=False):
        if wrong := _wrong(cell):
            table.refuse(wrong, number, column)
        elif isinstance(cell, str):
            read[column] = as_typed(cell.strip())
    return Row(number, read) if len(read) == len(header) else None


def _wrong(cell: Cell) -> str:
    if not isinstance(cell, str):
        return cell.message
    if len(cell) > MOST_CHARACTERS:
        return f"holds {len(cell):,} characters. A cell takes at most {MOST_CHARACTERS:,}"
    if not cell.isprintable() and any(c < " " and c not in "\t\n\r" for c in cell):
        return "holds a character that cannot be printed. Type the text anew"
    return ""


def _header(
    header: Sequence[str], columns: Sequence[str], required: Collection[str]
) -> Iterator[str]:
    for name, times in Counter(header).items():
        if not name:
            blank = ", ".join(letters(n) for n, other in enumerate(header) if not other)
            yield f"column {blank} has no name. Name it or delete it; divide cells that are merged"
        elif name not in columns:
            yield f"unknown column “{name}”. The columns are {', '.join(columns)}"
        elif times > 1:
            yield f"column “{name}” is there {times} times. Leave one"
    for name in columns:
        if name in required and name not in header:
            yield f"column “{name}” is missing. Leave its cells blank where nothing is known"


def _unreadable(file: str, message: str) -> Table:
    return Table(file, problems=[Problem(file, message)], is_whole=False)
