"""What was loaded before, and who has the last word: a file, or an editor.

A file may say something new of what nobody touched since it was loaded, column by column. What an
editor changed or took out stays so, whatever the file goes on saying. An import at the desk is an
editor's word to the files of the catalogue, and not to the next import at the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from products.importing.records import CHUNK, Candidate
from products.importing.resources import Resource
from products.models import LoadedRow, bulk

Texts = Mapping[str, str]


class Fate(StrEnum):
    """What becomes of a row, or of one column of it."""

    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"
    """It says what the database holds."""
    KEEP = "keep"
    """An editor changed the record or took it out; the file says what it said before."""
    CONFLICT = "conflict"
    """Both say something new. The editor's word stands."""


@dataclass(frozen=True)
class Last:
    """What a file said of one record when it was last loaded."""

    texts: Texts
    names_all: bool = True
    """Whether it had all columns there were. One that came to it since is then nobody's change."""

    def said(self, column: str, text: str) -> bool:
        return self.texts[column] == text if column in self.texts else self.names_all


def fates(says: Texts, holds: Texts, last: Sequence[Last]) -> dict[str, Fate]:
    """The fate of each column in which file and database differ.

    A record that is there without having been loaded was entered by an editor.
    """
    return {
        column: _fate(column, says, holds, last) for column in says if says[column] != holds[column]
    }


def _fate(column: str, says: Texts, holds: Texts, last: Sequence[Last]) -> Fate:
    if any(one.said(column, holds[column]) for one in last):
        return Fate.CHANGE
    if any(one.said(column, says[column]) for one in last):
        return Fate.KEEP
    return Fate.CONFLICT


def fate_of_missing(says: Texts, last: Sequence[Last]) -> Fate:
    """The fate of a row whose record is not in the database."""
    if not last:
        return Fate.ADD
    same = any(all(one.said(column, text) for column, text in says.items()) for one in last)
    return Fate.KEEP if same else Fate.CONFLICT


def name_of(resource: Resource, candidate: Candidate, says: Texts) -> str:
    """What names a row in its file, whatever keys the database gives to what it refers to."""
    return "|".join(
        says[column] if resource.referred(column) is None else candidate.row.cells[column]
        for column in resource.key
    )


class Memory:
    """What one file said last. A query to read and one to write some hundreds of rows."""

    def __init__(self, resource: Resource, *, at_desk: bool = False) -> None:
        self._at_desk = at_desk
        self._file = f"desk/{resource.name}" if at_desk else resource.file
        self._files = {self._file, resource.file}
        self._last: dict[tuple[str, str], Texts] = {}
        self._new: dict[str, Texts] = {}

    def recall(self, names: Iterable[str]) -> None:
        """Read what was said of some rows, in the place of those before."""
        names = sorted(set(names))
        self._last = {}
        for start in range(0, len(names), CHUNK):
            some = names[start : start + CHUNK]
            rows = LoadedRow.objects.filter(file__in=self._files, key__in=some)
            self._last |= {
                (file, key): said for file, key, said in rows.values_list("file", "key", "values")
            }

    def last(self, name: str) -> list[Last]:
        found = ((file, self._last.get((file, name))) for file in self._files)
        return [
            Last(texts, names_all=not (self._at_desk and file == self._file))
            for file, texts in found
            if texts is not None
        ]

    def hold(self, name: str, says: Texts) -> None:
        """Keep what the file says; what it said of columns that it has no more is kept, too."""
        last = self._last.get((self._file, name), {})
        new = {**last, **says} if self._at_desk else says
        if last != new:
            self._new[name] = new

    def write(self) -> None:
        known = [key for key in self._new if (self._file, key) in self._last]
        for start in range(0, len(known), CHUNK):
            some = known[start : start + CHUNK]
            LoadedRow.objects.filter(file=self._file, key__in=some).delete()
        bulk.insert(
            LoadedRow,
            [LoadedRow(file=self._file, key=key, values=says) for key, says in self._new.items()],
        )
        self._new = {}
