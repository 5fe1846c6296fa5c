"""Which filters are counted, and how: one entry a facet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from compare.asking import UNKNOWN, Question
from compare.filters import DIETS, DOLLARS, ProductFilter, speaking_evidence
from products.models import Certification, ProductIngredient

Parts = list[QuerySet[Any]]
"""Querysets of `(facet, value, n)`, to be put into one statement."""


@dataclass(frozen=True)
class ChoiceFacet:
    """A filter of values. `parts(rows)` gives what counts them among the rows."""

    key: str
    parts: Callable[[QuerySet[Any]], Parts]
    term: str = ""
    shown: int = 8
    """So many values stand open; the rest are folded away."""
    keeps_order: bool = False
    """Values stand in their own order (grades), not by how many there are."""
    find_key: str = ""
    """Key of a page's address that finds values by their words. There may be thousands: a page has the
    most frequent and the chosen ones alone, besides those that are found."""


@dataclass(frozen=True)
class RangeFacet:
    """A filter by two ends, with a histogram over fixed edges; the last bar is open above."""

    key: str
    label: str
    unit: str
    edges: tuple[Decimal, ...]
    column: Callable[[Question], str]
    known: Q
    places: int = 0
    marker: Decimal | None = None
    marker_label: str = ""

    def parts(self, rows: QuerySet[Any], question: Question) -> Parts:
        """One queryset that counts the rows in each bar, and those without a value."""
        column = self.column(question)
        bars = [
            When(**{f"{column}__lt": edge}, then=Value(str(i)))
            for i, edge in enumerate(self.edges[1:])
        ]
        nothing = When(~self.known | Q(**{f"{column}__isnull": True}), then=Value(UNKNOWN))
        bar = Case(
            nothing, *bars, default=Value(str(len(self.edges) - 1)), output_field=CharField()
        )
        return [_count(rows, self.key, bar)]


def _count(rows: QuerySet[Any], key: str, value: Combinable, counted: str = "pk") -> QuerySet[Any]:
    counted_rows: QuerySet[Any] = (
        rows.order_by()
        .values(facet=Value(key, output_field=CharField()), value=Cast(value, CharField()))
        .annotate(n=Count(counted, distinct=counted != "pk"))
        .values_list("facet", "value", "n")
    )
    return counted_rows


def _column(key: str, path: str = "") -> Callable[[QuerySet[Any]], Parts]:
    return lambda rows: [_count(rows, key, F(path or key))]


def _forms(rows: QuerySet[Any]) -> Parts:
    parts = ProductIngredient.objects.filter(product__in=rows.values("pk"))
    return [
        _count(parts, "form", F("form__slug"), "product"),
        _alone(rows.filter(ingredients__isnull=True), "form"),
    ]


def _alone(rows: QuerySet[Any], key: str, value: str = UNKNOWN) -> QuerySet[Any]:
    return _count(rows, key, Value(value, output_field=CharField()))


def _certifications(rows: QuerySet[Any]) -> Parts:
    named = Certification.objects.exclude(state=Certification.State.NOT_FOUND)
    question = ProductFilter.base_filters["certification"]
    return [
        _count(named.filter(product__in=rows.values("pk")), "certification", F("body"), "product"),
        _alone(rows.filter(question.q([UNKNOWN])), "certification"),
    ]


def _diets(rows: QuerySet[Any]) -> Parts:
    question = ProductFilter.base_filters["diet"]
    known = [_alone(rows.filter(**{diet: True}), "diet", diet) for diet in DIETS]
    return [*known, _alone(rows.filter(question.q([UNKNOWN])), "diet")]


def _product_uses(rows: QuerySet[Any]) -> Parts:
    parts = ProductIngredient.objects.filter(
        product__in=rows.values("pk"), form__evidence__in=speaking_evidence().values("pk")
    )
    return [_count(parts, "use", F("form__evidence__use__slug"), "product")]


def _form_uses(rows: QuerySet[Any]) -> Parts:
    tested = speaking_evidence().filter(form__in=rows.values("pk"))
    return [_count(tested, "use", F("use__slug"), "form")]


def _decimals(*edges: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(edge) for edge in edges)


FIND_KEYS = ("brands",)
"""Keys of pages that find values of a facet, and filter nothing."""

PRODUCT_FACETS: tuple[ChoiceFacet | RangeFacet, ...] = (
    ChoiceFacet("form", _forms),
    RangeFacet(
        "elemental",
        label="Elemental magnesium",
        unit="mg",
        edges=tuple(Decimal(mg) for mg in range(0, 525, 25)),
        column=lambda question: question.elemental_columns[0],
        known=Q(),
        marker=Decimal(350),
        marker_label="the US limit for supplements, 350 mg a day",
    ),
    RangeFacet(
        "price",
        label="Price per 100 mg",
        unit="US dollars",
        edges=_decimals(*(f"{cents / 100:.2f}" for cents in range(0, 105, 5))),
        column=lambda question: "price_per_100_mg",
        known=Q(price_currency=DOLLARS),
        places=2,
    ),
    ChoiceFacet("dosage_form", _column("dosage_form")),
    ChoiceFacet("bioavailability", _column("bioavailability"), keeps_order=True),
    ChoiceFacet("laxative", _column("laxative"), keeps_order=True),
    ChoiceFacet("label_check", _column("label_check"), keeps_order=True),
    ChoiceFacet("use", _product_uses, shown=5),
    ChoiceFacet("certification", _certifications),
    ChoiceFacet("diet", _diets, keeps_order=True),
    ChoiceFacet("brand", _column("brand", "brand__slug"), shown=12, find_key="brands"),
)

FORM_FACETS: tuple[ChoiceFacet | RangeFacet, ...] = (
    ChoiceFacet("category", _column("category"), keeps_order=True),
    ChoiceFacet("bioavailability", _column("bioavailability"), keeps_order=True),
    ChoiceFacet("laxative", _column("laxative"), keeps_order=True),
    ChoiceFacet("solubility", _column("solubility"), keeps_order=True),
    ChoiceFacet("use", _form_uses, shown=8),
)
