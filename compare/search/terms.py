"""Search by words: every word typed must begin a word, or stand within one, of what is searched."""

from __future__ import annotations

from django.db.models import Q

from products.rules.folding import folded

LONGEST = 100
"""Characters of a search that are read; more than any name needs."""
MOST_WORDS = 8


def words(text: str) -> list[str]:
    """The words of a search, folded as the texts are; at most `MOST_WORDS`."""
    return folded(text[:LONGEST].replace("\x00", " ")).split()[:MOST_WORDS]


def matching_products(text: str) -> Q:
    """Products whose brand, name, barcode, forms or their synonyms hold every word."""
    return _all_words(text, "search_text__contains")


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
