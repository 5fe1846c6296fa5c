"""CSV as spreadsheets save it: UTF-8 or UTF-16, divided by commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Iterator, Sequence

from products.importing.cells import MOST_CHARACTERS, Cell, Unreadable, known

DELIMITERS = (",", ";", "\t")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TOO_LONG = (
    f"cannot be read from here on: a cell has more than {csv.field_size_limit():,} characters. "
    f"At most {MOST_CHARACTERS:,} are taken; look for a quotation mark that is not closed"
)
_QUOTED = (
    "cannot be read from here on ({}). Look for a quotation mark that is not closed or not doubled"
)


def read(
    data: bytes, columns: Sequence[str], required: Collection[str]
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows with the number that a spreadsheet shows: a text of several lines is one row there.

    Raises `Unreadable`.
    """
    text = _text(data)
    if not text.strip():
        raise Unreadable("is empty. Its first row names the columns")
    number = 0
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text, columns)
    )
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        said = _TOO_LONG if "field limit" in str(error) else _QUOTED.format(error)
        raise Unreadable(said, number + 1) from None


def _text(data: bytes) -> str:
    if data.startswith(_UTF16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable("begins as UTF-16 and breaks off. Save it as CSV UTF-8") from None
    try:
        return data.decode("utf-8-sig")  # spreadsheets put a byte order mark before UTF-8
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        # Which of the older encodings it is, no one can tell: “µ” or “é” would come in as another letter.
        raise Unreadable(
            f"line {line} is not UTF-8, so it was probably saved as Windows text. "
            "Save the file as “CSV UTF-8”, or as XLSX"
        ) from None


def _delimiter(text: str, columns: Collection[str]) -> str:
    """What divides the header into names that are known; a comma where nothing does."""
    line = next(iter(text.lstrip().splitlines()), "")
    names = {mark: next(csv.reader([line], delimiter=mark), []) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: known(names[mark], columns))
