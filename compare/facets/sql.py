"""Counting in the database: every facet of a page in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, Value

from compare.asking import UNKNOWN, Question
from compare.facets.registry import ChoiceFacet, RangeFacet

TOTAL = "total"


@dataclass(frozen=True)
class Counts:
    """Rows asked for, and for each facet how many rows every value would have."""

    total: int
    by_facet: dict[str, dict[str, int]]


def counts(question: Question, facets: Sequence[ChoiceFacet | RangeFacet]) -> Counts:
    """Count the rows, and for each facet the rows behind each value, ignoring its own selection.

    One query, whatever the number of facets, values and rows.
    """
    text = CharField()
    total = (
        question.leaving_out()
        .values(facet=Value(TOTAL, output_field=text), value=Value("", output_field=text))
        .annotate(n=Count("pk"))
        .values_list("facet", "value", "n")
    )
    parts = []
    for facet in facets:
        rows = question.leaving_out(facet.key)
        parts += facet.parts(rows, question) if isinstance(facet, RangeFacet) else facet.parts(rows)
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for key, value, n in total.union(*parts, all=True):
        value = value or UNKNOWN
        found[key][value] = found[key].get(value, 0) + n
    return Counts(total=sum(found.pop(TOTAL, {}).values()), by_facet=dict(found))


@dataclass(frozen=True)
class SqlAnswer:
    """The answer to a question, asked of the database piece by piece."""

    question: Question

    def counts(self, facets: Sequence[ChoiceFacet | RangeFacet]) -> Counts:
        """See `counts`."""
        return counts(self.question, facets)

    def ids(self, start: int, stop: int) -> list[int]:
        """Keys of the rows from place `start` up to `stop`, in the order asked for. One query."""
        return ids(self.question, start, stop)


def ids(question: Question, start: int, stop: int) -> list[int]:
    """Keys of the rows from place `start` up to `stop`, in the order asked for; `pk` comes last."""
    # An order may need what a list is annotated with; what it only shows is left to `fetched`.
    rows = question.qs.prefetch_related(None)
    return list(rows.values_list("pk", flat=True)[start:stop])
