"""The counts behind every filter value, and the rows of a page: one face, whatever finds them.

`FACETS` in the settings says what does: `bitmaps`, an index in memory, or `sql`, the database. Both
give the same answers. Magnesium forms are so few that they are always counted in the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.conf import settings
from django.db.models import QuerySet

from compare.asking import Question
from compare.facets.bitmaps import BitmapAnswer
from compare.facets.face import Bar, Chip, Choices, FacetValue, Range, chips, facets, in_words
from compare.facets.keeping import keeper
from compare.facets.registry import FIND_KEYS, FORM_FACETS, PRODUCT_FACETS, ChoiceFacet, RangeFacet
from compare.facets.sql import Counts, SqlAnswer
from compare.filters import ProductFilter

__all__ = [
    "FIND_KEYS",
    "FORM_FACETS",
    "PRODUCT_FACETS",
    "Answer",
    "Bar",
    "Chip",
    "Choices",
    "Counts",
    "FacetValue",
    "Range",
    "answer",
    "chips",
    "counts",
    "facets",
    "fetched",
    "ids",
    "in_words",
]


class Answer(Protocol):
    """What a list shows of a question: how many rows every value has, and which rows a page has."""

    def counts(self, facets: Sequence[ChoiceFacet | RangeFacet]) -> Counts:
        """Rows in all and behind each value, each facet ignoring its own selection."""

    def ids(self, start: int, stop: int) -> list[int]:
        """Keys of the rows from place `start` up to `stop`, in the order asked for."""


def answer(question: Question) -> Answer:
    """Answer a question about published products, or about forms, as the catalogue is now.

    Ask once for a page: counts and rows of one answer are of one state of the catalogue.
    """
    if settings.FACETS == "bitmaps" and isinstance(question, ProductFilter):
        index = keeper.current()
        if index is not None:
            return BitmapAnswer(question, index)
    return SqlAnswer(question)


def counts(question: Question, facets: Sequence[ChoiceFacet | RangeFacet]) -> Counts:
    """The counts of `answer(question)`."""
    return answer(question).counts(facets)


def ids(question: Question, start: int, stop: int) -> list[int]:
    """The keys of `answer(question)`."""
    return answer(question).ids(start, stop)


def fetched(rows: QuerySet[Any], keys: Sequence[int]) -> list[Any]:
    """The rows of these keys, in their turn; one that has gone in this moment is left out."""
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]
