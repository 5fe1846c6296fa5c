"""Names of products, out of the way: needed only to find the place of a new one in the order."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Names:
    """Names by row: one text with all of them, where each ends, and what has changed since.

    The three base parts may be views of a file that is mapped into memory: then names that nobody
    asks for take no room in the process, and all processes share one copy.
    """

    rows: memoryview = field(default_factory=lambda: memoryview(array("Q")))
    """Keys in ascending order, 8 bytes each."""
    ends: memoryview = field(default_factory=lambda: memoryview(array("Q")))
    text: memoryview = field(default_factory=lambda: memoryview(b""))
    """UTF-8."""
    since: Mapping[int, str | None] = field(default_factory=dict)
    """Names that were given since; `None` for rows that are gone."""

    @classmethod
    def of(cls, names: Mapping[int, str]) -> Names:
        rows, ends, text = array("Q"), array("Q"), bytearray()
        for row in sorted(names):
            text += names[row].encode()
            rows.append(row)
            ends.append(len(text))
        return cls(memoryview(rows), memoryview(ends), memoryview(bytes(text)))

    def replaced(self, names: Mapping[int, str | None]) -> Names:
        return Names(self.rows, self.ends, self.text, {**self.since, **names})

    def get(self, row: int) -> str | None:
        if row in self.since:
            return self.since[row]
        at = bisect_left(self.rows, row)
        return self._at(at) if at < len(self.rows) and self.rows[at] == row else None

    def __iter__(self) -> Iterator[tuple[int, str]]:
        for at, row in enumerate(self.rows):
            if row not in self.since:
                yield row, self._at(at)
        for row, name in self.since.items():
            if name is not None:
                yield row, name

    def _at(self, at: int) -> str:
        start = self.ends[at - 1] if at else 0
        return str(self.text[start : self.ends[at]], "utf-8")
