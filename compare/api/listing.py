"""A list put to a question: the page asked for, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from compare.asking import Question
from compare.facets import Choices, Counts, Range, answer, facets, fetched
from compare.facets.registry import ChoiceFacet, RangeFacet
from compare.links import Query
from compare.notes import Ignored, Note, unknown_keys
from compare.paging import PER_PAGE, Page

FACETS_KEY = "facets"
"""A key of the API alone: a page always counts."""

Facets = Sequence[ChoiceFacet | RangeFacet]


def filtered(
    request: Request,
    query: Query,
    question: Question,
    registry: Facets,
    shown: QuerySet[Any],
    also: Sequence[Note] = (),
) -> dict[str, Any]:
    """A page of a filtered list: its rows, with all that `shown` has of them, and what stands around.

    `also`: notes of keys that the question does not read.
    """
    wanted, notes = _wants_facets(query)
    answered = answer(question)
    counted = answered.counts(registry if wanted else ())
    page = Page.read(query, counted.total)
    keys = answered.ids(page.start, page.start + PER_PAGE)
    return {
        **pages(request, page, (*question.notes, *question.remarks, *page.notes, *also, *notes)),
        "basis": question.basis,
        "sort": question.sort,
        "facets": _facets(question, registry, counted) if wanted else [],
        "results": fetched(shown, keys),
    }


def plain(request: Request, query: Query, rows: QuerySet[Any]) -> dict[str, Any]:
    """A page of a list without filters."""
    page = Page.read(query, rows.count())
    notes = (*unknown_keys(query.keys(), ("page",)), *page.notes)
    shown = rows[page.start : page.start + PER_PAGE]
    return {**pages(request, page, notes), "results": shown}


def pages(request: Request, page: Page, notes: Sequence[Note]) -> dict[str, Any]:
    """Links are whole addresses, with the rest of the query as it was."""

    def link(to: int) -> str:
        query = page.query.replace("page", str(to)) if to > 1 else page.query.without("page")
        return request.build_absolute_uri(f"{request.path}{query}")

    return {
        "count": page.total,
        "page": page.number,
        "pages": page.pages,
        "next": link(page.number + 1) if page.number < page.pages else None,
        "previous": link(page.number - 1) if page.number > 1 else None,
        "notes": notes,
    }


def _wants_facets(query: Query) -> tuple[bool, list[Note]]:
    value = query.get(FACETS_KEY)
    if value in ("", "0", "1"):
        return value == "1", []
    return False, [Note(Ignored.UNKNOWN_VALUE, FACETS_KEY, value)]


def _facets(question: Question, registry: Facets, counted: Counts) -> list[dict[str, Any]]:
    return [_facet(one) for one in facets(question, registry, counted, whole=True)]


def _facet(facet: Choices | Range) -> dict[str, Any]:
    shown: dict[str, Any] = {"key": facet.key, "kind": facet.kind, "label": facet.label}
    if isinstance(facet, Choices):
        return {**shown, "values": [*facet.values, *facet.more]}
    return {
        **shown,
        "unit": facet.unit,
        "low_key": facet.low_key,
        "high_key": facet.high_key,
        "unknown": facet.unknown,
        "bars": facet.bars,
    }
