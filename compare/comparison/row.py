"""One line of a comparison: its own words, and how it is read off a subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from django.db.models import TextChoices

from compare.basis import Basis
from compare.comparison.cell import Cell, Named
from products.models import Source

Subject = TypeVar("Subject")


class Kind(StrEnum):
    """How a cell is drawn: the partial of this name in `templates/comparing/cells/`."""

    FIGURE = "figure"
    SHARE = "share"
    LIMIT = "limit"
    WORDS = "words"
    LINKS = "links"
    FORMULA = "formula"
    BIOAVAILABILITY = "bioavailability"
    CONFIDENCE = "confidence"
    LAXATIVE = "laxative"
    LABEL_CHECK = "label_check"
    DIRECTION = "direction"


class Better(StrEnum):
    """Which end is better, where that is beyond dispute."""

    LOWER = "lower"


@dataclass(frozen=True)
class Row(Generic[Subject]):
    """A registry entry. `read` works on a prefetched plain subject, so a row cannot query.

    `term` is the sentence that explains the row where it stands; `hint` a few words that are always
    seen. `has_delta`: a distance from the baseline says something here. `sources` are those of the
    row itself, as the authority behind a limit; `more` is the page that says how its figures come about.
    """

    key: str
    group: TextChoices
    label: str
    unit: str
    term: str
    read: Callable[[Subject, Basis], Cell]
    kind: Kind = Kind.WORDS
    better: Better | None = None
    hint: str = ""
    has_delta: bool = False
    sources: tuple[Source, ...] = ()
    more: Named | None = None
