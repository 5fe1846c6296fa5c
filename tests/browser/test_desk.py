"""An editor enters a label, is told of a mistake, and sees the product among all others at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from products.models import Product
from tests import cast, factories

PASSWORD = "a long password of one test"


@pytest.fixture
def desk(page: Page, live_server) -> Iterator[Page]:
    """The start page of the desk, after a login by hand. Any complaint in the console fails."""
    editor = factories.EditorFactory(username="ada")
    editor.set_password(PASSWORD)
    editor.save()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/admin/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    yield page
    assert not complaints


def choose(page: Page, field: str, typed: str, choice: str) -> None:
    """Look something up in a field that searches while one types."""
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-search__field").fill(typed)
    page.locator(".select2-results__option", has_text=choice).first.click()
    expect(page.locator(f"#id_{field} + .select2")).to_contain_text(choice)


def test_a_product_is_entered_questioned_explained_and_listed(desk: Page) -> None:
    factories.BrandFactory(slug="life-extension", name="Life Extension")
    factories.SourceFactory(key="label-neuro-mag")
    cast.form("l-threonate")
    cast.plain_oxide()  # the list has been counted before
    desk.goto("/products/")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("1 product")

    desk.goto("/admin/products/product/add/")
    expect(desk.locator("#id_brand + .select2 [role=combobox]")).to_be_focused()
    choose(desk, "brand", "life", "Life Extension")
    desk.locator("#id_name").fill("Neuro-Mag")
    desk.locator("#id_name").blur()
    expect(desk.locator("#id_slug")).to_have_value("neuro-mag")
    choose(desk, "source", "neuro", "label-neuro-mag")
    desk.locator("#id_dosage_form").select_option("capsule")
    desk.locator("#id_serving_units").fill("3")
    desk.locator("#id_servings_per_container").fill("30")
    desk.locator("#id_container_units").fill("90")
    desk.locator("#id_label_compound_mg").fill("2000")
    # More than 2,000 mg of this form can hold.
    desk.locator("#id_label_elemental_mg").fill("170")
    choose(desk, "ingredients-0-form", "threo", "L-threonate")
    desk.locator("#id_ingredients-0-compound_mg").fill("2000")
    save = desk.get_by_role("button", name="Publish", exact=True).first
    save.click()

    refused = desk.locator(".errorlist", has_text="can hold at most 165.06 mg").first
    expect(refused).to_be_visible()
    expect(refused).to_contain_text("say why in the note to the warnings and save again")
    assert Product.objects.count() == 1

    desk.locator("#id_warning_note").fill("The label really says so: seen on the bottle.")
    save.click()
    desk.wait_for_url("**/admin/products/product/")
    expect(desk.locator(".messagelist")).to_contain_text("was added successfully")

    desk.goto("/products/?form=l-threonate")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("1 product")
    expect(desk.get_by_role("main")).to_contain_text("Neuro-Mag")
    expect(desk.get_by_role("main")).to_contain_text(re.compile(r"170"))
    desk.goto("/products/")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("2 products")


def test_a_doi_that_is_not_here_yet_goes_along_to_the_form_that_adds_its_source(desk: Page) -> None:
    use = factories.EvidenceFactory(form=cast.form("oxide")).use
    desk.goto(f"/admin/products/use/{use.pk}/change/")
    desk.locator("#evidence-group summary").first.click()
    desk.locator("#id_evidence-0-source + .select2").click()
    desk.locator(".select2-search__field").fill("doi: 10.1000/ABC")
    expect(desk.locator(".select2-results__message")).to_be_visible()
    desk.keyboard.press("Escape")
    with desk.expect_popup() as popup:
        desk.locator("#add_id_evidence-0-source").click()
    expect(popup.value.locator("#id_doi")).to_have_value("doi: 10.1000/ABC")
