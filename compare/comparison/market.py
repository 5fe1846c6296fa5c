"""What the products of a form cost, in sum: how many prices, from where to where, how many dated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from products.models import Product, ProductIngredient, Source
from products.rules.cost import FIRST_CURRENCY


@dataclass(frozen=True)
class Prices:
    """Prices per 100 mg of products that hold this form alone, in one currency.

    `sources` are those of the cheapest and the dearest, which make the range.
    """

    low: Decimal
    high: Decimal
    count: int
    dated: int
    oldest: date | None
    currency: str = FIRST_CURRENCY
    sources: tuple[Source, ...] = ()


def prices(forms: Collection[int]) -> dict[int, Prices]:
    """Prices by the key of the form. Three queries, one where none has a price; such forms are left out.

    A product of several forms says nothing of the price of one.
    """
    rows = list(
        _priced(forms)
        .values("form")
        .annotate(
            low=Min("price_per_100_mg"),
            high=Max("price_per_100_mg"),
            count=Count("pk"),
            dated=Count("price_seen_on"),
            oldest=Min("price_seen_on"),
        )
    )
    ends = {(row["form"], row[end]) for row in rows for end in ("low", "high")}
    sources = _sources(forms, ends)
    return {
        row["form"]: Prices(
            row["low"],
            row["high"],
            row["count"],
            row["dated"],
            row["oldest"],
            sources=tuple(
                dict.fromkeys(
                    sources[row["form"], row[end]]
                    for end in ("low", "high")
                    if (row["form"], row[end]) in sources
                )
            ),
        )
        for row in rows
    }


def _priced(forms: Collection[int]) -> QuerySet[Any]:
    """Products with a price, each with the one form that it holds as `form`."""
    others = ProductIngredient.objects.filter(product=OuterRef("pk")).exclude(form=OuterRef("form"))
    priced: QuerySet[Any] = (
        Product.objects.published()
        .filter(ingredients__form__in=forms, price_currency=FIRST_CURRENCY)
        .exclude(price_per_100_mg=None)
        .annotate(form=F("ingredients__form"))
        .filter(~Exists(others))
        .order_by()
    )
    return priced


def _sources(
    forms: Collection[int], ends: Collection[tuple[int, Decimal]]
) -> dict[tuple[int, Decimal], Source]:
    """The source of the offer behind each price of a form; of several alike, one."""
    if not ends:
        return {}
    at_an_end = Q()
    for form, price in sorted(ends):
        at_an_end |= Q(form=form, price_per_100_mg=price)
    found = (
        _priced(forms)
        .filter(at_an_end)
        .values("form", "price_per_100_mg")
        .annotate(source_key=Min("current_offer__source"))
    )
    keys = {(row["form"], row["price_per_100_mg"]): row["source_key"] for row in found}
    sources = Source.objects.in_bulk({key for key in keys.values() if key is not None})
    return {place: sources[key] for place, key in keys.items() if key in sources}
