"""A cell means one thing or is refused."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from products.importing import values
from products.models import Finding, Offer, Product


def field(name: str, model: Any = Product) -> Any:
    return model._meta.get_field(name)


@pytest.mark.parametrize(
    ("name", "model", "text", "value"),
    [
        ("label_elemental_mg", Product, "12.5", Decimal("12.5")),
        ("label_elemental_mg", Product, "", None),
        ("label_elemental_mg", Product, "12,5", Decimal("12.5")),
        ("label_elemental_mg", Product, "0,125", Decimal("0.125")),
        ("vegan", Product, "yes", True),
        ("vegan", Product, "no", False),
        ("vegan", Product, "", None),
        ("is_medicine", Product, "no", False),
        ("seen_on", Offer, "2024-02-29", date(2024, 2, 29)),
        ("seen_on", Offer, "", None),
        ("seen_on", Offer, "31.05.2024", date(2024, 5, 31)),
        ("n", Finding, "46", 46),
        ("dosage_form", Product, "capsule", "capsule"),
        ("dosage_form", Product, "", ""),
        ("name", Product, "Größe 0", "Größe 0"),
    ],
)
def test_read(name: str, model: Any, text: str, value: Any) -> None:
    assert values.read(field(name, model), text) == value


@pytest.mark.parametrize(
    ("name", "model", "text"),
    [
        ("label_elemental_mg", Product, "1,234"),
        ("label_elemental_mg", Product, "1.234,5"),
        ("label_elemental_mg", Product, "1,200.5"),
        ("label_elemental_mg", Product, "1e3"),
        ("label_elemental_mg", Product, "NaN"),
        ("label_elemental_mg", Product, "٣"),
        ("label_elemental_mg", Product, "<5"),
        ("label_elemental_mg", Product, "9" * 5000),
        ("vegan", Product, "true"),
        ("vegan", Product, "YES"),
        ("is_medicine", Product, ""),
        ("seen_on", Offer, "31.02.2024"),
        ("seen_on", Offer, "05/31/2024"),
        ("seen_on", Offer, "2024-5-31"),
        ("seen_on", Offer, "2024-02-30"),
        ("seen_on", Offer, "20240531"),
        ("n", Finding, "46.0"),
        ("n", Finding, "9" * 5000),
        ("dosage_form", Product, "Capsule"),
        ("name", Product, ""),
    ],
)
def test_what_is_not_meant_clearly_is_refused(name: str, model: Any, text: str) -> None:
    with pytest.raises(values.NotReadable):
        values.read(field(name, model), text)


def test_a_list_drops_what_is_blank() -> None:
    assert values.parts(" MgT | |magnesium threonate|") == ["MgT", "magnesium threonate"]
