"""The faceted page against a list by django-filter, and against Datasette's page of a table.

    python benchmarks/rivals.py [--products 200000]

The same distinct questions are put to each in turns. The lists by django-filter (`rival_list.py`) must
give the same total, counts and rows; Datasette (`served.py`) the same total.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import statistics
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from facets import STATES, Pairs, ask, p95, questions, spread, timed
from results import table
from running import PLACE, program
from served import Served

EVERY = 5
"""The slow ways are asked every fifth question."""
TUNED, TYPICAL = "django-filter, tuned", "django-filter, typical"
PATIENT = {"sql_time_limit_ms": 600_000, "facet_time_limit_ms": 600_000}
ARRAYS = {"form": "forms", "use": "uses", "certification": "certifications", "diet": "diets"}
COLUMNS = ("dosage_form", "bioavailability", "laxative", "label_check", "brand")
BARS = ("elemental_bar", "price_bar")
NUMBERS = {"elemental": "elemental_mg", "price": "price_usd"}
SORTS = {
    "brand": "brand_name",
    "name": "name",
    "price_per_100_mg": "price_usd",
    "pills": "units_per_100_mg",
    "elemental": "elemental_mg",
    "-elemental": "elemental_mg",
}
AS_ARRAYS = (
    *(("_facet_array", column) for column in ARRAYS.values()),
    *(("_facet", column) for column in (*COLUMNS, *BARS)),
)
AS_COLUMNS = tuple(("_facet", column) for _, column in AS_ARRAYS)
DATASETTES = {
    "Datasette, mutable": ("plain", False, AS_ARRAYS),
    "Datasette, immutable": ("plain", True, AS_ARRAYS),
    "Datasette, immutable, combinations": ("plain", True, AS_COLUMNS),
    "Datasette, immutable, combinations, indexes": ("indexed", True, AS_COLUMNS),
}
BEST = "Datasette, the quickest of these for each question"
Times = dict[str, list[float]]


# In a process of its own ----------------------------------------------------------------------


def measure() -> dict[str, Any]:
    """Everything about the catalogue that DATABASE_URL names. Times in seconds."""
    import django

    django.setup()
    from products.models import Product

    sides = Sides()
    for place, pairs in enumerate(questions(STATES)):
        sides.ask(pairs, all_of_them=place % EVERY == 0)
    sides.stop()
    return {
        "products": Product.objects.published().count(),
        "times": sides.times,
        "sizes": sides.sizes,
    }


class Sides:
    """Our page and its rivals, each asked once before it is measured."""

    def __init__(self) -> None:
        from django.test import Client
        from django.urls import path
        from rival_list import TunedList, TypicalList, view_of

        from compare import urls

        kinds = {TUNED: TunedList, TYPICAL: TypicalList}
        self.lists = {name: f"/rivals/{kind.__name__}/" for name, kind in kinds.items()}
        urls.urlpatterns += [
            path(self.lists[name].removeprefix("/"), view_of(kind)) for name, kind in kinds.items()
        ]
        databases = {"plain": denormalised()}
        databases["indexed"] = with_indexes(databases["plain"])
        self.datasettes = {
            name: (
                Served(databases[database], immutable=immutable, settings=PATIENT),
                f"/{database}/products",
                facets,
            )
            for name, (database, immutable, facets) in DATASETTES.items()
        }
        self.client = Client()
        self.sizes: dict[str, int] = {}
        self.times: Times = defaultdict(list)
        self.client.get("/products/")
        self.client.get(self.lists[TUNED])
        for served, address, _ in self.datasettes.values():
            served.get(address, [("_size", "24")])

    def ask(self, pairs: Pairs, *, all_of_them: bool) -> None:
        """One question to ours and to the tuned list, or to all of them. Ends the run if they differ."""
        truth = known(pairs)
        page = self._page("ours", "/products/", pairs)
        assert page.status_code == 200, pairs  # noqa: S101 - else it measures nothing
        for name, address in self.lists.items():
            if (all_of_them or name == TUNED) and given(self._page(name, address, pairs)) != truth:
                raise SystemExit(f"{name} differs: {pairs}")
        for name, (served, address, facets) in self.datasettes.items() if all_of_them else ():
            seconds, html = served.get(address, [*columns_of(pairs), *facets])
            check(html, truth["total"], pairs)
            self._took(name, seconds, len(html))

    def _page(self, name: str, address: str, pairs: Pairs) -> Any:
        seconds, page = timed(partial(self.client.get, address, dict(pairs)))
        self._took(name, seconds, len(page.content))
        return page

    def _took(self, name: str, seconds: float, size: int) -> None:
        self.times[name].append(seconds)
        self.sizes[name] = size

    def stop(self) -> None:
        for served, _, _ in self.datasettes.values():
            served.stop()


def known(pairs: Pairs) -> dict[str, Any]:
    """Total, counts and rows that the page shows."""
    from compare.facets import PRODUCT_FACETS, answer
    from compare.links import Query
    from compare.paging import PER_PAGE, Page

    answered = answer(ask(pairs))
    counted = answered.counts(PRODUCT_FACETS)
    start = Page.read(Query(pairs), counted.total).start
    return {
        "total": counted.total,
        "counts": met(counted.by_facet),
        "keys": answered.ids(start, start + PER_PAGE),
    }


def given(response: Any) -> dict[str, Any]:
    """The same of a list by django-filter."""
    asked = response.context_data["asked"]
    return {
        "total": asked.page.paginator.count,
        "counts": met(asked.counts),
        "keys": [product.pk for product in asked.page],
    }


def met(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """Without the values that no row has, and the facets that have none left."""
    kept = {key: {value: n for value, n in of.items() if n} for key, of in counts.items()}
    return {key: of for key, of in kept.items() if of}


# Datasette --------------------------------------------------------------------------------------


def columns_of(pairs: Pairs) -> Iterator[tuple[str, str]]:
    """The question in Datasette's words. Its pages have no numbers: it always shows the first."""
    yield "_size", "24"
    for key, value in pairs:
        if key in ARRAYS:
            yield f"{ARRAYS[key]}__arraycontains", value
        elif key in COLUMNS:
            yield f"{key}__exact", value
        elif key == "sort":
            yield "_sort_desc" if value.startswith("-") else "_sort", SORTS[value]
        elif key != "page":
            name, end = key.split("_")
            yield f"{NUMBERS[name]}__{'gte' if end == 'min' else 'lte'}", value


