"""All of the catalogue or nothing, and what stands in the way is named."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.changes import recording
from products.importing.load import load_folder
from products.importing.problems import Refused
from products.importing.resources import RESOURCES
from products.models import CatalogueState, MagnesiumForm, Offer, Product, Source

pytestmark = pytest.mark.django_db


def counts(path: Path) -> dict[str, tuple[int, int, int]]:
    return {
        c.file.removesuffix(".csv"): (c.added, c.changed, c.unchanged) for c in load_folder(path)
    }


def refused(path: Path) -> list[str]:
    """What is said of a folder that is refused; the database must be as it was."""
    before = {resource.name: resource.model.objects.count() for resource in RESOURCES}
    version = CatalogueState.current().version
    with pytest.raises(Refused) as caught:
        load_folder(path)
    assert before == {resource.name: resource.model.objects.count() for resource in RESOURCES}
    assert CatalogueState.current().version == version
    return [str(problem) for problem in caught.value.problems]


def test_a_first_load_adds_and_derives(folder: Any) -> None:
    assert counts(folder.write())["products"] == (1, 0, 0)
    product = Product.objects.get(slug="neuro-mag")
    assert str(product.label_capacity_mg) == "165.0620"
    assert product.label_check == "adds_up"
    assert str(product.price_per_100_mg) == "0.7292"
    form = MagnesiumForm.objects.get(slug="l-threonate")
    assert form.synonym_list == ["magnesium threonate", "MgT"]
    assert {source.key for source in form.sources.all()} == {"label-one", "walker-2003"}


def test_a_second_load_changes_nothing(folder: Any) -> None:
    load_folder(folder.write())
    version = CatalogueState.current().version
    assert all(added == changed == 0 for added, changed, _ in counts(folder.path).values())
    assert CatalogueState.current().version == version


def test_what_differs_is_changed_and_derived_anew(folder: Any) -> None:
    load_folder(folder.write())
    folder.put("products", 2, label_elemental_mg="160").put("offers", 2, price="40")
    result = counts(folder.write())
    assert (result["products"], result["offers"], result["forms"]) == ((0, 1, 0),) * 2 + (
        (0, 0, 1),
    )
    product = Product.objects.get(slug="neuro-mag")
    assert product.elemental_mg_per_serving == 160
    assert str(product.price_per_100_mg) == "0.8333"


def test_a_list_that_differs_is_a_change(folder: Any) -> None:
    load_folder(folder.write())
    revision = MagnesiumForm.objects.get(slug="l-threonate").revision
    folder.put("forms", 2, sources="walker-2003")
    assert counts(folder.write())["forms"] == (0, 1, 0)
    form = MagnesiumForm.objects.get(slug="l-threonate")
    assert [source.key for source in form.sources.all()] == ["walker-2003"]
    assert form.revision == revision + 1


def test_records_that_no_file_names_are_left_alone(folder: Any) -> None:
    load_folder(folder.add("sources", key="label-two", title="Another").write())
    folder.rows["sources"].pop()
    assert counts(folder.write())["sources"] == (0, 0, 2)
    assert Source.objects.filter(key="label-two").exists()


def test_what_an_editor_took_back_stays_so(folder: Any) -> None:
    load_folder(folder.write())
    with recording(by=None, reason="taken back"):
        Product.objects.update(status="retired")
    load_folder(folder.put("products", 2, name="Neuro-Mag 90").write())
    assert Product.objects.get().status == "retired"


def test_undated_prices_are_the_same_price(folder: Any) -> None:
    load_folder(folder.write())
    assert counts(folder.put("offers", 2, price="29.99").write())["offers"] == (0, 1, 0)
    assert counts(folder.add("offers", seen_on="2024-05-31").write())["offers"] == (1, 0, 1)
    assert Offer.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "cells", "says"),
    [
        ("products", {"label_elemental_mg": "12 mg"}, "row 2, label_elemental_mg: “12 mg” is not a"),
        ("products", {"label_elemental_mg": "-1"}, "row 2, label_elemental_mg: This must be more"),
        ("products", {"label_elemental_mg": "1.23456"}, "row 2, label_elemental_mg: Ensure that"),
        ("products", {"vegan": "maybe"}, "row 2, vegan: “maybe” is neither yes nor no"),
        ("products", {"dosage_form": "pill"}, "row 2, dosage_form: “pill” is none of capsule"),
        ("products", {"name": ""}, "row 2, name: must not be blank"),
        ("products", {"name": "x" * 201}, "row 2, name: Ensure this value has at most 200"),
        ("products", {"gtin": "737870160398"}, "row 2, gtin: The check digit"),
        ("products", {"brand": "nobody"}, "row 2, brand: there is no brand “nobody”"),
        ("products", {"source": ""}, "row 2, source: must not be blank"),
        ("products", {"daily_servings_high": "2"}, "row 2, daily_servings_low: Give the lower"),
        ("forms", {"formula": "Xy2"}, "row 2, formula: This is not read as a formula"),
        ("forms", {"sources": "label-one|nowhere"}, "row 2, sources: there is no source “nowhere”"),
        ("sources", {"doi": "xyz"}, "row 2, doi: A DOI begins with"),
        ("sources", {"seen_on": "May 2024"}, "row 2, seen_on: Write a year"),
        ("sources", {"seen_on": "2026-02-31"}, "row 2, seen_on: There is no such day"),
        ("sources", {"seen_on": "2999"}, "row 2, seen_on: This day is in the future"),
        ("products", {"label_elemental_mg": "0.0005", "serving_units": "1000", "servings_per_container": "", "container_units": "", "editor_note": "So it says."}, "row 2, serving_units: What follows from this"),
        ("products", {"label_elemental_mg": "144", "daily_servings_low": "9000", "daily_servings_high": "9000"}, "row 2, daily_servings_high: What follows from this"),
        ("offers", {"seen_on": "2999-01-01"}, "row 2, seen_on: This day is in the future"),
        ("offers", {"price": "0"}, "row 2, price: This must be more than zero"),
        # Only the database sees these.
        ("ingredients", {"elemental_mg": "2001"}, "row 2, compound_mg, elemental_mg: Elemental magnesium cannot"),
        ("forms", {"label_fraction_low_percent": "9", "label_fraction_high_percent": "8"}, "row 2, label_fraction_low_percent, label_fraction_high_percent: The lowest share"),
        ("sources", {"doi": "10.1000/XYZ"}, "row 3, doi: A source with this DOI is already here"),
    ],
)  # fmt: skip
def test_a_bad_cell_names_file_row_and_column(
    folder: Any, name: str, cells: dict[str, str], says: str
) -> None:
    said = refused(folder.put(name, 2, **cells).write())
    assert len(said) == 1
    assert said[0].startswith(f"{name}.csv, {says}")


def test_a_slug_that_is_none(folder: Any) -> None:
    (said,) = refused(folder.add("brands", slug="not a slug", name="Another").write())
    assert said.startswith("brands.csv, row 3, slug: Enter a valid “slug”")


def test_a_label_that_cannot_be_is_refused_without_a_note(folder: Any) -> None:
    (said,) = refused(folder.put("products", 2, label_elemental_mg="500").write())
    assert said.startswith("products.csv, row 2, label_elemental_mg: The label claims 500 mg")
    folder.put("products", 2, editor_note="The label says so.")
    load_folder(folder.write())
    assert Product.objects.get().label_check == "cannot_be_pure"


def test_a_new_formula_is_held_against_labels_that_are_in_already(folder: Any) -> None:
    load_folder(folder.write())
    acetyl_taurate = "C8H16MgN2O8S2"  # holds 6.8 %, the threonate 8.25 %
    (said,) = refused(folder.put("forms", 2, formula=acetyl_taurate).write())
    assert said.startswith("products.csv, row 2, label_elemental_mg: The label claims 144 mg")


def test_every_bad_row_is_named_in_order(folder: Any) -> None:
    folder.add("products", slug="two", gtin="", label_elemental_mg="x", vegan="y")
    folder.add("products", slug="three", gtin="", brand="nobody")
    folder.add("products", slug="four", gtin="", servings_per_container="1")
    folder.put("sources", 3, kind="poem").put("brands", 2, website="nowhere")
    assert [line.split(":")[0] for line in refused(folder.write())] == [
        "sources.csv, row 3, kind",
        "brands.csv, row 2, website",
        "products.csv, row 3, label_elemental_mg",
        "products.csv, row 3, vegan",
        "products.csv, row 4, brand",
    ]
    folder.put("sources", 3, kind="rct").put("brands", 2, website="")
    said = refused(folder.write())
    assert said[-1].startswith("products.csv, row 5, servings_per_container: 3 a serving × 1")


def test_rows_that_lead_to_a_bad_row_are_not_blamed(folder: Any) -> None:
    (said,) = refused(folder.put("products", 2, label_elemental_mg="x").write())
    assert said.startswith("products.csv, row 2")


def test_a_label_with_a_bad_part_is_not_judged_by_the_rest(folder: Any) -> None:
    folder.put("products", 2, label_elemental_mg="400", label_compound_mg="400")
    (said,) = refused(folder.put("ingredients", 2, compound_mg="x").write())
    assert said.startswith("ingredients.csv, row 2, compound_mg")


def test_the_same_key_twice_names_both_rows(folder: Any) -> None:
    assert refused(folder.add("brands", name="Another").write()) == [
        "brands.csv, row 3: has the same slug as row 2. Leave one of them"
    ]
    folder.rows["brands"].pop()
    said = refused(folder.add("offers", price="20").write())
    assert said == [
        "offers.csv, row 3: has the same product, seller, currency, seen_on as row 2. Leave one of them"
    ]


def test_two_new_rows_that_only_the_database_sees_as_one(folder: Any) -> None:
    (said,) = refused(folder.add("products", slug="two").write())
    assert said == "products.csv, row 3, gtin: Another product has this barcode."


def test_a_file_that_is_missing_or_broken_says_so_alone(folder: Any) -> None:
    path = folder.write_bytes("brands.csv", b"slug;name;website;logo\n")
    (path / "offers.csv").unlink()
    said = refused(path)
    assert [line.split(":")[0] for line in said] == ["brands.csv, row 1", "offers.csv"]


def test_queries_do_not_grow_with_the_rows(folder: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            load_folder(folder.write())
        return len(captured)

    def grow(start: int, many: int) -> None:
        for number in range(start, start + many):
            slug = f"product-{number}"
            folder.add("sources", key=f"source-{number}")
            folder.add("products", slug=slug, gtin="", source=f"source-{number}")
            folder.add("ingredients", product=slug)
            folder.add("offers", product=slug, seller=f"Shop {number}")

    grow(0, 5)
    queries()
    grow(5, 5)
    few = queries()
    grow(10, 40)
    many = queries()
    assert many <= few + 5, (few, many)
