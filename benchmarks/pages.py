"""Whole answers, through all of Django, against a bare view that sends the same bytes.

    python benchmarks/pages.py [--products 2000 200000]

The bare view is the floor: it passes the same middleware, is compressed in the same way, and does
nothing. For each size a process of its own asks for an address and for its floor in turns.
"""

from __future__ import annotations

import gzip
import os
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any

from facets import STATES, Pairs, ms, p95, questions, timed
from results import table
from running import program

Times = dict[str, list[float]]
GZIP = {"accept-encoding": "gzip"}
COMPARED = 5


# One size, in a process of its own --------------------------------------------------------------


def measure() -> dict[str, Any]:
    """Everything about the catalogue that DATABASE_URL names. Times in seconds."""
    import django

    django.setup()
    from products.models import Product

    site = Site()
    slugs = list(
        some(Product.objects.published().order_by("pk").values_list("slug", flat=True), 60)
    )
    lists = [f"/products/{query_of(pairs)}" for pairs in questions(STATES)]
    return {
        "products": Product.objects.published().count(),
        "restart": restart(),
        "list": site.side_by_side(lists),
        "list, not compressed": site.side_by_side(lists, headers={}),
        "product": site.side_by_side(f"/products/{slug}/" for slug in slugs[:30]),
        "comparison": site.side_by_side(map(compared, groups(slugs))),
        "comparison, data": site.side_by_side(
            (f"{compared(group)}&format=json" for group in groups(slugs)), empty=True
        ),
        "api": site.side_by_side(f"/api/v1{path}" for path in lists[:30]),
        "parts": parts(questions(12)),
        "memory, reading": resident(),
        "edit": site.edit(),
        "memory": resident(),
    }


class Site:
    """The site with floors beside its pages."""

    def __init__(self) -> None:
        from django.http import HttpRequest, HttpResponse
        from django.test import Client
        from django.urls import path

        from compare import urls

        self.client, self.body, self.kind = Client(), b"", "text/html"

        def floor(request: HttpRequest) -> HttpResponse:
            # Private, or the next one would be a kept answer.
            headers = {"Cache-Control": "private"}
            return HttpResponse(self.body, content_type=self.kind, headers=headers)

        urls.urlpatterns.append(path("floor/", floor))
        for address in ("/products/", "/products/?sort=name", "/floor/", "/api/v1/products/"):
            self.get(address, GZIP)

    def get(self, address: str, headers: dict[str, str]) -> Any:
        response = self.client.get(address, headers=headers)
        assert response.status_code in (200, 304), address  # noqa: S101 - else it measures nothing
        return response

    def side_by_side(
        self, addresses: Iterable[str], headers: dict[str, str] = GZIP, *, empty: bool = False
    ) -> dict[str, Any]:
        """Each address made anew, its floor, kept, and as 304. An `empty` floor sends nothing."""
        times: Times = defaultdict(list)
        sizes = []
        for address in addresses:
            wall = time.perf_counter()
            seconds, page = timed(partial(self.get, address, headers))
            times["wall"].append(time.perf_counter() - wall)
            times["made"].append(seconds)
            packed = page.get("Content-Encoding") == "gzip"
            html = gzip.decompress(page.content) if packed else page.content
            self.body, self.kind = b"" if empty else html, page["Content-Type"]
            sizes.append((len(html), len(page.content), html.count(b'class="row__name"')))
            times["floor"].append(timed(partial(self.get, "/floor/", headers))[0])
            times["kept"].append(timed(partial(self.get, address, headers))[0])
            known = {**headers, "if-none-match": page["ETag"]}
            seconds, nothing = timed(partial(self.get, address, known))
            assert nothing.status_code == 304, address  # noqa: S101
            times["304"].append(seconds)
        bytes_, line, rows = (statistics.median(column) for column in zip(*sizes, strict=True))
        return {**times, "bytes": bytes_, "on the line": line, "rows": rows}

    def edit(self) -> dict[str, float]:
        """From an editor's commit to the list that shows it."""
        from products.changes import recording
        from products.models import Offer

        times = []
        for offer in Offer.objects.filter(product__status="published").order_by("pk")[:15]:
            with recording(by=None, reason="benchmark"):
                offer.price += 1
                offer.save()
            times.append(timed(partial(self.get, "/products/", GZIP))[0])
        return {"visible": statistics.median(times)}


