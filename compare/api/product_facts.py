"""Which facts stand behind each field of a product, so that its blanks and sources can be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compare.basis import Basis
from compare.rows import ProductRow
from products.models import EmptyKind, FactNote, Product, ProductIngredient, Source
from products.models.knowing import PILLS
from products.rules.dose import Kind

Facts = Mapping[str, tuple[str, ...]]
"""Fields, and the facts that each rests on; the first that is not known says why a field is blank."""

FactName = FactNote.FactName

_LIST: dict[str, tuple[str, ...]] = {
    "market": ("market",),
    "dosage_form": (FactName.DOSAGE_FORM,),
    "serving_units": (FactName.SERVING,),
    "serving_measure": (FactName.SERVING,),
    "daily_servings": (FactName.DAILY_SERVINGS,),
    "servings_per_container": (FactName.SERVINGS_PER_CONTAINER,),
    "container_units": (FactName.CONTAINER,),
    "container_measure": (FactName.CONTAINER,),
    "elemental_mg_per_serving": (FactName.ELEMENTAL,),
    "elemental_mg_per_day": (FactName.ELEMENTAL, FactName.DAILY_SERVINGS),
    "compound_mg_per_serving": (FactName.COMPOUND,),
    "units_per_100_mg": (PILLS, FactName.ELEMENTAL),
    "price": (FactName.PRICE,),
    "price_currency": (FactName.PRICE,),
    "price_per_100_mg": (FactName.PRICE, FactName.ELEMENTAL, FactName.SERVINGS_PER_CONTAINER),
    "price_seen_on": (FactName.PRICE,),
    "price_is_stale": (FactName.PRICE,),
    "ingredients": (FactName.FORMS,),
    "vegan": (FactName.VEGAN,),
    "vegetarian": (FactName.VEGETARIAN,),
    "gluten_free": (FactName.GLUTEN_FREE,),
    "non_gmo": (FactName.NON_GMO,),
}
_DETAIL: dict[str, tuple[str, ...]] = {
    "checked_on": ("checked_on",),
    "other_ingredients": (FactName.OTHER_INGREDIENTS,),
    "allergens": (FactName.ALLERGENS,),
    "directions": (FactName.DIRECTIONS,),
    "with_food": (FactName.WITH_FOOD,),
    "combined_with": ("combined_with",),
    "gtin": (FactName.GTIN,),
    "dsld_id": ("dsld_id",),
    "other_identifier": ("other_identifier",),
    "offers": (FactName.PRICE,),
    "ratings": (FactName.RATING,),
    "certifications": (FactName.CERTIFICATION,),
    "claims": ("claims",),
}
_MEASURES = ("serving_measure", "container_measure")
_SOURCED_ELSEWHERE = (
    *("offers", "ratings", "certifications", "claims"),  # their entries carry their own
    *("price_currency", "price_seen_on", "price_is_stale"),  # that of `price`
)


def list_facts(basis: Basis) -> Facts:
    """Fields of a product in a list; what is counted on the label's day rests on that day too."""
    day = (FactName.DAILY_SERVINGS,) if basis.dose.kind is Kind.DAY else ()
    return {
        **_LIST,
        "dose_elemental_mg": (FactName.ELEMENTAL, *day),
        "dose_servings": (*day, FactName.ELEMENTAL),
        "dose_units": (PILLS, FactName.SERVING, *day, FactName.ELEMENTAL),
    }


def detail_facts(basis: Basis) -> Facts:
    return {**list_facts(basis), **_DETAIL}


def empties(shown: Mapping[str, Any], row: ProductRow, facts: Facts) -> dict[str, EmptyKind]:
    """The kind of empty of each field that is shown as null or as an empty list.

    Grades are left out where the forms merely differ: that is known.
    """
    product = row.product
    found = {
        field: _empty(product, field, names)
        for field, names in facts.items()
        if shown[field] is None or shown[field] == []
    }
    grades = {"bioavailability": row.grade_empty, "laxative": row.laxative_empty}
    return found | {
        field: kind for field, kind in grades.items() if kind is not None and shown[field] is None
    }


def _empty(product: Product, field: str, facts: tuple[str, ...]) -> EmptyKind:
    if field in _MEASURES and product.is_counted:
        return EmptyKind.DOES_NOT_APPLY
    return product.empty_of(*facts)


def ingredient_empty(part: ProductIngredient) -> EmptyKind:
    """Why an amount of a form is blank."""
    if part.amounts != ProductIngredient.Amounts.STATED:
        return EmptyKind(part.amounts)
    return part.product.empty_of(FactName.FORM_AMOUNTS)


def own_sources(product: Product, facts: Facts) -> dict[str, Source]:
    """Sources of the known fields that come from elsewhere than the product's own source."""
    may_have_one = {FactName.PRICE, *(note.fact for note in product.fact_notes.all())}
    found = {
        field: product.source_of(names[0])
        for field, names in facts.items()
        if len(names) == 1
        and names[0] in may_have_one
        and field not in _SOURCED_ELSEWHERE
        and product.knows(names[0])
    }
    return {field: source for field, source in found.items() if source != product.source}
