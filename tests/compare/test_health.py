"""What whoever watches the process is told."""

import pytest
from django.db import OperationalError
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor


# No django_db mark: the test would fail if the page asked the database.
def test_healthz_answers_without_a_database(client) -> None:
    answer = client.get("/healthz/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "alive"}


@pytest.mark.django_db
def test_readyz_when_all_is_in_order(client) -> None:
    answer = client.get("/readyz/")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready"}


@pytest.mark.django_db
def test_readyz_names_the_missing_migrations(client, monkeypatch) -> None:
    missing = [(Migration("0099_one_more", "products"), False)]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: missing)
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "migrations missing", "missing": ["products.0099_one_more"]}


@pytest.mark.django_db
def test_readyz_when_the_database_is_gone(client, monkeypatch) -> None:
    def gone(*_):
        raise OperationalError("secret host, secret port")

    monkeypatch.setattr(MigrationExecutor, "migration_plan", gone)
    answer = client.get("/readyz/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "database does not answer"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz/", "/readyz/"])
def test_health_is_read_only_and_never_cached(client, path) -> None:
    assert client.post(path).status_code == 405
    assert "no-store" in client.get(path)["Cache-Control"]
    assert client.head(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz/", "/readyz/"])
def test_health_answers_a_probe_that_speaks_plain_http(client, settings, path) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200