def parts(asked: list[Pairs]) -> dict[str, float]:
    """Where the time of a list goes: medians of its steps, each by itself and the best of three."""
    steps: Times = defaultdict(list)

    def step(name: str, work: Callable[[], Any]) -> Any:
        seconds, found = min((timed(work) for _ in range(3)), key=lambda run: run[0])
        steps[name].append(seconds)
        return found

    for pairs in asked:
        in_steps(pairs, step)
    return {name: statistics.median(values) for name, values in steps.items()}


def in_steps(pairs: Pairs, step: Callable[[str, Callable[[], Any]], Any]) -> None:
    """What the view of the list does, one step after the other."""
    from django.template.loader import get_template
    from django.utils import timezone
    from facets import ask

    from compare.facets import PRODUCT_FACETS, answer, facets, fetched
    from compare.known_forms import with_forms
    from compare.rows import ProductRow
    from products.models import Product

    row, box = get_template("catalogue/product_row.html"), get_template("parts/facet.html")
    question = ask(pairs)
    answered = answer(question)
    step("the question read", lambda: answer(ask(pairs)).question.values)
    counted = step("counts", lambda: answer(question).counts(PRODUCT_FACETS))
    keys = step("keys of the rows", lambda: answered.ids(0, 24))
    found = step("rows read", lambda: fetched(Product.objects.published().for_rows(), keys))
    step("rows given their forms", lambda: with_forms(found))
    boxes = step("facets as values", lambda: facets(question, PRODUCT_FACETS, counted))
    basis, today = question.basis, timezone.now().date()
    query = question.query
    shared = {"basis": basis, "query": query}
    step(
        "templates of the rows",
        lambda: [
            row.render({**shared, "row": ProductRow(one, basis, today, query), "product": one})
            for one in found
        ],
    )
    step("templates of the facets", lambda: [box.render({**shared, "facet": one}) for one in boxes])


def restart() -> dict[str, float]:
    """A new process up to its first faceted page: seconds of processor time and of the clock."""
    program = (
        "import time; begin = time.perf_counter()\n"
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "assert Client().get('/products/').status_code == 200\n"
        "print(time.process_time(), time.perf_counter() - begin)"
    )
    runs = []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        runs.append([float(figure) for figure in done.stdout.split()])
    processor, wall = min(runs)
    return {"processor": processor, "wall": wall}


