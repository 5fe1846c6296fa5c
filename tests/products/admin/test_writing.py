"""Each POST is one recording; what is in use stays; the database's refusals are words, not crashes."""

from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError

from products import changes
from products.admin import base
from products.models import (
    Brand,
    CatalogueState,
    MagnesiumForm,
    Offer,
    Product,
    Source,
)
from products.models.base import NotRecording
from tests import cast, factories
from tests.products.admin.desk import address, opened, said

pytestmark = pytest.mark.django_db


def test_a_fact_is_not_written_outside_a_recording() -> None:
    brand = factories.BrandFactory()
    with pytest.raises(NotRecording):
        brand.save()
    with pytest.raises(NotRecording):
        Brand.objects.all().delete()


def test_the_editor_and_the_reason_are_recorded(ada, monkeypatch) -> None:
    kept = []

    def recording(**told):
        kept.append(told)
        return changes.recording(**told)

    monkeypatch.setattr(base, "recording", recording)
    path = address(Brand, "add")
    fields = {"name": "Nature Made", "slug": "nature-made", "why": "seen in a shop"}
    ada.post(path, opened(ada, path) | fields)
    assert [(told["by"].username, told["reason"], told["kind"]) for told in kept] == [
        ("ada", "seen in a shop", "desk")
    ]


def test_looking_around_records_nothing(ada) -> None:
    product = cast.neuro_mag()
    version = CatalogueState.current().version
    for path in (address(Product), address(product, "change"), address(product, "delete")):
        ada.get(path)
    assert CatalogueState.current().version == version


def test_a_refused_form_leaves_the_catalogue_as_it_was(ada) -> None:
    product = cast.neuro_mag()
    version = CatalogueState.current().version
    path = address(product, "change")
    said(ada.post(path, opened(ada, path) | {"label_elemental_mg": "0"}))
    product.refresh_from_db()
    assert product.label_elemental_mg == 144
    assert CatalogueState.current().version == version


def test_a_changed_formula_is_derived_for_its_products(ada) -> None:
    product = cast.neuro_mag()
    path = address(cast.form("l-threonate"), "change")
    assert ada.post(path, opened(ada, path) | {"formula": "MgO"}).status_code == 302
    product.refresh_from_db()
    assert product.label_capacity_mg == Decimal("1206.0740")


def test_the_log_names_facts_only(ada) -> None:
    path = address(cast.neuro_mag(), "change")
    ada.post(path, opened(ada, path) | {"name": "Caps"})
    assert LogEntry.objects.get().get_change_message() == "Changed Name."


@pytest.mark.parametrize("model", [Source, Brand, MagnesiumForm])
def test_what_is_in_use_is_not_deleted(ada, model) -> None:
    product = cast.neuro_mag()
    rows = {
        Source: product.source,
        Brand: product.brand,
        MagnesiumForm: product.ingredients.get().form,
    }
    path = address(rows[model], "delete")
    for answer in (ada.get(path), ada.post(path, {"post": "yes"})):
        assert answer.status_code == 200
        assert "would require deleting the following protected related objects" in answer.text
    answer = ada.post(
        address(model),
        {
            "action": "delete_selected",
            "_selected_action": [rows[model].pk],
            "post": "yes",
        },
    )
    assert "would require deleting the following protected related objects" in answer.text
    assert model.objects.filter(pk=rows[model].pk).exists()


def test_a_product_is_deleted_with_its_parts(ada) -> None:
    product = cast.neuro_mag()
    assert ada.post(address(product, "delete"), {"post": "yes"}).status_code == 302
    assert not Product.objects.exists()
    assert not Offer.objects.exists()


def test_deleting_the_selected_prices_derives_the_products(ada) -> None:
    product = cast.neuro_mag()
    answer = ada.post(
        address(Offer),
        {
            "action": "delete_selected",
            "_selected_action": [Offer.objects.get().pk],
            "post": "yes",
        },
    )
    assert answer.status_code == 302
    product.refresh_from_db()
    assert product.price_per_100_mg is None
    assert product.current_offer is None


def test_a_list_that_edits_in_place_is_recorded_too(ada, monkeypatch) -> None:
    from django.contrib import admin

    monkeypatch.setattr(admin.site._registry[Offer], "list_editable", ["price"])
    product = cast.neuro_mag()
    offer = Offer.objects.get()
    answer = ada.post(
        address(Offer),
        {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": str(offer.pk),
            "form-0-price": "14.40",
            "_save": "Save",
        },
    )
    assert answer.status_code == 302
    product.refresh_from_db()
    assert product.price_per_100_mg == Decimal("0.3333")


