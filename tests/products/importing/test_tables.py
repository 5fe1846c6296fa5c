"""Whatever comes as a file, a sentence says what is wrong with it."""

from pathlib import Path

import pytest

from products.importing import tables

COLUMNS = ("slug", "name")


def messages(data: bytes) -> list[str]:
    return [str(problem) for problem in tables.parse("brands.csv", data, COLUMNS).problems]


def test_columns_in_any_order_and_space_around_a_cell() -> None:
    table = tables.parse("brands.csv", b"name,slug\n Life Extension ,life-extension\n", COLUMNS)
    assert [row.cells for row in table.rows] == [
        {"name": "Life Extension", "slug": "life-extension"}
    ]
    assert table.is_whole


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    table = tables.parse("brands.csv", b"\xef\xbb\xbfslug,name\r\na,A\r\n", COLUMNS)
    assert (table.problems, table.rows[0].cells["slug"]) == ([], "a")


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    data = b'slug,name\na,"two\nlines"\n\n,\nb,B\n'
    table = tables.parse("brands.csv", data, COLUMNS)
    assert [(row.number, row.cells["slug"]) for row in table.rows] == [(2, "a"), (5, "b")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"slug,name\na,\xe9\n", "line 2 is not UTF-8"),
        ("slug,name\na,A\n".encode("utf-16")[:-1], "begins as UTF-16 and breaks off"),
        (b"slug,name\na,\xb5g\n", "line 2 is not UTF-8, so it was probably saved as Windows text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is a PDF, whatever its name says"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook of an old kind (XLS)"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"<html><body>", "is a web page"),
        (b"PK\x03\x04broken", "is no workbook that can be read"),
        (
            b"slug,name\na," + b"x" * 10_000_000 + b"\n",
            "row 2: cannot be read from here on: a cell",
        ),
        (b"slug|name\na|A\n", "unknown column “slug|name”"),
        (b"slug,,name\na,x,A\n", "column B has no name"),
        (b"slug\na\n", "column “name” is missing"),
        (b"slug,name,colour\n", "unknown column “colour”"),
        (b"slug,name,name\n", "column “name” is there 2 times"),
        (b'slug,name\na,"A\n', "cannot be read from here on"),
    ],
)
def test_a_file_that_is_none(data: bytes, says: str) -> None:
    table = tables.parse("brands.csv", data, COLUMNS)
    assert says in str(table.problems[0])
    assert str(table.problems[0]).startswith("brands.csv")
    assert not table.is_whole


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_spreadsheets_of_all_countries_are_read(mark: str) -> None:
    text = (
        f"slug{mark}name\nlife{mark}Life, or; so\n"
        if mark == "\t"
        else f"slug{mark}name\nlife{mark}Life\n"
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        table = tables.parse("brands.csv", text.encode(encoding), COLUMNS)
        assert (table.problems, table.rows[0].cells["slug"]) == ([], "life")


def test_a_column_that_is_not_required_may_be_missing() -> None:
    table = tables.parse("brands.csv", b"slug\na\n", COLUMNS, required=["slug"])
    assert (table.problems, table.columns, table.rows[0].cells) == ([], ("slug",), {"slug": "a"})


def test_a_cell_that_is_too_large_or_no_text_is_named() -> None:
    assert messages(b"slug,name\na," + b"x" * 40_000 + b"\nb,B\x07\n") == [
        "brands.csv, row 2, name: holds 40,000 characters. A cell takes at most 32,767",
        "brands.csv, row 3, name: holds a character that cannot be printed. Type the text anew",
    ]


def test_a_file_that_is_too_large_or_too_long_is_refused(settings) -> None:
    settings.IMPORT_MOST_ROWS = 2
    assert messages(b"slug,name\na,A\n\nb,B\nc,C\n") == [
        "brands.csv, row 5: has more than 2 rows. Divide it into several files"
    ]
    settings.IMPORT_MOST_BYTES = 3_000_000
    assert messages(b"x" * 3_000_001) == [
        "brands.csv: is larger than 3 MB. Divide it into several files"
    ]


def test_too_few_or_too_many_cells_are_named_by_row() -> None:
    assert messages(b"slug,name\na,A\nb\nc,C,c\n") == [
        "brands.csv, row 3: has 1 cells, the header has 2",
        "brands.csv, row 4: has 3 cells, the header has 2",
    ]


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    table = tables.read(tmp_path / "brands.csv", COLUMNS)
    assert "there is no such file" in str(table.problems[0])
