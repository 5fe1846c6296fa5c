"""The facet index against the database, on made catalogues of several sizes.

    python benchmarks/facets.py [--products 2000 200000]

For each size a process of its own answers the same distinct questions in both ways, taking turns,
and then measures the index by itself. Without a text to search for, a question is answered from
memory alone; with one, the database finds the rows either way, so those stand apart.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from results import table
from running import program

STATES = 60
TEXTS = ("magnesium citrate", "sleep", "oxide 200", "vegan complex")
ENDS = {
    "elemental_min": ("50", "100", "200"),
    "elemental_max": ("250", "350", "400"),
    "price_min": ("0.02", "0.05"),
    "price_max": ("0.1", "0.25", "0.5"),
}
Pairs = tuple[tuple[str, str], ...]
Times = dict[str, list[float]]


# One size, in a process of its own --------------------------------------------------------------


def measure() -> dict[str, Any]:
    """Everything about the catalogue that DATABASE_URL names. Times in seconds."""
    import django

    django.setup()
    from compare.facets import keeping
    from products.models import Product

    plain = questions(STATES)
    return {
        "products": Product.objects.published().count(),
        **start(),
        "facets": side_by_side(plain),
        "with text": side_by_side(questions(10, text=True)),
        "orders": {order: depth(order) for order in ask(()).orders},
        "edit": edit(),
        "page": pages(plain[:12]),
        "file": keeping.path().stat().st_size,
    }


def start() -> dict[str, float]:
    """Made from the database; then, as a new process would, loaded from the file."""
    from compare.facets import PRODUCT_FACETS, answer, keeping, stored
    from compare.facets.index import Index
    from compare.facets.reading import gather, words

    built, made = timed(lambda: Index.of(keeping.state_now(), gather(), words()))
    written, _ = timed(lambda: stored.save(made, keeping.path()))
    keeping.keeper.forget()
    ready, _ = timed(keeping.keeper.current)
    first, _ = timed(lambda: answer(ask(())).counts(PRODUCT_FACETS))
    return {"built": built, "written": written, "ready": ready, "first": first, "memory": memory()}


def memory() -> float:
    """MB that a new process grows by when it loads the index and uses it."""
    program = (
        "import django; django.setup()\n"
        "from compare.facets import PRODUCT_FACETS, answer, sql\n"
        "from compare.facets.reading import words\n"
        "from compare.filters import ProductFilter; from compare.links import Query\n"
        "from products.models import Product\n"
        "def ask(): return ProductFilter(Query(), Product.objects.published())\n"
        "def rss(): return int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6\n"
        "sql.ids(ask(), 0, 1); words(); before = rss()\n"
        "found = answer(ask()); found.counts(PRODUCT_FACETS); found.ids(0, 24)\n"
        "print(rss() - before)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return float(run.stdout)


def side_by_side(asked: list[Pairs]) -> Times:
    """Counts and keys of a page by the index and by the database, in turns."""
    from compare.facets.bitmaps import BitmapAnswer
    from compare.facets.keeping import keeper
    from compare.facets.sql import SqlAnswer

    times: Times = {"bitmaps": [], "sql": []}
    for place, pairs in enumerate(asked):
        questions = {"bitmaps": ask(pairs), "sql": ask(pairs)}
        index = keeper.current()
        assert index is not None  # noqa: S101 - nothing records here
        answers: dict[str, Any] = {
            "bitmaps": BitmapAnswer(questions["bitmaps"], index),
            "sql": SqlAnswer(questions["sql"]),
        }
        found = {}
        for way in ("bitmaps", "sql") if place % 2 else ("sql", "bitmaps"):
            questions[way].conditions  # noqa: B018 - reading the query is the same work for both
            seconds, found[way] = timed(partial(whole, answers[way], pairs))
            times[way].append(seconds)
        if found["bitmaps"] != found["sql"]:
            raise SystemExit(f"The two ways differ: {pairs}")
    return times


def whole(answer: Any, pairs: Pairs) -> tuple[int, list[int]]:
    from compare.facets import PRODUCT_FACETS

    counted = answer.counts(PRODUCT_FACETS)
    start = min(24 * (int(dict(pairs)["page"]) - 1), max(0, counted.total - 24))
    return counted.total, answer.ids(start, start + 24)


def depth(order: str) -> dict[str, float]:
    """The keys of the first and of the last page of everything, in both ways; the best of three."""
    from compare.facets import PRODUCT_FACETS, answer, sql

    question = ask((("sort", order),))
    found = answer(question)
    last = found.counts(PRODUCT_FACETS).total - 24
    best: dict[str, float] = {}
    for _ in range(3):
        for name, way in (("index", found.ids), ("sql", partial(sql.ids, question))):
            for which, at in (("first", 0), ("last", last)):
                seconds, _ = timed(partial(way, at, at + 24))
                key = f"{name} {which}"
                best[key] = min(best.get(key, seconds), seconds)
    return best


def edit() -> dict[str, float]:
    """From an editor's commit to the next answer, and what of it is the index catching up."""
    from compare.facets import PRODUCT_FACETS, answer
    from compare.facets.keeping import keeper
    from products.changes import recording
    from products.models import Offer

    catching_up, to_answer = [], []
    for offer in Offer.objects.order_by("?")[:15]:
        with recording(by=None, reason="benchmark"):
            offer.price += 1
            offer.save()
        seconds, _ = timed(keeper.current)
        catching_up.append(seconds)
        to_answer.append(seconds + timed(lambda: answer(ask(())).counts(PRODUCT_FACETS))[0])
    return {
        "catching up": statistics.median(catching_up),
        "to answer": statistics.median(to_answer),
    }


