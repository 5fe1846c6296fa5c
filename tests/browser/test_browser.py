"""The browser itself: it reaches the live server, with the database of the test and its cookies."""

import re

from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect


def test_reaches_the_live_server(page: Page) -> None:
    answer = page.goto("/healthz/")
    assert answer is not None
    assert answer.status == 200
    assert answer.json() == {"status": "alive"}


def test_an_editor_made_in_the_test_signs_in(page: Page) -> None:
    get_user_model().objects.create_superuser("ada", password="correct horse battery")
    page.goto("/admin/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Log in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    expect(page.locator("#user-tools")).to_contain_text("ada")
