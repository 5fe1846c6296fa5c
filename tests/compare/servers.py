"""A PostgreSQL primary with a streaming replica, and the site before both, for tests that need them real."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder of initdb and its like, where PostgreSQL is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_basebackup"))
    on_path = shutil.which("pg_basebackup")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@dataclass
class Server:
    """One server in a folder of its own."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://elemental@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> str:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=True, timeout=90
        )
        return done.stdout.strip()

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 {QUICK} -c log_statement=all "
            f"-c unix_socket_directories={self.folder}"
        )
        data, log = str(self.folder / "data"), str(self.folder / "log")
        # What the server inherits is not waited for: its output goes to the log.
        self.run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def stop(self) -> None:
        data = str(self.folder / "data")
        self.run("pg_ctl", "-D", data, "-m", "immediate", "stop")

    def ask(self, sql: str) -> str:
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "elemental", "-d", "postgres"]
        return self.run("psql", *address, "-tAc", sql)

    def has_read(self, table: str) -> bool:
        """Whether a statement since the last `hush` named the table."""
        return f'FROM "{table}"' in (self.folder / "log").read_text()

    def hush(self) -> None:
        os.truncate(self.folder / "log", 0)


@contextmanager
def primary_and_replica(place: Path) -> Iterator[tuple[Server, Server]]:
    found = programs()
    assert found is not None
    servers = [Server(found, place / name, free_port()) for name in ("primary", "replica")]
    for server in servers:
        server.folder.mkdir()
    if os.geteuid() == 0:
        place.chmod(0o755)
        for folder in (place, *(server.folder for server in servers)):
            shutil.chown(folder, "postgres")
    primary, replica = servers
    trust = ["-U", "elemental", "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"]
    primary.run("initdb", "-D", str(primary.folder / "data"), *trust)
    primary.start()
    try:
        address = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "elemental"]
        copy = ["-D", str(replica.folder / "data"), "--write-recovery-conf", "--checkpoint=fast"]
        replica.run("pg_basebackup", *address, *copy)
        replica.start()
        yield primary, replica
    finally:
        for server in servers:
            # One that the test has stopped, or that never ran, is refused.
            with suppress(subprocess.CalledProcessError):
                server.stop()


def environment(primary: Server, replica: Server) -> dict[str, str]:
    own = {"PATH", "HOME", "LANG", "TMPDIR"}
    return {
        **{name: value for name, value in os.environ.items() if name in own},
        "DEBUG": "true",
        "DATABASE_URL": f"{primary.url}?connect_timeout=2",
        "REPLICA_URLS": replica.url,
        "FACETS_DIR": str(primary.folder.parent / "facets"),
    }


def manage(variables: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True, timeout=180)


@contextmanager
def site(variables: dict[str, str]) -> Iterator[str]:
    """The site in a process of its own; gives its address."""
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urlopen(f"{address}/healthz/", timeout=5).close()  # noqa: S310 - http
                break
            except URLError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
