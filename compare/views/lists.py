"""What every filtered list tells its template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from compare.asking import Question
from compare.facets import FIND_KEYS, chips
from compare.links import Query
from compare.notes import Note
from compare.paging import Page


def list_context(
    query: Query, question: Question, page: Page, notes: Sequence[Note] = ()
) -> dict[str, Any]:
    """The question, what is on, what was ignored, and which page; `notes` are those of the list itself."""
    return {
        "query": query,
        "question": question,
        "page": page,
        "notes": (*question.notes, *page.notes, *notes),
        "chips": chips(question),
        "clear": query.without(*question.filters, *FIND_KEYS, "page"),
    }
