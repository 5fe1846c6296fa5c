"""A label record as columns of a product, in values that JSON holds.

Figures are texts without trailing zeros, unknown is blank: equal values, equal facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from products.importing.labels.composition import Composition
from products.importing.labels.record import LabelRecord, Origin
from products.models import Product, ProductIngredient

Value = Any
Said = dict[str, Value]

FIGURES = (
    "serving_units",
    "servings_per_container",
    "container_units",
    "label_elemental_mg",
    "label_compound_mg",
)
TEXTS = (
    "name",
    "market",
    "dosage_form",
    "serving_measure",
    "container_measure",
    "other_ingredients",
    "combined_with",
    "gtin",
    "dsld_id",
    "flags",
)
FIELDS = ("brand", *TEXTS, *FIGURES, "daily_servings", "ingredients")
"""What a record may say of a product. Both ends of *servings a day* are one, and so are the forms."""

OFF_MARKET = "off_market"
MOST_COMBINED = Product._meta.get_field("combined_with").max_length or 0


def said(record: LabelRecord, made: Composition) -> Said:
    """What a record says, by field."""
    stated = made.compound_mg is not None
    return {
        "brand": record.brand,
        "name": record.name,
        "market": record.market,
        "dosage_form": record.dosage_form,
        "serving_measure": record.serving_measure,
        "container_measure": record.container_measure,
        "other_ingredients": record.other_ingredients,
        "combined_with": _combined(record.others),
        "gtin": record.gtin,
        "dsld_id": record.external_id if record.origin is Origin.DSLD else "",
        "flags": OFF_MARKET if record.off_market else "",
        "serving_units": figure(record.serving_units),
        "servings_per_container": figure(record.servings_per_container),
        "container_units": figure(record.container_units),
        "label_elemental_mg": figure(made.elemental_mg),
        "label_compound_mg": figure(made.compound_mg),
        "daily_servings": _days(record.daily_servings_low, record.daily_servings_high),
        "ingredients": [
            ingredient(
                part.form,
                part.compound_mg,
                part.elemental_mg,
                _amounts(part.compound_mg or part.elemental_mg, part.withheld, stated),
                part.as_printed,
            )
            for part in made.parts
        ],
    }


def held(product: Product) -> Said:
    """What a product holds in those fields; reads its brand and `ingredients__form`."""
    return {
        "brand": product.brand.name,
        **{name: getattr(product, name) for name in TEXTS},
        **{name: figure(getattr(product, name)) for name in FIGURES},
        "daily_servings": _days(product.daily_servings_low, product.daily_servings_high),
        "ingredients": [
            ingredient(
                part.form.slug, part.compound_mg, part.elemental_mg, part.amounts, part.as_printed
            )
            for part in product.ingredients.all()
        ],
    }


def put(product: Product, name: str, value: Value) -> None:
    """Set one field of a product, other than its brand and its ingredients."""
    if name == "daily_servings":
        low, high = (Decimal(end) for end in value) if value else (None, None)
        product.daily_servings_low, product.daily_servings_high = low, high
    else:
        setattr(product, name, value if name in TEXTS else Decimal(value) if value else None)


def ingredients(values: Iterable[dict[str, str]]) -> list[dict[str, Any]]:
    """The forms of a product as columns of its ingredients, in order, with the form's slug."""
    return [
        {
            "form": one["form"],
            "position": position,
            "compound_mg": Decimal(one["compound_mg"]) if one["compound_mg"] else None,
            "elemental_mg": Decimal(one["elemental_mg"]) if one["elemental_mg"] else None,
            "amounts": one["amounts"],
            "as_printed": one["as_printed"],
        }
        for position, one in enumerate(values)
    ]


def ingredient(
    form: str,
    compound_mg: Decimal | None,
    elemental_mg: Decimal | None,
    amounts: str,
    as_printed: str,
) -> dict[str, str]:
    return {
        "form": form,
        "compound_mg": figure(compound_mg),
        "elemental_mg": figure(elemental_mg),
        "amounts": str(amounts),
        "as_printed": as_printed,
    }


def figure(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _amounts(amount: Decimal | None, withheld: bool, stated: bool) -> str:
    if amount is not None or (stated and not withheld):
        return ProductIngredient.Amounts.STATED
    if withheld:
        return ProductIngredient.Amounts.WITHHELD
    return ProductIngredient.Amounts.NOT_ON_LABEL


def _days(low: Decimal | None, high: Decimal | None) -> list[str]:
    return [] if low is None or high is None else [figure(low), figure(high)]


def _combined(names: Iterable[str]) -> str:
    """Names of other active ingredients, as many as the column takes and how many more there are."""
    names = list(dict.fromkeys(names))
    for shown in range(len(names), -1, -1):
        more = len(names) - shown
        text = ", ".join(names[:shown]) + (f" and {more} more" if more else "")
        if len(text) <= MOST_COMBINED:
            return text.removeprefix(" and ")
    return ""
