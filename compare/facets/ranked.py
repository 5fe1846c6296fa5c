"""The rows that a search finds, in the ranks of `search.LEVELS`: the same as `search.rank` in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyroaring import BitMap

from compare import search
from compare.facets.lexicon import Lexicon

Ranked = tuple[BitMap, ...]
"""Rows of each rank that has any, best first."""


def ranked(
    words: Iterable[str],
    everything: BitMap,
    lexicon: Lexicon,
    with_barcode: Callable[[str], Iterable[int]],
) -> Ranked:
    """Rows that have every word. A barcode is looked up by `with_barcode`, and changes no rank."""
    ranks = {0: everything}
    for word in words:
        if search.is_barcode(word):
            rows = BitMap(with_barcode(word))
            ranks = {rank: found & rows for rank, found in ranks.items()}
            continue
        found: dict[int, BitMap] = {}
        for cost, rows in enumerate(_by_level(word, lexicon)):
            for rank, before in ranks.items():
                if both := before & rows:
                    found[rank + cost] = found.get(rank + cost, BitMap()) | both
        ranks = found
    return tuple(rows for _, rows in sorted(ranks.items()) if rows)


def _by_level(word: str, lexicon: Lexicon) -> list[BitMap]:
    """Rows by the best level at which they have the word: none is in two."""
    levels, seen = [], BitMap()
    for name, whole in search.LEVELS:
        rows = (lexicon.having if whole else lexicon.beginning)(word, name)
        levels.append(rows - seen)
        seen = seen | rows
    return levels
