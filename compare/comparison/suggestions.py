"""Comparisons to begin with, made from what the catalogue holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from compare.comparison import names
from compare.links import Query
from products.models import MagnesiumForm, Product, ProductIngredient
from products.rules.cost import FIRST_CURRENCY

FEW = 4
MANY = 20


@dataclass(frozen=True)
class Suggestion:
    """A comparison by its items, and why one would look at it."""

    title: str
    items: str
    query: Query


def of_products() -> list[Suggestion]:
    """One product of each well-known form, and a few of the form that most are made of. Three queries."""
    return list(_of_products())


def of_forms() -> list[Suggestion]:
    """The best-known forms, and those that most products are made of. Two queries."""
    forms: Any = MagnesiumForm.objects.published().filter(is_catch_all=False)
    common = forms.for_list().exclude(product_count=0).order_by("-product_count", "name")
    found = {"The best known": list(forms[:FEW]), "In most products": list(common[:FEW])}
    return [
        Suggestion(
            title, names.forms_listed(names.of_forms(some)), _query([form.slug for form in some])
        )
        for title, some in found.items()
        if len(some) > 1
    ]


def _of_products() -> Iterator[Suggestion]:
    one = (
        _complete()
        .filter(ingredients__form=OuterRef("pk"))
        .order_by("-rated", "price_per_100_mg", "pk")
    )
    forms: Any = MagnesiumForm.objects.published().annotate(
        example=Subquery(one.values("pk")[:1]), made=Count("ingredients")
    )
    known = list(forms.exclude(example=None).order_by("position", "name"))
    examples = {
        product.pk: product
        for product in Product.objects.filter(pk__in=[form.example for form in known[:FEW]])
        .select_related("brand")
        .prefetch_related("ingredients__form")
    }
    if len(examples) > 1:
        some = [examples[form.example] for form in known[:FEW]]
        title = f"One each of {names.forms_listed(names.of_forms(known[:FEW]))}"
        yield _suggestion(title, some)
    if known:
        common = max(known, key=lambda form: form.made)
        cheap = (
            _complete()
            .filter(ingredients__form=common)
            .for_list()
            .order_by("price_per_100_mg", "pk")
        )
        of_brand: dict[int, Product] = {}
        for product in cheap[:MANY]:
            of_brand.setdefault(product.brand_id, product)
        alike = list(of_brand.values())[:FEW]
        if len(alike) > 1:
            title = f"Products of magnesium {common.short_name.lower()}, lowest price of an equal dose first"
            yield _suggestion(title, alike)


def _complete() -> Any:
    """Products of one form whose dose and price are known: a comparison of them has something to say."""
    parts = ProductIngredient.objects.filter(product=OuterRef("pk"))
    several = parts.values("product").annotate(n=Count("pk")).filter(n__gt=1)
    known = Product.objects.published().exclude(price_per_100_mg=None)
    rated = Coalesce(Max("ratings__count"), 0)
    return known.filter(~Exists(several), price_currency=FIRST_CURRENCY).annotate(rated=rated)


def _suggestion(title: str, products: list[Product]) -> Suggestion:
    items = names.listed(names.of_products(products))
    return Suggestion(title, items, _query([product.slug for product in products]))


def _query(slugs: list[str]) -> Query:
    return Query(tuple(("item", slug) for slug in slugs))
