"""What things are called in a sentence that names several of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.text import get_text_list

from products.models import MagnesiumForm, Product

GENERIC = "magnesium"


def of_products(products: Sequence[Product]) -> list[str]:
    """The name alone where it is one; with the brand where others have it too, or it is only a word."""
    times = Counter(product.name for product in products)
    return [_of_product(product, alone=times[product.name] == 1) for product in products]


def of_forms(forms: Sequence[MagnesiumForm]) -> list[str]:
    return [form.short_name for form in forms]


def listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    return str(get_text_list(list(names), "and"))


def _of_product(product: Product, alone: bool) -> str:
    brand, name = product.brand.name, product.name
    if name.casefold().startswith(brand.casefold()):
        return name
    if alone and not name.casefold().startswith(GENERIC):
        return name
    return f"{brand} {name}"
