"""The main journey of a shopper: narrow down, tick three, compare, keep what differs, send the link."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import cast
from tests.factories import ProductFactory, ProductIngredientFactory


@pytest.fixture(params=["with script", "without script"])
def shopper(request: pytest.FixtureRequest, browser: Browser, live_server) -> Iterator[Page]:
    """A visitor's page; the second one's browser runs no script. Any complaint in the console fails."""
    cast.neuro_mag()
    cast.plain_oxide()
    for slug in ("citrate", "gluconate", "bisglycinate"):
        product = ProductFactory(
            slug=f"capsule-{slug}", name=f"Capsules {slug}", label_elemental_mg=100
        )
        ProductIngredientFactory(product=product, form=cast.form(slug))
    context = browser.new_context(
        base_url=live_server.url,
        viewport={"width": 1280, "height": 900},
        java_script_enabled=request.param == "with script",
    )
    context.set_default_timeout(10_000)
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


def test_from_the_shelf_to_a_link_that_opens_the_same_page(
    shopper: Page, browser: Browser, live_server
) -> None:
    shopper.goto("/products/")
    for form in ("Citrate", "Gluconate", "L-threonate"):
        shopper.locator("#filters label", has_text=form).first.click()
        # With script the click sends the form by itself; without, the button does.
        try:
            shopper.wait_for_url(re.compile(f"form={form.lower()}"), timeout=1500)
        except Exception:
            shopper.get_by_role("button", name="Apply").click()
    expect(shopper.get_by_role("heading", level=1)).to_contain_text("3")

    for name in ("Neuro-Mag", "Capsules citrate", "Capsules gluconate"):
        shopper.get_by_role("link", name=re.compile(f"^Compare .*{name}")).click()
        expect(
            shopper.get_by_role("link", name=re.compile(f"^Remove .*{name} from")).first
        ).to_be_visible()
    shopper.get_by_role("link", name="Compare 3").click()

    expect(shopper.get_by_role("heading", level=1)).to_contain_text("Neuro-Mag")
    shopper.get_by_role("link", name=re.compile("^Differing")).click()
    shopper.wait_for_url(re.compile("rows=differing"))
    table = shopper.get_by_role("table").first
    expect(table).to_contain_text("144")

    seen, link = table.inner_text(), shopper.url
    elsewhere = browser.new_context(java_script_enabled=False).new_page()
    elsewhere.goto(link)
    assert elsewhere.get_by_role("table").first.inner_text() == seen
    elsewhere.context.close()


def test_a_filter_is_taken_away_by_its_chip(shopper: Page) -> None:
    shopper.goto("/products/?form=citrate&form=gluconate")
    shopper.get_by_role("link", name="Remove filter: Citrate").click()
    shopper.wait_for_url("**/products/?form=gluconate")
    expect(shopper.get_by_role("heading", level=1)).to_contain_text("1")


def test_the_dose_follows_through_to_the_comparison(shopper: Page) -> None:
    shopper.goto("/products/?item=neuro-mag&item=plain-oxide")
    shopper.get_by_role("link", name="200 mg").click()
    shopper.wait_for_url(re.compile("dose=200"))
    shopper.get_by_role("link", name="Compare 2").click()
    shopper.wait_for_url(re.compile("/compare/products/.*dose=200"))


def test_search_finds_by_a_name_of_the_form(shopper: Page) -> None:
    shopper.goto("/products/")
    shopper.get_by_role("searchbox").first.fill("magtein")
    shopper.get_by_role("searchbox").first.press("Enter")
    shopper.wait_for_url(re.compile("q=magtein"))
    expect(shopper.get_by_role("main")).to_contain_text("Neuro-Mag")


def test_on_a_phone_the_filters_open_and_close(browser: Browser, live_server) -> None:
    cast.neuro_mag()
    context: BrowserContext = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 800}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/products/")
    panel = page.locator("#filters")
    expect(panel).to_be_hidden()
    page.get_by_role("link", name=re.compile("^Filters")).click()
    expect(panel).to_be_visible()
    panel.get_by_text("L-threonate").click()
    panel.get_by_role("button", name=re.compile("^Show")).click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 product")
    context.close()
