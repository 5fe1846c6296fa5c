"""What the environment may set, as the file reads it."""

import runpy
from pathlib import Path

import pytest
from environs import EnvError

FILE = Path(__file__).resolve().parents[2] / "compare" / "settings.py"


def read(monkeypatch, **environment: str):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(FILE))


def test_what_reaches_beyond_this_site_is_off_until_asked_for(monkeypatch) -> None:
    names = ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"]
    for name in names:
        monkeypatch.delenv(name, raising=False)
    assert [read(monkeypatch)[name] for name in names] == [False, False]
    asked = read(monkeypatch, **dict.fromkeys(names, "true"))
    assert [asked[name] for name in names] == [True, True]


@pytest.mark.parametrize("nonsense", ["-1", "one", "1.5", "400"])
def test_a_number_of_proxies_that_is_none_is_refused(monkeypatch, nonsense) -> None:
    assert read(monkeypatch, TRUSTED_PROXIES="2")["TRUSTED_PROXIES"] == 2
    with pytest.raises(EnvError):
        read(monkeypatch, TRUSTED_PROXIES=nonsense)
