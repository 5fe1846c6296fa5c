"""Counting in memory: the sets behind a question are put together as compressed bitmaps.

See `index` for what is held, `keeping` for how it is kept true. A whole answer costs a few hundred
intersections, each of a few microseconds at 200,000 products. The bitmaps are Roaring: D. Lemire et
al., "Roaring bitmaps: implementation of an optimized software library", Software: Practice and
Experience 48, 2018.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from pyroaring import BitMap

from compare import search
from compare.asking import Many
from compare.facets.index import Family, Index, Stratum, in_order
from compare.facets.ranked import Ranked
from compare.facets.reading import CURRENCY, bars, scaled
from compare.facets.registry import ChoiceFacet, RangeFacet
from compare.facets.sql import Counts
from compare.filters import DOLLARS, ProductFilter


@dataclass(frozen=True)
class BitmapAnswer:
    """The answer to a question about published products, all of it from one state of the catalogue."""

    question: ProductFilter
    index: Index

    def __post_init__(self) -> None:
        # The values that may be chosen are at hand: reading them would be a query each.
        for key, words in self.index.vocabularies.items():
            filter_ = self.question.filters.get(key)
            if isinstance(filter_, Many):
                filter_.vocabulary = words
        self.question.vocabulary = self.index.vocabulary

    @cached_property
    def sets(self) -> dict[str, BitMap]:
        """The rows that each filter in force lets through; the two ends of a range are one."""
        values = self.question.values
        ends = {key for pair in self.question.ranges.values() for key in pair}
        found = {key: self._set(key, value) for key, value in values.items() if key not in ends}
        for name, (low, high) in self.question.ranges.items():
            if low in values or high in values:
                found[name] = self._between(name, values.get(low), values.get(high))
        return found

    @cached_property
    def rows(self) -> BitMap:
        return self.leaving_out()

    def leaving_out(self, key: str = "") -> BitMap:
        """The rows that every filter but one lets through."""
        sets = [rows for name, rows in self.sets.items() if name != key]
        return self.index.everything.intersection(*sets) if sets else self.index.everything

    def counts(self, facets: Sequence[ChoiceFacet | RangeFacet]) -> Counts:
        """Count the rows, and for each facet the rows behind each value, ignoring its own selection.

        No query, unless it is a barcode that is searched for.
        """
        by_facet = {}
        for facet in facets:
            rows = self.leaving_out(facet.key) if facet.key in self.sets else self.rows
            if counted := _counted(self._family(facet), rows):
                by_facet[facet.key] = counted
        return Counts(total=len(self.rows), by_facet=by_facet)

    def ids(self, start: int, stop: int) -> list[int]:
        """Keys of the rows from place `start` up to `stop`, in the order asked for; `pk` comes last."""
        return in_order(self.rows, self._order(), start, stop)

    def _set(self, key: str, value: Any) -> BitMap:
        if key == "q":
            return BitMap.union(BitMap(), *self._searched)
        return self.index.rows(key, value)

    @cached_property
    def _searched(self) -> Ranked:
        return self.index.searched(self.question.understood.words, self._with_barcode)

    def _with_barcode(self, digits: str) -> Iterable[int]:
        found = self.question.queryset.order_by().filter(search.with_barcode(digits))
        keys: Iterable[int] = found.values_list("pk", flat=True)
        return keys

    def _between(self, name: str, low: Decimal | None, high: Decimal | None) -> BitMap:
        """As `ProductFilter.range_q`: a label's range fits when it overlaps the one asked for."""
        if name == "price":
            bottom = top = "price_per_100_mg"
            found = self.index.rows(CURRENCY, [DOLLARS])
        else:
            bottom, top = self.question.elemental_columns
            found = self.index.everything
        if low is not None:
            found = found & self.index.numbers[top].at_least(scaled(low))
        if high is not None:
            found = found & self.index.numbers[bottom].at_most(scaled(high))
        return found

    def _family(self, facet: ChoiceFacet | RangeFacet) -> Family:
        if isinstance(facet, RangeFacet):
            return self.index.families.get(bars(facet.key, facet.column(self.question)), {})
        return self.index.uses if facet.key == "use" else self.index.families.get(facet.key, {})

    def _order(self) -> list[Stratum]:
        index = self.index
        low, high = self.question.elemental_columns
        match self.question.sort:  # as `ProductFilter.order_by`
            case "relevance":
                return [(rows, index.name_digits) for rows in self._searched]
            case "brand":
                return [(index.everything, index.brand_digits + index.name_digits)]
            case "name":
                return [(index.everything, index.name_digits + index.brand_digits)]
            case "price_per_100_mg":
                return index.by_price
            case "pills":
                return index.by_number("units_per_100_mg")
            case "elemental":
                return index.by_number(low, then=index.brand_digits)
            case "-elemental":
                return index.by_number(high, descending=True, then=index.brand_digits)
        raise NotImplementedError(self.question.sort)


def _counted(family: Family, rows: BitMap) -> dict[str, int]:
    numbers = map(rows.intersection_cardinality, family.values())
    return {value: n for value, n in zip(family, numbers, strict=True) if n}
