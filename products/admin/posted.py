"""A form as it was sent, field by field and line by line, so that what another editor did fits in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from products.admin.values import plain
from products.models import states
from products.models.states import State

Fields = Mapping[str, forms.Field]
DELETE = "DELETE"


class Line:
    """What was sent of one record: the record of the page itself, or a line of an inline."""

    def __init__(self, fields: Fields, data: QueryDict, prefix: str = "") -> None:
        self._fields, self.data, self._prefix = fields, data, prefix

    def has(self, name: str) -> bool:
        return name in self._fields

    def differs(self, name: str, value: Any) -> bool:
        """Whether something else was sent than a value of a state."""
        field, sent = self._fields[name], self._sent(name)
        if isinstance(field, forms.ModelChoiceField):
            return field.has_changed(value, sent)
        if isinstance(sent, str):
            sent = sent.replace("\r\n", "\n")
        return field.has_changed(None if value is None else field.to_python(value), sent)

    def differs_at_all(self, state: State) -> bool:
        return any(self.has(name) and self.differs(name, value) for name, value in state.items())

    def says(self, name: str) -> Any:
        """What was sent, as a state holds it where it can be read, else as it was typed."""
        field, sent = self._fields[name], self._sent(name)
        if isinstance(field, forms.ModelChoiceField):
            several = sent if isinstance(sent, list) else [sent]
            keys = [int(key) for key in several if str(key).isdecimal()]
            return keys if isinstance(sent, list) else next(iter(keys), None)
        try:
            return states.plain(field.to_python(sent))
        except ValidationError:
            return sent

    def put(self, name: str, value: Any) -> None:
        """Make it as if a value of a state had been sent."""
        key = self._prefix + name
        match self._fields[name].widget:
            case forms.CheckboxInput():
                self.data.pop(key, None)
                if value:
                    self.data[key] = "on"
            case forms.NullBooleanSelect():
                self.data[key] = {True: "true", False: "false"}.get(value, "unknown")
            case _:
                several = value if isinstance(value, list) else [value]
                self.data.setlist(key, [_typed(self._fields[name], one) for one in several])

    def put_all(self, state: State) -> None:
        for name, value in state.items():
            if self.has(name):
                self.put(name, value)

    @property
    def goes(self) -> bool:
        """Whether the line is marked to be deleted."""
        return bool(self._prefix) and self._prefix + DELETE in self.data

    def stay(self) -> None:
        self.data.pop(self._prefix + DELETE, None)

    def _sent(self, name: str) -> Any:
        return self._fields[name].widget.value_from_datadict(self.data, {}, self._prefix + name)


class Lines:
    """The lines of one inline: those of records that were there come first, then the new ones."""

    def __init__(self, fields: Fields, data: QueryDict, prefix: str, key: str) -> None:
        self._fields, self._data, self._prefix, self._key = fields, data, prefix, key

    def of(self, key: Any) -> Line | None:
        for number in range(self._count("INITIAL")):
            start = f"{self._prefix}-{number}-"
            if self._data.get(start + self._key) == str(key):
                return Line(self._fields, self._data, start)
        return None

    def add(self, key: Any, state: State) -> None:
        """Show a record that another editor added, as if it had been there."""
        rows, initial = self._rows(), self._count("INITIAL")
        self._write([*rows[:initial], {self._key: [str(key)]}, *rows[initial:]], initial + 1)
        if line := self.of(key):
            line.put_all(state)

    def drop(self, key: Any, *, as_new: bool) -> None:
        """Take out the line of a record that is gone, or keep what was typed in it as a new line."""
        rows, initial = self._rows(), self._count("INITIAL")
        there = [row for row in rows[:initial] if row.get(self._key) != [str(key)]]
        gone = [row | {self._key: [""]} for row in rows[:initial] if row not in there]
        self._write([*there, *rows[initial:], *(gone if as_new else [])], len(there))

    def _count(self, what: str) -> int:
        text = self._data.get(f"{self._prefix}-{what}_FORMS", "")
        return min(int(text), 2000) if text.isdecimal() else 0

    def _rows(self) -> list[dict[str, list[str]]]:
        rows: list[dict[str, list[str]]] = [{} for _ in range(self._count("TOTAL"))]
        for name, values in self._data.lists():
            if (found := self._pattern.fullmatch(name)) and int(found[1]) < len(rows):
                rows[int(found[1])][found[2]] = values
        return rows

    def _write(self, rows: list[dict[str, list[str]]], initial: int) -> None:
        for name in [name for name in self._data if self._pattern.fullmatch(name)]:
            del self._data[name]
        for number, row in enumerate(rows):
            for name, values in row.items():
                self._data.setlist(f"{self._prefix}-{number}-{name}", values)
        self._data[f"{self._prefix}-TOTAL_FORMS"] = str(len(rows))
        self._data[f"{self._prefix}-INITIAL_FORMS"] = str(initial)

    @property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"{re.escape(self._prefix)}-(\d+)-(\w+)")


def _typed(field: forms.Field, value: Any) -> str:
    if value is None:
        return ""
    return plain(Decimal(value)) if isinstance(field, forms.DecimalField) else str(value)
