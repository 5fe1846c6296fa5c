"""The query of an address as a value: add, remove or replace a piece, and get the new address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from products.models import MagnesiumForm, Product, Status, Use


def page_of(thing: MagnesiumForm | Product | Use) -> str:
    """Where a thing has its page; blank where visitors would find none, as of a retired form."""
    return thing.get_absolute_url() if thing.status == Status.PUBLISHED else ""


@dataclass(frozen=True)
class Query:
    """Pairs of a query string in their order. Blank values and exact doubles are left out.

    Every method gives a new query; `str()` of one is what follows the path: `?a=1&b=2`, or `?`
    alone for none, which as a link leads back to the bare page.
    """

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def read(cls, lists: Mapping[str, list[str]] | Iterable[tuple[str, list[str]]]) -> Query:
        """Read `QueryDict.lists()` or the like."""
        items = lists.items() if isinstance(lists, Mapping) else lists
        pairs = [(key, value) for key, values in items for value in values if value.strip()]
        return cls(tuple(dict.fromkeys(pairs)))

    def get(self, key: str, default: str = "") -> str:
        """The last value of a key, as browsers' forms have it."""
        return next((value for name, value in reversed(self.pairs) if name == key), default)

    def all(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]

    def keys(self) -> list[str]:
        return list(dict.fromkeys(name for name, _ in self.pairs))

    def add(self, key: str, value: str) -> Query:
        return self if (key, value) in self.pairs else Query((*self.pairs, (key, value)))

    def adding(self, key: str, value: str) -> str:
        """`str(self.add(key, value))` of a pair that is not there, without encoding the rest anew."""
        return f"{self._text}{'&' if self.pairs else ''}{urlencode(((key, value),))}"

    def remove(self, key: str, value: str) -> Query:
        return Query(tuple(pair for pair in self.pairs if pair != (key, value)))

    def without(self, *keys: str) -> Query:
        return Query(tuple(pair for pair in self.pairs if pair[0] not in keys))

    def only(self, *keys: str) -> Query:
        return Query(tuple(pair for pair in self.pairs if pair[0] in keys))

    def replace(self, key: str, *values: str) -> Query:
        """Put other values in the place of a key's; none takes it away."""
        new = tuple((key, value) for value in values)
        where = next((i for i, (name, _) in enumerate(self.pairs) if name == key), len(self.pairs))
        kept = [pair for pair in self.pairs if pair[0] != key]
        return Query((*kept[:where], *new, *kept[where:]))

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        return f"?{urlencode(self.pairs)}"


@dataclass(frozen=True)
class Option:
    """One of a few choices, each a link; `current` is the one in force."""

    label: str
    url: str
    current: bool
