"""An import with all that it does, against the ways in which Django is used to write many rows.

    python benchmarks/imports.py [--products 200000] [--rounds 1]

Labels of the made catalogue, as the CSV file that the desk exports, come into an empty database of
their own in each way, each time in a process of its own; the ways take turns.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from facets import timed
from results import table, write
from running import run

REFERRED = ("forms", "sources", "brands")
SAVED_ONE_BY_ONE = 2_000
"""Rows of the slow way: enough for what one costs."""
BATCH = 1_000
NOTE = "Made to measure with."
"""Stands in the editor's note: drawn by lot, some labels cannot be true, and are then asked for a word."""
CHANGED_ROW = 100
"""Of so many rows one is changed when the file is brought in again."""


# All ways over one catalogue --------------------------------------------------------------------


def measure(rounds: int) -> dict[str, Any]:
    """Every way over the labels of the catalogue that DATABASE_URL names, in turns."""
    import django

    django.setup()
    times: dict[str, list[float]] = defaultdict(list)
    memory: dict[str, float] = {}
    parts: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        rows = files(place)
        start = place / "start.sqlite3"
        in_process("begin", place, start)
        for _ in range(rounds):
            for way, database in WAYS.items():
                copy = place / database
                if way not in ("again", "changed"):
                    shutil.copy(start, copy)
                found = in_process(way, place, copy)
                times[way].append(found["seconds"])
                memory[way] = found["memory"]
                if way == "ours":
                    parts = found["parts"]
    return {"rows": rows, "rounds": rounds, "times": times, "memory": memory, "parts": parts}


