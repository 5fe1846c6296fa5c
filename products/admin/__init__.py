"""The editors' forms and lists, one module a subject. Importing them puts them on the desk."""

from typing import cast

from django.contrib import admin

from products.admin import (
    attention,
    body,
    cautions,
    changesets,
    corrections,
    evidence,
    forms,
    imported,
    judging,
    labels,
    market,
    reviews,
    safety,
    sources,
)
from products.admin.sheets import Sheets
from products.desk import Desk

__all__ = [
    "attention",
    "body",
    "cautions",
    "changesets",
    "corrections",
    "evidence",
    "forms",
    "imported",
    "judging",
    "labels",
    "market",
    "reviews",
    "safety",
    "sources",
]

Sheets(cast(Desk, admin.site))