def pages(asked: list[Pairs]) -> dict[str, Any]:
    """The real page through the whole of Django, in both ways, in turns, no answer kept for the other."""
    from django.core.cache import cache
    from django.test import Client, override_settings

    client, size = Client(), 0
    times: Times = {"bitmaps": [], "sql": []}
    client.get("/products/")
    for pairs in asked:
        lists: dict[str, list[str]] = {}
        for key, value in pairs:
            lists.setdefault(key, []).append(value)
        for way in times:
            cache.clear()
            with override_settings(FACETS=way):
                seconds, response = timed(partial(client.get, "/products/", data=lists))
            assert response.status_code == 200  # noqa: S101 - else it measures nothing
            times[way].append(seconds)
            size = max(size, len(response.content))
    return {**times, "bytes": size}


def questions(number: int, *, text: bool = False) -> list[Pairs]:
    """Distinct questions: one to four filters, an order, a page. The same in every run."""
    from compare.filters import Many

    rng = random.Random(7 + text)
    words = {
        key: list(filter_.vocabulary)[:30]
        for key, filter_ in ask(()).filters.items()
        if isinstance(filter_, Many)
    }
    made: dict[Pairs, None] = {}
    while len(made) < number:
        keys = rng.sample([*words, *ENDS], rng.randint(1, 4))
        pairs = [(key, rng.choice(words.get(key) or ENDS[key])) for key in keys]
        if text:
            pairs.append(("q", rng.choice(TEXTS)))
        pairs.append(("sort", rng.choice(list(ask(()).orders))))
        pairs.append(("page", str(rng.choice((1, 1, 2, 5, 40, 400)))))
        made[tuple(pairs)] = None
    return list(made)


def ask(pairs: Pairs) -> Any:
    from compare.filters import ProductFilter
    from compare.links import Query
    from products.models import Product

    return ProductFilter(Query(tuple(pairs)), Product.objects.published())


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of this process's own time, SQLite's work included: other programs don't count."""
    begin = time.process_time()
    found = work()
    return time.process_time() - begin, found


# All sizes, and the report ----------------------------------------------------------------------


NOTES = (
    "A question is answered by the counts behind every value of all filters and the keys of one page. "
    "Processor time of the process in one run (SQLite works within it), so that a busy machine does not "
    "show; the two ways take turns, and both gave the same total and the same keys each time, or the run "
    "would have ended. *Times faster* is the median of the ratios of each question, "
    "and the ratio of the times at the 95th percentile. The database is SQLite, asked by the one "
    "statement of `compare/facets/sql.py`."
)


def report(runs: list[dict[str, Any]]) -> str:
    """The figures of all sizes in one table."""
    rows: list[list[str]] = []

    def row(name: str, figure: Callable[[dict[str, Any]], str]) -> None:
        rows.append([name, *(figure(one) for one in runs)])

    for group, said in (("facets", f"{STATES} questions"), ("with text", "10 with a text")):
        for way in ("bitmaps", "sql"):
            row(f"{said}, {way}: median / 95th, ms", lambda one, g=group, w=way: spread(one[g][w]))
        row(f"{said}: times faster", lambda one, g=group: ratios(one[g]))
    for order in runs[0]["orders"]:
        for way in ("index", "sql"):
            name = f"keys by {order}, {way}: first / last page, ms"
            row(name, lambda one, o=order, w=way: ends(one["orders"][o], w))
    row("index made from the database, s", lambda one: f"{one['built']:.2f}")
    row("written to its file, ms", lambda one: ms(one["written"]))
    row("ready from its file, ms", lambda one: ms(one["ready"]))
    row("first answer after that, ms", lambda one: ms(one["first"]))
    row("file, MB", lambda one: f"{one['file'] / 1e6:.1f}")
    row("memory of a process, MB", lambda one: f"{one['memory']:.1f}")
    row("an edit: index caught up, ms", lambda one: ms(one["edit"]["catching up"]))
    row("an edit: next answer given, ms", lambda one: ms(one["edit"]["to answer"]))
    row(
        "whole page, bitmaps: median, ms", lambda one: ms(statistics.median(one["page"]["bitmaps"]))
    )
    row("whole page, sql: median, ms", lambda one: ms(statistics.median(one["page"]["sql"])))
    row("whole page, kB of HTML", lambda one: f"{one['page']['bytes'] / 1e3:.0f}")
    head = ["", *(f"{one['products']:,} products" for one in runs)]
    return (
        f"## Facets: bitmaps in memory against one SQL statement\n\n{NOTES}\n\n{table(head, rows)}"
    )


def ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f}" if seconds < 0.1 else f"{seconds * 1e3:.0f}"


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def spread(values: list[float]) -> str:
    return f"{ms(statistics.median(values))} / {ms(p95(values))}"


def ratios(times: Times) -> str:
    each = [sql / mine for mine, sql in zip(times["bitmaps"], times["sql"], strict=True)]
    return f"{statistics.median(each):.1f} / {p95(times['sql']) / p95(times['bitmaps']):.1f}"


def ends(times: dict[str, float], way: str) -> str:
    return f"{ms(times[f'{way} first'])} / {ms(times[f'{way} last'])}"


if __name__ == "__main__":
    program("facets", measure, report, [2_000, 200_000])
