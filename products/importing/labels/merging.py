"""Who has the last word on a field of a product: the record it came from, or an editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from products.importing.labels.facts import FIELDS, Said, Value
from products.rules.folding import folded

_NAMES = {"brand", "name"}
"""Capitals and accents make no other name."""


class Word(Enum):
    """What becomes of one field."""

    SAME = "same"
    FOLLOW = "follow"
    """Nobody has touched it since it was read, so the product follows the record."""
    KEEP = "keep"
    """An editor changed it, and the record says what it said before."""
    CONFLICT = "conflict"
    """Editor and record both say something new, or the product was never this record's."""


@dataclass(frozen=True)
class Field:
    """One field: what the product holds, what the record says, and who has the last word."""

    name: str
    holds: Value
    says: Value
    word: Word


def fields(says: Said, holds: Said, last: Mapping[str, Value], is_partial: bool) -> Iterator[Field]:
    """Hold a record against a product, field by field.

    `last` is what the record said when it was last put on the product, by field; a field that is
    not in it was never the record's. A record that is partial has nothing to say where it is blank,
    nor has any record of a field that was not its own.
    """
    for name in FIELDS:
        yield Field(name, holds[name], says[name], _word(name, says, holds, last, is_partial))


def _word(name: str, says: Said, holds: Said, last: Mapping[str, Value], is_partial: bool) -> Word:
    new, now = says[name], holds[name]
    if new == now or (name in _NAMES and folded(new) == folded(now)):
        return Word.SAME
    if not new and (is_partial or name not in last):
        return Word.SAME
    if name in last and last[name] == now:
        return Word.FOLLOW
    if name in last and last[name] == new:
        return Word.KEEP
    return Word.CONFLICT
