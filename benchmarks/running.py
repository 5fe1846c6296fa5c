"""A benchmark as a program: a catalogue of each size, measured in a process of its own, and the report."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from results import write

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "var" / "benchmarks"


def run(products: int, file: str) -> dict[str, Any]:
    """Make the catalogue if need be, and let a program measure it in a process of its own."""
    PLACE.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{PLACE / f'products-{products}.sqlite3'}",
        "FACETS_DIR": str(PLACE),
        "FACETS": "bitmaps",
        "DJANGO_SETTINGS_MODULE": "compare.settings",
        "PYTHONPATH": str(ROOT),
        "DEBUG": "false",
        "SECRET_KEY": "benchmarks only",
        "ALLOWED_HOSTS": "testserver",
        "SECURE_SSL_REDIRECT": "false",
    }

    def manage(*arguments: str) -> None:
        subprocess.run(
            [sys.executable, ROOT / "manage.py", *arguments], env=environment, check=True
        )

    manage("migrate", "--verbosity", "0")
    manage("collectstatic", "--noinput", "--verbosity", "0")
    done = PLACE / f"products-{products}.done"
    if not done.exists():
        manage("make_benchmark_catalogue", "--products", str(products))
        done.touch()
    measured = subprocess.run(
        [sys.executable, file, "--measure"], env=environment, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(measured.stdout)
    return found


def program(
    name: str,
    measure: Callable[[], dict[str, Any]],
    report: Callable[[list[dict[str, Any]]], str],
    sizes: list[int],
) -> None:
    """The command line of a benchmark: `--products` takes one size, or several where `sizes` are.

    The report on what was measured, a size each, goes to its section of RESULTS.md.
    With `--measure` it is the inner process, which measures the catalogue that DATABASE_URL names.
    """
    file = sys.argv[0]
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--products", type=int, nargs="+" if len(sizes) > 1 else 1, default=sizes)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure()))
        return
    text = report([run(number, file) for number in arguments.products])
    write(name, text)
    print(text)
