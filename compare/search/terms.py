"""What was typed, as words."""

from __future__ import annotations

from products.rules import gtin
from products.rules.folding import folded

LONGEST = 100
"""Characters of a search that are read; more than any name needs."""
MOST_WORDS = 8
FEWEST_DIGITS = min(gtin.LENGTHS)


def words(text: str) -> list[str]:
    """The words of a search, folded as the texts are; at most `MOST_WORDS`.

    A barcode is one word, however its digits are grouped.
    """
    found = folded(text[:LONGEST].replace("\x00", " ")).split()
    number = "".join(found)
    return [number] if is_barcode(number) else list(dict.fromkeys(found))[:MOST_WORDS]


def is_barcode(word: str) -> bool:
    """So many digits are no word of a name."""
    return word.isdecimal() and len(word) >= FEWEST_DIGITS
