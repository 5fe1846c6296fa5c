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
        ("slug,name\na,A\n".encode("utf-16"), "line 1 is not UTF-8"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "line 2 is not UTF-8"),
        (b"slug;name\na;A\n", "divided by semicolons"),
        (b"slug\na\n", "column “name” is missing"),
        (b"slug,name,colour\n", "unknown column “colour”"),
        (b"slug,name,name\n", "column “name” is there 2 times"),
        (b'slug,name\na,"A\n', "cannot be read from here on"),
        (b"slug,name\na," + b"x" * 200_000 + b"\n", "cannot be read from here on"),
    ],
)
def test_a_file_that_is_none(data: bytes, says: str) -> None:
    table = tables.parse("brands.csv", data, COLUMNS)
    assert says in str(table.problems[0])
    assert str(table.problems[0]).startswith("brands.csv")
    assert not table.is_whole


def test_too_few_or_too_many_cells_are_named_by_row() -> None:
    assert messages(b"slug,name\na,A\nb\nc,C,\n") == [
        "brands.csv, row 3: has 1 cells, the header has 2",
        "brands.csv, row 4: has 3 cells, the header has 2",
    ]


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    table = tables.read(tmp_path / "brands.csv", COLUMNS)
    assert "there is no such file" in str(table.problems[0])
