"""The list of sources: search, filter, count, order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value

from compare.asking import Many, Question, Vocabulary, Words, column, words_of
from compare.facets.registry import ChoiceFacet, Parts
from compare.search import LONGEST
from products.models import Source, Verified

MOST_WORDS = 8
_SEARCHED = ("title", "authors", "published_in", "doi", "pmid", "key")


def matching_sources(text: str) -> Q:
    """Sources of which title, authors, place, DOI, PMID or year hold every word."""
    found = Q()
    for word in text[:LONGEST].replace("\x00", " ").split()[:MOST_WORDS]:
        anywhere = (
            Q(year=int(word)) if word.isascii() and word.isdigit() and len(word) == 4 else Q()
        )
        for name in _SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        found &= anywhere
    return found


def _capitalised(choices: Any) -> Callable[[], Vocabulary]:
    return lambda: {
        value: words[:1].upper() + words[1:] for value, words in words_of(choices)().items()
    }


class SourceFilter(Question):
    """What can be asked of the sources."""

    q = Words(matching=matching_sources, label="Search")
    kind = Many(vocabulary=_capitalised(Source.Kind), condition=column("kind"), label="Kind")
    verified = Many(
        vocabulary=_capitalised(Verified), condition=column("verified"), label="How far read"
    )

    sorts = {
        "name": "Author or title",
        "-year": "Year, newest first",
        "year": "Year, oldest first",
    }

    def order_by(self) -> Iterable[Any]:
        orders: dict[str, tuple[Any, ...]] = {
            "name": ("key",),
            "-year": (F("year").desc(nulls_last=True), "key"),
            "year": (F("year").asc(nulls_last=True), "key"),
        }
        return orders[self.sort]

    @property
    def qs(self) -> QuerySet[Any]:
        """The rows asked for, in the order asked for."""
        return self.leaving_out().order_by(*self.order_by())


def _counted(name: str) -> ChoiceFacet:
    def parts(rows: QuerySet[Any]) -> Parts:
        facet = Value(name, output_field=CharField())
        counted = rows.order_by().values(facet=facet, value=F(name)).annotate(n=Count("pk"))
        return [counted.values_list("facet", "value", "n")]

    return ChoiceFacet(name, parts, shown=12, keeps_order=name == "verified")


SOURCE_FACETS = (_counted("kind"), _counted("verified"))
