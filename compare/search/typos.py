"""Which word was meant: the one that the fewest edits lead to.

An edit is a letter too much, too few or wrong (V. I. Levenshtein, Soviet Physics Doklady 10, 1966), or
two neighbours the other way round (F. J. Damerau, Communications of the ACM 7, 1964), where that is all
that is wrong.

Words within reach are found without looking at all of them: of a word cut into one piece more than it
may have edits, one piece stands untouched in the word that was meant. An index of trigrams, a scan of
all words as one text and `LIKE` all answer which words hold a piece, so every database corrects alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

SHORTEST = 4
"""Letters of a word that is corrected: shorter ones are near to too many others."""
LONG = 8
"""From so many letters, two edits."""


def edits_allowed(word: str) -> int:
    """How many edits may lead from a typed word to the one that was meant. Numbers are never corrected."""
    if len(word) < SHORTEST or word.isdecimal():
        return 0
    return 1 if len(word) < LONG else 2


def pieces(word: str) -> list[tuple[int, str]]:
    """The word cut as evenly as it goes, and where each piece begins; one more than its edits."""
    parts = edits_allowed(word) + 1
    cuts = [len(word) * part // parts for part in range(parts + 1)]
    return [(start, word[start:stop]) for start, stop in pairwise(cuts)]


def swapped(word: str) -> list[str]:
    """The word with each two neighbours the other way round."""
    turned = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    return [other for other in dict.fromkeys(turned) if other != word]


def nearest(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """Of some words with the number of their products the one that was meant, if any is near enough.

    A whole word before one whose beginning is near, since the rest may not be typed yet; then the
    fewest edits, the most products, the first by alphabet.
    """
    most, parts, turned = edits_allowed(word), pieces(word), set(swapped(word))
    best: tuple[bool, int, int, str] | None = None
    for other, products in known:
        if other in turned:
            found = (False, 1)
        elif _holds_a_piece(other, parts, most):
            found = _edits(word, other, most)
        else:
            continue
        if found[1] <= most and (best is None or (*found, -products, other) < best):
            best = (*found, -products, other)
    return best and best[3]


def _holds_a_piece(word: str, parts: list[tuple[int, str]], shift: int) -> bool:
    """An edit moves what follows by one letter at most."""
    return any(
        word.find(piece, max(0, start - shift), start + shift + len(piece)) >= 0
        for start, piece in parts
    )


def _edits(typed: str, word: str, most: int) -> tuple[bool, int]:
    """Whether only the beginning of a word is near, and the edits to it; more than `most` when nothing is.

    The table of Levenshtein: its last row holds the edits to every beginning of the word.
    """
    word_read = word[: len(typed) + most + 1]
    row = list(range(len(word_read) + 1))
    for i, letter in enumerate(typed, 1):
        before, row = row, [i]
        for j, other in enumerate(word_read, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other)))
    if len(word_read) == len(word) and row[-1] <= most:
        return False, row[-1]
    return True, min(row)
