"""Text search against `icontains`, and against the full text of Datasette, on a made catalogue.

    python benchmarks/search.py [--products 200000]

The same distinct searches are put to each way in turns. Datasette is installed into an environment of
its own below `var/`, gets the same texts in an FTS5 table, and answers within its own process.
"""

from __future__ import annotations

import sqlite3
import statistics
from functools import partial
from pathlib import Path
from typing import Any

from facets import p95, spread, timed
from results import table
from running import PLACE, program
from served import Served

TEXTS = (
    "magnesium citrate", "oxide", "l-threonate", "lumalel", "sleep 100", "vegan complex", "bisgly",
    "taurate vegan", "high absorption malate", "graboal 21", "chlor", "extra strength", "pure 200",
    "danelal oxide", "orotate plus", "amino acid", "sulf", "gluconate 60", "benchmark alal", "lact",
)  # fmt: skip
MISTYPED = (
    "theronate", "magneisum", "citrtae", "bisglcinate", "taurrate", "absorbtion", "gluconat oxxide",
    "carbonaet",
)  # fmt: skip
ROWS = 24


# In a process of its own ----------------------------------------------------------------------


def measure() -> dict[str, Any]:
    """Everything about the catalogue that DATABASE_URL names. Times in seconds."""
    import django

    django.setup()
    from django.test import Client

    from products.models import Product

    client, datasette = Client(), Served(texts_of_products())
    datasette_search(datasette, "strawberry")
    for way in ("bitmaps", "sql"):
        whole(read("strawberry"), way)
    addresses = {"json": "/api/v1/products/", "page": "/products/", "suggest": "/search/suggest/"}
    times: dict[str, list[float]] = {}

    def took(way: str, seconds: float) -> None:
        times.setdefault(way, []).append(seconds)

    for text in TEXTS:
        answers = {}
        for way in ("bitmaps", "sql"):
            reading, question = timed(partial(read, text))
            seconds, answers[way] = timed(partial(whole, question, way))
            took(way, seconds)
            took(f"{way} with reading", reading + seconds)
        if answers["bitmaps"] != answers["sql"]:
            raise SystemExit(f"The two ways differ: {text}")
        took("icontains", timed(partial(icontains, text))[0])
        took("datasette", datasette_search(datasette, text))
        for name, address in addresses.items():
            took(name, timed(partial(client.get, address, {"q": text}))[0])
    for text in MISTYPED:
        for way in ("bitmaps", "sql"):
            took(f"{way} mistyped", timed(partial(whole, read(text), way))[0])
    datasette.stop()
    return {"products": Product.objects.count(), "times": times}


def read(text: str) -> Any:
    """The question of an address, its form cleaned: the same work whatever finds the products."""
    from compare.filters import ProductFilter
    from compare.links import Query
    from products.models import Product

    question = ProductFilter(Query((("q", text),)), Product.objects.published())
    question.values  # noqa: B018 - reads it
    return question


def whole(question: Any, way: str) -> tuple[int, list[int]]:
    """How many a search finds, and the keys of the best."""
    from compare.facets.bitmaps import BitmapAnswer
    from compare.facets.keeping import keeper
    from compare.facets.sql import SqlAnswer

    if way == "sql":
        answer: Any = SqlAnswer(question)
    else:
        index = keeper.current()
        assert index is not None  # noqa: S101 - nothing records here
        answer = BitmapAnswer(question, index)
    return answer.counts(()).total, answer.ids(0, ROWS)


def icontains(text: str) -> tuple[int, list[int]]:
    """As it is usually written: every word somewhere in the texts, by brand and name."""
    from products.models import Product

    rows = Product.objects.published()
    for word in text.replace("-", " ").split():
        rows = rows.filter(search_text__icontains=word)
    return rows.count(), list(rows.order_by("brand__name", "name").values_list("pk")[:ROWS])


