"""What every test stands on.

The settings read the environment once, when Django starts. What tests need of it is said here, and
Django is started here: were DJANGO_SETTINGS_MODULE in pyproject.toml, pytest-django would start
Django before this file is read. What can be changed later is changed by `plain_settings`.
"""

import os
from collections.abc import Iterator

import django
import hypothesis
import pytest
from django.conf import settings
from django.test.utils import override_settings

os.environ["DJANGO_SETTINGS_MODULE"] = "compare.settings"
# Tests run the site as production does, whatever the shell says. Only the redirect to https is off:
# the test client and the live server speak http.
os.environ["DEBUG"] = "false"
os.environ["SECRET_KEY"] = "tests only: nothing that it signs outlives the run"
os.environ["ALLOWED_HOSTS"] = "localhost,127.0.0.1"
os.environ["SECURE_SSL_REDIRECT"] = "false"
for left_alone in ("CACHE_URL", "CSRF_TRUSTED_ORIGINS", "REPLICA_URLS", "TRUSTED_PROXIES"):
    os.environ.pop(left_alone, None)
# DATABASE_URL is taken as it stands: the same tests run on SQLite and on PostgreSQL. Django puts
# `test_` before the name, or keeps SQLite in memory, so no real row is ever touched.
django.setup()

# A property takes as long as it takes: a slow or busy machine is no failure.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

NO_BROWSER = "no browser on this machine"
"""Begins the reason of each browser test that was skipped; the summary looks for it."""


@pytest.fixture(scope="session", autouse=True)
def plain_settings() -> Iterator[None]:
    """Static files by their plain names, since nothing was collected, and quick passwords.

    Answers are made anew each time, or the second request of a test would measure nothing.
    """
    plain_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain_files},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what a machine without a browser left out, and how to get one."""
    left_out = sorted(
        report.nodeid
        for report in terminalreporter.stats.get("skipped", [])
        if NO_BROWSER in str(report.longrepr)
    )
    if left_out:
        terminalreporter.section("browser tests were skipped", yellow=True)
        terminalreporter.write_line(f"There is {NO_BROWSER}, so these did not run:")
        for nodeid in left_out:
            terminalreporter.write_line(f"  {nodeid}")
        terminalreporter.write_line("To run them:  apt-get install chromium libatomic1")
        terminalreporter.write_line("or name one:  BROWSER_PATH=/path/to/chromium make test")
