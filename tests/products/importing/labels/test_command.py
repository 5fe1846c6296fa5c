"""The commands: they read, call and tell."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from products.models import ImportedLabel, Product
from tests.factories import MagnesiumFormFactory
from tests.products.importing.labels.made import label, later, line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forms() -> None:
    MagnesiumFormFactory(slug="oxide", formula="MgO")


def run(path: Path, *records: Any, command: str = "import_dsld", **options: Any) -> str:
    if records:
        path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    out = StringIO()
    call_command(command, path, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_it_tells_what_it_brought_in_and_what_an_editor_should_look_at(tmp_path: Path) -> None:
    odd = line("Magnesium", "100-200", "mg", forms="as Unobtainium Chelazome X")
    said = run(tmp_path / "a.jsonl", label(1), label(2, odd), label(3, line("Zinc", 5, "mg")))
    assert "a.jsonl, row 2: Acme, Magnesium 2: new draft" in said
    assert "not placed: Magnesium (as Unobtainium Chelazome X)" in said
    assert "100-200 mg" in said
    assert "2  new draft" in said
    assert "1  without magnesium" in said


def test_a_dry_run_names_conflicts_and_writes_nothing(tmp_path: Path) -> None:
    run(tmp_path / "a.jsonl", label(1))
    newer = later(label(1), servingsPerContainer="90")
    said = run(tmp_path / "b.jsonl", newer, label(2), dry_run=True)
    assert "Nothing was written" in said
    assert "1  changed" in said
    assert ImportedLabel.objects.count() == 1
    assert Product.objects.get().servings_per_container == 60


def test_a_bad_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match=r"^a\.pdf: is a PDF.* Nothing was brought in\.$"):
        run(tmp_path / "a.pdf")
    assert not Product.objects.exists()


def test_each_command_takes_the_records_of_its_own_database(tmp_path: Path) -> None:
    food = {
        "code": "4005500317845",
        "product_name": "Magnesium 400",
        "brands": "Doppelherz",
        "nutriments": {"magnesium_serving": 0.4},
    }
    both = (label(1), food)
    run(tmp_path / "a.jsonl", *both)
    assert list(Product.objects.values_list("dsld_id", flat=True)) == ["1"]
    run(tmp_path / "a.jsonl", *both, command="import_open_food_facts")
    assert Product.objects.get(gtin="4005500317845").label_elemental_mg == 400
    assert Product.objects.get(gtin="4005500317845").source.key == "off-4005500317845"
