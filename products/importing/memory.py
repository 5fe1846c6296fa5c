"""What was loaded before, and who has the last word on a row: its file, or an editor.

A file may say something new of a record that nobody touched since it was loaded. What an editor
changed or took out stays so, whatever the file goes on saying.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from products.importing.records import CHUNK, Candidate
from products.importing.resources import Resource
from products.models import LoadedRow

Texts = Mapping[str, str]


class Fate(Enum):
    """What becomes of a row."""

    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"
    """It says what the database holds."""
    KEEP = "keep"
    """An editor changed the record or took it out; the file says what it said before."""
    CONFLICT = "conflict"
    """Both say something new. The editor's word stands."""


def fate(says: Texts, holds: Texts | None, last: Texts | None) -> Fate:
    """Tell from what the file says, what the database holds, and what was loaded last.

    A record that is there without having been loaded was entered by an editor.
    """
    if holds == says:
        return Fate.LEAVE
    if last is None:
        return Fate.ADD if holds is None else Fate.CONFLICT
    if holds is not None and _agree(holds, last):
        return Fate.CHANGE
    return Fate.KEEP if _agree(says, last) else Fate.CONFLICT


def _agree(now: Texts, last: Texts) -> bool:
    """A column that came to a file since, or left it, is nobody's change."""
    return all(now[column] == last[column] for column in now.keys() & last.keys())


def name_of(resource: Resource, candidate: Candidate, says: Texts) -> str:
    """What names a row in its file, whatever keys the database gives to what it refers to."""
    return "|".join(
        says[column] if resource.referred(column) is None else candidate.row.cells[column]
        for column in resource.key
    )


class Memory:
    """What one file said last. One query to read it, and one for some hundreds of rows to write."""

    def __init__(self, resource: Resource) -> None:
        self._file = resource.file
        rows = LoadedRow.objects.filter(file=self._file)
        self._last: dict[str, Texts] = dict(rows.values_list("key", "values"))
        self._new: dict[str, Texts] = {}

    def last(self, name: str) -> Texts | None:
        return self._last.get(name)

    def hold(self, name: str, says: Texts) -> None:
        if self._last.get(name) != says:
            self._new[name] = says

    def write(self) -> None:
        LoadedRow.objects.bulk_create(
            [LoadedRow(file=self._file, key=key, values=says) for key, says in self._new.items()],
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["file", "key"],
            update_fields=["values"],
        )