def files(place: Path) -> int:
    """Write the files of the catalogue, and the one of the products with a few rows changed."""
    from products.importing.resources import BY_NAME
    from products.importing.writing import as_csv

    for name in (*REFERRED, "products"):
        described = BY_NAME[name]
        rows = described.model._base_manager.order_by("pk")
        with (place / f"{name}.csv").open("w", newline="") as file:
            file.writelines(as_csv(described, rows))
    with (place / "products.csv").open(encoding="utf-8-sig", newline="") as file:
        labels = list(csv.DictReader(file))
    for label in labels:
        label["editor_note"] = NOTE
    write_rows(place / "products.csv", labels)
    for label in labels[::CHANGED_ROW]:
        label["directions"] = "One with breakfast."
    write_rows(place / "changed.csv", labels)
    return len(labels)


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def in_process(way: str, place: Path, database: Path) -> dict[str, Any]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "FACETS": "sql",
        # Out of the box such a file is asked to be divided.
        "IMPORT_MOST_BYTES": str(10**9),
        "IMPORT_MOST_ROWS": str(10**7),
    }
    program = [sys.executable, __file__, "--way", way, "--place", str(place)]
    done = subprocess.run(program, env=environment, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# One way, in a process of its own ---------------------------------------------------------------


def go(way: str, place: Path) -> dict[str, Any]:
    """Seconds of processor time of one way, and the most memory of this process in MB."""
    import django

    django.setup()
    if way == "begin":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        bring_in([place / f"{name}.csv" for name in REFERRED])
        return {}
    labels = place / "products.csv"
    ways = {
        "parse": partial(parse, labels),
        "ours": partial(bring_in, [labels]),
        "plain": partial(plain, labels),
        "no history": partial(bring_in, [labels], history=False),
        "one by one": partial(one_by_one, labels),
        "again": partial(bring_in, [labels]),
        "changed": partial(bring_in, [place / "changed.csv"], named="products.csv"),
    }
    parts = in_parts() if way == "ours" else {}
    seconds, _ = timed(ways[way])
    return {"seconds": seconds, "memory": most_memory(), "parts": parts}


def most_memory() -> float:
    """MB. Not `ru_maxrss`, in which the process that started this one is counted as well."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1e3  # type: ignore[index]


def in_parts() -> dict[str, float]:
    """Seconds that the steps of an import will have taken when it has run, by name."""
    from products import changes, search_table
    from products.importing.candidates import Candidates
    from products.importing.memory import Memory
    from products.importing.taking import Loading

    taken: dict[str, float] = defaultdict(float)

    def watch(where: Any, name: str, said: str) -> None:
        real = getattr(where, name)

        def watched(*args: Any, **kwargs: Any) -> Any:
            seconds, found = timed(lambda: _whole(real(*args, **kwargs)))
            taken[said] += seconds
            return found

        setattr(where, name, watched)

    watch(Candidates, "read", "cells read and checked, names looked up")
    watch(Loading, "_judge", "held against what was loaded before")
    watch(Loading, "_write", "the rows written")
    watch(Memory, "write", "what was loaded remembered")
    watch(Loading, "vet", "checks of the labels")
    watch(changes, "_derive_products", "derived columns and search")
    watch(search_table, "put", "search, which is part of that")
    watch(changes, "write_down", "history")
    return taken


def _whole(found: Any) -> Any:
    """What is made as it is asked for, made at once."""
    return list(found) if isinstance(found, Iterator) else found


WAYS = {
    "parse": "none.sqlite3",
    "ours": "ours.sqlite3",
    "plain": "plain.sqlite3",
    "no history": "bare.sqlite3",
    "one by one": "slow.sqlite3",
    "again": "ours.sqlite3",
    "changed": "ours.sqlite3",
}
"""Each with the database that it works in; the last two go on in that of the import."""


def parse(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return len(list(csv.reader(file)))


def bring_in(paths: Iterable[Path], *, history: bool = True, named: str = "") -> None:
    """As `load_catalogue` does it."""
    from products.changes import recording
    from products.importing import tables
    from products.importing.load import load
    from products.importing.resources import BY_NAME

    files = {}
    for path in paths:
        described = BY_NAME[(named or path.name).removesuffix(".csv")]
        files[described.name] = tables.parse(described.file, path.read_bytes(), described.columns)
    with recording(by=None, reason="benchmark", history=history) as touched:
        load(files, touched)


def plain(path: Path) -> None:
    """As one writes it who wants rows in a table: no checks, no history, nothing derived."""
    from django.db import models, transaction

    from products.models import Product

    with transaction.atomic():
        models.QuerySet(model=Product).bulk_create(instances(path), batch_size=BATCH)


def one_by_one(path: Path) -> None:
    """As one writes it who wants the checks of the model; the first rows of the file only."""
    from django.db import models, transaction

    with transaction.atomic():
        for row, _ in zip(instances(path), range(SAVED_ONE_BY_ONE), strict=False):
            row.full_clean()
            models.Model.save(row)


def instances(path: Path) -> Iterable[Any]:
    """Rows of the file as instances, with the values that the import makes of them."""
    from datetime import date
    from decimal import Decimal

    from django.db import models

    from products.models import Brand, Product, Source

    keys: dict[str, dict[str, int]] = {
        "brand": dict(Brand.objects.values_list("slug", "pk")),
        "source": dict(Source.objects.values_list("key", "pk")),
    }
    kinds = {
        models.DecimalField: Decimal,
        models.DateField: date.fromisoformat,
        models.BooleanField: "yes".__eq__,
    }
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        read = {}
        for name in reader.fieldnames or ():
            field: Any = Product._meta.get_field(name)
            to_value: Any = kinds.get(type(field), field.to_python)
            read[name] = (
                field.attname,
                keys[name].__getitem__ if name in keys else to_value,
                field.null,
            )
        for row in reader:
            yield Product(
                **{
                    name: to_value(row[column]) if row[column] else (None if null else "")
                    for column, (name, to_value, null) in read.items()
                }
            )


# The report -------------------------------------------------------------------------------------

NOTES = (
    "Labels of the made catalogue, all columns, from a CSV file into SQLite; processor time of a "
    "process for each way, which take turns. *The import*: every cell checked, names looked up, "
    "constraints, the checks of the label, what is derived, search, what was loaded remembered, "
    "history, one transaction. *Plain `bulk_create`*: the same file by `csv.DictReader`, instances, "
    f"`bulk_create(batch_size={BATCH})`, and none of that. *One by one*: `full_clean()` and `save()`, "
    f"of {SAVED_ONE_BY_ONE:,} rows, without anything derived or remembered. *Parsing*: `csv.reader` "
    "alone. Memory is the most that the process had."
)
SAID = {
    "parse": "parsing alone",
    "plain": "plain bulk_create",
    "one by one": "one by one, full_clean and save",
    "no history": "the import, without history",
    "ours": "the import",
    "again": "the same file again",
    "changed": "again, 1 % of the rows changed",
}


def report(one: dict[str, Any]) -> str:
    """What a row costs in each way, then the ratios beside their goals."""
    rows = [
        [said, f"{per_row(one, way) * 1e6:,.0f}", f"{one['memory'][way]:.0f}"]
        for way, said in SAID.items()
    ]
    rows += [
        [f"of the import: {said}", f"{seconds / one['rows'] * 1e6:,.0f}", ""]
        for said, seconds in one["parts"].items()
    ]
    head = [f"{one['rows']:,} rows", "µs a row", "memory, MB"]
    lines = [
        goal(
            "without history, times as fast as plain bulk_create",
            ratio(one, "plain", "no history"),
            least=5,
        ),
        goal(
            "with history, times as fast as plain bulk_create", ratio(one, "plain", "ours"), least=2
        ),
        goal("again with 1 % changed, times parsing", ratio(one, "changed", "parse"), most=3),
        f"- with history, times as fast as full_clean and save: {ratio(one, 'one by one', 'ours'):.1f}",
    ]
    return (
        f"## Imports\n\n{NOTES}\n\n{table(head, rows)}\n\n"
        f"Ratios, medians over rounds ({one['rounds']}). Goals:\n\n" + "\n".join(lines)
    )


def each(one: dict[str, Any], way: str) -> list[float]:
    rows = SAVED_ONE_BY_ONE if way == "one by one" else one["rows"]
    return [seconds / rows for seconds in one["times"][way]]


def per_row(one: dict[str, Any], way: str) -> float:
    return statistics.median(each(one, way))


def ratio(one: dict[str, Any], way: str, other: str) -> float:
    """How many times as long the first takes, median of the rounds."""
    pairs = zip(each(one, way), each(one, other), strict=True)
    return statistics.median(first / second for first, second in pairs)


def goal(what: str, reached: float, least: float | None = None, most: float | None = None) -> str:
    wanted = f"at least {least:g}" if least else f"at most {most:g}"
    is_met = reached >= least if least else reached <= (most or 0)
    return f"- {what}: {wanted}; {reached:.2f}: {'reached' if is_met else '**not reached**'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        print(json.dumps(go(arguments.way, arguments.place)))
    elif arguments.measure:
        print(json.dumps(measure(int(os.environ["ROUNDS"]))))
    else:
        os.environ["ROUNDS"] = str(arguments.rounds)
        text = report(run(arguments.products, __file__))
        write("imports", text)
        print(text)


if __name__ == "__main__":
    main()
