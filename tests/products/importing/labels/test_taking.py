"""Records into the catalogue: drafts, again, newer, interrupted, and beside what an editor says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from products.changes import recording
from products.importing.labels import taking
from products.importing.labels.planning import Fate, Plan
from products.models import Brand, CatalogueState, ImportedLabel, Product, Source, UnplacedWording
from tests.factories import BrandFactory, MagnesiumFormFactory, ProductFactory
from tests.products.importing.labels.made import found, label, later, line, taken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forms() -> None:
    MagnesiumFormFactory(slug="oxide", formula="MgO")
    MagnesiumFormFactory(slug="citrate", formula="C12H10Mg3O14")


def fates(plans: list[Plan]) -> list[Fate]:
    return [plan.fate for plan in plans]


def correct(product: Product, **values: Any) -> None:
    """What an editor does at the desk."""
    with recording(by=None, reason="an editor"):
        for name, value in values.items():
            setattr(product, name, value)
        product.save()


def everything() -> list[Any]:
    """All that an import leaves, without the keys of rows and the time."""
    return [
        sorted(Product.objects.values_list("slug", "name", "brand__name", "status", "dsld_id")),
        sorted(
            Product.objects.values_list(
                "slug", "ingredients__form__slug", "elemental_mg_per_serving"
            )
        ),
        sorted(Source.objects.values_list("key", "seen_on")),
        sorted(Brand.objects.values_list("slug", "name")),
        sorted(ImportedLabel.objects.values_list("origin", "external_id", "digest", "state")),
        sorted(UnplacedWording.objects.values_list("wording", "labels__external_id")),
    ]


def test_a_record_becomes_a_draft_with_a_source() -> None:
    taken(label(7, offMarket=1))
    product = Product.objects.get()
    assert (product.status, product.verified) == ("draft", "dsld")
    assert (str(product), product.dsld_id, product.flags) == ("Acme Magnesium 7", "7", "off_market")
    assert (product.serving_units, product.container_units) == (2, 120)
    assert (product.daily_servings_low, product.daily_servings_high) == (1, 2)
    assert product.elemental_mg_per_serving == 200
    assert product.other_ingredients == "Gelatin, Magnesium Stearate"
    [part] = product.ingredients.all()
    assert (part.form.slug, part.amounts, part.as_printed) == (
        "oxide",
        "not_on_label",
        "Magnesium (as Magnesium Oxide)",
    )
    assert product.source.key == "dsld-7"
    assert product.source.url == "https://dsld.od.nih.gov/label/7"
    assert product.source.seen_on == "2020-01-31"


def test_the_same_file_again_changes_nothing() -> None:
    taken(label(1), label(2))
    before, version = everything(), CatalogueState.current().version
    assert fates(taken(label(1), label(2))) == [Fate.UNCHANGED, Fate.UNCHANGED]
    assert everything() == before
    assert CatalogueState.current().version == version


def test_a_record_twice_in_a_file_is_one_product() -> None:
    plans = taken(label(1), label(1), later(label(1), fullName="New name"))
    assert fates(plans)[0] is Fate.NEW
    assert Product.objects.get().name == "New name"


def test_without_magnesium_nothing_is_taken() -> None:
    assert fates(taken(label(1, line("Zinc", 5, "mg")))) == [Fate.NO_MAGNESIUM]
    assert not Product.objects.exists()
    assert not ImportedLabel.objects.exists()


def test_a_brand_is_found_whatever_its_capitals_and_accents() -> None:
    BrandFactory(slug="acme", name="ACMÉ")
    taken(label(1), label(2, brandName="acme"))
    assert Product.objects.filter(brand__slug="acme").count() == 2
    assert Brand.objects.count() == 1


def test_a_newer_version_is_followed_where_no_editor_was() -> None:
    taken(label())
    new = later(
        label(1, line("Magnesium", 150, "mg", forms="as Magnesium Citrate")),
        servingsPerContainer="90",
    )
    [plan] = taken(new)
    product = Product.objects.get()
    assert plan.fate is Fate.CHANGED
    assert product.servings_per_container == 90
    assert product.elemental_mg_per_serving == 150
    assert [part.form.slug for part in product.ingredients.all()] == ["citrate"]
    assert product.source.seen_on == "2024-05-31"
    assert ImportedLabel.objects.get().version == "v2"


def test_an_older_version_is_left_out() -> None:
    taken(later(label(), fullName="Newer"))
    assert fates(taken(label())) == [Fate.OLDER]
    assert Product.objects.get().name == "Newer"


def test_an_editors_correction_stays_and_is_shown_beside_what_a_newer_version_says() -> None:
    taken(label())
    correct(Product.objects.get(), servings_per_container=61, name="Corrected")
    [plan] = taken(later(label(), servingsPerContainer="90", netContents=[]))
    product = Product.objects.get()
    assert product.servings_per_container == 61
    assert product.container_units is None  # nobody touched it
    assert [(one.name, one.holds, one.says) for one in plan.conflicts] == [
        ("servings_per_container", "61", "90")
    ]
    assert ImportedLabel.objects.get().conflicting == ["servings_per_container"]
    # The name is what the record said before: nothing new, and no question.
    assert product.name == "Corrected"


def test_a_draft_that_was_published_is_followed_and_stays_published() -> None:
    taken(label())
    correct(Product.objects.get(), status="published")
    taken(later(label(), servingsPerContainer="90"))
    product = Product.objects.get()
    assert (product.status, product.servings_per_container) == ("published", 90)


@pytest.mark.parametrize("same", [{"dsld_id": "1"}, {"gtin": "0074312276699"}])
def test_a_product_that_was_entered_before_is_never_overwritten(same: dict) -> None:
    mine = ProductFactory(name="Mine", label_elemental_mg=100, **same)
    [plan] = taken(label(1, upcSku="0 74312 27669 9"))
    assert plan.fate is Fate.PROPOSED
    mine.refresh_from_db()
    assert (mine.name, mine.label_elemental_mg) == ("Mine", 100)
    imported = ImportedLabel.objects.get()
    assert (imported.product, imported.state) == (mine, "proposed")
    assert {"name", "label_elemental_mg", "ingredients"} <= set(imported.conflicting)
    assert Product.objects.count() == 1


def test_two_records_of_one_bottle_are_one_product() -> None:
    plans = taken(
        label(1, upcSku="0 74312 27669 9"),
        label(2, upcSku="074312276699", servingsPerContainer="30"),
    )
    assert fates(plans) == [Fate.NEW, Fate.PROPOSED]
    product = Product.objects.get()
    assert [one.product for one in ImportedLabel.objects.all()] == [product, product]
    assert product.servings_per_container == 60


def test_a_product_that_an_editor_deleted_stays_deleted() -> None:
    taken(label())
    with recording(by=None, reason="an editor"):
        Product.objects.all().delete()
    assert fates(taken(later(label()))) == [Fate.REMOVED]
    assert not Product.objects.exists()


def test_partial_tables_blank_nothing() -> None:
    taken(label(servingsPerContainer="60"))
    taken(later(label(servingsPerContainer="", is_partial=True)))
    assert Product.objects.get().servings_per_container == 60


def test_what_cannot_be_placed_is_queued_once_for_all_labels() -> None:
    odd = line("Magnesium", 100, "mg", forms="as Unobtainium Chelazome X")
    taken(label(1, odd), label(2, odd))
    wording = UnplacedWording.objects.get()
    assert wording.wording == "Magnesium (as Unobtainium Chelazome X)"
    assert wording.labels.count() == 2
    assert not ImportedLabel.objects.without_questions().exists()


def test_what_a_database_cannot_hold_is_refused_by_itself() -> None:
    plans = taken(label(1, servingsPerContainer=99999.9999), label(2), {"id": 3})
    assert fates(plans) == [Fate.NEW, Fate.NEW, Fate.REFUSED]
    assert Product.objects.get(dsld_id="1").servings_per_container is None


def test_looking_first_writes_nothing_and_says_what_an_import_does() -> None:
    records = found(label(1), label(2), label(2), label(3, line("Zinc", 5, "mg")))
    before, version = everything(), CatalogueState.current().version
    planned = [plan for chunk in taking.preview(records) for plan in chunk]
    assert (everything(), CatalogueState.current().version) == (before, version)
    assert Counter(fates(planned)) == {Fate.NEW: 2, Fate.UNCHANGED: 1, Fate.NO_MAGNESIUM: 1}


def test_an_import_that_is_killed_is_finished_by_running_it_again(monkeypatch) -> None:
    monkeypatch.setattr(taking, "CHUNK", 2)
    odd = line("Magnesium", 100, "mg", forms="as Unobtainium Chelazome X")
    records = [label(number, *([odd] if number % 2 else [])) for number in range(1, 8)]
    chunks = taking.take(found(*records), by=None, file="labels.jsonl")
    next(chunks)
    next(chunks)
    chunks.close()
    assert Product.objects.count() == 4

    original = taking._write_wordings

    def killed(*args: Any) -> None:
        original(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(taking, "_write_wordings", killed)
    with pytest.raises(KeyboardInterrupt):
        taken(*records[4:])
    assert (Product.objects.count(), ImportedLabel.objects.count()) == (4, 4)

    monkeypatch.setattr(taking, "_write_wordings", original)
    taken(*records)
    interrupted = everything()
    with recording(by=None, reason="again"):
        UnplacedWording.objects.all().delete()
        ImportedLabel.objects.all().delete()
        Product.objects.all().delete()
        Source.objects.filter(key__startswith="dsld-").delete()
        Brand.objects.filter(slug="acme").delete()
    taken(*records)
    assert everything() == interrupted


def test_more_labels_cost_no_more_queries(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(60) as few:
        taken(*(label(number) for number in range(1, 4)))
    with django_assert_max_num_queries(len(few)):
        taken(*(label(number) for number in range(11, 41)))
