"""What a record said and says now, in an editor's words: labels of choices, related records by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from products.going_back import Step
from products.models import Change, states
from products.models.base import Fact
from products.models.history import model_of
from products.models.states import State

BLANK = "–"
LONG = 80
"""Characters of both sides, from which on it is marked which words differ."""


@dataclass(frozen=True)
class Line:
    """One field. Both sides are words; of a long text the words that differ are marked."""

    name: str
    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Told:
    """One record: what it is, what became of it (a `Change.Action`), and its fields."""

    record: str
    title: str
    action: str
    lines: list[Line]

    @property
    def word(self) -> str:
        return str(Change.Action(self.action).label)


class Wording:
    """Words for values. A query for each model that they lead to, however many there are."""

    def __init__(self, told: Iterable[tuple[str, State | None]]) -> None:
        """`told`: records by name, with what they say."""
        keys: defaultdict[type[models.Model], set[Any]] = defaultdict(set)
        for record, state in told:
            for name, value in (state or {}).items():
                field = _field(_model(record), name)
                if field is not None and field.is_relation and value is not None:
                    keys[field.related_model] |= set(value if isinstance(value, list) else [value])
        self._names = {model: states.names(model, wanted) for model, wanted in keys.items()}

    def title(self, record: str, name: str) -> str:
        model = _model(record)
        return f"{capfirst(model._meta.verbose_name)} “{name}”" if model else name

    def label(self, record: str, name: str) -> str:
        field = _field(_model(record), name)
        return name if field is None else str(field.verbose_name)

    def text(self, record: str, name: str, value: Any) -> str:
        field = _field(_model(record), name)
        if value is None or value in ("", []):
            return BLANK
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if field is None:
            return str(value)
        if field.is_relation:
            names = self._names.get(field.related_model, {})
            several = value if isinstance(value, list) else [value]
            return ", ".join(names.get(key) or _("no. %s, gone since") % key for key in several)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.DecimalField):
            return plain(Decimal(value))
        return str(value)

    def told(self, record: str, name: str, was: State | None, now: State | None) -> Told:
        """A record with the fields that one side or both name and that differ."""
        lines = [
            Line(field, self.label(record, field), *self._sides(record, field, was, now))
            for field in {**(was or {}), **(now or {})}
            if (was or {}).get(field) != (now or {}).get(field)
        ]
        if was is None or now is None:
            # Of a record that comes or goes, what it left blank says nothing.
            lines = [line for line in lines if {line.was, line.now} != {BLANK}]
        action = "added" if was is None else "deleted" if now is None else "changed"
        return Told(record, self.title(record, name), action, lines)

    def _sides(
        self, record: str, field: str, was: State | None, now: State | None
    ) -> tuple[str, str]:
        old, new = (self.text(record, field, (state or {}).get(field)) for state in (was, now))
        both_said = BLANK not in (old, new)
        return marked(old, new) if both_said and len(old + new) > LONG else (old, new)


def of_changes(changes: Sequence[Change]) -> Iterator[Told]:
    """What a history tells. A query for each model that the values lead to."""
    wording = Wording(
        (change.record, state) for change in changes for state in (change.before, change.after)
    )
    for change in changes:
        yield wording.told(change.record, change.name, change.before, change.after)


def of_steps(steps: Sequence[Step]) -> Iterator[Told]:
    """What going back would do, as `of_changes`."""
    wording = Wording((step.record, state) for step in steps for state in (step.now, step.then))
    for step in steps:
        now, then = (
            state and {name: state[name] for name in step.changed if name in state}
            for state in (step.now, step.then)
        )
        yield wording.told(step.record, step.name, now, then)


def marked(was: str, now: str) -> tuple[SafeString, SafeString]:
    """Two texts, the words that only one of them has marked."""
    old, new = (re.split(r"(\s+)", text) for text in (was, now))
    sides: tuple[list[SafeString], list[SafeString]] = ([], [])
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, tag, words in ((sides[0], "del", old[a:b]), (sides[1], "ins", new[c:d])):
            text = "".join(words)
            if text:
                side.append(format_html("{}" if how == "equal" else f"<{tag}>{{}}</{tag}>", text))
    whole = [format_html_join("", "{}", ((part,) for part in side)) for side in sides]
    return whole[0], whole[1]


def plain(value: Decimal) -> str:
    """A figure without the zeros that its column puts behind it."""
    return f"{value.normalize():f}"


def _model(record: str) -> type[Fact] | None:
    try:
        return model_of(record)
    except LookupError:
        return None


def _field(model: type[Fact] | None, name: str) -> Any:
    """The field of that name; `None` for one that is no more."""
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
