"""All published products as bitmaps: one a value for every filter, digits for ranges and orders.

An `Index` is never changed. A change of the catalogue gives a new one that shares every bitmap in
which nothing changed, so that whoever holds the old one goes on seeing one consistent state.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pyroaring import BitMap

from compare.asking import Vocabulary
from compare.facets.lexicon import HeldVocabulary, Lexicon
from compare.facets.name_order import order_of, with_names
from compare.facets.names import Names
from compare.facets.ranked import Ranked, ranked
from compare.facets.reading import CURRENCY, Gathered, Words
from compare.facets.slices import Digit, Slices, changed, page
from compare.filters import DOLLARS

Family = dict[str, BitMap]
Stratum = tuple[BitMap, list[Digit]]
"""Rows that stand together in an order, and the digits that order them among themselves."""

MOST_SEARCHES = 64


@dataclass(frozen=True)
class State:
    """Which catalogue it is. Same version and same stamp: same rows."""

    version: int
    stamp: str


@dataclass(frozen=True)
class Index:
    """The catalogue in one state. `families` holds rows by facet and value, and see `reading`."""

    state: State
    everything: BitMap
    families: Mapping[str, Family]
    numbers: Mapping[str, Slices]
    names: Names
    name_order: Slices
    brands: Mapping[str, str]
    """Names of brands that have a product, by slug, in the order of the names."""
    brand_order: Slices
    """The place of a product's brand among them."""
    lexicon: Lexicon
    words: Words
    edits: int = 0
    """Products that were read since the whole was written to a file, or read from the database."""
    searches: dict[tuple[str, ...], Ranked] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, state: State, found: Gathered, words: Words) -> Index:
        """From all products."""
        names = Names.of(found.names)
        brands = _by_name(found.brands)
        return cls(
            state=state,
            everything=BitMap(found.rows),
            families={
                family: {value: BitMap(rows) for value, rows in by_value.items()}
                for family, by_value in found.sets.items()
            },
            numbers={column: Slices.of(numbers) for column, numbers in found.numbers.items()},
            names=names,
            name_order=order_of(names),
            brands=brands,
            brand_order=Slices.of(_places(brands, found.sets["brand"])),
            lexicon=Lexicon.of(found.words),
            words=words,
        )

    def moved_on(self, state: State, keys: Collection[int], found: Gathered, words: Words) -> Index:
        """The next state, where products of these keys are now as `found` has them, or gone."""
        rows = BitMap(keys)
        families = {
            family: _family(self.families.get(family, {}), rows, found.sets.get(family, {}))
            for family in self.families.keys() | found.sets.keys()
        }
        new_names = {row: found.names.get(row) for row in keys}
        names = self.names.replaced(new_names)
        brands, brand_order = self._brands(rows, found, families.get("brand", {}))
        return Index(
            state=state,
            everything=changed(self.everything, rows, BitMap(found.rows)),
            families=families,
            numbers={
                column: slices.replaced(rows, found.numbers[column])
                for column, slices in self.numbers.items()
            },
            names=names,
            name_order=with_names(self.name_order, self.names, names, new_names),
            brands=brands,
            brand_order=brand_order,
            lexicon=self.lexicon.replaced(rows, found.words),
            words=words,
            edits=self.edits + len(keys),
        )

    def _brands(
        self, rows: BitMap, found: Gathered, family: Family
    ) -> tuple[Mapping[str, str], Slices]:
        """Brands and their order; anew when one is new, has another name or no product any more."""
        same_names = found.brands.items() <= self.brands.items()
        if same_names and family.keys() == self.brands.keys():
            places = _places(self.brands, found.sets.get("brand", {}))
            return self.brands, self.brand_order.replaced(rows, places)
        names = {**self.brands, **found.brands}
        brands = _by_name({slug: names[slug] for slug in family})
        return brands, Slices.of(_places(brands, family))

    def rows(self, family: str, values: Iterable[str]) -> BitMap:
        """Rows that have one of the values."""
        there = self.families.get(family, {})
        found = [there[value] for value in values if value in there]
        if family == "use":
            found = [self.uses[value] for value in values if value in self.uses]
        return BitMap.union(*found) if found else BitMap()

    def searched(
        self, words: tuple[str, ...], with_barcode: Callable[[str], Iterable[int]]
    ) -> Ranked:
        """Rows that a search finds, by rank; put together once, for its other pages too."""
        found = self.searches.get(words)
        if found is None:
            if len(self.searches) >= MOST_SEARCHES:
                self.searches.clear()
            found = ranked(words, self.everything, self.lexicon, with_barcode)
            self.searches[words] = found
        return found

    @cached_property
    def vocabulary(self) -> HeldVocabulary:
        """What a search is understood by."""
        return HeldVocabulary(self.lexicon, self.words.spoken)

    @cached_property
    def vocabularies(self) -> dict[str, Vocabulary]:
        return {**self.words.vocabularies, "brand": dict(self.brands)}

    @cached_property
    def uses(self) -> Family:
        """Rows with a form that was tested for a use."""
        return {use: self.rows("form", forms) for use, forms in self.words.tested.items()}

    # Orders

    @cached_property
    def brand_digits(self) -> list[Digit]:
        return self.brand_order.digits()

    @cached_property
    def name_digits(self) -> list[Digit]:
        return self.name_order.digits()

    def by_number(
        self, column: str, *, descending: bool = False, then: list[Digit] | None = None
    ) -> list[Stratum]:
        """An order by a number, rows without one last, and by other digits among equals."""
        slices, then = self.numbers[column], then or []
        known = slices.digits(descending=descending)
        return [(slices.known, known + then), (self.everything - slices.known, then)]

    @cached_property
    def by_price(self) -> list[Stratum]:
        """Dollars first, then other currencies one after the other, then what has no price."""
        price = self.numbers["price_per_100_mg"]
        currencies = sorted(self.families.get(CURRENCY, {}).items())
        currencies.sort(key=lambda item: item[0] != DOLLARS)
        priced = [(rows & price.known, price.digits()) for _, rows in currencies]
        unpriced: list[Stratum] = [
            (rows - price.known, []) for _, rows in sorted(currencies, key=lambda item: item[0])
        ]
        return priced + unpriced


def in_order(rows: BitMap, strata: Iterable[Stratum], start: int, stop: int) -> list[int]:
    """Rows from place `start` up to, not including, `stop`."""
    found: list[int] = []
    for stratum, digits in strata:
        if stop <= 0:
            break
        part = rows & stratum
        if start < len(part):
            found += page(part, digits, start, min(stop, len(part)))
        start, stop = max(0, start - len(part)), stop - len(part)
    return found


def _family(old: Family, rows: BitMap, new: Mapping[str, list[int]]) -> Family:
    moved = {value for value, bitmap in old.items() if bitmap.intersect(rows)} | new.keys()
    if not moved:
        return old
    family = {**old}
    for value in moved:
        family[value] = changed(old.get(value, BitMap()), rows, BitMap(new.get(value, ())))
        if not family[value]:
            del family[value]
    return family


def _by_name(brands: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(brands.items(), key=lambda item: item[1]))


def _places(brands: Mapping[str, str], rows: Mapping[str, Iterable[int]]) -> dict[int, int]:
    """For each row the place of its brand."""
    return {row: place for place, slug in enumerate(brands) for row in rows.get(slug, ())}
