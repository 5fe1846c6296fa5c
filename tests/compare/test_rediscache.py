"""A shared cache in a real server, and what becomes of pages when it goes away."""

import shutil
import subprocess
import time

import pytest
from django.core.cache import caches
from django.test import override_settings

from compare.rediscache import FailOpenRedisCache
from tests.compare.servers import free_port


@pytest.fixture
def server():
    if (program := shutil.which("redis-server") or shutil.which("valkey-server")) is None:
        pytest.skip("Redis is not installed here")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    process.url = f"redis://127.0.0.1:{port}"
    yield process
    process.kill()
    process.wait()


def settings_for(url: str) -> dict:
    return {
        "default": {
            "BACKEND": "compare.rediscache.FailOpenRedisCache",
            "LOCATION": url,
            "OPTIONS": {"socket_connect_timeout": 0.25, "socket_timeout": 0.25},
        }
    }


@pytest.fixture(autouse=True)
def rested(monkeypatch) -> None:
    monkeypatch.setattr(FailOpenRedisCache, "_rest_until", 0.0)


def test_what_one_process_keeps_another_finds_until_the_server_goes(server) -> None:
    with override_settings(CACHES=settings_for(server.url)):
        for _ in range(100):
            FailOpenRedisCache._rest_until = 0.0
            caches["default"].set("page", b"<h1>Products</h1>", 60)
            if caches["default"].get("page"):
                break
            time.sleep(0.05)
        assert FailOpenRedisCache(server.url, {}).get("page") == b"<h1>Products</h1>"
        server.kill()
        server.wait()
        assert caches["default"].get("page", "nothing") == "nothing"
        caches["default"].set("page", b"again", 60)


@pytest.mark.django_db
def test_pages_are_served_while_the_cache_does_not_answer(client) -> None:
    nobody = f"redis://127.0.0.1:{free_port()}"
    with override_settings(CACHES=settings_for(nobody)):
        assert client.get("/products/").status_code == 200
        cache = caches["default"]
        assert cache.add("one", 1) is True
        assert cache.incr("one") == 1
        assert cache.get_many(["one"]) == {}
        assert cache.set_many({"one": 1}) == ["one"]
        assert cache.has_key("one") is False
        assert cache.delete("one") is False
