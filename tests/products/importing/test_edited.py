"""What an editor changed or took out since it was loaded stays so, and the command says so."""

import csv
import shutil
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from products.changes import recording
from products.importing.load import load_folder
from products.models import (
    Brand,
    CatalogueState,
    LoadedRow,
    MagnesiumForm,
    Offer,
    Product,
    ProductIngredient,
)

pytestmark = pytest.mark.django_db


def by_editor() -> Any:
    return recording(by=None, reason="put right at the desk")


def fate_of(name: str, path: Path, **options: bool) -> tuple[int, int, int, int, int]:
    count = {c.file: c for c in load_folder(path, **options)}[f"{name}.csv"]
    return count.added, count.changed, count.unchanged, count.kept, len(count.conflicts)


def conflicts(path: Path) -> list[str]:
    return [str(conflict) for count in load_folder(path) for conflict in count.conflicts]


@pytest.fixture
def loaded(folder: Any) -> Any:
    load_folder(folder.write())
    return folder


def test_a_corrected_price_stays(loaded: Any) -> None:
    with by_editor():
        Offer.objects.update(price="29.99")
    version = CatalogueState.current().version
    for _ in range(2):
        assert fate_of("offers", loaded.path) == (0, 0, 0, 1, 0)
    assert str(Offer.objects.get().price) == "29.99"
    assert CatalogueState.current().version == version


def test_a_deleted_offer_does_not_return(loaded: Any) -> None:
    with by_editor():
        Offer.objects.all().delete()
    assert fate_of("offers", loaded.path) == (0, 0, 0, 1, 0)
    assert not Offer.objects.exists()


def test_a_deleted_product_takes_its_parts_with_it(loaded: Any) -> None:
    with by_editor():
        Product.objects.all().delete()
    counts = {count.file: count for count in load_folder(loaded.path)}
    for file in ("products.csv", "ingredients.csv", "offers.csv"):
        assert (counts[file].added, counts[file].kept) == (0, 1), file
    assert not Product.objects.exists()
    assert not ProductIngredient.objects.exists()


def test_a_renamed_slug_does_not_bring_the_old_record_back(loaded: Any) -> None:
    with by_editor():
        Product.objects.update(slug="neuro-mag-90")
    load_folder(loaded.path)
    assert [product.slug for product in Product.objects.all()] == ["neuro-mag-90"]
    assert Offer.objects.count() == 1


def test_a_list_that_an_editor_shortened_stays_short(loaded: Any) -> None:
    form = MagnesiumForm.objects.get()
    with by_editor():
        form.sources.remove(form.sources.get(key="walker-2003"))
        form.save()
    assert fate_of("forms", loaded.path) == (0, 0, 0, 1, 0)
    assert [source.key for source in form.sources.all()] == ["label-one"]


def test_a_new_value_in_the_file_does_not_go_over_an_editor_s(loaded: Any) -> None:
    with by_editor():
        Offer.objects.update(price="29.99")
    loaded.put("offers", 2, price="27.00").write()
    assert conflicts(loaded.path) == [
        "offers.csv, row 2, price: differs from what stands at the desk. That stays as it is"
    ]
    assert str(Offer.objects.get().price) == "29.99"
    # Until it says what the editor says.
    loaded.put("offers", 2, price="29.99").write()
    assert fate_of("offers", loaded.path) == (0, 0, 1, 0, 0)
    loaded.put("offers", 2, price="25").write()
    assert fate_of("offers", loaded.path) == (0, 1, 0, 0, 0)


def test_a_new_value_of_what_was_deleted_is_told(loaded: Any) -> None:
    with by_editor():
        Offer.objects.all().delete()
    loaded.put("offers", 2, price="27.00").write()
    (said,) = conflicts(loaded.path)
    assert said.startswith("offers.csv, row 2: says something new of what was deleted at the desk")
    assert not Offer.objects.exists()


def test_what_an_editor_entered_first_is_not_gone_over(folder: Any) -> None:
    with by_editor():
        Brand(slug="life-extension", name="Life Extension Foundation").save()
    (said,) = conflicts(folder.write())
    assert said.startswith("brands.csv, row 2, name: differs from what stands at the desk")
    assert Brand.objects.get().name == "Life Extension Foundation"
    assert Product.objects.get().brand == Brand.objects.get()


def test_the_files_have_the_last_word_when_asked(loaded: Any) -> None:
    with by_editor():
        Offer.objects.all().delete()
        Product.objects.update(name="Neuro Mag")
    assert fate_of("offers", loaded.path, overwrite=True) == (1, 0, 0, 0, 0)
    assert Product.objects.get().name == "Neuro-Mag"
    assert fate_of("products", loaded.path) == (0, 0, 1, 0, 0)


def test_lines_that_a_browser_sent_back_are_no_edit(loaded: Any) -> None:
    with by_editor():
        MagnesiumForm.objects.update(synonyms="magnesium threonate\r\nMgT")
    assert fate_of("forms", loaded.path) == (0, 0, 1, 0, 0)


def test_a_column_that_came_to_a_file_since_is_nobody_s_edit(loaded: Any) -> None:
    row = LoadedRow.objects.get(file="brands.csv")
    del row.values["website"]
    row.save()
    loaded.put("brands", 2, website="https://example.org/").write()
    assert fate_of("brands", loaded.path) == (0, 1, 0, 0, 0)


def test_the_command_tells_what_it_kept(loaded: Any) -> None:
    with by_editor():
        Offer.objects.update(price="29.99")
        Product.objects.update(name="Neuro Mag")
    loaded.put("offers", 2, price="27.00").write()
    out = StringIO()
    call_command("load_catalogue", loaded.path, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].split() == [
        "added",
        "changed",
        "unchanged",
        "kept",
        "as",
        "edited",
        "conflicts",
    ]
    table = {line.split()[0]: line.split()[1:] for line in lines[1:] if line}
    assert table["products.csv"] == ["0", "0", "0", "1", "0"]
    assert table["offers.csv"] == ["0", "0", "0", "0", "1"]
    assert lines[-2].startswith("Not loaded, since the record was changed or entered at the desk")
    assert lines[-1].startswith("offers.csv, row 2, price: ")


def test_the_catalogue_that_ships_loads_quickly_a_second_time(tmp_path: Path) -> None:
    data = Path(settings.BASE_DIR) / "products" / "data"
    for file in data.glob("*.csv"):
        shutil.copy(file, tmp_path)
    load_folder(tmp_path)
    with (tmp_path / "offers.csv").open(encoding="utf-8", newline="") as file:
        offers = sum(1 for _ in csv.reader(file)) - 1
    assert LoadedRow.objects.filter(file="offers.csv").count() == offers
    start = time.process_time()
    with CaptureQueriesContext(connection) as captured:
        load_folder(tmp_path)
    assert time.process_time() - start < 2
    assert len(captured) < 150
    assert not [
        query for query in captured if "loadedrow" in query["sql"] and "INSERT" in query["sql"]
    ]