def check(html: str, total: int, pairs: Pairs) -> None:
    """That it found the same number of rows, and counted every facet to the end."""
    found = re.search(r"<h3>\s*([\d,]+) row", html)
    if not found or int(found[1].replace(",", "")) != total or "facets timed out" in html:
        raise SystemExit(f"Datasette differs or gave up: {pairs}")


def denormalised() -> Path:
    """One table with all that the page shows and filters by."""
    from compare.facets.reading import gather, words

    path = PLACE / "plain.db"
    path.unlink(missing_ok=True)
    found = gather()
    sets = {**found.sets, "use": tested(found.sets["form"], words().tested)}
    arrays = {key: by_row(sets[key], many=True) for key in ARRAYS}
    bars = {
        "elemental_bar": by_row(found.sets["elemental elemental_mg_per_serving"]),
        "price_bar": by_row(found.sets["price price_per_100_mg"]),
    }
    with sqlite3.connect(path) as database:
        # A number in an address is compared as one only with a column that says it is a number.
        numbers = {name: f"{name} REAL" for name in NUMERIC}
        fields = [numbers.get(name, name) for name in (*PLAIN, *ARRAYS.values(), *bars)]
        database.execute(f"CREATE TABLE products (id INTEGER PRIMARY KEY, {', '.join(fields)})")
        database.executemany(
            f"INSERT INTO products VALUES (?{', ?' * len(fields)})",  # noqa: S608 - names of ours
            (
                (
                    key,
                    *values,
                    *(json.dumps(arrays[name].get(key, [])) for name in ARRAYS),
                    *(bars[name][key] for name in bars),
                )
                for key, *values in plain()
            ),
        )
        database.execute("ANALYZE")
    database.close()
    return path


def with_indexes(plain: Path) -> Path:
    """The same with an index on each column of one value, as Datasette's manual advises for facets."""
    path = plain.with_stem("indexed")
    shutil.copyfile(plain, path)
    with sqlite3.connect(path) as database:
        for column in (*COLUMNS, *BARS, *NUMBERS.values(), "brand_name", "name"):
            database.execute(f"CREATE INDEX products_{column} ON products ({column})")
        database.execute("ANALYZE")
    database.close()
    return path


PLAIN = (
    "slug", "brand", "brand_name", "name", "market", "dosage_form", "bioavailability", "laxative",
    "label_check", "elemental_mg", "capacity_mg", "units_per_100_mg", "price_usd", "price",
    "currency", "price_seen_on", "offer",
)  # fmt: skip
NUMERIC = ("elemental_mg", "capacity_mg", "units_per_100_mg", "price_usd", "price", "offer")


