"""RESULTS.md: one section a benchmark, each replaced by its next run."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = "# What was measured\n\nAs it came out, by `make bench`. How: `README.md`.\n"


def write(name: str, text: str) -> None:
    """Put a section in its place, with the day and the machine it was measured on."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    section = f"{begin}\n{text.rstrip()}\n\n{machine()}\n{end}"
    page = RESULTS.read_text() if RESULTS.exists() else HEAD
    found = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    page = found.sub(lambda _: section, page) if found.search(page) else f"{page}\n{section}\n"
    RESULTS.write_text(page)


def machine() -> str:
    """Day, processor, load and versions."""
    cpuinfo = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*:\s*(.+)", cpuinfo.read_text()) if cpuinfo.exists() else []
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    versions = ", ".join(f"{name} {version(name)}" for name in ("Django", "pyroaring"))
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} × "
        f"{names[0] if names else platform.machine()} · {platform.system()} · "
        f"load {load} at the end · Python {platform.python_version()}, {versions}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown; all columns but the first are figures."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
