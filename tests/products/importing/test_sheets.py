"""One file of one subject: what it would do, what it does, and that a round changes nothing."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from products import going_back
from products.changes import recording
from products.importing import sheets, writing, written_workbooks
from products.importing.differences import Line
from products.importing.load import load_folder
from products.importing.meanings import meanings
from products.importing.problems import Refused
from products.importing.resources import BY_NAME, RESOURCES
from products.importing.sheets import Sheet
from products.models import Brand, CatalogueState, ChangeSet, Evidence, Offer, Product, Source
from tests import cast, factories

pytestmark = pytest.mark.django_db


def taken(subject: str, text: str | bytes, **options: Any) -> tuple[Any, Any, list[Line]]:
    """Bring a file in; gives what was counted, the set of changes and the differences."""
    data = text.encode() if isinstance(text, str) else text
    lines: list[Line] = []
    sheet = Sheet(BY_NAME[subject], sheets.read(BY_NAME[subject], data), **options)
    running = sheet.take("price list", watch=lines.extend)
    while True:
        try:
            next(running)
        except StopIteration as end:
            return *end.value, lines


def refused(subject: str, text: str) -> list[str]:
    with pytest.raises(Refused) as caught:
        taken(subject, text)
    return [str(problem) for problem in caught.value.problems]


def as_xlsx(subject: str, rows: Any) -> bytes:
    file = io.BytesIO()
    written_workbooks.write_xlsx(file, BY_NAME[subject], rows, meanings(BY_NAME[subject]))
    return file.getvalue()


def as_csv(subject: str, rows: Any) -> bytes:
    return "".join(writing.as_csv(BY_NAME[subject], rows)).encode()


@pytest.fixture
def offer() -> Offer:
    return cast.neuro_mag().offers.get()


def price_list(offer: Offer, price: str, *more: str) -> str:
    seen = offer.seen_on.isoformat() if offer.seen_on else ""
    rows = [f"{offer.product.slug},{offer.seller},{price},{offer.currency},{seen}", *more]
    return "\n".join(["product,seller,price,currency,seen_on", *rows, ""])


# Round trip


def test_export_and_import_change_nothing_of_the_catalogue_that_ships() -> None:
    load_folder(Path(settings.BASE_DIR) / "products" / "data")
    sets, version = ChangeSet.objects.count(), CatalogueState.current().version
    for resource in RESOURCES:
        rows = resource.model._base_manager.order_by("pk")
        for data in (as_csv(resource.name, rows), as_xlsx(resource.name, rows)):
            count, change_set, lines = taken(resource.name, data)
            assert (count.unchanged, change_set, lines) == (rows.count(), None, []), resource.name
    assert (ChangeSet.objects.count(), CatalogueState.current().version) == (sets, version)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-5", "@SUM(A1)", "'=x", "''-x", "|cmd", "＝1"])
def test_a_text_that_a_spreadsheet_would_run_is_text_and_comes_back(name: str) -> None:
    brand = factories.BrandFactory(name=name)
    rows = Brand.objects.all()
    assert f",'{name},".encode() in as_csv("brands", rows)
    sheet = load_workbook(io.BytesIO(as_xlsx("brands", rows)))["brands"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == (f"'{name}", "s")
    for data in (as_csv("brands", rows), as_xlsx("brands", rows)):
        assert taken("brands", data)[0].unchanged == 1
    brand.refresh_from_db()
    assert brand.name == name


def test_figures_and_days_are_figures_and_days_in_a_workbook(offer: Offer) -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx("offers", Offer.objects.all())))["offers"]
    cells = dict(zip(BY_NAME["offers"].columns, next(sheet.iter_rows(min_row=2)), strict=True))
    assert cells["price"].data_type == "n"
    assert cells["seen_on"].value is None or cells["seen_on"].is_date


# What a file would do, and does


def test_a_price_list_names_the_columns_that_it_has(offer: Offer) -> None:
    before = f"{offer.price.normalize():f}"
    with recording(by=None, reason="address"):
        Offer.objects.update(url="https://shop.example/")
    count, change_set, lines = taken("offers", price_list(offer, "99.5"), overwrite=True)
    offer.refresh_from_db()
    assert (count.changed, str(offer.price), offer.url) == (1, "99.50", "https://shop.example/")
    assert [line.cells for line in lines] == [{"price": (before, "99.5")}]
    assert (change_set.kind, change_set.reason, change_set.changes.count()) == (
        ChangeSet.Kind.IMPORT,
        "price list",
        1,
    )


def test_a_new_record_needs_the_columns_that_the_file_lacks(offer: Offer) -> None:
    more = f"{offer.product.slug},Corner shop,5,USD,"
    assert refused("offers", price_list(offer, str(offer.price), more)) == [
        "offers.csv, row 3, source: must not be blank, and the file has no such column"
    ]


def test_one_bad_row_keeps_all_out(offer: Offer) -> None:
    before = offer.price
    said = refused("offers", price_list(offer, "99.5", "nothing,Shop,x,USD,"))
    assert [line.split(":")[0] for line in said] == [
        "offers.csv, row 3, product",
        "offers.csv, row 3, price",
        "offers.csv, row 3, source",
    ]
    offer.refresh_from_db()
    assert offer.price == before


def test_looking_writes_nothing(offer: Offer) -> None:
    version = CatalogueState.current().version
    lines: list[Line] = []
    table = sheets.read(BY_NAME["offers"], price_list(offer, "99.5").encode())
    list(Sheet(BY_NAME["offers"], table, overwrite=True).look(lines.extend))
    offer.refresh_from_db()
    assert str(offer.price) != "99.50"
    assert (len(lines), CatalogueState.current().version) == (1, version)


def test_an_import_is_undone_as_a_whole() -> None:
    brand = factories.BrandFactory(slug="a", name="Old")
    text = "slug,name\na,New\nb,Another\n"
    _, change_set, _ = taken("brands", text, overwrite=True)
    assert Brand.objects.count() == 2
    steps = going_back.undoing(change_set)
    going_back.go_back(
        lambda: going_back.undoing(change_set),
        going_back.digest(steps),
        by=None,
        reason="wrong list",
        kind=ChangeSet.Kind.UNDO,
        undoes=change_set,
    )
    brand.refresh_from_db()
    assert (brand.name, Brand.objects.count()) == ("Old", 1)
    # Who undid it meant it: the same file again changes nothing unless it is given its way.
    assert taken("brands", text)[0].kept == 2
    assert taken("brands", text, overwrite=True)[1].changes.count() == 2


# Who has the last word


def test_what_was_entered_by_hand_is_in_conflict_unless_the_file_is_given_its_way() -> None:
    factories.BrandFactory(slug="a", name="By hand")
    count, change_set, lines = taken("brands", "slug,name\na,By file\n")
    assert (len(count.conflicts), change_set) == (1, None)
    assert (lines[0].fate, lines[0].cells) == ("conflict", {"name": ("By hand", "By file")})
    assert taken("brands", "slug,name\na,By file\n", overwrite=True)[0].changed == 1
    # From here on it is the file's, until somebody changes it by hand again.
    assert taken("brands", "slug,name\na,By file 2\n")[0].changed == 1


def test_columns_that_no_one_touched_follow_beside_one_that_an_editor_keeps() -> None:
    taken("brands", "slug,name,website\na,First,https://a.example/\n")
    with recording(by=None, reason="by hand"):
        Brand.objects.update(name="By hand")
    count, _, (line,) = taken("brands", "slug,name,website\na,First,https://b.example/\n")
    brand = Brand.objects.get()
    assert (count.changed, brand.name, brand.website) == (1, "By hand", "https://b.example/")
    assert line.cells == {"website": ("https://a.example/", "https://b.example/")}
    assert line.kept == {"name": ("By hand", "First")}


def test_the_files_of_the_catalogue_do_not_undo_an_import(folder: Any) -> None:
    load_folder(folder.write())
    offer = Offer.objects.get()
    assert taken("offers", price_list(offer, "20"))[0].changed == 1
    load_folder(folder.write())
    offer.refresh_from_db()
    assert str(offer.price) == "20.00"


# On the way to the reader


def test_what_is_new_is_a_draft_and_changed_evidence_goes_back_into_review() -> None:
    product = cast.neuro_mag()
    cells = as_csv("products", Product.objects.all()).decode().replace(product.slug, "another")
    taken("products", cells.replace(product.gtin or "-", ""))
    assert Product.objects.get(slug="another").status == "draft"
    evidence = factories.EvidenceFactory()
    text = f"key,outcome\n{evidence.key},Sleep of another kind\n"
    taken("evidence", text, overwrite=True)
    assert Evidence.objects.get(pk=evidence.pk).status == "in_review"


def test_queries_do_not_grow_with_the_rows() -> None:
    source = factories.SourceFactory()

    def queries(many: int) -> int:
        rows = "".join(f"s-{many}-{n},label,Label,page\n" for n in range(many))
        with CaptureQueriesContext(connection) as captured:
            taken("sources", f"key,kind,title,verified\n{rows}")
        return len(captured)

    queries(5)
    # SQLite takes a bounded number of values in one statement.
    assert queries(400) <= queries(6) + 15
    assert Source.objects.filter(pk=source.pk).exists()


# The command


def test_the_command_brings_in_a_file(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "brands of May.csv"
    path.write_text("slug;name\na;A\n", encoding="utf-8")
    call_command("import_sheet", "brands", str(path), "--dry-run")
    assert not Brand.objects.exists()
    assert "1 new" in capsys.readouterr().out
    call_command("import_sheet", "brands", str(path))
    assert Brand.objects.get().name == "A"
