"""The history of a page: what was changed in its record, when and why, and by which role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from products.history import PublicChange, changes_of
from products.models import ChangeSet, MagnesiumForm, Product

MOST = 10


@dataclass(frozen=True)
class PageHistory:
    """The newest changes first. Without any, nothing was changed since a history is kept."""

    changes: Sequence[PublicChange]
    there_are_more: bool

    @classmethod
    def of(cls, record: Product | MagnesiumForm) -> PageHistory:
        """Two queries, and one for each kind of part that has a status."""
        found = changes_of(record, MOST + 1)
        return cls(found[:MOST], len(found) > MOST)

    @property
    def first_load(self) -> PublicChange | None:
        """The load that brought the record in, when nothing was changed since."""
        only = self.changes[0] if len(self.changes) == 1 else None
        return only if only and only.came and only.kind == ChangeSet.Kind.IMPORT else None
