"""The commands themselves: arguments, what they print, how they end."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from products.changes import plain
from products.models import MagnesiumForm, Product

pytestmark = pytest.mark.django_db


def run(name: str, *args: Any) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=out)
    return out.getvalue()


def test_a_folder_that_is_refused_ends_with_an_error(folder: Any) -> None:
    path = folder.put("products", 2, label_elemental_mg="x").write()
    out = StringIO()
    with pytest.raises(CommandError, match="1 problem: nothing was loaded"):
        call_command("load_catalogue", path, stderr=out)
    assert out.getvalue().startswith("products.csv, row 2, label_elemental_mg: ")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_catalogue", tmp_path / "nowhere")


def test_rebuild_puts_right_what_was_wrong(folder: Any) -> None:
    run("load_catalogue", folder.write())
    assert run("rebuild_derived") == "Every row was right.\n"
    plain(Product).update(label_check="tight", elemental_mg_per_serving=1)
    plain(MagnesiumForm).update(elemental_fraction="0.5")
    assert run("rebuild_derived") == "2 rows had to be put right.\n"
    assert Product.objects.get().label_check == "adds_up"
