"""From the cells of a row to a record, strictly: without a query by the row, and all columns at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from products.importing import records, values
from products.importing.problems import Problem
from products.importing.records import Candidate, Key, References, key_of
from products.importing.resources import REFERRED_BY, Resource
from products.importing.tables import Row
from products.models.base import Fact

TEXTS_KEPT = 2_000
"""Of each column, with their values."""


class LeadsNowhere(Exception):
    """A row refers to one that was set aside: what is wrong was said there, or an editor deleted it."""


@dataclass
class Notes:
    """What has been found out in one run over some files."""

    references: References = field(default_factory=References)
    problems: list[Problem] = field(default_factory=list)
    incomplete: set[str] = field(default_factory=set)
    """Slugs of products of which a row was set aside: what is left says nothing of the label."""

    def refuse(self, file: str, row: int | None, error: ValidationError, subject: str = "") -> None:
        for column, messages in _by_column(error).items():
            message = " ".join(messages)
            if row is None and subject:
                message = f"{subject}: {message}"
            self.problems.append(Problem(file, message, row, column))

    def set_aside(self, resource: Resource, row: Row) -> None:
        """Remember that a row is not taken, for those that lead to it."""
        column = REFERRED_BY.get(resource.model)
        if column is not None:
            self.references.set_aside(resource.model, row.cells[column])
        self.incomplete.add(row.cells.get("product") or row.cells.get("slug", ""))


class Candidates:
    """The rows of one file as records. Columns that it lacks stay as they are in the database."""

    def __init__(self, resource: Resource, columns: Sequence[str], notes: Notes) -> None:
        self._resource = resource
        self._columns = columns
        self._readers = {
            column: self._reader(column) for column in columns if column not in resource.lists
        }
        self._lacking = [column for column in resource.columns if column not in columns]
        self._notes = notes
        self._first: dict[Key, int] = {}
        """The row that has each key."""
        self.left_out = 0
        """Rows that lead to one that was set aside."""

    def read(self, rows: Sequence[Row]) -> list[Candidate]:
        """Those of some rows that can be taken; of the others the reason is noted."""
        self._fetch(rows)
        keys = [key for row in rows if (key := self._key(row)) is not None]
        stored = records.stored(self._resource, keys)
        held = records.listed(self._resource, stored.values())
        found = []
        for row in rows:
            try:
                old = stored.get(self._key(row) or ())
                candidate = self._candidate(row, old, held.get(old.pk, {}) if old else {})
            except LeadsNowhere:
                self.left_out += 1
                self._notes.set_aside(self._resource, row)
            except ValidationError as error:
                self._notes.refuse(self._resource.file, row.number, error)
                self._notes.set_aside(self._resource, row)
            else:
                if self._is_first(candidate):
                    found.append(candidate)
        return found

    def _fetch(self, rows: Sequence[Row]) -> None:
        for column in self._columns:
            if (model := self._resource.referred(column)) is not None:
                names = (name for row in rows for name in self._names(column, row))
                self._notes.references.fetch(model, names)

    def _names(self, column: str, row: Row) -> list[str]:
        text = row.cells[column]
        return values.parts(text) if column in self._resource.lists else [text]

    def _key(self, row: Row) -> Key | None:
        """What names the record of a row; none when that cannot be read, which is told elsewhere."""
        try:
            return tuple(self._readers[c](row.cells[c]) for c in self._resource.key)
        except (values.NotReadable, LeadsNowhere):
            return None

    def _candidate(self, row: Row, old: Fact | None, held: dict[str, set[int]]) -> Candidate:
        resource = self._resource
        plain: dict[str, Any] = {}
        lists: dict[str, frozenset[int]] = {}
        wrong: dict[str, str] = {}
        lost = False
        for column in self._columns:
            text = row.cells[column]
            try:
                if column in resource.lists:
                    names = values.parts(text)
                    lists[column] = frozenset(self._refer(column, name) for name in names)
                else:
                    plain[resource.field(column).attname] = self._readers[column](text)
            except values.NotReadable as error:
                wrong[column] = str(error)
            except LeadsNowhere:
                lost = True
        for column in self._lacking:
            if column in resource.lists:
                lists[column] = frozenset(held.get(column, ()))
            elif old is not None:
                name = resource.field(column).attname
                plain[name] = getattr(old, name)
            elif not (there := resource.field(column)).has_default() and not (
                there.null or there.blank
            ):
                wrong[column] = "must not be blank, and the file has no such column"
        if wrong:
            raise ValidationError(wrong)
        if lost:
            raise LeadsNowhere
        record = resource.model(**plain)
        record.clean()
        return Candidate(row, record, lists, old, held)

    def _reader(self, column: str) -> Callable[[str], Any]:
        """What makes a checked value of a cell, or raises `NotReadable` or `LeadsNowhere`."""
        resource, field = self._resource, self._resource.field(column)
        if resource.referred(column) is not None:
            return lambda text: self._refer(column, text) if text else values.read(field, text)
        read = partial(values.lines if column in resource.lines else values.checked, field)
        # Most columns hold a few texts again and again; long ones would fill the memory.
        return read if isinstance(field, models.TextField) else lru_cache(TEXTS_KEPT)(read)

    def _refer(self, column: str, name: str) -> int:
        model = self._resource.referred(column)
        assert model is not None  # noqa: S101 - callers look first
        if (key := self._notes.references.find(model, name)) is not None:
            return key
        if self._notes.references.is_set_aside(model, name):
            raise LeadsNowhere
        what = model._meta.verbose_name
        raise values.NotReadable(
            f"there is no {what} “{name}”. Add it to its file or mend the name"
        )

    def _is_first(self, candidate: Candidate) -> bool:
        row = candidate.row.number
        first = self._first.setdefault(key_of(self._resource, candidate.record), row)
        if first == row:
            return True
        same = ", ".join(self._resource.key)
        message = f"has the same {same} as row {first}. Leave one of them"
        self._notes.problems.append(Problem(self._resource.file, message, row))
        return False


def _by_column(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return {
            "" if name == "__all__" else name: messages
            for name, messages in error.message_dict.items()
        }
    return {"": error.messages}
