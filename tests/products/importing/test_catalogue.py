"""The catalogue that ships loads as a whole, and labels worked out by hand come out right."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from products.importing.resources import RESOURCES
from products.models import Product

pytestmark = pytest.mark.django_db

DATA = Path(settings.BASE_DIR) / "products" / "data"


def run(name: str, *args: Any) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=out)
    return out.getvalue()


def table(text: str) -> dict[str, list[int]]:
    return {line.split()[0]: [int(n) for n in line.split()[1:]] for line in text.splitlines()[1:]}


def rows_in(name: str) -> int:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


@pytest.fixture(scope="module")
def catalogue(django_db_setup: Any, django_db_blocker: Any) -> Any:
    """The catalogue that ships, loaded once for this module and taken out again."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield table(run("load_catalogue"))
        transaction.set_rollback(True)


def test_the_catalogue_that_ships_is_added_as_a_whole(catalogue: dict[str, list[int]]) -> None:
    expected = {resource.file: [rows_in(resource.name), 0, 0, 0, 0] for resource in RESOURCES}
    total = sum(added for added, *_ in expected.values())
    assert catalogue == {**expected, "all": [total, 0, 0, 0, 0]}
    assert (rows_in("forms"), rows_in("findings"), rows_in("evidence")) == (21, 137, 107)


def test_loading_it_again_changes_nothing(catalogue: dict[str, list[int]]) -> None:
    assert table(run("load_catalogue"))["all"] == [0, 0, catalogue["all"][0], 0, 0]


# Worked out by hand from the labels: compound × share of magnesium, price ÷ pack.
@pytest.mark.parametrize(
    ("slug", "columns"),
    [
        (
            "life-extension-neuro-mag-magnesium-l-threonate-90ct",
            {
                "elemental_mg_per_serving": "144.0000",
                "label_check": "adds_up",
                "label_capacity_mg": "165.0620",  # 2,000 mg × 8.2531 %
                "units_per_100_mg": "2.0833",  # 3 ÷ 1.44
                "price_per_100_mg": "0.7292",  # 31.50 ÷ 43.2
                "bioavailability": "unclear",
                "laxative": "low",
            },
        ),
        (
            "cvs-milk-of-magnesia",
            {
                "elemental_mg_per_serving": "595.0000",
                "elemental_mg_per_day_high": "2380.0000",
                "label_check": "cannot_be_pure",
                "label_capacity_mg": "500.1072",  # 1,200 mg × 41.6756 %
                "laxative": "osmotic_laxative",
            },
        ),
        (
            "clinicians-magnesium-625-90ct",
            {"label_check": "cannot_be_pure", "label_capacity_mg": "52.6550"},
        ),
        (
            "premier-value-milk-of-magnesia-mint",
            {"label_check": "tight", "label_capacity_mg": "500.1072"},
        ),
        (
            "thorne-magnesium-citramate-90ct",
            {
                "elemental_mg_per_serving": "135.0000",
                "elemental_mg_per_day_low": "135.0000",
                "elemental_mg_per_day_high": "405.0000",
                "label_check_reason": "compound_unknown",
                "price_per_100_mg": "0.1728",  # 21 ÷ (90 × 1.35)
                "bioavailability": "",
            },
        ),
        (
            "solgar-magnesium-citrate-60ct",
            {"price_per_100_mg": "0.0571", "units_per_100_mg": "0.4762"},  # 7.19 ÷ 126, 2 ÷ 4.2
        ),
        ("biotics-research-mg-orotate-500-100ct", {"label_check": "cannot_be_pure"}),
        ("organika-magnesium-l-threonate-90ct", {"label_check_reason": "elemental_unknown"}),
    ],
)  # fmt: skip
def test_what_follows_from_labels(catalogue: Any, slug: str, columns: dict[str, str]) -> None:
    product = Product.objects.get(slug=slug)
    assert {name: str(getattr(product, name)) for name in columns} == columns
