"""What is ticked for comparison, carried in the query of every list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from compare.comparison import MOST_FORMS, MOST_PRODUCTS
from compare.comparison.selection import items
from compare.links import Query
from compare.notes import Note
from products.models import MagnesiumForm, Product


@dataclass(frozen=True)
class TrayItem:
    name: str
    remove_url: str


@dataclass(frozen=True)
class Tray:
    """Things ticked, each removable, and where they are compared. One query, none for an empty tray.

    `query` is the address with just these items, from which the links of the list are made.
    """

    items: tuple[TrayItem, ...]
    query: Query
    compare_url: str
    max: int
    notes: tuple[Note, ...] = ()

    @classmethod
    def products(cls, query: Query) -> Tray:
        rows = Product.objects.published().select_related("brand")
        return cls._of(query, rows, "compare_products", MOST_PRODUCTS)

    @classmethod
    def forms(cls, query: Query) -> Tray:
        return cls._of(query, MagnesiumForm.objects.published(), "compare_forms", MOST_FORMS)

    @classmethod
    def _of(cls, query: Query, rows: QuerySet[Any], url_name: str, most: int) -> Tray:
        notes: list[Note] = []
        chosen = items(query, rows, most, notes)
        query = query.replace("item", *(row.slug for row in chosen))
        return cls(
            items=tuple(TrayItem(str(row), str(query.remove("item", row.slug))) for row in chosen),
            query=query,
            compare_url=f"{reverse(url_name)}{query.only('item', 'dose', 'authority')}",
            max=most,
            notes=tuple(notes),
        )

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def is_full(self) -> bool:
        return self.count >= self.max
