"""Derived figures in words, with the reckoning behind them, for an editor to follow."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from products.models import Product, ProductIngredient
from products.models.vetting_words import THINGS
from products.rules.completeness import Thing
from products.rules.label_check import Reason
from products.rules.units import rounded

UNKNOWN = "–"
MOST_NAMED = 2
"""Things that a list names; the page of the product names all."""
MISSING = {
    Reason.ELEMENTAL_UNKNOWN: "the label's elemental magnesium is not known",
    Reason.FORM_UNKNOWN: "no magnesium form is entered",
    Reason.COMPOUND_UNKNOWN: "the mass of the compound is not known",
    Reason.FRACTION_UNKNOWN: "a form has no formula",
}


def figure(value: Decimal, places: int) -> str:
    """1,998.5: thousands apart, no zeros that say nothing."""
    text = f"{rounded(value, places):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def mg(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{figure(value, 2)} mg"


def mg_range(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None or low == high:
        return mg(low)
    return f"{figure(low, 2)} to {mg(high)}"


def price(product: Product) -> str:
    if product.price_per_100_mg is None:
        return UNKNOWN
    figure_text = f"{rounded(product.price_per_100_mg, 4):f} {product.price_currency}"
    return figure_text if product.price_seen_on else f"{figure_text}, undated"


def left(product: Product) -> str:
    """`3 things left: price, directions, barcode`; the first few where there are many."""
    if product.things_left is None:
        return UNKNOWN
    return _left(product.things_left_list, MOST_NAMED)


def completeness(product: Product) -> dict[str, Any] | None:
    """For the page of a product: how much is done, and all that is left in words."""
    if product.things_left is None:
        return None
    things = product.things_left_list
    of = len(Thing)
    return {"done": of - len(things), "of": of, "words": _left(things, of)}


def _left(things: list[Thing], most: int) -> str:
    if not things:
        return "Complete"
    names = [str(THINGS[thing]) for thing in things[:most]]
    more = ", …" if len(things) > most else ""
    return f"{len(things)} thing{'' if len(things) == 1 else 's'} left: {', '.join(names)}{more}"


def label_check(product: Product) -> str:
    """The verdict, and what it was reckoned from; the product's ingredients are read."""
    verdict = str(product.get_label_check_display())
    capacity, claimed = product.label_capacity_mg, product.elemental_mg_per_serving
    if capacity is None or claimed is None:
        reason = product.label_check_reason
        return f"{verdict}: {MISSING[Reason(reason)]}" if reason else verdict
    share = figure(claimed / capacity * 100, 1)
    return (
        f"{verdict}: {_parts(product)} can hold {mg(capacity)}; "
        f"the label claims {mg(claimed)}, {share} % of that"
    )


def _parts(product: Product) -> str:
    parts = list(product.ingredients.all())
    if all(part.compound_mg for part in parts):
        return " + ".join(_part(part) for part in parts)
    names = " and ".join(part.form.short_name for part in parts)
    return f"{mg(product.label_compound_mg)} of {names}"


def _part(part: ProductIngredient) -> str:
    fraction = part.form.elemental_fraction or Decimal(0)
    return f"{mg(part.compound_mg)} {part.form.short_name} × {figure(fraction * 100, 3)} %"
