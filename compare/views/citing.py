"""The sources of a page as a file for a program that keeps references."""

from __future__ import annotations

from django.http import HttpResponse

from compare import exports
from compare.links import Query
from compare.notes import Ignored, Note
from compare.references import References

KEY = "format"


def cited(query: Query, page: HttpResponse, references: References, stem: str) -> HttpResponse:
    """The file that the query asks for, else the page. Numbers are given while the page is written."""
    sources = [reference.source for reference in references]
    return exports.citations(query.get(KEY), sources, f"{stem}-references") or page


def notes(query: Query) -> list[Note]:
    """What is said of a format that nobody knows."""
    wanted = query.get(KEY)
    known = not wanted or wanted in exports.CITATION_FORMATS
    return [] if known else [Note(Ignored.UNKNOWN_VALUE, KEY, wanted)]
