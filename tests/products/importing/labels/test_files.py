"""Files of every kind, and what is said of those that cannot be read."""

import json
import zipfile
from pathlib import Path

import pytest

from products.importing.labels import files
from products.importing.problems import Refused
from tests.products.importing.labels.made import DATA, label

ONE = json.dumps(label())


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (ONE, [1]),
        (json.dumps(label(), indent=1), [1]),
        (f"[{ONE}, {ONE}]", [1, 2]),
        (f"{ONE}\n\n{ONE}\n", [1, 3]),
        ("\ufeff" + ONE, [1]),
        (json.dumps({"products": [{"code": "1", "product_name": "x"}]}), [1]),
    ],
)
def test_one_record_a_list_and_one_a_line(tmp_path: Path, text: str, rows: list[int]) -> None:
    path = tmp_path / "labels.json"
    path.write_text(text, encoding="utf-8")
    assert [found.row for found in files.at(path)] == rows


def test_a_zip_of_tables(tmp_path: Path) -> None:
    path = tmp_path / "dsld.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(DATA / "ProductOverview_1.csv", "all/ProductOverview_1.csv")
    assert len(list(files.at(path))) == 7


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"\x1f\x8b\x08", "is packed"),
        ("{}".encode("utf-16"), "is UTF-16"),
        (b"just some words", "has none of the tables' columns"),
        (b'{"id": 1,', "is not JSON at line 1"),
        (b'[{"id": 1}, 2]', "row 2: is no record"),
        (b'{"name": "elemental", "version": 3}', "holds no label record"),
        (b"[]", "holds no label record"),
        (ONE.encode() + b'\n{"id": 2,\n', "row 2: is not JSON"),
        (
            ONE.replace("Acme", "Acm\xe9").encode("latin-1").replace(b"\\u00e9", b"\xe9"),
            "is not UTF-8",
        ),
        (ONE.replace("200", "NaN").encode(), "no number"),
        (b"[" * 100_000, "nests too deep"),
        (b"DSLD ID,Brand Name,Product Name\n1,Acme\n", "row 2: has 2 cells, the header has 3"),
        (b"DSLD ID,Brand Name,Product Name\n1,Acm\xe9,x\n", "is not UTF-8"),
        (b'DSLD ID,Brand Name,Product Name\n1,"Acme,x\n', "row 2: cannot be read from here on"),
        (b"DSLD ID,Brand Name,Product Name\n1,Acme," + b"x" * 10_000_000, "row 2: cannot be read"),
        (
            b"DSLD ID,Ingredient,Amount Per Serving,Amount Per Serving Unit\n1,x,1,mg\n",
            "without brands",
        ),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "labels.json"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        files.at(path)
    [problem] = refused.value.problems
    assert said in str(problem)
    assert str(problem).startswith("labels.json")


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no such file"):
        files.at(tmp_path / "gone.json")
    with pytest.raises(Refused, match="holds no CSV file"):
        files.at(tmp_path)
