"""A small catalogue in a folder, for tests to break one cell at a time."""

import csv
from pathlib import Path
from typing import Any

import pytest

from products.importing.resources import RESOURCES

ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [
        {"key": "label-one", "kind": "label", "title": "Label", "verified": "page"},
        {
            "key": "walker-2003",
            "kind": "rct",
            "title": "A trial",
            "doi": "10.1000/xyz",
            "verified": "abstract",
            "species": "human",
        },
    ],
    "forms": [
        {
            "slug": "l-threonate",
            "name": "Magnesium L-threonate",
            "short_name": "L-threonate",
            "position": "10",
            "synonyms": "magnesium threonate|MgT",
            "category": "organic_salt",
            "is_catch_all": "no",
            "formula": "C8H14MgO10",
            "summary": "A salt.",
            "bioavailability": "unclear",
            "bioavailability_rationale": "No trial.",
            "laxative": "low",
            "sources": "label-one|walker-2003",
            "verified": "page",
        }
    ],
    "brands": [{"slug": "life-extension", "name": "Life Extension"}],
    "products": [
        {
            "slug": "neuro-mag",
            "brand": "life-extension",
            "name": "Neuro-Mag",
            "source": "label-one",
            "verified": "page",
            "dosage_form": "capsule",
            "serving_units": "3",
            "servings_per_container": "30",
            "container_units": "90",
            "label_elemental_mg": "144",
            "vegan": "yes",
            "is_medicine": "no",
            "is_laxative": "no",
            "gtin": "737870160397",
        }
    ],
    "ingredients": [
        {
            "product": "neuro-mag",
            "form": "l-threonate",
            "position": "0",
            "compound_mg": "2000",
            "amounts": "stated",
        }
    ],
    "offers": [
        {
            "product": "neuro-mag",
            "seller": "Vitacost",
            "price": "31.50",
            "currency": "USD",
            "source": "label-one",
        }
    ],
}


class Folder:
    """All files of the catalogue in one place; `rows` may be changed before `write`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = {resource.name: list[dict[str, str]]() for resource in RESOURCES}
        for name, rows in ROWS.items():
            self.rows[name] = [dict(row) for row in rows]

    def put(self, name: str, row: int, /, **cells: str) -> "Folder":
        """Change cells of a row, counted as a spreadsheet does: the first below the header is 2."""
        self.rows[name][row - 2].update(cells)
        return self

    def add(self, name: str, like: int = 2, /, **cells: str) -> "Folder":
        """Add a row that is like another but for some cells."""
        self.rows[name].append({**self.rows[name][like - 2], **cells})
        return self

    def write(self) -> Path:
        for resource in RESOURCES:
            with (self.path / resource.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, resource.columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(self.rows[resource.name])
        return self.path

    def write_bytes(self, file: str, data: bytes) -> Path:
        """All files as they are, but one."""
        self.write()
        (self.path / file).write_bytes(data)
        return self.path


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    return Folder(tmp_path)
