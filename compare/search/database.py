"""Searching in the database: a condition on products, and their rank, in the words of each database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, router
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable, RawSQL

from compare.search import terms
from compare.search.ranking import LEVELS, WORST
from compare.search.understanding import Understood
from products.models import Product
from products.rules import gtin
from products.search_table import FIELDS, TABLE, WEIGHTS, Kind, kind


def matching(search: Understood) -> Q:
    """Products that have, for each word, one that begins with it; all products when there is none."""
    found = Q()
    for word in filter(terms.is_barcode, search.words):
        found &= with_barcode(word)
    if words := [word for word in search.words if not terms.is_barcode(word)]:
        found &= Q(pk__in=_rows(words))
    return found


def with_barcode(digits: str) -> Q:
    """The product with this barcode, in whichever length it is written."""
    # Said in the words of the index, which holds no blank ones.
    return ~Q(gtin="") & Q(gtin=gtin.normalised(digits))


def rank(search: Understood) -> Combinable:
    """A number to order `matching` products by, best first. See `ranking`."""
    total: Combinable = Value(0)
    for word in search.words:
        if terms.is_barcode(word):
            continue
        found = [
            When(pk__in=_rows([word], field, whole=whole), then=cost)
            for cost, (field, whole) in enumerate(LEVELS[:WORST])
        ]
        total = total + Case(*found, default=WORST, output_field=IntegerField())
    return total


def _rows(words: Sequence[str], field: str = "", *, whole: bool = False) -> RawSQL:
    """Keys of the products that have all these words, or words that begin so, in a field or in any.

    Words hold letters and digits only, and are quoted: none is a sign of a query language.
    """
    params: list[Any]
    match kind(connections[router.db_for_read(Product)]):
        case Kind.FTS5:
            end, of = "" if whole else "*", f"{field} : " if field else ""
            where = f"{TABLE} MATCH %s"
            params = [" AND ".join(f'{of}"{word}"{end}' for word in words)]
        case Kind.TSVECTOR:
            weight = WEIGHTS[FIELDS.index(field)] if field else ""
            marks = ("" if whole else "*") + weight
            where = "words @@ %s::tsquery"
            params = [" & ".join(f"'{word}':{marks}" for word in words)]
        case Kind.PLAIN:
            text = " || ' ' || ".join([field] if field else FIELDS)
            where = " AND ".join([f"' ' || {text} || ' ' LIKE %s"] * len(words))
            params = [f"% {word} %" if whole else f"% {word}%" for word in words]
    return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {where}", params)  # noqa: S608, S611 # nosec B608 B611
