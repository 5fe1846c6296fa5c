"""What a file would do to each record, cell by cell, in the words of the file."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from products.importing.memory import Fate
from products.importing.records import Candidate, chunks, text
from products.importing.resources import REFERRED_BY, SEPARATOR, Resource
from products.models.base import Fact

Sides = dict[str, tuple[str, str]]
"""By column: what stands, and what the file says."""


@dataclass(frozen=True)
class Line:
    """One row that says something else than the database."""

    row: int
    name: str
    fate: Fate
    cells: Sides
    """What is written; of a row that an editor's word keeps out, what would have been."""
    kept: Sides = field(default_factory=dict)
    """Columns of a changed row that an editor has the last word on."""


@dataclass(frozen=True)
class Judged:
    """A row, with the fate of each column that differs."""

    candidate: Candidate
    name: str
    fate: Fate
    columns: Mapping[str, Fate]


class Naming:
    """Names of the records that others lead to, as cells give them."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self._names: dict[type[models.Model], dict[Any, str]] = defaultdict(dict)

    def fetch(self, rows: Iterable[tuple[Fact, Mapping[str, Iterable[int]]]]) -> None:
        """Look up what some records lead to; a query for some hundreds of a model."""
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        referring = [(c, m) for c in self._resource.columns if (m := self._resource.referred(c))]
        for record, lists in rows:
            for column, model in referring:
                if column in self._resource.lists:
                    wanted[model] |= set(lists.get(column, ()))
                else:
                    wanted[model].add(getattr(record, self._resource.field(column).attname))
        for model, keys in wanted.items():
            for some in chunks(sorted(keys - {None} - self._names[model].keys())):
                found = model._base_manager.filter(pk__in=some)
                self._names[model].update(found.values_list("pk", REFERRED_BY[model]))

    def cell(self, column: str, record: Fact, lists: Mapping[str, Iterable[int]]) -> str:
        """What a record holds in a column, as its file writes it."""
        model = self._resource.referred(column)
        if column in self._resource.lists and model is not None:
            return SEPARATOR.join(sorted(self._names[model][key] for key in lists.get(column, ())))
        value = getattr(record, self._resource.field(column).attname)
        if model is not None:
            return "" if value is None else self._names[model][value]
        said = text(value)
        return SEPARATOR.join(said.split("\n")) if column in self._resource.lines else said


def told(resource: Resource, judged: Sequence[Judged]) -> list[Line]:
    """Lines of what differs; must be asked before the stored records are changed."""
    differing = [one for one in judged if one.fate is not Fate.LEAVE]
    naming = Naming(resource)
    sides: list[tuple[Fact, Mapping[str, Iterable[int]]]] = []
    sides += [(c.record, c.lists) for c in (one.candidate for one in differing)]
    sides += [(c.stored, c.held) for one in differing if (c := one.candidate).stored is not None]
    naming.fetch(sides)
    return [_line(resource, naming, one) for one in differing]


def _line(resource: Resource, naming: Naming, one: Judged) -> Line:
    candidate, old = one.candidate, one.candidate.stored

    def sides(columns: Iterable[str]) -> Sides:
        found = {}
        for column in columns:
            now = naming.cell(column, old, candidate.held) if old is not None else ""
            then = naming.cell(column, candidate.record, candidate.lists)
            if now != then:
                found[column] = (now, then)
        return found

    number, kept = candidate.row.number, []
    columns: Iterable[str] = one.columns
    if old is None:
        columns = resource.columns
    elif one.fate is Fate.CHANGE:
        columns = [column for column, fate in one.columns.items() if fate is Fate.CHANGE]
        kept = [column for column, fate in one.columns.items() if fate is not Fate.CHANGE]
    return Line(number, one.name, one.fate, sides(columns), sides(kept))


class Digest:
    """Equal for equal lines: what was looked through is what is done."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            said = [line.row, line.name, line.fate, line.cells, line.kept]
            self._hash.update(json.dumps(said, sort_keys=True).encode())

    @property
    def value(self) -> str:
        return self._hash.hexdigest()