def resident() -> float:
    """MB of this process, as it is after thousands of answers."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def some(rows: Any, number: int) -> Iterator[Any]:
    """Rows from all over a table."""
    step = max(1, rows.count() // number)
    for place in range(number):
        yield from rows[place * step : place * step + 1]


def query_of(pairs: Pairs) -> str:
    from compare.links import Query

    return str(Query(pairs))


def groups(slugs: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(slugs) - COMPARED + 1, COMPARED):
        yield slugs[start : start + COMPARED]


def compared(slugs: list[str]) -> str:
    return "/compare/products/?" + "&".join(f"item={slug}" for slug in slugs)


# All sizes, and the report ----------------------------------------------------------------------

NOTES = (
    "The floor is a bare view that sends the same bytes through the same middleware, compressed by it in "
    "the same way (*not compressed*: for a client that takes no gzip). Page, floor, kept answer and 304 of "
    "an address take turns. Processor time of the process, the test client included on both sides; the "
    "clock is told where it says so. *Times* are medians of the ratios of each address. Lists are the "
    "60 questions of `facets.py`, each asked for the first time. An empty view is a floor of no bytes. "
    "*Of a list* are its steps, each by itself."
)
GOALS = {"list": 3.0, "list, not compressed": 3.0, "product": 3.0, "comparison, data": 2.0}
KEPT_GOAL = 1.1


def report(runs: list[dict[str, Any]]) -> str:
    """The figures of all sizes in one table, then which goals they miss."""
    rows: list[list[str]] = []

    def row(name: str, figure: Callable[[dict[str, Any]], str]) -> None:
        rows.append([name, *(figure(one) for one in runs)])

    for kind, floor in (
        ("list", "floor"),
        ("list, not compressed", "floor"),
        ("product", "floor"),
        ("comparison", "floor"),
        ("comparison, data", "empty view"),
        ("api", "floor"),
    ):
        row(f"{kind}: median / 95th, ms", lambda one, k=kind: spread(one[k]["made"]))
        row(f"{kind}: {floor}, ms", lambda one, k=kind: ms(statistics.median(one[k]["floor"])))
        row(f"{kind}: times the {floor}", lambda one, k=kind: f"{times(one[k]):.1f}")
        row(f"{kind}, kept: times the {floor}", lambda one, k=kind: f"{times(one[k], 'kept'):.2f}")
        row(f"{kind}: 304, ms", lambda one, k=kind: ms(statistics.median(one[k]["304"])))
        row(
            f"{kind}: by the clock, median, ms",
            lambda one, k=kind: ms(statistics.median(one[k]["wall"])),
        )
        row(f"{kind}: kB, on the line", lambda one, k=kind: sizes(one[k]))
    row("list: rows of a page, median", lambda one: f"{one['list']['rows']:.0f}")
    for name in runs[0]["parts"]:
        row(f"of a list: {name}, ms", lambda one, n=name: ms(one["parts"][n]))
    row("of a list: all else (request, frame, forms), ms", lambda one: ms(all_else(one)))
    row("list after an edit, ms", lambda one: ms(one["edit"]["visible"]))
    row("first list of a new process, s", lambda one: f"{one['restart']['processor']:.2f}")
    row("the same by the clock, s", lambda one: f"{one['restart']['wall']:.2f}")
    row("memory of a process that only reads, MB", lambda one: f"{one['memory, reading']:.0f}")
    row("memory of a process that edits too, MB", lambda one: f"{one['memory']:.0f}")
    head = ["", *(f"{one['products']:,} products" for one in runs)]
    return (
        f"## Whole answers against a bare view\n\n{NOTES}\n\n{table(head, rows)}\n\n{goals(runs)}"
    )


def goals(runs: list[dict[str, Any]]) -> str:
    """Each goal beside what was measured, largest catalogue last."""
    lines = []
    for kind, most in GOALS.items():
        reached = max(times(one[kind]) for one in runs)
        lines.append(f"- {kind}: at most {most:g} times; {reached:.1f}: {verdict(reached, most)}")
    kept = max(times(one["list"], "kept") for one in runs)
    lines.append(f"- list, kept: at most {KEPT_GOAL} times; {kept:.2f}: {verdict(kept, KEPT_GOAL)}")
    for small, large in pairwise(runs):
        most = 1.5 if large["products"] < 1_000_000 else 2.0
        growth = statistics.median(large["list"]["made"]) / statistics.median(small["list"]["made"])
        lines.append(
            f"- list, {small['products']:,} to {large['products']:,} products: at most {most:g} times; "
            f"{growth:.2f}: {verdict(growth, most)}"
        )
    memory, first = (max(figures) for figures in zip(*map(_of_process, runs), strict=True))
    lines.append(f"- memory of a process: at most 150 MB; {memory:.0f}: {verdict(memory, 150)}")
    lines.append(f"- first list of a new process: at most 2 s; {first:.2f}: {verdict(first, 2)}")
    return "Goals, at the worst size:\n\n" + "\n".join(lines)


def all_else(one: dict[str, Any]) -> float:
    """Seconds of a list that its steps do not account for."""
    made: float = statistics.median(one["list"]["made"])
    return made - sum(one["parts"].values())


def _of_process(one: dict[str, Any]) -> tuple[float, float]:
    return one["memory"], one["restart"]["processor"]


def verdict(reached: float, most: float) -> str:
    return "reached" if reached <= most else "**not reached**"


def times(kind: dict[str, Any], what: str = "made") -> float:
    pairs = zip(kind[what], kind["floor"], strict=True)
    return statistics.median(mine / floor for mine, floor in pairs)


def spread(values: list[float]) -> str:
    return f"{ms(statistics.median(values))} / {ms(p95(values))}"


def sizes(kind: dict[str, Any]) -> str:
    return f"{kind['bytes'] / 1e3:.0f}, {kind['on the line'] / 1e3:.1f}"


if __name__ == "__main__":
    program("pages", measure, report, [2_000, 200_000])
