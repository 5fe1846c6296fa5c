"""Sources numbered in the order in which a page first names them; the list of them stands at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from products.models import Source


@dataclass(frozen=True)
class Reference:
    """A source with its number on this page."""

    number: int
    source: Source


class References:
    """The sources of one page. Numbers are given while the page is written, so that they ascend."""

    def __init__(self) -> None:
        self._numbers: dict[Source, int] = {}

    def numbers(self, sources: Iterable[Source]) -> tuple[int, ...]:
        """The number of each source, each once; a source that is new here gets the next one."""
        given = (self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources)
        return tuple(dict.fromkeys(given))

    def __iter__(self) -> Iterator[Reference]:
        """What has been named so far, by number."""
        return (Reference(number, source) for source, number in self._numbers.items())

    def __len__(self) -> int:
        return len(self._numbers)
