"""Derived figures in words, with the reckoning behind them, for an editor to follow."""

from __future__ import annotations

from decimal import Decimal

from products.models import Product, ProductIngredient
from products.rules.label_check import Reason
from products.rules.units import rounded

UNKNOWN = "–"
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
