"""What is asked of a list: filters that note what does not hold, and the question that they make up.

A value that does not hold is dropped alone and noted; the others still filter. Each filter gives
its condition as a `Q`, so that the facets can leave out one filter at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, ClassVar, Self

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.datastructures import MultiValueDict

from compare import search
from compare.basis import KEYS as BASIS_KEYS
from compare.basis import Basis
from compare.links import Query
from compare.notes import Ignored, Note, repeated, unknown_keys

UNKNOWN = "unknown"
PAGE_KEYS = ("sort", "page", "item", "format")
"""Keys of a list that are not filters: order, page, what is ticked for comparison, and the face."""

Vocabulary = dict[str, str]
"""Values of a filter and the words for them, in their order."""


class KeepGood(forms.MultipleChoiceField):
    """Several choices of which the unknown ones are left out instead of refusing them all."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().clean(value)))


class Shallow(django_filters.Filter):
    """Each question has filters of its own, but what they are made of never changes and is shared."""

    def __deepcopy__(self, memo: Any) -> Self:
        return copy(self)


class Many(Shallow):
    """Repeated keys mean OR. `unknown` finds the rows where the fact may be and is not known."""

    field_class = KeepGood

    def __init__(
        self,
        *,
        vocabulary: Callable[[], Vocabulary],
        condition: Callable[[Collection[str]], Q],
        unknown: Q | None = None,
        unknown_words: str = UNKNOWN,
        **kwargs: Any,
    ) -> None:
        super().__init__(required=False, **kwargs)
        self._vocabulary = vocabulary
        self._condition = condition
        self._unknown = unknown
        self._unknown_words = unknown_words

    @property
    def takes_unknown(self) -> bool:
        """The fact may be unknown, and rows without it can be asked for."""
        return self._unknown is not None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Read once for a question; costs a query where the values are rows themselves."""
        words = self._vocabulary()
        return words if self._unknown is None else {**words, UNKNOWN: self._unknown_words}

    def split(self, given: Iterable[str]) -> tuple[list[str], list[str]]:
        """What of the values given is known, and what is not."""
        good: list[str] = []
        bad: list[str] = []
        for value in given:
            (good if value in self.vocabulary else bad).append(value)
        return good, bad

    def q(self, chosen: Collection[str]) -> Q:
        named = [value for value in chosen if value != UNKNOWN]
        found = self._condition(named) if named else Q(pk__in=[])
        return found | self._unknown if UNKNOWN in chosen and self._unknown is not None else found


class Words(Shallow, django_filters.CharFilter):
    """Text search."""

    def __init__(self, *, matching: Callable[[str], Q], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._matching = matching

    def q(self, text: str) -> Q:
        return self._matching(text)


class End(Shallow, django_filters.NumberFilter):
    """One end of a range. Bounded before anything is reckoned with: `1e2000000` must cost nothing."""

    def __init__(self, *, places: int, most: Decimal, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bounds, self.places = f"0 to {most}", places
        self.extra.update(
            min_value=Decimal(0), max_value=most, max_digits=10, decimal_places=places
        )

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            self._field = forms.DecimalField(label=self.label, **self.extra)
        return self._field


class Question(django_filters.FilterSet):
    """A query put to a list: conditions that hold, and notes on what of it did not."""

    ranges: ClassVar[dict[str, tuple[str, str]]] = {}
    """Name of a range and the keys of its two ends."""
    sorts: ClassVar[dict[str, str]] = {}
    """Orders that may be asked for, and the words for them; the first is the default."""
    has_basis: ClassVar[bool] = False
    """Its rows are counted on a dose and an authority, which may then be asked for."""

    def __init__(
        self,
        query: Query,
        queryset: QuerySet[Any],
        basis: Basis | None = None,
        *,
        also: Collection[str] = (),
    ) -> None:
        """`also`: keys of the address that somebody else reads, so that they are not noted as unknown."""
        self.query = query
        self.also = also
        self.basis = basis or (Basis.read(query) if self.has_basis else Basis())
        data = MultiValueDict({key: query.all(key) for key in query.keys()})  # noqa: SIM118
        super().__init__(data, queryset)

    def get_form_class(self) -> type[forms.Form]:
        kind: Any = type(self)
        return _form_of(kind)

    @cached_property
    def _cleaned(self) -> tuple[dict[str, Any], tuple[Note, ...]]:
        known = [*self.filters, *PAGE_KEYS, *(BASIS_KEYS if self.has_basis else ()), *self.also]
        notes = [*self.basis.notes, *unknown_keys(self.query.keys(), known)]
        values: dict[str, Any] = {}
        for name, filter_ in self.filters.items():
            if name in self.form.errors:
                notes.append(self._refused(name, filter_))
                continue
            value = self.form.cleaned_data[name]
            if isinstance(filter_, Many):
                value, bad = filter_.split(value)
                notes += [Note(Ignored.UNKNOWN_VALUE, name, one) for one in bad]
            else:
                notes += repeated(name, self.query.all(name))
            if isinstance(filter_, Words) and value:
                if len(value) > search.LONGEST:
                    cut = f"{search.LONGEST} characters"
                    notes.append(Note(Ignored.TOO_LONG, name, value, cut))
                if not search.words(value):
                    notes.append(Note(Ignored.NO_WORD, name, value))
                    continue
            if value not in (None, "", []):
                values[name] = value
        notes += self._put_ends_in_order(values)
        notes += repeated("sort", self.query.all("sort"))
        if (wanted := self.query.get("sort")) and wanted not in self.sorts:
            notes.append(Note(Ignored.UNKNOWN_VALUE, "sort", wanted))
        return values, tuple(notes)

    def _put_ends_in_order(self, values: dict[str, Any]) -> Iterator[Note]:
        for low, high in self.ranges.values():
            if low in values and high in values and values[low] > values[high]:
                values[low], values[high] = values[high], values[low]
                yield Note(Ignored.ENDS_SWAPPED, low)

    def _refused(self, name: str, filter_: django_filters.Filter) -> Note:
        value = self.query.get(name)
        if not isinstance(filter_, End):
            return Note(Ignored.UNKNOWN_VALUE, name, value)
        codes = {error.code for error in self.form.errors.as_data()[name]}
        if "max_decimal_places" in codes and not codes & {"min_value", "max_value"}:
            return Note(Ignored.TOO_FINE, name, value, str(filter_.places))
        code = Ignored.NOT_A_NUMBER if "invalid" in codes else Ignored.OUT_OF_BOUNDS
        return Note(code, name, value, filter_.bounds)

    @property
    def values(self) -> dict[str, Any]:
        """What holds, by key: lists for choices, decimals for ends, text for search."""
        return self._cleaned[0]

    @property
    def notes(self) -> tuple[Note, ...]:
        return self._cleaned[1]

    @property
    def remarks(self) -> tuple[Note, ...]:
        """What else to know of how the query was read, though nothing of it was ignored."""
        return ()

    @property
    def orders(self) -> dict[str, str]:
        """Those of `sorts` that mean something for what is asked; the first is the default."""
        return self.sorts

    @property
    def sort(self) -> str:
        wanted = self.query.get("sort")
        return wanted if wanted in self.orders else next(iter(self.orders))

    @cached_property
    def conditions(self) -> dict[str, Q]:
        """A condition for each filter that is on; the two ends of a range are one."""
        found = {}
        ends = {key for pair in self.ranges.values() for key in pair}
        for name, value in self.values.items():
            if name not in ends:
                found[name] = self.condition(name, value)
        for name, (low, high) in self.ranges.items():
            if low in self.values or high in self.values:
                found[name] = self.range_q(name, self.values.get(low), self.values.get(high))
        return found

    def condition(self, name: str, value: Any) -> Q:
        found: Q = self.filters[name].q(value)
        return found

    def range_q(self, name: str, low: Decimal | None, high: Decimal | None) -> Q:
        raise NotImplementedError

    def leaving_out(self, name: str = "") -> QuerySet[Any]:
        """The rows that every filter but one lets through."""
        rows: QuerySet[Any] = self.queryset.order_by()
        for key, condition in self.conditions.items():
            if key != name:
                rows = rows.filter(condition)
        return rows

    @property
    def qs(self) -> QuerySet[Any]:
        """The rows asked for, with all that a list shows, in the order asked for; `pk` comes last."""
        rows: Any = self.leaving_out()
        found: QuerySet[Any] = rows.for_list().order_by(*self.order_by(), "pk")
        return found

    def order_by(self) -> Iterable[Any]:
        raise NotImplementedError


@cache
def _form_of(question: Any) -> type[forms.Form]:
    """The form that reads a query: the same for all questions of a kind, and dear to put together."""
    fields = {name: filter_.field for name, filter_ in question.base_filters.items()}
    return type("QueryForm", (forms.Form,), fields)


def column(name: str) -> Callable[[Collection[str]], Q]:
    return lambda chosen: Q(**{f"{name}__in": chosen})


def words_of(choices: Any) -> Callable[[], Vocabulary]:
    return lambda: {value: str(label) for value, label in choices.choices}
