"""Facets as a page, or a program, sees them: values with a word, a count and a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nsmallest

from compare import figures
from compare.asking import UNKNOWN, Many, Question
from compare.facets.registry import ChoiceFacet, RangeFacet
from compare.facets.sql import Counts
from compare.filters import DOLLARS
from compare.links import Query
from products.rules.folding import folded

MOST_FOUND = 24


@dataclass(frozen=True)
class FacetValue:
    """One choice: `add` and `remove` are the queries with and without it."""

    value: str
    label: str
    count: int
    selected: bool
    add: Query
    remove: Query

    @property
    def is_unknown(self) -> bool:
        return self.value == UNKNOWN


@dataclass(frozen=True)
class Choices:
    """A facet of values; `more` are folded away.

    Values of a facet with a `find_key` are looked for by `find_text`, a part of their words; `hidden` is
    how many more there are that have it.
    """

    key: str
    label: str
    term: str
    values: tuple[FacetValue, ...]
    more: tuple[FacetValue, ...]
    find_key: str = ""
    find_text: str = ""
    hidden: int = 0

    kind = "choices"

    @property
    def selected(self) -> int:
        return sum(value.selected for value in (*self.values, *self.more))


@dataclass(frozen=True)
class Bar:
    """Rows from `low` up to, not including, `high`; `None` is open above."""

    low: Decimal
    high: Decimal | None
    count: int


@dataclass(frozen=True)
class Range:
    """A facet of two ends; `unknown` rows have no value to compare."""

    key: str
    label: str
    unit: str
    places: int
    low_key: str
    high_key: str
    low: str
    high: str
    bars: tuple[Bar, ...]
    marker: Decimal | None
    marker_label: str
    unknown: int
    total: int

    kind = "range"

    @property
    def selected(self) -> int:
        return bool(self.low) + bool(self.high)


@dataclass(frozen=True)
class Chip:
    """One thing that is on, and the query without it."""

    label: str
    remove_url: Query


def in_words(question: Question, key: str) -> str:
    """What is chosen in a filter, as `L-threonate, citrate or aspartate`; blank for nothing."""
    filter_ = question.filters[key]
    if not isinstance(filter_, Many):
        return ""
    labels = [_chip_label(filter_, value) for value in question.values.get(key, [])]
    # The first is a name at the head of its phrase; the others go on in the middle of it.
    labels = labels[:1] + [figures.within(label) for label in labels[1:]]
    return " or ".join(
        part for part in (", ".join(labels[:-1]), labels[-1] if labels else "") if part
    )


def facets(
    question: Question,
    registry: Sequence[ChoiceFacet | RangeFacet],
    counts: Counts,
    *,
    whole: bool = False,
) -> list[Choices | Range]:
    """Every facet of a page, in the registry's order; `whole` with every value, however many."""

    def made(facet: ChoiceFacet | RangeFacet) -> Choices | Range:
        counted = counts.by_facet.get(facet.key, {})
        if isinstance(facet, RangeFacet):
            return _range(question, facet, counted)
        if facet.find_key and not whole:
            return _searched(question, facet, counted)
        return _choices(question, facet, counted)

    return [made(facet) for facet in registry]


def chips(question: Question) -> list[Chip]:
    """What is on, one removable piece at a time."""
    query = question.query.without("page")
    found = []
    for key, value in question.values.items():
        filter_ = question.filters[key]
        if isinstance(filter_, Many):
            found += [Chip(_chip_label(filter_, one), query.remove(key, one)) for one in value]
        elif key == "q":
            found.append(Chip(f"“{value}”", query.without(key)))
        else:
            found.append(Chip(_end_label(question, key, value), query.without(key)))
    return found


def _chip_label(filter_: Many, value: str) -> str:
    if value == UNKNOWN:
        return f"{filter_.label}: {filter_.vocabulary[value]}"
    return filter_.vocabulary[value]


def _end_label(question: Question, key: str, value: Decimal) -> str:
    name = next(name for name, ends in question.ranges.items() if key in ends)
    word = "from" if key == question.ranges[name][0] else "up to"
    if name == "price":
        return f"{word} {figures.money(value, DOLLARS)} per 100 mg"
    return f"{word} {figures.number(value, 2)} mg"


def _choices(question: Question, facet: ChoiceFacet, counted: dict[str, int]) -> Choices:
    filter_ = _many(question, facet)
    values = _values(question, facet, counted, filter_.vocabulary)
    if not facet.keeps_order:
        values.sort(key=lambda value: (value.is_unknown, not value.selected, -value.count))
    known = [value for value in values if not value.is_unknown]
    open_, folded_away = known[: facet.shown], known[facet.shown :]
    unknown = [value for value in values if value.is_unknown]
    return Choices(
        key=facet.key,
        label=str(filter_.label),
        term=facet.term,
        values=tuple(open_ + unknown),
        more=tuple(folded_away),
    )


def _searched(question: Question, facet: ChoiceFacet, counted: dict[str, int]) -> Choices:
    """The values that are chosen, then those that are looked for or else the most frequent ones.

    The others cost a look at their number and no more: they may be thousands.
    """
    filter_ = _many(question, facet)
    chosen = question.values.get(facet.key, [])
    words = folded(text := question.query.get(facet.find_key)).split()
    found = [
        value
        for value, label in filter_.vocabulary.items()
        if value not in chosen and (not words or _has_all(words, label))
    ]
    most = MOST_FOUND if words else facet.shown
    frequent = nsmallest(most, found, key=lambda value: -counted.get(value, 0))
    return Choices(
        key=facet.key,
        label=str(filter_.label),
        term=facet.term,
        values=tuple(_values(question, facet, counted, [*chosen, *frequent])),
        more=(),
        find_key=facet.find_key,
        find_text=text if words else "",
        hidden=len(found) - len(frequent),
    )


def _has_all(words: Sequence[str], label: str) -> bool:
    name = folded(label)
    return all(word in name for word in words)


def _many(question: Question, facet: ChoiceFacet) -> Many:
    filter_ = question.filters[facet.key]
    assert isinstance(filter_, Many)  # noqa: S101 - a registry entry that names another kind is a slip
    return filter_


def _values(
    question: Question, facet: ChoiceFacet, counted: dict[str, int], values: Iterable[str]
) -> list[FacetValue]:
    words = _many(question, facet).vocabulary
    chosen = question.values.get(facet.key, [])
    query = question.query.without("page")
    return [
        FacetValue(
            value=value,
            label=words[value],
            count=counted.get(value, 0),
            selected=value in chosen,
            add=query.add(facet.key, value),
            remove=query.remove(facet.key, value),
        )
        for value in values
    ]


def _range(question: Question, facet: RangeFacet, counted: dict[str, int]) -> Range:
    low_key, high_key = question.ranges[facet.key]
    ends = [*facet.edges[1:], None]
    bars = tuple(
        Bar(low, high, counted.get(str(i), 0))
        for i, (low, high) in enumerate(zip(facet.edges, ends, strict=True))
    )
    return Range(
        key=facet.key,
        label=facet.label,
        unit=facet.unit,
        places=facet.places,
        low_key=low_key,
        high_key=high_key,
        low=_shown(question.values.get(low_key)),
        high=_shown(question.values.get(high_key)),
        bars=bars,
        marker=facet.marker,
        marker_label=facet.marker_label,
        unknown=counted.get(UNKNOWN, 0),
        total=sum(counted.values()),
    )


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