def plain() -> Iterator[tuple[Any, ...]]:
    """Key, and the columns of `PLAIN`, in their order."""
    from django.db.models import Case, CharField, F, FloatField, Value, When
    from django.db.models.functions import Cast, Coalesce, NullIf

    from compare.asking import UNKNOWN
    from products.models import Product

    def number(name: str) -> Cast:
        return Cast(name, FloatField())

    def word(name: str) -> Coalesce:
        return Coalesce(NullIf(F(name), Value("")), Value(UNKNOWN))

    rows: Iterator[tuple[Any, ...]] = (
        Product.objects.published()
        .order_by("pk")
        .values_list(
            "pk", "slug", "brand__slug", "brand__name", "name", "market",
            word("dosage_form"), word("bioavailability"), word("laxative"), "label_check",
            number("elemental_mg_per_serving"), number("label_capacity_mg"),
            number("units_per_100_mg"),
            Case(When(price_currency="USD", then=number("price_per_100_mg"))),
            number("price_per_100_mg"), "price_currency", Cast("price_seen_on", CharField()),
            number("current_offer__price"),
        )
        .iterator(chunk_size=5_000)
    )  # fmt: skip
    return rows


def tested(forms: dict[str, list[int]], tested: dict[str, list[str]]) -> dict[str, list[int]]:
    """Keys of the products that have a form that was tested for a use."""
    return {
        use: sorted({key for form in slugs for key in forms.get(form, ())})
        for use, slugs in tested.items()
    }


def by_row(keys: dict[str, list[int]], *, many: bool = False) -> dict[int, Any]:
    found: dict[int, Any] = defaultdict(list)
    for value, rows in keys.items():
        for key in rows:
            if many:
                found[key].append(value)
            else:
                found[key] = value
    return found


# The report -----------------------------------------------------------------------------------

NOTES = (
    f"{STATES} distinct questions (those of `facets.py`), each put once to the page of this site, none of "
    f"them kept, and to the tuned list; every {EVERY}th of them to the other ways. Processor time of the "
    "process that answers, in one run, in turns, nothing compressed, the client of each within its process. The lists by "
    "django-filter gave the same total, the same counts behind every value and the same rows each time, "
    "or the run would have ended; they are plain templates without the marks, links and histograms of the "
    "page. Datasette 0.65 serves one table, found the same total or the run would have ended, has its time "
    "limits raised so that it counts everything, and makes no suggestions. It counts a facet with its own "
    "selection in force, and shows the first page whichever is asked for: both spare it work. Values of "
    "which a product may have several are arrays; *combinations* takes each array as one text, which is "
    "quicker and answers less; *indexes* has one on each column of one value, which helps it with few rows and "
    "hurts with many. *Times faster*: median of the ratios of each question, and ratio of the 95th "
    "percentiles over the same questions."
)
GOALS = {TUNED: (15, 50), BEST: (10, 40)}


def report(found: dict[str, Any]) -> str:
    times = found["times"]
    times[BEST] = [min(of) for of in zip(*(times[name] for name in DATASETTES), strict=True)]
    kilobytes = {name: f"{size / 1e3:.0f}" for name, size in found["sizes"].items()}
    rows = [
        [name, str(len(of)), spread(of), faster(times, name), kilobytes.get(name, "")]
        for name, of in times.items()
    ]
    head = [
        f"{found['products']:,} products", "questions", "median / 95th, ms", "ours: times faster",
        "kB of the last",
    ]  # fmt: skip
    lines = []
    for name, goals in GOALS.items():
        for what, goal, reached in zip(("median", "95th"), goals, ratios(times, name), strict=True):
            verdict = "reached" if reached >= goal else "**not reached**"
            lines.append(f"- {name}, {what}: at least {goal} times; {reached:.1f}: {verdict}")
    return (
        f"## The faceted page against other ways\n\n{NOTES}\n\n{table(head, rows)}\n\n"
        "Goals:\n\n" + "\n".join(lines)
    )


def ratios(times: Times, name: str) -> tuple[float, float]:
    """How many times faster ours is: the median of each, and at the 95th percentile."""
    theirs = times[name]
    ours = times["ours"] if len(theirs) == STATES else times["ours"][::EVERY]
    each = [other / mine for mine, other in zip(ours, theirs, strict=True)]
    return statistics.median(each), p95(theirs) / p95(ours)


def faster(times: Times, name: str) -> str:
    if name == "ours":
        return ""
    median, late = ratios(times, name)
    return f"{median:.1f} / {late:.1f}"


if __name__ == "__main__":
    program("rivals", measure, lambda found: report(found[0]), [200_000])
