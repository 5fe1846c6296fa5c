"""A real headless Chromium before the live server.

A test asks for `page`, or for `browser` to make contexts of its own (another size, dark, without
JavaScript), and for `live_server`. Every test in this folder carries the mark `browser`.
"""

import os
import shutil
from collections.abc import Iterator
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import NO_BROWSER

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.browser)


def find_browser() -> str | None:
    """Where Chromium is: named by BROWSER_PATH, or found on the PATH."""
    return os.environ.get("BROWSER_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


def unavailable(why: str) -> NoReturn:
    """Skip, or fail where a run without a browser proves too little."""
    say = f"{NO_BROWSER}: {why}"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"CI must run the browser tests, but there is {say}", pytrace=False)
    pytest.skip(say)


# One browser for the folder, not for the session: Playwright keeps an event loop running as long as
# it lives, and Django refuses its database to a thread with one. Here that is allowed, and it ends
# with the last test of the folder.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Without one these tests are skipped, except in CI, where they fail."""
    path = find_browser()
    if path is None:
        unavailable("apt-get install chromium, or set BROWSER_PATH")
    try:
        playwright = sync_playwright().start()
    except Exception as error:  # Playwright raises a bare one
        unavailable(f"Playwright's driver does not start, apt-get install libatomic1 ({error})")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
            chromium = playwright.chromium.launch(executable_path=path, args=flags)
            yield chromium
            chromium.close()
    finally:
        playwright.stop()


@pytest.fixture(autouse=True)
def http_cookies(settings) -> None:
    """The live server speaks http, where a browser would not send back a cookie meant for https."""
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False


@pytest.fixture
def context(browser: Browser, live_server) -> Iterator[BrowserContext]:
    """A visitor who has never been here, on a desk. Addresses are relative to the live server."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-US"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
