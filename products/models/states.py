"""What a record says, as plain values: the columns and lists that an editor enters, none that is derived.

Values are of the types that JSON has, so that a state read today equals one that was written down
before: a figure is its text with the places of its column, a day its ISO text, a related record
its key, a list of related records their keys in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

State = dict[str, Any]
CHUNK = 500
"""Keys in one query: SQLite takes a bounded number of them."""


@dataclass(frozen=True)
class Seen:
    """A record at one moment: what it was called, and what it said."""

    name: str
    state: State


def columns(model: type[models.Model]) -> list[Any]:
    """Columns that an editor enters. What is derived or counted up by itself is not editable."""
    return [
        field for field in model._meta.concrete_fields if field.editable and not field.primary_key
    ]


def lists(model: type[models.Model]) -> list[Any]:
    """Many-to-many fields that an editor enters."""
    return [field for field in model._meta.many_to_many if field.editable]


def read(model: type[models.Model], keys: Iterable[Any], by: str = "pk") -> dict[Any, Seen]:
    """What rows say by their keys; of a key without row nothing. For 500 rows one query, and one a list.

    `by` names another column that `keys` are looked for in, as that of a whole.
    """
    found: dict[Any, Seen] = {}
    fields = columns(model)
    for some in chunks(keys):
        rows = list(_rows(model, some, by))
        listed = {field.name: _listed(field, [row.pk for row in rows]) for field in lists(model)}
        for row in rows:
            state = {field.name: plain(field.value_from_object(row)) for field in fields}
            state |= {name: by_key.get(row.pk, []) for name, by_key in listed.items()}
            found[row.pk] = Seen(str(row), state)
    return found


def names(model: type[models.Model], keys: Iterable[Any]) -> dict[Any, str]:
    """What rows are called; a query for 500."""
    return {row.pk: str(row) for some in chunks(keys) for row in _rows(model, some)}


def put(row: models.Model, state: State) -> None:
    """Set the columns that a state names on a row, without saving it. What is no column now is left."""
    for field in columns(type(row)):
        if field.name in state:
            setattr(row, field.attname, field.to_python(state[field.name]))


def plain(value: Any) -> Any:
    """A value of a column as JSON holds it."""
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    # A browser sends lines back with another end.
    return value.isoformat() if hasattr(value, "isoformat") else str(value).replace("\r\n", "\n")


def chunks(keys: Iterable[Any]) -> Iterator[Collection[Any]]:
    """Keys in pieces that go into one query."""
    keys = list(keys)
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]


def _rows(model: type[models.Model], keys: Collection[Any], by: str = "pk") -> models.QuerySet[Any]:
    """With what they lead to: a record is called by its own words and those of its relations."""
    rows: models.QuerySet[Any] = models.QuerySet(model=model)
    related = [field.name for field in columns(model) if field.is_relation]
    return rows.filter(**{f"{by}__in": keys}).select_related(*related)


def _listed(field: Any, keys: Collection[Any]) -> dict[Any, list[Any]]:
    through = field.remote_field.through
    here = through._meta.get_field(field.m2m_field_name()).attname
    there = through._meta.get_field(field.m2m_reverse_field_name()).attname
    listed = defaultdict(list)
    pairs = through._base_manager.filter(**{f"{here}__in": keys}).order_by(there)
    for key, other in pairs.values_list(here, there):
        listed[key].append(other)
    return listed
