"""What the index holds of each published product, read by flat queries: no row becomes an object."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from compare import search
from compare.asking import UNKNOWN, Many, Vocabulary
from compare.facets.registry import PRODUCT_FACETS, ChoiceFacet, RangeFacet
from compare.filters import DIETS, DOLLARS, ProductFilter, speaking_evidence
from products.models import Certification, Product, ProductIngredient
from products.search_table import FIELDS

CHUNK = 500
SCALE = 4
"""Numbers are kept in ten-thousandths: no column that is filtered or sorted on has more places."""
COLUMNS = ("dosage_form", "bioavailability", "laxative", "label_check")
"""Facets that are columns of text, blank where the value is not known."""
NUMBERS = (
    "elemental_mg_per_serving",
    "elemental_mg_per_day_low",
    "elemental_mg_per_day_high",
    "price_per_100_mg",
    "units_per_100_mg",
)
BARRED = (
    ("elemental", "elemental_mg_per_serving"),
    ("elemental", "elemental_mg_per_day_low"),
    ("price", "price_per_100_mg"),
)
"""Facets with a histogram, and the columns that it may be of."""
CURRENCY = "price_currency"

Sets = dict[str, dict[str, list[int]]]
"""Keys of products by family (a facet, currencies, bars of a histogram) and value."""


@dataclass
class Gathered:
    """Published products as values: their keys by everything that they can be asked for."""

    rows: list[int] = field(default_factory=list)
    sets: Sets = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    numbers: dict[str, dict[int, int]] = field(
        default_factory=lambda: {column: {} for column in NUMBERS}
    )
    names: dict[int, str] = field(default_factory=dict)
    brands: dict[str, str] = field(default_factory=dict)
    """Names of the brands that were met, by slug."""
    words: Sets = field(default_factory=lambda: {name: defaultdict(list) for name in FIELDS})
    """Keys by field and word, for search."""


@dataclass(frozen=True)
class Words:
    """What is read anew with every change, being small: which values there are, and what was tested."""

    vocabularies: dict[str, Vocabulary]
    tested: dict[str, list[str]]
    """Slugs of the forms that a use was tested with."""
    spoken: tuple[str, ...] = ()
    """Words of the names of forms and uses."""


def bars(facet: str, column: str) -> str:
    """The family that holds the bars of a histogram."""
    return f"{facet} {column}"


def scaled(number: Decimal) -> int:
    """A number in ten-thousandths, exactly."""
    return int(number.scaleb(SCALE))


def gather(keys: Collection[int] | None = None) -> Gathered:
    """Read all published products, or those of some keys. Three queries, for each 500 keys."""
    found = Gathered()
    for some in _chunks(keys):
        products = Product.objects.published().order_by()
        ingredients = ProductIngredient.objects.filter(product__status="published").order_by()
        named = Certification.objects.exclude(state=Certification.State.NOT_FOUND).order_by()
        named = named.filter(product__status="published")
        if some is not None:
            products = products.filter(pk__in=some)
            ingredients = ingredients.filter(product__in=some)
            named = named.filter(product__in=some)
        rows = _products(products, found)
        _parts(ingredients.values_list("form__slug", "product"), found.sets["form"], rows)
        _parts(named.values_list("body", "product"), found.sets["certification"], rows)
    return found


def words() -> Words:
    """Read the values that choices have, and which forms were tested for which use. Few small rows."""
    vocabularies = {}
    for facet in PRODUCT_FACETS:
        filter_ = copy(ProductFilter.base_filters[facet.key]) if _is_read(facet) else None
        if isinstance(filter_, Many):
            vocabularies[facet.key] = filter_.vocabulary
    tested: defaultdict[str, list[str]] = defaultdict(list)
    pairs = speaking_evidence().order_by().values_list("use__slug", "form__slug").distinct()
    for use, form in pairs:
        tested[use].append(form)
    return Words(vocabularies, dict(tested), search.spoken_words())


def _is_read(facet: ChoiceFacet | RangeFacet) -> bool:
    """Brands are as many as a tenth of the products: the index has them from the products."""
    return isinstance(facet, ChoiceFacet) and facet.key != "brand"


def _chunks(keys: Collection[int] | None) -> Iterator[list[int] | None]:
    if keys is None:
        yield None
        return
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def _products(products: QuerySet[Product], found: Gathered) -> set[int]:
    rows = set()
    columns = (*COLUMNS, CURRENCY)
    names = ("pk", "name", "brand__slug", "brand__name", *columns, *DIETS, *NUMBERS, "search_text")
    where = 4 + len(columns) + len(DIETS)
    by_text: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for values in products.values_list(*names).iterator(chunk_size=5_000):
        row, name, brand, brand_name = values[:4]
        rows.add(row)
        for field_and_text in zip(FIELDS, values[-1].split("\n"), strict=False):
            by_text[field_and_text].append(row)
        found.names[row] = name
        found.brands[brand] = brand_name
        found.sets["brand"][brand].append(row)
        for column, value in zip(columns, values[4:], strict=False):
            found.sets[column][value or ("" if column == CURRENCY else UNKNOWN)].append(row)
        _diets(found.sets["diet"], row, values[4 + len(columns) : where])
        numbers = {
            column: scaled(value)
            for column, value in zip(NUMBERS, values[where:-1], strict=True)
            if value is not None
        }
        for column, number in numbers.items():
            found.numbers[column][row] = number
        _bars(found.sets, row, numbers, values[4 + len(COLUMNS)])
    found.rows += rows
    # Many products have the same forms, and some the same name: each text is taken apart once.
    for (name, text), same in by_text.items():
        for word in set(text.split()):
            found.words[name][word] += same
    return rows


def _diets(sets: dict[str, list[int]], row: int, values: tuple[bool | None, ...]) -> None:
    for diet, value in zip(DIETS, values, strict=True):
        if value:
            sets[diet].append(row)
    if all(value is None for value in values):
        sets[UNKNOWN].append(row)


_EDGES = {
    facet.key: [scaled(edge) for edge in facet.edges[1:]]
    for facet in PRODUCT_FACETS
    if isinstance(facet, RangeFacet)
}


def _bars(sets: Sets, row: int, numbers: dict[str, int], currency: str) -> None:
    for facet, column in BARRED:
        number = numbers.get(column)
        if number is None or (facet == "price" and currency != DOLLARS):
            value = UNKNOWN
        else:
            value = str(bisect_right(_EDGES[facet], number))
        sets[bars(facet, column)][value].append(row)


def _parts(
    pairs: QuerySet[ProductIngredient, tuple[str, int]] | QuerySet[Certification, tuple[str, int]],
    sets: dict[str, list[int]],
    rows: set[int],
) -> None:
    """Values that products have in rows of their own; a product without one is unknown."""
    without = set(rows)
    for value, row in pairs.iterator(chunk_size=5_000):
        if row in rows:
            sets[value].append(row)
            without.discard(row)
    sets[UNKNOWN] += without
