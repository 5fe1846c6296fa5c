"""From a file to its records, one after the other.

JSON Lines and CSV are read row by row, however long they are. One JSON document, a record or a list
of them, is read whole, up to `MOST_JSON_BYTES`. A folder or a zip stands for the tables in it.
A file is looked through once before anything of it is taken: one that is broken somewhere brings in
nothing.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from products.importing.labels import dsld_cleaned, dsld_tables, open_food_facts
from products.importing.labels.dsld_tables import Labels, Numbered
from products.importing.problems import Problem, Refused

MOST_JSON_BYTES = 100_000_000
MOST_LINE_BYTES = 10_000_000

_BOM = b"\xef\xbb\xbf"
_NO_TEXT = {
    b"%PDF": "is a PDF",
    b"\x1f\x8b": "is packed (gzip). Unpack it first",
    b"\xff\xfe": "is UTF-16. Save it as UTF-8",
    b"\xfe\xff": "is UTF-16. Save it as UTF-8",
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
}
_WANTED = (
    "Give DSLD records or Open Food Facts products as JSON or JSON Lines, or DSLD's CSV tables"
)


@dataclass(frozen=True)
class Found:
    """One record of a file. `row` is the line, the row of a spreadsheet or the place in a list."""

    file: str
    row: int
    raw: dict[str, Any]


@dataclass(frozen=True)
class File:
    """A file by its name, opened as often as it is read."""

    name: str
    open: Callable[[], BinaryIO]


def at(path: Path) -> LabelFiles:
    """The records at a path: a file, a zip, or a folder with tables; raises `Refused`."""
    if path.is_dir():
        files = [_of(inner) for inner in sorted(path.glob("*.csv"))]
        return LabelFiles(path.name, files) if files else _refuse(path.name, "holds no CSV file")
    if not path.exists():
        _refuse(path.name, f"there is no such file in {path.parent}")
    if zipfile.is_zipfile(path):
        return LabelFiles(path.name, _within(path))
    return LabelFiles(path.name, [_of(path)])


def uploaded(name: str, data: bytes) -> LabelFiles:
    """The records of one file that is held in memory; raises `Refused`."""
    if data.startswith(b"PK\x03\x04"):
        _refuse(name, "is a zip or a spreadsheet. Unpack it, or save it as CSV UTF-8")
    return LabelFiles(name, [File(name, lambda: io.BytesIO(data))])


class LabelFiles:
    """Records in the order of the files, read anew at each iteration."""

    def __init__(self, name: str, files: Sequence[File]) -> None:
        self.name = name
        self._tables: list[tuple[File, tuple[str, ...]]] = []
        self._json: list[File] = []
        for file in files:
            if (kind := _kind(file)) is None:
                self._json.append(file)
            else:
                self._tables.append((file, kind))
        self._look_through()

    def __iter__(self) -> Iterator[Found]:
        for file in self._json:
            for row, raw in _json(file):
                yield Found(file.name, row, raw)
        yield from self._of_tables()

    def _of_tables(self) -> Iterator[Found]:
        labels = Labels()
        for file, kind in self._tables:
            if kind == dsld_tables.FACTS:
                labels.take_facts(_cells(file))
        for file, kind in self._tables:
            if kind == dsld_tables.OTHERS:
                labels.take_others(_cells(file))
        for file, kind in self._tables:
            read = {
                dsld_tables.OVERVIEW: labels.from_overview,
                dsld_tables.LISTED: labels.from_list,
            }
            if kind in read:
                for row, raw in read[kind](_cells(file)):
                    yield Found(file.name, row, raw)

    def _look_through(self) -> None:
        """Read everything once, so that what cannot be read is told before anything is written."""
        kinds = {kind for _, kind in self._tables}
        if self._tables and not kinds & {dsld_tables.OVERVIEW, dsld_tables.LISTED}:
            _refuse(
                self.name,
                "has ingredients without brands and names. Give a folder with the ProductOverview table too",
            )
        count = 0
        for found in self:
            count += any(
                known(found.raw)
                for known in (_is_dsld, dsld_cleaned.is_one, open_food_facts.is_one)
            )
        if not count:
            _refuse(self.name, f"holds no label record. {_WANTED}")


def _is_dsld(raw: dict[str, Any]) -> bool:
    return "ingredientRows" in raw or ("brandName" in raw and "fullName" in raw)


def _of(path: Path) -> File:
    return File(path.name, lambda: path.open("rb"))


def _within(path: Path) -> list[File]:
    with zipfile.ZipFile(path) as packed:
        names = [name for name in sorted(packed.namelist()) if name.casefold().endswith(".csv")]
    if not names:
        _refuse(path.name, "is a zip without a CSV file in it")

    def opener(name: str) -> Callable[[], BinaryIO]:
        return lambda: zipfile.ZipFile(path).open(name)  # type: ignore[return-value]

    return [File(name.rsplit("/", 1)[-1], opener(name)) for name in names]


# What kind of file


def _kind(file: File) -> tuple[str, ...] | None:
    """Which table a file is; `None` for JSON. Raises `Refused` for anything else."""
    try:
        with file.open() as stream:
            start = stream.read(4096)
    except OSError as error:
        _refuse(file.name, f"cannot be read: {error.strerror}")
    for sign, what in _NO_TEXT.items():
        if start.startswith(sign):
            _refuse(file.name, f"{what}. {_WANTED}")
    shown = start.removeprefix(_BOM).lstrip()
    if not shown:
        _refuse(file.name, f"is empty. {_WANTED}")
    if shown[:1] in b"{[":
        return None
    if shown[:1] == b"<":
        _refuse(file.name, f"is a web page. {_WANTED}")
    header = next(_csv(file), (1, []))[1]
    kind = dsld_tables.kind_of(name.strip() for name in header)
    if kind is None:
        columns = ", ".join(name.strip()[:40] for name in header[:6])
        _refuse(
            file.name,
            f"has none of the tables' columns (it begins {columns}). A list of labels has "
            f"{', '.join(dsld_tables.OVERVIEW)}",
        )
    return kind


# CSV


def _csv(file: File) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        with file.open() as stream:
            lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
            for number, cells in enumerate(csv.reader(lines, strict=True), 1):
                yield number, cells
    except UnicodeDecodeError:
        _refuse(file.name, "is not UTF-8 after this row. Save it as CSV UTF-8", number or None)
    except csv.Error as error:
        _refuse(file.name, f"cannot be read from here on ({error})", number + 1)
    except (OSError, zipfile.BadZipFile) as error:
        _refuse(file.name, f"cannot be read: {error}")


def _cells(file: File) -> Iterator[Numbered]:
    rows = _csv(file)
    header = [name.strip() for name in next(rows, (1, []))[1]]
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            _refuse(file.name, f"has {len(cells)} cells, the header has {len(header)}", number)
        yield number, dict(zip(header, (cell.strip() for cell in cells), strict=True))


# JSON


def _json(file: File) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open() as stream:
        first = stream.readline(MOST_LINE_BYTES + 1).removeprefix(_BOM).strip()
        more = any(line.strip() for line in iter(lambda: stream.readline(4096), b""))
    one_a_line = first[:1] == b"{" and first[-1:] == b"}" and more
    yield from _lines(file) if one_a_line else _document(file)


def _lines(file: File) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open() as stream:
        for number in range(1, 1_000_000_000):
            line = stream.readline(MOST_LINE_BYTES + 1)
            if not line:
                return
            if len(line) > MOST_LINE_BYTES:
                _refuse(file.name, "is longer than 10 MB", number)
            if stripped := line.removeprefix(_BOM).strip():
                yield number, _record(file, number, _parsed(file, stripped, number))


def _document(file: File) -> Iterator[tuple[int, dict[str, Any]]]:
    with file.open() as stream:
        data = stream.read(MOST_JSON_BYTES + 1)
    if len(data) > MOST_JSON_BYTES:
        _refuse(file.name, "is one JSON document of more than 100 MB. Save it as JSON Lines")
    found = _parsed(file, data.removeprefix(_BOM), None)
    if isinstance(found, dict) and isinstance(found.get("products"), list):
        found = found["products"]
    for number, one in enumerate(found if isinstance(found, list) else [found], 1):
        yield number, _record(file, number, one)


def _record(file: File, number: int, found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        _refuse(file.name, "is no record", number)
    return found


def _parsed(file: File, data: bytes, number: int | None) -> Any:
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError:
        _refuse(file.name, "is not UTF-8. Save it as UTF-8", number)
    except json.JSONDecodeError as error:
        place = "" if number else f" at line {error.lineno}, column {error.colno}"
        _refuse(file.name, f"is not JSON{place}: {error.msg}", number)
    except (ValueError, RecursionError):
        _refuse(file.name, "is JSON that nests too deep or has a figure that is no number", number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _refuse(name: str, message: str, row: int | None = None) -> NoReturn:
    raise Refused([Problem(name, message, row)])
