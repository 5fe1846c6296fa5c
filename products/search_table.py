"""The texts that products are found by, where the database can search them fast.

One table beside the products, made by a migration, of the kind that the database is good at: FTS5 in
SQLite, words as a `tsvector` in PostgreSQL, plain texts in any other. It is written by the one door
alone. A trigger could not do it: Django rebuilds a table in SQLite to alter it, and its triggers go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from enum import Enum, auto
from functools import cache
from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from products.models import Product, SearchWord

TABLE = "products_searchtext"
FIELDS = ("named", "forms", "synonyms")
"""Its columns of text: brand and name, forms, their other names. `rowid` is the key of the product."""
WEIGHTS = "ABC"
"""The field of a word in a `tsvector`."""


class Kind(Enum):
    FTS5 = auto()
    TSVECTOR = auto()
    PLAIN = auto()


def kind(connection: BaseDatabaseWrapper) -> Kind:
    """Of which kind the table is in this database."""
    if connection.vendor == "postgresql":
        return Kind.TSVECTOR
    return Kind.FTS5 if connection.vendor == "sqlite" and _has_fts5() else Kind.PLAIN


@cache
def _has_fts5() -> bool:
    """Whether the SQLite of this Python was built with it; nearly all are."""
    import sqlite3

    memory = sqlite3.connect(":memory:")
    try:
        found = memory.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()
    finally:
        memory.close()
    return bool(found[0])


def put(texts: Mapping[int, str]) -> None:
    """Give products their texts, by key; a blank one is for a product that is not to be found.

    One query when nothing differs. Raises nothing of its own; the caller holds the transaction.
    """
    before = _read(texts)
    after = {key: text for key, text in texts.items() if text.strip()}
    moved = [key for key in texts if before.get(key) != after.get(key)]
    if not moved:
        return
    _replace(moved, after)
    words: Counter[str] = Counter()
    for key in moved:
        words.update(set(after.get(key, "").split()))
        words.subtract(set(before.get(key, "").split()))
    _count(words)


def forget_after_flush(using: str, **_: Any) -> None:
    """A receiver of `post_migrate`: `flush` has emptied the tables of models, and of models only."""
    connection = connections[using]
    there = TABLE in connection.introspection.table_names()
    if there and not Product.objects.using(using).exists():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608 # nosec B608 - a name of our own
        SearchWord.objects.using(using).all().delete()


def _connection() -> BaseDatabaseWrapper:
    return connections[router.db_for_write(Product)]


def _read(keys: Collection[int]) -> dict[int, str]:
    marks = ", ".join(["%s"] * len(keys))
    columns = ", ".join(FIELDS)
    with _connection().cursor() as cursor:
        cursor.execute(
            f"SELECT rowid, {columns} FROM {TABLE} WHERE rowid IN ({marks})",  # noqa: S608 # nosec B608
            list(keys),
        )
        return {key: "\n".join(fields) for key, *fields in cursor.fetchall()}


def _replace(keys: Collection[int], texts: Mapping[int, str]) -> None:
    connection = _connection()
    rows: list[tuple[int | str, ...]] = []
    names, marks = ["rowid", *FIELDS], ["%s"] * (len(FIELDS) + 1)
    if kind(connection) is Kind.TSVECTOR:
        names.append("words")
        marks.append("%s::tsvector")
    for key in keys:
        if key in texts:
            fields = texts[key].split("\n")
            vector = (tsvector(fields),) if "words" in names else ()
            rows.append((key, *fields, *vector))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {TABLE} WHERE rowid = %s",  # noqa: S608 # nosec B608
            [(key,) for key in keys],
        )
        cursor.executemany(
            f"INSERT INTO {TABLE} ({', '.join(names)}) VALUES ({', '.join(marks)})",  # noqa: S608 # nosec B608
            rows,
        )


def tsvector(fields: Collection[str]) -> str:
    """Folded texts as a `tsvector`: words as they are, with the field as weight.

    PostgreSQL's own parser is left out, since it takes numbers, addresses and signs apart by rules of
    its own. Folded words hold letters and digits only, so that none needs escaping.
    """
    return " ".join(
        f"'{word}':{place}{weight}"
        for place, (weight, field) in enumerate(zip(WEIGHTS, fields, strict=True), 1)
        for word in dict.fromkeys(field.split())
    )


def _count(words: Mapping[str, int]) -> None:
    """Move the number of products of some words on; a word that none has any more goes."""
    moved = sorted((word, n) for word, n in words.items() if n)
    table = SearchWord._meta.db_table
    with _connection().cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (word, products) VALUES (%s, 0) ON CONFLICT DO NOTHING",  # noqa: S608 # nosec B608
            [(word,) for word, n in moved if n > 0],
        )
        cursor.executemany(
            f"UPDATE {table} SET products = products + %s WHERE word = %s",  # noqa: S608 # nosec B608
            [(n, word) for word, n in moved],
        )
    SearchWord.objects.filter(products=0).delete()
