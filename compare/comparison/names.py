"""What things are called at the head of a page and in its links: short, and never two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.text import get_text_list

from products.models import MagnesiumForm, Product

GENERIC = "magnesium"


def of_products(products: Sequence[Product]) -> list[str]:
    """`Neuro-Mag`, `NOW Citrate`; brand and name in full where the short ones are alike."""
    short = [_short(product) for product in products]
    times = Counter(short)
    return [
        name if times[name] == 1 else str(product)
        for product, name in zip(products, short, strict=True)
    ]


def of_forms(forms: Sequence[MagnesiumForm]) -> list[str]:
    return [form.short_name for form in forms]


def listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    return str(get_text_list(list(names), "and"))


def forms_listed(names: Sequence[str]) -> str:
    """`L-threonate, citrate and oxide`: as names stand in the middle of a sentence."""
    return listed([*names[:1], *(_within(name) for name in names[1:])])


def _short(product: Product) -> str:
    """The name without the form that it repeats; brand and form where the name is but a word."""
    brand, name = product.brand.name, product.name
    forms = [part.form.short_name for part in product.ingredients.all()]
    if len(forms) == 1:
        at = name.casefold().find(f" {GENERIC} {forms[0].casefold()}")
        if at > 0:
            return name[:at]
        if name.casefold().startswith(GENERIC):
            return f"{brand} {forms[0]}"
    if name.casefold().startswith(brand.casefold()) or not name.casefold().startswith(GENERIC):
        return name
    return f"{brand} {name}"


def _within(name: str) -> str:
    """Without its capital, unless the capital is part of the name, as in L-threonate."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
