"""What the products of a form cost, in sum: how many prices, from where to where, how many dated."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, F, Max, Min, OuterRef

from products.models import Product, ProductIngredient
from products.rules.cost import FIRST_CURRENCY


@dataclass(frozen=True)
class Prices:
    """Prices per 100 mg of products that hold this form alone, in one currency."""

    low: Decimal
    high: Decimal
    count: int
    dated: int
    oldest: date | None
    currency: str = FIRST_CURRENCY


def prices(forms: Collection[int]) -> dict[int, Prices]:
    """Prices by the key of the form. One query; forms without a price are left out.

    A product of several forms says nothing of the price of one.
    """
    others = ProductIngredient.objects.filter(product=OuterRef("pk")).exclude(form=OuterRef("form"))
    rows = (
        Product.objects.published()
        .filter(ingredients__form__in=forms, price_currency=FIRST_CURRENCY)
        .exclude(price_per_100_mg=None)
        .annotate(form=F("ingredients__form"))
        .filter(~Exists(others))
        .order_by()
        .values("form")
        .annotate(
            low=Min("price_per_100_mg"),
            high=Max("price_per_100_mg"),
            count=Count("pk"),
            dated=Count("price_seen_on"),
            oldest=Min("price_seen_on"),
        )
    )
    return {
        row["form"]: Prices(row["low"], row["high"], row["count"], row["dated"], row["oldest"])
        for row in rows
    }
