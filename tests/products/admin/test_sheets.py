"""Import and export at the desk, from the file that an editor chooses to the undo of it all."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from products.admin import progress
from products.admin import sheets as pages
from products.changes import recording
from products.importing import sheets
from products.models import Brand, CatalogueState, ChangeSet, Evidence, Offer, Product, SheetUpload
from tests import cast, factories
from tests.products.admin.desk import address
from tests.products.admin.test_roles import client_of, person

pytestmark = pytest.mark.django_db

BRANDS = "slug,name\na,A\nb,B\n"


def sent(client: Client, subject: str, text: str | bytes, name: str = "list.csv") -> Any:
    data = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("admin:import_subject", args=[subject]), {"file": file}, follow=True)


def done(client: Client, upload: SheetUpload, do: str = "take", **more: str) -> Any:
    path = reverse("admin:import_preview", args=[upload.pk])
    return client.post(path, {"do": do, **more}, follow=True)


def test_a_file_is_looked_through_then_brought_in_as_one_set(ada) -> None:
    factories.BrandFactory(slug="a", name="Old")
    version = CatalogueState.current().version
    page = sent(ada, "brands", BRANDS)
    upload = SheetUpload.objects.get()
    assert upload.counts == {"add": 1, "change": 0, "leave": 0, "keep": 0, "conflict": 1}
    assert "Row 2, a: conflict" in page.text
    assert CatalogueState.current().version == version
    page = done(ada, upload, "overwrite")
    assert "Row 2, a: changed" in page.text
    assert "<td>Old</td><td>A</td>" in page.text
    page = done(ada, upload, why="List of May")
    change_set = ChangeSet.objects.first()
    assert change_set is not None
    assert (change_set.kind, change_set.reason) == ("import", "List of May")
    assert page.redirect_chain[-1][0] == address(change_set, "change")
    assert "Undo this whole set" in page.text
    assert dict(Brand.objects.values_list("slug", "name")) == {"a": "A", "b": "B"}
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "The submitted file is empty"),
        (b"%PDF-1.7", "The file is a PDF, whatever its name says."),
        ("slug,name,logo\n", "Row 1: unknown column “logo”."),
        ("name\nA\n", "Row 1: column “slug” is missing."),
    ],
)
def test_what_is_no_table_is_told_in_a_sentence(ada, data: Any, says: str) -> None:
    assert says in sent(ada, "brands", data).text
    assert not SheetUpload.objects.exists()


def test_a_bad_row_is_told_and_cannot_be_confirmed(ada) -> None:
    page = sent(ada, "brands", "slug,name\nno slug,A\n")
    assert "1 problem: nothing can be brought in" in page.text
    assert "<td>2</td><td>slug</td><td>Enter a valid" in page.text
    done(ada, SheetUpload.objects.get())
    assert not Brand.objects.exists()


def test_what_is_otherwise_than_shown_is_shown_again(ada) -> None:
    sent(ada, "brands", BRANDS)
    upload = SheetUpload.objects.get()
    with recording(by=None, reason="meanwhile"):
        Brand(slug="a", name="Meanwhile").save()
    page = done(ada, upload)
    assert "the catalogue changed since you looked" in page.text
    assert "Row 2, a: conflict" in page.text
    assert Brand.objects.count() == 1


def test_a_file_is_brought_in_once(ada) -> None:
    sent(ada, "brands", BRANDS)
    upload = SheetUpload.objects.get()
    again = sheets.bring_in(upload, "twice")
    done(ada, upload)
    with pytest.raises(sheets.NotThere):
        list(again)


def test_a_long_file_says_how_far_it_has_come(ada, monkeypatch) -> None:
    monkeypatch.setattr(pages, "LONG", 1)
    page = sent(ada, "brands", BRANDS)
    grown = page.getvalue().decode()
    assert "<p>2 of 2 rows</p>" in grown
    assert (
        grown.index("2 of 2 rows")
        < grown.index("See what it would change")
        < grown.index("</html>")
    )
    upload = SheetUpload.objects.get()
    grown = done(ada, upload).getvalue().decode()
    change_set = ChangeSet.objects.first()
    assert change_set is not None
    assert f'href="{address(change_set, "change")}"' in grown.replace("'", '"')
    assert Brand.objects.count() == 2


def test_who_leaves_the_page_leaves_nothing_half_done(ada) -> None:
    sent(ada, "brands", BRANDS)
    upload = SheetUpload.objects.get()
    work = pages._bringing_in(upload, "left")
    grown = iter(progress._parts("", work, ""))
    while "Working out what follows" not in next(grown):
        pass
    assert Brand.objects.count() == 2
    grown.close()  # type: ignore[attr-defined]
    assert not Brand.objects.exists()
    assert SheetUpload.objects.filter(pk=upload.pk).exists()
    with recording(by=None, reason="the door is free again"):
        factories.BrandFactory()


def test_a_busy_database_is_told(ada, monkeypatch) -> None:
    def busy(*args: Any) -> Any:
        raise DatabaseError("database is locked")
        yield

    sent(ada, "brands", BRANDS)
    monkeypatch.setattr(sheets, "bring_in", busy)
    assert (
        "Nothing was brought in: the database was busy" in done(ada, SheetUpload.objects.get()).text
    )
    monkeypatch.setattr(sheets, "look_through", busy)
    page = sent(ada, "brands", BRANDS)
    assert "Nobody has looked through this file to its end." in page.text
    monkeypatch.undo()
    page = done(ada, SheetUpload.objects.order_by("pk").last(), "look")
    assert "Row 2, a: new" in page.text


def test_a_file_that_no_one_confirmed_is_forgotten(ada) -> None:
    sent(ada, "brands", BRANDS)
    SheetUpload.objects.update(at=timezone.now() - timedelta(days=2))
    sent(ada, "brands", BRANDS)
    assert SheetUpload.objects.count() == 1
    done(ada, SheetUpload.objects.get(), "drop")
    assert not SheetUpload.objects.exists()


# Who may


def test_a_file_is_seen_by_whom_it_belongs_to(ada, bob) -> None:
    sent(ada, "brands", BRANDS)
    path = reverse("admin:import_preview", args=[SheetUpload.objects.get().pk])
    assert (ada.get(path).status_code, bob.get(path).status_code) == (200, 404)
    assert bob.post(path, {"do": "take"}).status_code == 404


def test_subjects_and_files_that_wait_are_listed(ada) -> None:
    sent(ada, "brands", BRANDS, "May.csv")
    page = ada.get(reverse("admin:import"))
    assert page.text.count("May.csv") == 1
    assert reverse("admin:import_subject", args=["fact_notes"]) in page.text


def test_a_reader_and_a_reviewer_bring_nothing_in(client) -> None:
    for who in (client_of(person("nobody")), client_of(person("reviewer"))):
        assert who.get(reverse("admin:import")).status_code == 403
        assert sent(who, "brands", BRANDS).status_code == 403
    assert client.get(reverse("admin:import")).status_code == 302


def test_a_contributor_brings_in_drafts_and_is_refused_what_was_published() -> None:
    contributor = client_of(person("contributor"))
    published, draft = cast.neuro_mag(), cast.plain_oxide(status="draft")
    sent(contributor, "products", f"slug,directions\n{draft.slug},Two a day\n")
    done(contributor, SheetUpload.objects.get(), "overwrite")
    done(contributor, SheetUpload.objects.get())
    draft.refresh_from_db()
    assert draft.directions == "Two a day"
    for subject, text in (
        ("products", f"slug,directions\n{published.slug},Two a day\n"),
        ("offers", _price_of(published, "1")),
    ):
        sent(contributor, subject, text)
        page = done(contributor, SheetUpload.objects.get(), "overwrite")
        assert "your account changes drafts only" in page.text
        done(contributor, SheetUpload.objects.get())
        done(contributor, SheetUpload.objects.get(), "drop")
    assert Offer.objects.filter(product=published, price="31.50").exists()
    sent(contributor, "brands", f"slug,name\n{published.brand.slug},Another\nnew,New\n")
    page = done(contributor, SheetUpload.objects.get(), "overwrite")
    assert "your account may not change this" in page.text


def test_an_editor_s_import_of_evidence_waits_for_a_second_pair_of_eyes() -> None:
    user = person("editor")
    editor, row = client_of(user), factories.EvidenceFactory()
    sent(editor, "evidence", f"key,outcome\n{row.key},Sleep of another kind\n")
    done(editor, SheetUpload.objects.get(), "overwrite")
    done(editor, SheetUpload.objects.get())
    row = Evidence.objects.get()
    assert (row.outcome, row.status, row.author) == ("Sleep of another kind", "in_review", user)


def _price_of(product: Product, price: str) -> str:
    offer = product.offers.get()
    seen = offer.seen_on.isoformat() if offer.seen_on else ""
    return (
        "product,seller,currency,seen_on,price\n"
        f"{product.slug},{offer.seller},{offer.currency},{seen},{price}\n"
    )


# Export


def test_a_list_is_exported_as_it_is_filtered_and_all_of_it(ada) -> None:
    product = cast.neuro_mag()
    for number in range(60):
        factories.OfferFactory(product=product, seller=f"Shop {number}", currency="EUR")
    factories.OfferFactory(product=product, seller="Corner shop")
    page = ada.get(address(Offer) + "?currency__exact=EUR")
    assert "Export 60 as CSV" in page.text
    answer = ada.get(reverse("admin:products_offer_export", args=["csv"]) + "?currency__exact=EUR")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="offers.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert (len(rows), {row["currency"] for row in rows}) == (60, {"EUR"})
    answer = ada.get(reverse("admin:products_offer_export", args=["xlsx"]) + "?q=Corner")
    book = load_workbook(io.BytesIO(answer.getvalue()))
    assert [row[1] for row in book["offers"].values] == ["seller", "Corner shop"]
    assert "Columns" in book.sheetnames


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_that_is_exported_and_imported_is_as_it_was(ada, kind: str) -> None:
    for made in (cast.neuro_mag, cast.plain_oxide, cast.blend):
        made()
    version = CatalogueState.current().version
    for name, subject in (("product", "products"), ("offer", "offers"), ("source", "sources")):
        data = ada.get(reverse(f"admin:products_{name}_export", args=[kind])).getvalue()
        page = sent(ada, subject, data, f"{subject}.{kind}")
        assert "There is nothing to bring in." in page.text
        counts = SheetUpload.objects.order_by("pk").last().counts  # type: ignore[union-attr]
        assert counts.pop("leave") > 0
        assert not any(counts.values())
    assert CatalogueState.current().version == version


def test_export_is_for_whom_the_list_is(client) -> None:
    path = reverse("admin:products_offer_export", args=["csv"])
    assert client.get(path).status_code == 302
    assert client_of(person("nobody")).get(path).status_code == 403
    assert client_of(person("reviewer")).get(path).status_code == 200


def test_an_export_by_a_filter_that_is_none_leads_back_to_the_list(ada) -> None:
    path = reverse("admin:products_offer_export", args=["csv"]) + "?seen_on__gte=never"
    assert ada.get(path).headers["Location"].startswith(address(Offer))


def test_an_empty_sheet_and_all_records_are_for_download(ada) -> None:
    cast.neuro_mag()
    path = "admin:import_download"
    empty = ada.get(reverse(path, args=["ingredients", "template", "csv"])).getvalue().decode()
    assert empty.strip("\ufeff\r\n").split(",")[:2] == ["product", "form"]
    whole = ada.get(reverse(path, args=["ingredients", "all", "csv"])).getvalue().decode()
    assert len(whole.splitlines()) == 2
    assert ada.get(reverse(path, args=["ingredients", "some", "csv"])).status_code == 404
    assert ada.get(reverse(path, args=["ingredients", "all", "pdf"])).status_code == 404
