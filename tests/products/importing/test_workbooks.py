"""Whatever comes as a workbook: values as they would be typed, and a sentence for the rest."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from products.importing import tables, workbooks

COLUMNS = ("slug", "name", "price", "seen_on")


def book(*rows: list[Any], **sheets: list[list[Any]]) -> Workbook:
    made = Workbook()
    made.active.title = "Prices"
    for row in rows:
        made.active.append(row)
    for title, more in sheets.items():
        sheet = made.create_sheet(title)
        for row in more:
            sheet.append(row)
    return made


def parsed(made: Workbook) -> tables.Table:
    file = io.BytesIO()
    made.save(file)
    return tables.parse("offers.xlsx", file.getvalue(), COLUMNS, ["slug"])


def messages(made: Workbook) -> list[str]:
    return [str(problem) for problem in parsed(made).problems]


def test_values_are_read_as_they_would_be_typed() -> None:
    made = book(
        ["slug", "price", "seen_on", "name"],
        ["a", 12.0, date(2026, 5, 31), True],
        ["b", 0.1, "2026-05", None],
        [737870160397, 1e-05, None, "'=1+1"],
    )
    assert [row.cells for row in parsed(made).rows] == [
        {"slug": "a", "price": "12", "seen_on": "2026-05-31", "name": "yes"},
        {"slug": "b", "price": "0.1", "seen_on": "2026-05", "name": ""},
        {"slug": "737870160397", "price": "0.00001", "seen_on": "", "name": "=1+1"},
    ]


def test_a_month_that_the_spreadsheet_made_a_day_of_is_a_month() -> None:
    made = book(["slug", "seen_on"], ["a", date(2026, 6, 1)])
    made.active["B2"].number_format = "mmm-yy"
    assert parsed(made).rows[0].cells["seen_on"] == "2026-06"


def test_rows_are_numbered_as_they_are_shown_and_blank_ones_passed_over() -> None:
    made = book(["slug"], ["a"])
    made.active["A900"] = "b"
    assert [(row.number, row.cells["slug"]) for row in parsed(made).rows] == [(2, "a"), (900, "b")]


def test_formulas_and_errors_are_named_by_row_and_column() -> None:
    made = book(["slug", "price", "name"], ["a", "=B3*2", "x"], ["b", 3, "#N/A"])
    assert messages(made) == [
        "offers.xlsx, row 2, price: holds a formula. Copy the column and paste it as values",
        "offers.xlsx, row 3, name: holds the error #N/A. Put in its value, or leave it blank",
    ]


def test_the_sheet_with_the_columns_is_found() -> None:
    made = book(["Prices of May"], Data=[["slug", "price"], ["a", 3]])
    assert parsed(made).rows[0].cells == {"slug": "a", "price": "3"}


def test_columns_on_two_sheets_are_one_too_many() -> None:
    made = book(["slug", "price"], ["a", 3], June=[["slug"], ["b"]])
    (said,) = messages(made)
    assert "has these columns on several sheets: Prices, June. Leave one" in said


def test_a_merged_header_is_told() -> None:
    made = book(["slug", "price", None, "name"], ["a", 3, 4, "A"])
    made.active.merge_cells("B1:C1")
    assert messages(made) == [
        "offers.xlsx, row 1: column C has no name. Name it or delete it; divide cells that are merged"
    ]


def test_an_empty_workbook_is_empty() -> None:
    assert messages(book()) == ["offers.xlsx: is empty. Its first row names the columns"]


def test_a_zip_that_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("prices.csv", "slug\n")
    table = tables.parse("offers.xlsx", file.getvalue(), COLUMNS)
    assert "is a zip and no workbook" in str(table.problems[0])


def test_a_workbook_that_unpacks_to_more_than_fits_is_not_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED_BYTES", 1_000)
    (said,) = messages(book(["slug"], ["a"]))
    assert "when it is unpacked" in said


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_entities_that_multiply_are_refused(part: str) -> None:
    """A billion laughs: ten entities, each ten times the one before."""
    file, made = io.BytesIO(), io.BytesIO()
    book(["slug"], ["a"]).save(file)
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lines}]><x>&l10;</x>'
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == part else old.read(name))
    table = tables.parse("offers.xlsx", made.getvalue(), COLUMNS, ["slug"])
    assert not table.is_whole