def test_who_was_a_moment_slower_is_told_at_the_field(ada, monkeypatch) -> None:
    """The slug is taken after the checks have passed and before the row is written."""
    save = Brand.save
    quicker = []

    def slower(brand, *args, **kwargs):
        if not quicker:
            quicker.append("bob")
            raise IntegrityError("UNIQUE constraint failed: products_brand.slug")
        return save(brand, *args, **kwargs)

    path = address(Brand, "add")
    fields = opened(ada, path) | {"name": "Nature Made", "slug": "nature-made"}
    monkeypatch.setattr(Brand, "save", slower)
    assert ada.post(path, fields).status_code == 302
    assert Brand.objects.count() == 1
    words = said(ada.post(path, fields))
    assert "already exists" in words["slug"]


def test_a_refusal_that_no_check_foresaw_is_a_message(ada, monkeypatch) -> None:
    def refused(*args, **kwargs):
        raise IntegrityError("some constraint")

    path = address(Brand, "add")
    fields = opened(ada, path) | {"name": "Nature Made", "slug": "nature-made"}
    monkeypatch.setattr(Brand, "save", refused)
    answer = ada.post(path, fields, follow=True)
    assert "The database refused this" in answer.text
    assert "added successfully" not in answer.text
    assert not Brand.objects.exists()


WRONG = [
    (Source, {"key": "taken"}, "key", "already exists"),
    (Source, {"doi": "https://example.org/paper"}, "doi", "begins with 10."),
    (Source, {"pmid": "PMC123"}, "pmid", "is a number"),
    (Source, {"seen_on": "31.05.2026"}, "seen_on", "2024-05-31"),
    (MagnesiumForm, {"formula": "Mg2+"}, "formula", "not read as a formula"),
    (MagnesiumForm, {"cas_number": "778571-57-7"}, "cas_number", "check digit"),
    (MagnesiumForm, {"unii": "1Y26"}, "unii", "ten letters and digits"),
]


@pytest.mark.parametrize(("model", "typed", "field", "words"), WRONG)
def test_a_wrong_fact_is_refused_at_its_field(ada, model, typed, field, words) -> None:
    factories.SourceFactory(key="taken")
    made = {Source: factories.SourceFactory, MagnesiumForm: factories.MagnesiumFormFactory}[model]()
    path = address(made, "change")
    assert words in said(ada.post(path, opened(ada, path) | typed))[field]


@pytest.mark.parametrize("q", ["%", "'", "x" * 3000, "١٢٣", "9" * 30])
def test_whatever_is_searched_for_the_list_answers(ada, q) -> None:
    cast.neuro_mag()
    for model in (Product, Source, Offer):
        assert ada.get(address(model), {"q": q}).status_code == 200


def test_autocomplete_finds_forms_by_synonym_and_sources_by_title(ada) -> None:
    cast.form("l-threonate")
    factories.SourceFactory(key="walker", title="Mg citrate found more bioavailable")
    find = "/admin/autocomplete/?app_label=products&"
    forms = ada.get(f"{find}model_name=productingredient&field_name=form&term=magtein").json()
    assert [found["text"] for found in forms["results"]] == ["Magnesium L-threonate"]
    sources = ada.get(f"{find}model_name=product&field_name=source&term=more+bioavailable").json()
    assert [found["text"] for found in sources["results"]] == ["walker"]


@pytest.mark.parametrize(
    "typed", ["10.1016/J.neuron.2009.12.026", "https://doi.org/10.1016/j.neuron.2009.12.026"]
)
def test_a_source_is_found_by_its_doi_however_it_was_copied(ada, typed) -> None:
    source = factories.StudyFactory(doi="10.1016/j.neuron.2009.12.026")
    factories.StudyFactory()
    asked = {"app_label": "products", "model_name": "evidence", "field_name": "source"}
    found = ada.get("/admin/autocomplete/", {**asked, "term": typed}).json()["results"]
    assert [one["text"] for one in found] == [str(source)]


@pytest.mark.parametrize(
    ("number", "typed"),
    [("doi", "https://doi.org/10.1000/ABC"), ("doi", "10.1000/abc"), ("pmid", "14596323")],
)
def test_a_second_source_of_one_number_is_refused_with_a_link_to_the_first(
    ada, number, typed
) -> None:
    first = factories.StudyFactory(key="walker", doi="10.1000/abc", pmid="14596323")
    second = factories.StudyFactory(doi="", pmid="")
    path = address(second, "change")
    answer = ada.post(path, opened(ada, path) | {number: typed})
    assert f'href="{address(first, "change")}"' in answer.text
    assert "already here" in said(answer)[number]
    assert ada.post(address(first, "change"), opened(ada, address(first, "change"))).status_code == 302  # fmt: skip


def test_a_source_is_added_with_the_doi_that_was_looked_for(ada) -> None:
    form = opened(ada, f"{address(Source, 'add')}?_popup=1&doi=10.1000%2Fabc")
    assert form["doi"] == "10.1000/abc"
