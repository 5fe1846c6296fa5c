"""The reader's own weights: facts that can be wished for, how they are asked for, and the groups."""

from compare.wishes.facts import FACTS
from compare.wishes.groups import MEANINGS, WORDS, Placed, Section, Stood
from compare.wishes.reading import FOR_USE, HIGHEST, KEYS, MOST_COUNTED, MOST_PRICE, WANT, Wishes

__all__ = [
    "FACTS",
    "FOR_USE",
    "HIGHEST",
    "KEYS",
    "MEANINGS",
    "MOST_COUNTED",
    "MOST_PRICE",
    "WANT",
    "WORDS",
    "Placed",
    "Section",
    "Stood",
    "Wishes",
]
