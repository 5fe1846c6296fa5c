"""What can be asked, for the OpenAPI document: written from the FilterSets, so that it cannot drift.

A value that does not hold is left out and noted, never refused. The document says so: beside the
values that mean something, anything is valid.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters
from drf_spectacular.utils import OpenApiParameter

from compare.asking import UNKNOWN, End, Many, Question
from compare.basis import PRESETS
from compare.comparison import MOST_FORMS, MOST_PRODUCTS, Shown
from compare.filters import ProductFilter
from compare.search import LONGEST
from compare.wishes import FACTS, FOR_USE, HIGHEST, MOST_PRICE, WANT
from products.models import Authority
from products.rules.dose import MAX_MG, MIN_MG
from products.rules.wishes import Weight

Schema = dict[str, Any]

MEANINGS = {
    "q": f"Words that the product, brand, form or a synonym must hold; the first {LONGEST} characters are read.",
    "form": "Slug of a magnesium form that it holds (`/api/v1/forms/`).",
    "brand": "Slug of the brand, as `brand.slug` in a product.",
    "dosage_form": "What it is taken as.",
    "bioavailability": "Grade of bioavailability.",
    "laxative": "Grade of the laxative effect.",
    "label_check": "Whether the compound on the label can hold the magnesium claimed.",
    "use": "Slug of a use (`/api/v1/uses/`) for which the form has been tested in people, by mouth and alone. Tested is not proven.",
    "certification": "Named body that certifies it, or that the brand names; as `certifications.body` in a product.",
    "diet": "Diet that it suits, as the label or brand says.",
    "category": "Kind of compound.",
    "solubility": "Solubility in water.",
    "elemental_min": "Least elemental magnesium, mg: of the label's day when `dose` is `day`, else of a serving.",
    "elemental_max": "Most elemental magnesium, mg: of the label's day when `dose` is `day`, else of a serving.",
    "price_min": "Least price of 100 mg elemental magnesium, US dollars. Other currencies are not converted, and not found.",
    "price_max": "Most that 100 mg elemental magnesium may cost, US dollars. Other currencies are not converted, and not found.",
}
"""A sentence for every filter of every FilterSet."""

OPEN = frozenset({"form", "brand", "use", "certification"})
"""Filters whose values are rows, and grow with the catalogue."""

REPEATED = "Repeat the key for more values: any of them may hold."
OR_UNKNOWN = f"`{UNKNOWN}` finds those where it is not known."
TEXT: Schema = {"type": "string"}
ANYTHING: Schema = {"description": "Anything else is left out, and named in `notes`."}
"""A schema that everything fits. Of a key that takes one value, the last of several holds."""


def of_list(question: type[Question]) -> list[OpenApiParameter]:
    """Every key of a filtered list: its filters, then order, page, basis and facets."""
    filters = [_of_filter(key, filter_) for key, filter_ in question.base_filters.items()]
    basis = BASIS if question.has_basis else ()
    return [*filters, _sort(question), PAGE, *basis, FACETS]


def lenient(*schemas: Schema) -> Schema:
    """Values that mean something, beside anything else: that is noted and ignored."""
    return {"anyOf": [*schemas, ANYTHING]}


def codes(words: dict[str, str]) -> Schema:
    return {"type": "string", "enum": list(words), "x-words": words}


def _of_filter(key: str, filter_: django_filters.Filter) -> OpenApiParameter:
    if isinstance(filter_, End):
        return _query(key, lenient(_bounds(filter_)), MEANINGS[key])
    if not isinstance(filter_, Many):
        return _query(key, lenient(TEXT), MEANINGS[key])
    unknown = OR_UNKNOWN if filter_.takes_unknown else ""
    says = " ".join(filter(None, (MEANINGS[key], REPEATED, unknown)))
    if key in OPEN:
        return _many(key, TEXT, says)
    return _many(key, codes(filter_.vocabulary), says)


def _bounds(end: End) -> Schema:
    low, high = end.extra["min_value"], end.extra["max_value"]
    return {"type": "number", "minimum": _whole(low), "maximum": _whole(high)}


def _sort(question: type[Question]) -> OpenApiParameter:
    first = next(iter(question.sorts))
    return _query("sort", lenient(codes(question.sorts)), f"Order; `{first}` when left out.")


def _whole(bound: Decimal) -> int | float:
    return int(bound) if bound == bound.to_integral_value() else float(bound)


def _query(key: str, schema: Schema, says: str) -> OpenApiParameter:
    return OpenApiParameter(key, schema, description=says)


def _many(key: str, item: Schema, says: str) -> OpenApiParameter:
    schema = lenient({"type": "array", "items": item})
    return OpenApiParameter(key, schema, description=says, style="form", explode=True)


def _dose_words() -> dict[str, str]:
    return {code: words for code, words in PRESETS.items() if not code.isdigit()}


DOSE = _query(
    "dose",
    lenient(
        codes(_dose_words()),
        {"type": "number", "minimum": _whole(MIN_MG), "maximum": _whole(MAX_MG)},
    ),
    "What figures are counted on: one serving (when left out), the label's day, or so many mg of elemental magnesium.",
)
AUTHORITY = _query(
    "authority",
    lenient(codes({code: str(words) for code, words in Authority.choices})),
    "Whose intakes and limits hold; `us` when left out.",
)
BASIS = (DOSE, AUTHORITY)
PAGE = _query(
    "page",
    lenient({"type": "integer", "minimum": 1}),
    "Page, from 1. One that is not there becomes the nearest.",
)
FACETS = _query(
    "facets",
    lenient(codes({"1": "with counts", "0": "without"})),
    "`1` asks for the counts behind every filter value.",
)


WISHES = (
    _many(
        WANT,
        codes(
            {
                f"{key}:{weight}": f"{fact.label}: {weight}"
                for key, fact in FACTS.items()
                for weight in (Weight.MUST, Weight.MATTERS)
            }
        ),
        "A fact that is wanted, and how much it counts. Nothing is left out of the list for it: `match` says of each product in which group it is. Repeat the key for more facts.",
    ),
    _query(
        MOST_PRICE,
        lenient({"type": "number", "minimum": 0, "maximum": _whole(HIGHEST)}),
        "The most that 100 mg elemental magnesium may cost, US dollars and more than nothing, for `want=price:must`.",
    ),
    _query(
        FOR_USE,
        lenient(TEXT),
        "Slug of the use (`/api/v1/uses/`) that a form must have been tested for, for `want=tested_form:must`; any when left out.",
    ),
)
"""What a reader wants of products, and what goes along with it."""
OF_PRODUCTS = [*of_list(ProductFilter), *WISHES]


def of_comparison(most: int, things: str) -> list[OpenApiParameter]:
    """Every key of a comparison."""
    says = f"Slug of one of the {things}. Repeat the key for more, at most {most}, in the order wanted."
    shown = {shown.value: shown.value for shown in Shown}
    return [
        _many("item", TEXT, says),
        _query("rows", lenient(codes(shown)), "Which rows; `all` when left out."),
        _query("base", lenient(TEXT), "Slug of the item that the others are held against."),
        *BASIS,
    ]


OF_PRODUCT_COMPARISON = of_comparison(MOST_PRODUCTS, "products")
OF_FORM_COMPARISON = of_comparison(MOST_FORMS, "magnesium forms")


def _in_path(name: str, says: str) -> OpenApiParameter:
    return OpenApiParameter(name, TEXT, OpenApiParameter.PATH, description=says)


PRODUCT = _in_path("slug", "Slug of the product, as `slug` in a list.")
FORM = _in_path("slug", "Slug of the magnesium form, as `slug` in a list.")
SOURCE = _in_path("key", "Key of the source, as `source.key` of a product.")
USE = _in_path("slug", "Slug of the use, as `slug` in a list.")
