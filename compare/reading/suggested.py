"""What a search could go on to: pages of products, forms and uses, and brands, as one types or on submit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from django.urls import reverse

from compare import search
from compare.asking import Many
from compare.facets import answer, fetched
from compare.filters import ProductFilter
from compare.links import Query
from products.models import MagnesiumForm, Product, Use
from products.rules.folding import folded

MOST = 4
"""Of one kind."""
_folded = lru_cache(maxsize=10_000)(folded)


@dataclass(frozen=True)
class Suggested:
    """A page, and what it is of."""

    name: str
    url: str
    kind: str


def pages(question: ProductFilter) -> list[Suggested]:
    """Brands, forms and uses that a search names. Two queries, three without the index in memory."""
    words = question.understood.words
    if not words:
        return []
    return [*islice(_brands(question, words), MOST), *_forms_and_uses(" ".join(words))]


def as_typed(text: str) -> list[Suggested]:
    """`pages`, then the products that fit best. Five queries at most with the index in memory."""
    question = ProductFilter(Query((("q", text),)), Product.objects.published())
    if not question.values:
        return []
    keys = answer(question).ids(0, MOST)
    products = fetched(Product.objects.published().select_related("brand"), keys)
    found = [Suggested(str(one), one.get_absolute_url(), "product") for one in products]
    return [*pages(question), *found]


def _brands(question: ProductFilter, words: Sequence[str]) -> Iterator[Suggested]:
    """Brands with a word in their name for each word of the search."""
    filter_ = question.filters["brand"]
    assert isinstance(filter_, Many)  # noqa: S101 - a filter of another kind is a slip
    for slug, name in filter_.vocabulary.items():
        there = _folded(name).split()
        if all(any(one.startswith(word) for one in there) for word in words):
            yield Suggested(name, f"{reverse('products')}?brand={slug}", "brand")


def _forms_and_uses(text: str) -> list[Suggested]:
    forms = MagnesiumForm.objects.published().filter(search.matching_forms(text))
    uses = Use.objects.published().filter(search.matching_uses(text))
    return [
        *(Suggested(form.name, form.get_absolute_url(), "form") for form in forms[:MOST]),
        *(Suggested(use.name, use.get_absolute_url(), "use") for use in uses[:MOST]),
    ]
