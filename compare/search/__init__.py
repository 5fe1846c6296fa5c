"""One face for text search: what was typed is understood, and becomes a condition and an order.

The words of a search are held against the words that there are (`understanding`), corrected when none
begins so (`typos`), and found by FTS5, by PostgreSQL's text search or by bitmaps in memory, all of which
give the same products in the same order (`ranking`).
"""

from django.db.models import Q

from compare.search.database import matching, rank, with_barcode
from compare.search.ranking import LEVELS
from compare.search.terms import LONGEST, is_barcode, words
from compare.search.understanding import (
    StoredVocabulary,
    Understood,
    Vocabulary,
    spoken_words,
    understood,
)

__all__ = [
    "LEVELS",
    "LONGEST",
    "StoredVocabulary",
    "Understood",
    "Vocabulary",
    "is_barcode",
    "matching",
    "matching_forms",
    "matching_products",
    "matching_uses",
    "rank",
    "spoken_words",
    "understood",
    "with_barcode",
    "words",
]


def matching_products(text: str) -> Q:
    """Products whose brand, name, forms or their synonyms have every word, or whose barcode it is."""
    return matching(understood(text, StoredVocabulary()))


def matching_forms(text: str) -> Q:
    """Forms whose name, synonyms or patented names hold every word."""
    return _all_words(text, "name__icontains", "synonyms__icontains", "patented_names__icontains")


def matching_uses(text: str) -> Q:
    """Uses whose name or synonyms hold every word."""
    return _all_words(text, "name__icontains", "synonyms__icontains")


def _all_words(text: str, *lookups: str) -> Q:
    found = Q()
    for word in words(text):
        anywhere = Q()
        for lookup in lookups:
            anywhere |= Q(**{lookup: word})
        found &= anywhere
    return found
