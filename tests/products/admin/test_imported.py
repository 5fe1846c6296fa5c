"""Labels of other databases at the desk: a file in, whose word stands, wordings, and publishing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from products.changes import recording
from products.models import ImportedLabel, LabelUpload, Product, UnplacedWording
from products.rules.workflow import Role
from tests.factories import EditorFactory, MagnesiumFormFactory, ProductFactory
from tests.products.admin.desk import address
from tests.products.importing.labels.made import label, later, line, taken

pytestmark = pytest.mark.django_db

UPLOAD = reverse("admin:products_importedlabel_add")
PUBLISH = reverse("admin:products_importedlabel_publish")
ODD = line("Magnesium", 100, "mg", forms="as Unobtainium Chelazome X")


@pytest.fixture(autouse=True)
def forms() -> Any:
    MagnesiumFormFactory(slug="citrate", formula="C12H10Mg3O14")
    return MagnesiumFormFactory(slug="oxide", formula="MgO")


def upload(client: Client, *records: Any, data: bytes = b"", name: str = "labels.jsonl") -> Any:
    data = data or "\n".join(map(json.dumps, records)).encode()
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def of_role(role: Role) -> Client:
    from django.contrib.auth.models import Group

    client = Client()
    user = EditorFactory(username=role.value, is_superuser=False)
    user.groups.add(Group.objects.get(name=role.value))
    client.force_login(user)
    return client


def test_a_file_is_shown_before_it_is_taken(ada: Client) -> None:
    answer = upload(ada, label(1), label(2, ODD))
    page = ada.get(answer.url)
    assert "2  new draft" in page.text
    assert "Acme, Magnesium 2" in page.text
    assert "not placed: Magnesium (as Unobtainium Chelazome X)" in page.text
    assert not Product.objects.exists()
    done = ada.post(answer.url, {"take": "yes"}, follow=True)
    assert "2  new draft" in done.text
    assert Product.objects.filter(status="draft").count() == 2
    assert not LabelUpload.objects.exists()


def test_a_file_that_is_thrown_away_changes_nothing(ada: Client) -> None:
    answer = upload(ada, label(1))
    ada.post(answer.url, {"leave": "yes"})
    assert not Product.objects.exists()
    assert not LabelUpload.objects.exists()


def test_the_preview_shows_what_a_newer_version_changes(ada: Client) -> None:
    taken(label(1))
    page = ada.get(upload(ada, later(label(1), servingsPerContainer="90")).url)
    assert "servings per container: “60” → “90”" in page.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "is a PDF"),
        (b"PK\x03\x04", "is a zip"),
        (b"{", "is not JSON"),
        (b" " * 10_000_001, "more than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(
    ada: Client, data: bytes, said: str
) -> None:
    page = upload(ada, data=data)
    assert page.status_code == 200
    assert said in page.text
    assert not LabelUpload.objects.exists()


def test_an_upload_is_its_owners(ada: Client, bob: Client) -> None:
    answer = upload(ada, label(1))
    assert bob.get(answer.url).status_code == 404


def test_who_may_not_publish_may_not_bring_in() -> None:
    taken(label(1, ODD))
    imported, wording = ImportedLabel.objects.get(), UnplacedWording.objects.get()
    contributor = of_role(Role.CONTRIBUTOR)
    assert contributor.get(address(ImportedLabel)).status_code == 200
    assert contributor.get(address(imported, "change")).status_code == 200
    for path in (UPLOAD, PUBLISH, address(imported, "change"), address(wording, "change")):
        assert contributor.post(path).status_code == 403, path
    editor = of_role(Role.EDITOR)
    for path in (UPLOAD, PUBLISH, address(imported, "change"), address(wording, "change")):
        assert editor.get(path).status_code == 200, path


def test_an_editor_decides_whose_word_stands(ada: Client) -> None:
    taken(label(1))
    product = Product.objects.get()
    with recording(by=None, reason="an editor"):
        product.servings_per_container, product.container_units = 61, 122
        product.save()
    taken(
        later(
            label(1),
            servingsPerContainer="90",
            netContents=[{"quantity": 180, "unit": "Capsule(s)"}],
        )
    )
    page = address(ImportedLabel.objects.get(), "change")
    shown = ada.get(page).text
    assert "“61”" in shown
    assert "“90”" in shown
    ada.post(page, {"word-servings_per_container": "keep", "word-container_units": "take"})
    product.refresh_from_db()
    assert (product.servings_per_container, product.container_units) == (61, 180)
    # What was decided is not asked again, until the record says something new.
    taken(
        later(
            label(1),
            servingsPerContainer="90",
            netContents=[{"quantity": 180, "unit": "Capsule(s)"}],
            version="3",
        )
    )
    assert ImportedLabel.objects.get().conflicting == []
    taken(later(label(1), servingsPerContainer="100"))
    assert ImportedLabel.objects.get().conflicting == ["servings_per_container"]


def test_forms_of_a_record_can_be_taken_over_those_of_the_desk(ada: Client) -> None:
    mine = ProductFactory(dsld_id="1")
    taken(label(1))
    imported = ImportedLabel.objects.get()
    ada.post(address(imported, "change"), {"word-ingredients": "take"})
    assert [part.form.slug for part in mine.ingredients.all()] == ["oxide"]


def test_a_wording_is_placed_once_for_all_its_labels(ada: Client, forms: Any) -> None:
    taken(label(1, ODD), label(2, ODD))
    wording = UnplacedWording.objects.get()
    page = address(wording, "change")
    assert "Unobtainium" in ada.get(page).text
    refused = ada.post(page, {"decision": "forms", "forms": []})
    assert "Name the form" in refused.text
    ada.post(page, {"decision": "forms", "forms": [forms.pk]})
    assert [p.ingredients.get().form.slug for p in Product.objects.all()] == ["oxide", "oxide"]
    # And for one that comes later.
    taken(label(3, ODD))
    assert Product.objects.get(dsld_id="3").ingredients.get().form.slug == "oxide"
    assert UnplacedWording.objects.get().decision == "forms"


def test_publishing_says_first_what_it_will_do_and_leaves_what_is_open(ada: Client) -> None:
    taken(
        label(1),
        label(2, ODD),
        label(3, line("Magnesium", "1-2", "mg", forms="as Magnesium Oxide")),
        label(4, line("Magnesium", 300, "mg", line("Magnesium Oxide", 400, "mg"))),
    )
    asked = ada.get(PUBLISH)
    assert "1 will be published" in asked.text
    assert "Acme Magnesium 1" in asked.text
    assert "at most 241.2" in asked.text  # the label claims more than 400 mg of oxide hold
    assert not Product.objects.published().exists()
    ada.post(PUBLISH, {"confirmed": "yes"})
    assert list(Product.objects.published().values_list("dsld_id", flat=True)) == ["1"]


def test_what_was_left_blank_can_be_looked_at(ada: Client) -> None:
    taken(label(1, upcSku="0 74312 27669 1"))
    imported = ImportedLabel.objects.get()
    assert "check digit" in ada.get(address(imported, "change")).text
    ada.post(
        address(ImportedLabel), {"action": "doubts_looked_at", "_selected_action": [imported.pk]}
    )
    assert ImportedLabel.objects.without_questions().get() == imported


@pytest.mark.parametrize("question", ["conflict", "doubt", "wording", "none"])
def test_a_longer_list_costs_no_more_queries(
    ada: Client, question: str, django_assert_max_num_queries
) -> None:
    taken(label(1), label(2, ODD))
    path = f"{address(ImportedLabel)}?question={question}"
    ada.get(path)
    with django_assert_max_num_queries(30) as few:
        ada.get(path)
    taken(*(label(number) for number in range(3, 9)), label(9, ODD))
    with django_assert_max_num_queries(len(few)):
        assert ada.get(path).status_code == 200
