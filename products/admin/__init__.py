"""The editors' forms and lists, one module a subject. Importing them puts them on the desk."""

from products.admin import (
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

__all__ = [
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