def datasette_search(datasette: Served, text: str) -> float:
    """Seconds for a page of the rows that a search finds."""
    asked = {"_search": text.replace("-", " "), "_size": str(ROWS), "_nosuggest": "1"}
    return datasette.get("/texts/products.json", [*asked.items(), ("_shape", "objects")])[0]


def texts_of_products() -> Path:
    """A database with the texts that are searched here, indexed as Datasette's own tools do it."""
    from products.models import Product

    path = PLACE / "texts.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE products (id INTEGER PRIMARY KEY, named, forms, synonyms)")
        database.executemany(
            "INSERT INTO products VALUES (?, ?, ?, ?)",
            (
                (key, *text.split("\n"))
                for key, text in Product.objects.published().values_list("pk", "search_text")
            ),
        )
        columns = "named, forms, synonyms"
        database.execute(
            f"CREATE VIRTUAL TABLE products_fts USING fts5({columns}, content='products', content_rowid='id')"
        )
        database.execute("INSERT INTO products_fts (products_fts) VALUES ('rebuild')")
        database.execute("INSERT INTO products_fts (products_fts) VALUES ('optimize')")
    database.close()
    return path


# The report -----------------------------------------------------------------------------------

NOTES = (
    "Processor time of the process that answers, in one run, the ways taking turns over the same "
    f"{len(TEXTS)} searches, each put once; `bitmaps` and `sql` gave the same total and the same keys "
    "each time, or the run would have ended. *Total and keys*: asking for the state of the catalogue, "
    f"correcting the search, how many it finds and the keys of the best {ROWS}; *with reading*, the form of "
    "the address too, which is the same work whatever finds the products. `icontains` runs over the one folded column, in the "
    "order of brand and name. Datasette answers with the rows as JSON from an immutable database that "
    "holds nothing but the texts, without prefixes and corrections; ours beside it is the JSON of the "
    "API, each product with all its facts. *Times faster*: median of the ratios of each search, and "
    "ratio of the 95th percentiles."
)


def report(found: dict[str, Any]) -> str:
    times = found["times"]

    def faster(mine: str, other: str) -> str:
        each = [theirs / ours for ours, theirs in zip(times[mine], times[other], strict=True)]
        return f"{statistics.median(each):.1f} / {p95(times[other]) / p95(times[mine]):.1f}"

    rows = [
        ["total and keys, bitmaps", spread(times["bitmaps"])],
        ["total and keys, bitmaps, with reading", spread(times["bitmaps with reading"])],
        ["total and keys, sql (FTS5)", spread(times["sql"])],
        ["total and keys, icontains", spread(times["icontains"])],
        ["mistyped, bitmaps", spread(times["bitmaps mistyped"])],
        ["mistyped, sql (FTS5)", spread(times["sql mistyped"])],
        ["Datasette, JSON of 24 rows", spread(times["datasette"])],
        ["ours, JSON of 24 products through Django", spread(times["json"])],
        ["ours, page of 24 products with all facets", spread(times["page"])],
        ["suggestions while one types, through Django", spread(times["suggest"])],
        ["**bitmaps against icontains**, times faster", faster("bitmaps", "icontains")],
        ["sql (FTS5) against icontains, times faster", faster("sql", "icontains")],
        ["**bitmaps against Datasette**, times faster", faster("bitmaps", "datasette")],
        [
            "bitmaps with reading against icontains, times faster",
            faster("bitmaps with reading", "icontains"),
        ],
        [
            "bitmaps with reading against Datasette, times faster",
            faster("bitmaps with reading", "datasette"),
        ],
        ["JSON against Datasette's, times faster", faster("json", "datasette")],
    ]
    head = ["", f"{found['products']:,} products: median / 95th, ms"]
    return f"## Search\n\n{NOTES}\n\n{table(head, rows)}"


if __name__ == "__main__":
    program("search", measure, lambda found: report(found[0]), [200_000])
