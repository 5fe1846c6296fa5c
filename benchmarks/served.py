"""Datasette in an environment and a process of its own: what a page costs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from running import PLACE

DATASETTE = "datasette==0.65.5"
SERVING = """
import asyncio, json, sys, time
from datasette.app import Datasette

async def main():
    path, immutable, settings = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
    files = {"immutables": [path]} if immutable else {"files": [path]}
    datasette = Datasette(**files, settings={"suggest_facets": False, **settings})
    await datasette.invoke_startup()
    for line in sys.stdin:
        address, params = json.loads(line)
        begin = time.process_time()
        response = await datasette.client.get(address, params=params)
        seconds = time.process_time() - begin
        print(json.dumps([seconds, response.status_code, response.text]), flush=True)

asyncio.run(main())
"""


class Served:
    """One database, answered from within Datasette's own process, without its suggestions."""

    def __init__(
        self, database: Path, *, immutable: bool = True, settings: dict[str, Any] | None = None
    ) -> None:
        arguments = [str(database), json.dumps(immutable), json.dumps(settings or {})]
        self._process = subprocess.Popen(
            [python(), "-c", SERVING, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def get(self, address: str, params: list[tuple[str, str]]) -> tuple[float, str]:
        """Seconds of its processor time for an answer, and the answer."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None  # noqa: S101, PT018 - both were asked for
        stdin.write(json.dumps([address, params]) + "\n")
        stdin.flush()
        seconds, status, text = json.loads(stdout.readline())
        if status != 200:
            raise SystemExit(f"Datasette answers {status}: {address} {params}\n{text[:500]}")
        return float(seconds), text

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


def python() -> Path:
    """The interpreter of Datasette's environment, which is made when it is not there."""
    place = PLACE / "datasette"
    found = place / "bin" / "python"
    if not found.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        subprocess.run([found, "-m", "pip", "install", "--quiet", DATASETTE], check=True)
    return found
