"""The ways into the catalogue: a value of a filter, its link, and how many things are behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.urls import reverse

from compare import facets
from compare.asking import Question
from compare.facets import FORM_FACETS, PRODUCT_FACETS, Choices, FacetValue
from compare.facets.registry import ChoiceFacet, RangeFacet
from compare.filters import FormFilter, ProductFilter
from compare.links import Query
from products.models import MagnesiumForm, Product, Use

Facet = ChoiceFacet | RangeFacet

MOST = 5
CENTS = (Decimal("0.10"), Decimal("0.25"), Decimal("0.50"))
"""Where the bands of price part. A price on the line is in both, as it is in both lists."""


@dataclass(frozen=True)
class Way:
    """One link. `code` is the value of the filter, for a mark; `more` says it in a second word."""

    label: str
    url: str
    count: int
    code: str = ""
    more: str = ""


@dataclass(frozen=True)
class Ways:
    """Four kinds of ways; each list may be empty."""

    products: int
    forms: int
    by_form: tuple[Way, ...]
    by_use: tuple[Way, ...]
    by_gut: tuple[Way, ...]
    by_price: tuple[Way, ...]
    without_price: int

    @classmethod
    def read(cls) -> Ways:
        """Four queries for the vocabularies and uses, three for the counts."""
        question = ProductFilter(Query(), Product.objects.published())
        counted = facets.counts(question, [_facet(PRODUCT_FACETS, key) for key in ("form", "use")])
        form, use = _choices(question, counted, PRODUCT_FACETS, "form", "use")
        about_forms = FormFilter(Query(), MagnesiumForm.objects.published())
        forms = facets.counts(about_forms, [_facet(FORM_FACETS, "laxative")])
        (gut,) = _choices(about_forms, forms, FORM_FACETS, "laxative")
        bands, without = _bands(question)
        return cls(
            products=counted.total,
            forms=forms.total,
            by_form=_by_count(form),
            by_use=_by_use(use),
            by_gut=tuple(_way("forms", value) for value in gut.values if value.count),
            by_price=bands,
            without_price=without,
        )


def _facet(registry: Sequence[Facet], key: str) -> Facet:
    return next(facet for facet in registry if facet.key == key)


def _choices(
    question: Question, counted: facets.Counts, registry: Sequence[Facet], *keys: str
) -> list[Choices]:
    some = [_facet(registry, key) for key in keys]
    return [one for one in facets.facets(question, some, counted) if isinstance(one, Choices)]


def _way(page: str, value: FacetValue, more: str = "") -> Way:
    return Way(value.label, f"{reverse(page)}{value.add}", value.count, value.value, more)


def _by_count(form: Choices) -> tuple[Way, ...]:
    known = [value for value in form.values if value.count and not value.is_unknown]
    return tuple(_way("products", value) for value in known[:MOST])


def _by_use(use: Choices) -> tuple[Way, ...]:
    """The first uses that any product's form was tested for, each with its certainty and direction."""
    behind = {value.value: value for value in (*use.values, *use.more) if value.count}
    uses = Use.objects.published().for_supplements().filter(slug__in=behind)[:MOST]
    return tuple(
        Way(
            one.name,
            reverse("use", args=[one.slug]),
            behind[one.slug].count,
            one.certainty,
            str(one.get_direction_display()),
        )
        for one in uses
    )


def _bands(question: ProductFilter) -> tuple[tuple[Way, ...], int]:
    """Bands of the price of 100 mg, counted by the condition that the catalogue itself filters by."""
    ends = list(zip((None, *CENTS), (*CENTS, None), strict=True))
    rows = question.leaving_out().aggregate(
        none=Count("pk", filter=~question.range_q("price", Decimal(0), None)),
        **{
            f"band_{i}": Count("pk", filter=question.range_q("price", low, high))
            for i, (low, high) in enumerate(ends)
        },
    )
    ways = tuple(
        Way(_band_label(low, high), f"{reverse('products')}{_band_query(low, high)}", found)
        for i, (low, high) in enumerate(ends)
        if (found := rows[f"band_{i}"])
    )
    return ways, rows["none"]


def _band_label(low: Decimal | None, high: Decimal | None) -> str:
    if low is None:
        return f"Up to {_cents(high)} cents"
    return (
        f"{_cents(low)} cents and more"
        if high is None
        else f"{_cents(low)} to {_cents(high)} cents"
    )


def _cents(dollars: Decimal | None) -> str:
    return f"{(dollars or Decimal(0)) * 100:.0f}"


def _band_query(low: Decimal | None, high: Decimal | None) -> Query:
    ends = (("price_min", low), ("price_max", high), ("sort", "price_per_100_mg"))
    return Query(tuple((key, str(value)) for key, value in ends if value is not None))
