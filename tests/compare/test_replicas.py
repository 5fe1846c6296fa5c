"""Pages read from a real streaming replica: up to date, lagging, dead, and the last one standing.

One story in one test, since each of its servers takes seconds to start.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import ResolverMatch

from compare import replicas
from products.models import Product
from tests.compare import servers

PRODUCT = "products_product"


def wait_until(holds, what: str) -> None:
    for _ in range(150):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail(f"waited in vain until {what}")


@pytest.mark.skipif(servers.programs() is None, reason="PostgreSQL is not installed here")
def test_pages_are_read_from_a_replica_that_has_what_the_primary_has() -> None:
    # Not under pytest's own folder, which belongs to root alone where root runs the tests.
    with (
        TemporaryDirectory() as place,
        servers.primary_and_replica(Path(place)) as (primary, replica),
    ):
        variables = servers.environment(primary, replica)
        servers.manage(variables, "migrate", "--verbosity", "0")
        servers.manage(variables, "load_catalogue")
        slug = primary.ask(
            "SELECT slug FROM products_product WHERE name LIKE '%Neuro-Mag%' LIMIT 1"
        )
        with servers.site(variables) as address:

            def page() -> str:
                with urlopen(f"{address}/products/{slug}/", timeout=30) as answer:  # noqa: S310 - http
                    return answer.read().decode()

            def caught_up() -> bool:
                ask = "SELECT stamp FROM products_cataloguestate"
                return primary.ask(ask) == replica.ask(ask)

            def name_it(name: str) -> None:
                change = f"Product.objects.filter(slug={slug!r}).update(name={name!r})"
                servers.manage(
                    variables,
                    "shell",
                    "-c",
                    "from products.changes import recording\n"
                    "from products.models import Product\n"
                    f"with recording(by=None, reason='a new name'):\n    {change}\n",
                )

            wait_until(caught_up, "the replica has the catalogue")
            primary.hush()
            assert "Neuro-Mag" in page()
            assert replica.has_read(PRODUCT)
            assert not primary.has_read(PRODUCT)

            replica.ask("SELECT pg_wal_replay_pause()")
            name_it("Name of the second day")
            assert "Name of the second day" in page()
            assert primary.has_read(PRODUCT)
            replica.ask("SELECT pg_wal_replay_resume()")
            wait_until(caught_up, "the replica has the new name")
            primary.hush()
            assert "Name of the second day" in page()
            assert not primary.has_read(PRODUCT)

            replica.stop()
            before = time.monotonic()
            assert "Name of the second day" in page()
            assert "Name of the second day" in page()
            assert time.monotonic() - before < 20
            assert primary.has_read(PRODUCT)

        replica.start()
        wait_until(caught_up, "the replica is back")
        with servers.site(variables) as address:
            primary.stop()
            assert "Name of the second day" in page()


def test_what_a_replica_breaks_off_is_answered_from_the_primary(rf, monkeypatch) -> None:
    monkeypatch.setattr(replicas.replicas, "up_to_date", lambda: "replica_1")
    left_alone = []
    monkeypatch.setattr(replicas.replicas, "leave_alone", left_alone.append)

    def view(request):
        if replicas.PublicReads().db_for_read(Product) == "replica_1":
            raise OperationalError("terminating connection")
        return HttpResponse("all of it")

    def as_django_does(request):
        try:
            return view(request)
        except OperationalError as error:
            return middleware.process_exception(request, error)

    middleware = replicas.ReadFromReplicas(as_django_does)
    request = rf.get("/products/")
    request.resolver_match = ResolverMatch(view, (), {})
    assert middleware(request).content == b"all of it"
    assert left_alone == ["replica_1"]


def test_whoever_is_known_by_a_session_reads_the_primary(rf, monkeypatch) -> None:
    monkeypatch.setattr(replicas.replicas, "up_to_date", lambda: "replica_1")
    middleware = replicas.ReadFromReplicas(
        lambda request: HttpResponse(replicas.PublicReads().db_for_read(Product))
    )
    editor = rf.get("/products/")
    editor.COOKIES["sessionid"] = "anything"
    requests = [rf.get("/products/"), editor, rf.post("/safety/you/")]
    read = [middleware(request).content.decode() for request in requests]
    assert read == ["replica_1", "default", "default"]
