"""What a reader of files gives: texts, and what stands in the place of one that cannot be had."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

MOST_CHARACTERS = 32_767
"""Of one cell. No spreadsheet takes more."""


@dataclass(frozen=True)
class NoText:
    """A cell that holds something else than a value; the message says what to do."""

    message: str


Cell = str | NoText


class Unreadable(Exception):
    """The file cannot be read on from here."""

    def __init__(self, message: str, row: int | None = None, column: str = "") -> None:
        super().__init__(message)
        self.message, self.row, self.column = message, row, column


def known(names: Iterable[object], columns: Collection[str]) -> int:
    """How many of some names are columns: by this a header is told from what is none."""
    return len({str(name).strip() for name in names} & set(columns))


def letters(place: int) -> str:
    """What a spreadsheet calls a column, counted from zero: A, Z, AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
