"""What things are called at the head of a page and in its links: short, and never two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.text import get_text_list

from compare import figures
from products.models import MagnesiumForm, Product

GENERIC = "magnesium"


def of_products(products: Sequence[Product]) -> list[str]:
    """`Neuro-Mag`, `NOW Citrate`; brand and name in full where the short ones are alike."""
    return _apart([(_short(product), str(product), _with_pack(product)) for product in products])


def of_forms(forms: Sequence[MagnesiumForm]) -> list[str]:
    return [form.short_name for form in forms]


def in_full(things: Sequence[Product | MagnesiumForm]) -> list[str]:
    """Names for programs and tables: whole, and no two alike."""
    return _apart(
        [
            (str(thing), _with_pack(thing) if isinstance(thing, Product) else thing.slug)
            for thing in things
        ]
    )


def listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    return str(get_text_list(list(names), "and"))


def forms_listed(names: Sequence[str]) -> str:
    """`L-threonate, citrate and oxide`: as names stand in the middle of a sentence."""
    return listed([*names[:1], *(figures.within(name) for name in names[1:])])


def _apart(ways: Sequence[Sequence[str]]) -> list[str]:
    """The first way to name each thing that tells it from the others; a number where none does."""
    names = [way[0] for way in ways]
    for step in range(1, len(ways[0]) if ways else 0):
        times = Counter(names)
        names = [
            way[step] if times[name] > 1 else name for name, way in zip(names, ways, strict=True)
        ]
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        if seen[name] > 1:
            names[place] = f"{name} ({seen[name]})"
    return names


def _with_pack(product: Product) -> str:
    return f"{product}, {product.pack}" if product.pack else str(product)


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
