"""Records of one resource in bulk: found, compared, written. Nothing here asks row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from products.importing.resources import REFERRED_BY, Resource
from products.importing.tables import Row
from products.models.base import Fact

CHUNK = 500
"""Keys in one query. SQLite takes a bounded number of parameters."""

Key = tuple[Any, ...]
_T = TypeVar("_T")


@dataclass
class Candidate:
    """A row as a record; `lists` are the keys of the records that it names in list columns.

    `stored` and `held` are what the database has, if it has the record.
    """

    row: Row
    record: Fact
    lists: dict[str, frozenset[int]]
    stored: Fact | None = None
    held: Mapping[str, Iterable[int]] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.stored is None


@dataclass
class References:
    """Keys of records by the names that cells give them."""

    _keys: dict[type[models.Model], dict[str, int]] = field(default_factory=dict)
    _set_aside: set[tuple[type[models.Model], str]] = field(default_factory=set)

    def fetch(self, model: type[models.Model], names: Iterable[str]) -> None:
        """Look names up that are not known yet; one query for some hundreds of them."""
        known = self._keys.setdefault(model, {})
        column = REFERRED_BY[model]
        for some in chunks(sorted({name for name in names if name} - known.keys())):
            found = model._base_manager.filter(**{f"{column}__in": some})
            known.update(found.values_list(column, "pk"))

    def find(self, model: type[models.Model], name: str) -> int | None:
        return self._keys[model].get(name)

    def set_aside(self, model: type[models.Model], name: str) -> None:
        """Remember a record that its file names and that could not be taken."""
        self._set_aside.add((model, name))

    def is_set_aside(self, model: type[models.Model], name: str) -> bool:
        return (model, name) in self._set_aside


def key_of(resource: Resource, record: Fact) -> Key:
    """What names a record, with the keys of other records for their names."""
    return tuple(getattr(record, resource.field(column).attname) for column in resource.key)


def stored(resource: Resource, keys: Iterable[Key]) -> dict[Key, Fact]:
    """Records of the database by their key, among them all with these keys.

    Each column of the key narrows the query: of a product with a price for each day only those days
    are read that the keys name.
    """
    names = [resource.field(column).attname for column in resource.key]
    found: dict[Key, Fact] = {}
    for some in chunks(list(dict.fromkeys(keys))):
        rows = resource.model._base_manager.all()
        for name, values in zip(names, zip(*some, strict=True), strict=True):
            rows = rows.filter(_among(name, set(values)))
        found.update((key_of(resource, record), record) for record in rows)
    return found


def _among(name: str, values: set[Any]) -> models.Q:
    given = models.Q(**{f"{name}__in": values - {None}})
    return given | models.Q(**{f"{name}__isnull": True}) if None in values else given


def listed(resource: Resource, records: Iterable[Fact]) -> dict[int, dict[str, set[int]]]:
    """What the list columns of stored records hold, by record and column."""
    held: dict[int, dict[str, set[int]]] = {}
    keys = sorted(record.pk for record in records)
    for column in resource.lists:
        through, here, there = _through(resource, column)
        for some in chunks(keys):
            rows = through._base_manager.filter(**{f"{here}__in": some})
            for key, other in rows.values_list(here, there):
                held.setdefault(key, {}).setdefault(column, set()).add(other)
    return held


def texts(resource: Resource, record: Fact, lists: Mapping[str, Iterable[int]]) -> dict[str, str]:
    """What a record holds in the columns of its file: equal texts, equal facts."""
    held = {column: ",".join(map(str, sorted(lists.get(column, ())))) for column in resource.lists}
    for column in resource.plain:
        held[column] = text(getattr(record, resource.field(column).attname))
    return held


def text(value: Any) -> str:
    """What a column holds, as a cell writes it."""
    if value is None:
        return ""
    # A browser sends lines back with another end.
    return value.replace("\r\n", "\n") if isinstance(value, str) else _figure(value)


# The figures of a file are few that recur. Of equal ones, 1 is none that is true.
@lru_cache(maxsize=10_000, typed=True)
def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def carry_over(resource: Resource, candidate: Candidate, columns: Collection[str]) -> None:
    """Put some columns of what the file says on the stored record, and write that one."""
    assert candidate.stored is not None  # noqa: S101 - callers look first
    for column in columns:
        if column not in resource.lists:
            name = resource.field(column).attname
            setattr(candidate.stored, name, getattr(candidate.record, name))
    candidate.record = candidate.stored
    for column in resource.lists:
        if column not in columns:
            candidate.lists[column] = frozenset(candidate.held.get(column, ()))


def save(resource: Resource, candidates: Sequence[Candidate], also: Collection[str] = ()) -> None:
    """Write records in bulk, `also` columns that no file has; raises what the database raises."""
    new = [candidate.record for candidate in candidates if candidate.is_new]
    old = [candidate.record for candidate in candidates if not candidate.is_new]
    # Writing nothing would count as a write, and move the catalogue's version on.
    if new:
        resource.model.objects.bulk_create(new)
    if old:
        # All columns, also where only a list differs: by them the recording notices that it does.
        columns = [column for column in resource.plain if column not in resource.key] + [*also]
        resource.model.objects.bulk_update(old, columns)


def save_lists(resource: Resource, candidates: Sequence[Candidate]) -> None:
    """Write what list columns name; the records must have been written."""
    keys = [candidate.record.pk for candidate in candidates]
    for column in resource.lists:
        through, here, there = _through(resource, column)
        for some in chunks(keys):
            through._base_manager.filter(**{f"{here}__in": some}).delete()
        through._base_manager.bulk_create(
            through(**{here: candidate.record.pk, there: key})
            for candidate in candidates
            for key in sorted(candidate.lists[column])
        )


def broken_constraints(resource: Resource, record: Fact) -> dict[str, list[str]]:
    """What the database's constraints hold against one record, by the columns concerned.

    Costs a query for each constraint: for a record that the database has refused already.
    """
    said: dict[str, list[str]] = {}
    for model, constraints in record.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, record)
            except ValidationError as error:
                concerned = _columns_of(constraint)
                columns = ", ".join(column for column in resource.columns if column in concerned)
                said.setdefault(columns, []).extend(error.messages)
    return said


def chunks(keys: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """A sequence in pieces that go into one query."""
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _through(resource: Resource, column: str) -> tuple[type[models.Model], str, str]:
    """The table behind a list column, and its two columns: the record's and the other's."""
    field: Any = resource.field(column)
    through = field.remote_field.through
    here, there = (
        through._meta.get_field(name).attname
        for name in (field.m2m_field_name(), field.m2m_reverse_field_name())
    )
    return through, here, there


def _columns_of(constraint: models.BaseConstraint) -> set[str]:
    if isinstance(constraint, models.CheckConstraint):
        condition: Any = constraint.condition
        return set(condition.referenced_base_fields)
    if isinstance(constraint, models.UniqueConstraint):
        wholes: Iterable[Any] = constraint.expressions
        parts = [part for whole in wholes for part in whole.flatten()]
        return {part.name for part in parts if hasattr(part, "name")} | set(constraint.fields)
    return set()
