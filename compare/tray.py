"""What is ticked for comparison, carried in the query of every list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from compare.comparison import MOST_FORMS, MOST_PRODUCTS
from compare.links import Query
from products.models import MagnesiumForm, Product


@dataclass(frozen=True)
class TrayItem:
    name: str
    remove_url: str


@dataclass(frozen=True)
class Tray:
    """Things ticked, each removable, and where they are compared. One query, none for an empty tray."""

    items: tuple[TrayItem, ...]
    compare_url: str
    max: int

    @classmethod
    def products(cls, query: Query) -> Tray:
        rows = Product.objects.published().select_related("brand")
        return cls._of(query, rows, "compare_products", MOST_PRODUCTS)

    @classmethod
    def forms(cls, query: Query) -> Tray:
        return cls._of(query, MagnesiumForm.objects.published(), "compare_forms", MOST_FORMS)

    @classmethod
    def _of(cls, query: Query, rows: QuerySet[Any], url_name: str, most: int) -> Tray:
        # No slug holds a NUL, and PostgreSQL refuses to be asked for one.
        slugs = [slug for slug in query.all("item") if "\0" not in slug][:most]
        found = {row.slug: row for row in rows.filter(slug__in=slugs)} if slugs else {}
        chosen = [found[slug] for slug in slugs if slug in found]
        selection = query.only("dose", "authority").replace("item", *(row.slug for row in chosen))
        return cls(
            items=tuple(TrayItem(str(row), str(query.remove("item", row.slug))) for row in chosen),
            compare_url=f"{reverse(url_name)}{selection}",
            max=most,
        )

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def is_full(self) -> bool:
        return self.count >= self.max
