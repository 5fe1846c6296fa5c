"""What a record held when an editor opened it, so that no second save undoes a first one unseen.

The form carries the snapshot along, signed, in a hidden field. On save it is held against the record
as it is by then, see `merging`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core import signing
from django.db.models import Max

from products.models import ChangeSet, states
from products.models.base import Fact
from products.models.history import name_of
from products.models.states import Seen, State

SALT = "products.admin.snapshot"


@dataclass(frozen=True)
class Snapshot:
    """What a record and each of its parts say, by their names (`offer:12`), the record first."""

    record: str
    since: int
    """The newest set of changes at that time; whoever changed something after it comes later."""
    names: dict[str, str]
    """What they are called."""
    states: dict[str, State]
    asked: list[str]
    """What the page asks the editor, since another one changed it too; see `merging`."""

    @classmethod
    def of(cls, row: Fact) -> Snapshot:
        """Read a saved row and its parts: two queries, and one for each kind of part."""
        seen = dict(_seen(row))
        return cls(
            record=name_of(type(row), row.pk),
            since=ChangeSet.objects.aggregate(newest=Max("pk"))["newest"] or 0,
            names={name: one.name for name, one in seen.items()},
            states={name: one.state for name, one in seen.items()},
            asked=[],
        )

    @classmethod
    def read(cls, signed: str) -> Snapshot:
        """Raises `signing.BadSignature`, or `TypeError` for one of an older release."""
        return cls(**signing.loads(signed, salt=SALT))

    def signed(self) -> str:
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    def asking(self, tokens: list[str]) -> Snapshot:
        return replace(self, asked=tokens)

    def same_record(self, other: Snapshot) -> bool:
        return self.record == other.record

    def is_outdated_by(self, now: Snapshot) -> bool:
        return self.states != now.states


def _seen(row: Fact) -> Iterator[tuple[str, Seen]]:
    yield from _named(type(row), states.read(type(row), [row.pk]))
    for relation in row._meta.related_objects:
        part, column = relation.related_model, relation.field.name
        if issubclass(part, Fact) and column in part.wholes():
            yield from _named(part, states.read(part, [row.pk], by=column))


def _named(model: type[Fact], seen: dict[Any, Seen]) -> Iterator[tuple[str, Seen]]:
    for key, one in seen.items():
        yield name_of(model, key), one
