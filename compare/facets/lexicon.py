"""Which published products have which word, in which field: text search as bitmaps.

Words stand in one text in the order of their bytes, so that those which begin alike are neighbours,
and a piece of a word is found by one scan. As with `Names`, the base may be views of a file that is
mapped into memory: the rows of a word are read when it is searched for, and take no room before.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyroaring import BitMap

from products.search_table import FIELDS

Written = Mapping[str, Mapping[str, Collection[int]]]
"""Keys of products by field and word."""


def _empty() -> memoryview:
    return memoryview(array("Q", [0]))


@dataclass(frozen=True)
class Lexicon:
    """Words of a state of the catalogue. The parts that a file holds, and what has changed since."""

    text: memoryview = field(default_factory=lambda: memoryview(b""))
    """All words, a line break after each, in UTF-8."""
    ends: memoryview = field(default_factory=_empty)
    """A 0, then where each word ends, its line break included; 8 bytes each."""
    rows: memoryview = field(default_factory=lambda: memoryview(b""))
    """Bitmaps in Roaring's portable format: of each word, one a field."""
    row_ends: memoryview = field(default_factory=_empty)
    """A 0, then where each of them ends. An empty one has no bytes."""
    changed: BitMap = field(default_factory=BitMap)
    """Rows that were read again since. Of them only `since` is true."""
    since: Mapping[tuple[str, str], BitMap] = field(default_factory=dict)
    """By field and word."""

    @classmethod
    def of(cls, written: Written) -> Lexicon:
        words = sorted({word for by_word in written.values() for word in by_word})
        text, ends = bytearray(), array("Q", [0])
        rows, row_ends = bytearray(), array("Q", [0])
        for word in words:
            text += f"{word}\n".encode()
            ends.append(len(text))
            for name in FIELDS:
                if keys := written[name].get(word):
                    found = BitMap(keys)
                    found.run_optimize()
                    rows += found.serialize()
                row_ends.append(len(rows))
        return cls(
            memoryview(bytes(text)), memoryview(ends), memoryview(bytes(rows)), memoryview(row_ends)
        )

    def replaced(self, rows: BitMap, written: Written) -> Lexicon:
        """With other words for some rows."""
        since = {key: left for key, found in self.since.items() if (left := found - rows)}
        for name, by_word in written.items():
            for word, keys in by_word.items():
                since[name, word] = since.get((name, word), BitMap()) | BitMap(keys)
        return Lexicon(self.text, self.ends, self.rows, self.row_ends, self.changed | rows, since)

    def having(self, word: str, name: str) -> BitMap:
        """Rows that have just this word in a field."""
        found = self.since.get((name, word), BitMap())
        at = self._place(word.encode())
        if at < len(self) and self._word(at) == word:
            found = found | (self._base(at, name) - self.changed)
        return found

    def beginning(self, prefix: str, name: str) -> BitMap:
        """Rows that have a word in a field that begins so."""
        base = [self._base(at, name) for at in self._neighbours(prefix)]
        new = [
            rows
            for (one, word), rows in self.since.items()
            if one == name and word.startswith(prefix)
        ]
        found = BitMap.union(*base) if base else BitMap()
        return (found - self.changed).union(*new)

    def begins(self, prefix: str) -> bool:
        """Whether a product has a word that begins so."""
        if any(word.startswith(prefix) for _, word in self.since):
            return True
        return any(self._products(self._word(at)) for at in self._neighbours(prefix))

    def holding(self, pieces: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Words that hold a piece or are one of `words`, and how many products have them."""
        found = {word for _, word in self.since} | {*words}
        for piece in pieces:
            found.update(self._with(piece.encode()))
        for word in found:
            if products := self._products(word):
                yield word, products

    def __len__(self) -> int:
        return len(self.ends) - 1

    def _products(self, word: str) -> int:
        return len(BitMap.union(*(self.having(word, name) for name in FIELDS)))

    def _with(self, piece: bytes) -> Iterator[str]:
        for match in re.finditer(re.escape(piece), self.text):
            # The word whose end is the first beyond the piece.
            yield self._word(bisect_left(self.ends, match.end()) - 1)

    def _neighbours(self, prefix: str) -> range:
        """Places of the words that begin so. No byte of UTF-8 is as great as 0xFF."""
        begin = prefix.encode()
        return range(self._place(begin), self._place(begin + b"\xff"))

    def _place(self, word: bytes) -> int:
        return bisect_left(range(len(self)), word, key=self._bytes)

    def _word(self, at: int) -> str:
        return self._bytes(at).decode()

    def _bytes(self, at: int) -> bytes:
        return bytes(self.text[self.ends[at] : self.ends[at + 1] - 1])

    def _base(self, at: int, name: str) -> BitMap:
        place = at * len(FIELDS) + FIELDS.index(name)
        data = self.rows[self.row_ends[place] : self.row_ends[place + 1]]
        return BitMap.deserialize(bytes(data)) if len(data) else BitMap()


@dataclass(frozen=True)
class HeldVocabulary:
    """The vocabulary that a search is understood by, without a query."""

    lexicon: Lexicon
    spoken: tuple[str, ...]

    def begins(self, prefix: str) -> bool:
        return self.lexicon.begins(prefix) or any(word.startswith(prefix) for word in self.spoken)

    def holding(self, pieces: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, int]]:
        yield from self.lexicon.holding(pieces, words)
        yield from ((word, 0) for word in self.spoken)
