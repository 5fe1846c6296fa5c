"""What a record held when an editor opened it, so that no second save undoes a first one unseen.

The form carries the snapshot along, signed, in a hidden field. On save it is held against the row
as it is by then, under a lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.db import models

from products.models.base import Fact, Revised

SALT = "products.admin.snapshot"
Values = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One value that is no longer what it was. A part that came or went has one blank side."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Snapshot:
    """A record's own values, and those of each of its parts, as an editor reads them."""

    model: str
    key: str
    revision: int | None
    values: Values
    parts: dict[str, Values]

    @classmethod
    def of(cls, row: Fact) -> Snapshot:
        """Read a saved row and its parts: one query for each kind of part."""
        return cls(
            model=row._meta.label,
            key=str(row.pk),
            revision=row.revision if isinstance(row, Revised) else None,
            values=_values(row),
            parts={_name(part): _values(part, whole) for part, whole in _parts(row)},
        )

    @classmethod
    def read(cls, signed: str) -> Snapshot:
        """Raises `signing.BadSignature` for anything that `signed` did not write."""
        return cls(**signing.loads(signed, salt=SALT))

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def same_record(self, other: Snapshot) -> bool:
        return (self.model, self.key) == (other.model, other.key)

    def is_outdated_by(self, now: Snapshot) -> bool:
        return self.revision != now.revision or any(self.changes(now))

    def changes(self, now: Snapshot) -> Iterator[Change]:
        """What is otherwise now, the record's own values first."""
        yield from _differences("", self.values, now.values)
        for name in {**self.parts, **now.parts}:
            was, is_now = self.parts.get(name), now.parts.get(name)
            if was is None:
                yield Change(name, "", _in_line(is_now or {}))
            elif is_now is None:
                yield Change(name, _in_line(was), "")
            else:
                yield from _differences(f"{name}, ", was, is_now)


def _differences(prefix: str, was: Values, now: Values) -> Iterator[Change]:
    for label in {**was, **now}:
        if was.get(label, "") != now.get(label, ""):
            yield Change(f"{prefix}{label}", was.get(label, ""), now.get(label, ""))


def _in_line(values: Values) -> str:
    return ", ".join(f"{label} {text}" for label, text in values.items() if text)


def _parts(row: Fact) -> Iterator[tuple[Fact, str]]:
    """Each part with the name of its foreign key to the row."""
    for relation in row._meta.related_objects:
        part = relation.related_model
        name = relation.field.name
        if issubclass(part, Fact) and name in part.wholes():
            related = [field.name for field in _editable(part) if field.is_relation]
            rows = part._base_manager.filter(**{name: row}).select_related(*related)
            yield from ((found, name) for found in rows)


def _name(part: Fact) -> str:
    # Two parts of one kind are told apart by number: their words may be what has changed.
    return f"{part._meta.verbose_name} {part.pk}"


def _values(row: Fact, whole: str = "") -> Values:
    """What a record says; of a part, without the name of its whole."""
    own = {
        str(field.verbose_name): _text(row, field)
        for field in _editable(row)
        if field.name != whole
    }
    for many in row._meta.many_to_many:
        linked = getattr(row, many.name).all()
        own[str(many.verbose_name)] = ", ".join(sorted(str(other) for other in linked))
    return own


def _editable(row: Fact | type[Fact]) -> list[models.Field[Any, Any]]:
    return [
        field for field in row._meta.concrete_fields if field.editable and not field.primary_key
    ]


def _text(row: Fact, field: models.Field[Any, Any]) -> str:
    value = getattr(row, field.name)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(value: Decimal) -> str:
    """A figure without the zeros that its column puts behind it."""
    return f"{value.normalize():f}"
