"""What was typed, and what is searched for in its place: a word that nothing has is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.db.models import Q

from compare.search import terms, typos
from products.models import MagnesiumForm, SearchWord, Use
from products.rules.folding import folded

Piece = tuple[int, str]


class Vocabulary(Protocol):
    """The words that can be found: of published products, and of the pages of forms and uses."""

    def begins(self, prefix: str) -> bool:
        """Whether a word begins so."""

    def holding(self, pieces: Sequence[str], words: Sequence[str]) -> Iterable[tuple[str, int]]:
        """Words that hold one of the pieces or are one of the words, and how many products have them."""


@dataclass(frozen=True)
class Understood:
    """A search. Each of `words` begins a word of what is found; `typed` is what each was read from."""

    typed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Those of `words` that nothing has, and nothing near has."""

    @property
    def is_corrected(self) -> bool:
        return self.typed != self.words

    def __str__(self) -> str:
        return " ".join(self.words)


def understood(text: str, vocabulary: Vocabulary) -> Understood:
    """Read a search. A word that begins no known word becomes the nearest one, or is unknown."""
    typed = terms.words(text)
    words, unknown = [], []
    for word in typed:
        if not terms.is_barcode(word) and not vocabulary.begins(word):
            meant = _meant(word, vocabulary)
            if meant is None:
                unknown.append(word)
            word = meant or word
        words.append(word)
    return Understood(tuple(typed), tuple(words), tuple(unknown))


def _meant(word: str, vocabulary: Vocabulary) -> str | None:
    if not typos.edits_allowed(word):
        return None
    parts = [piece for _, piece in typos.pieces(word)]
    return typos.nearest(word, vocabulary.holding(parts, typos.swapped(word)))


class StoredVocabulary:
    """The vocabulary as the database keeps it. One query for a word that is known, four for another."""

    def begins(self, prefix: str) -> bool:
        known = SearchWord.objects.filter(word__startswith=prefix).exists()
        return known or any(word.startswith(prefix) for word in self.spoken)

    def holding(self, pieces: Sequence[str], words: Sequence[str]) -> Iterator[tuple[str, int]]:
        found = Q(word__in=words)
        for piece in pieces:
            found |= Q(word__contains=piece)
        yield from SearchWord.objects.filter(found).values_list("word", "products")
        yield from ((word, 0) for word in self.spoken)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        return spoken_words()


def spoken_words() -> tuple[str, ...]:
    """Words of the names of forms and uses, which have pages though no product may say them. Two queries."""
    texts: list[str] = []
    forms = MagnesiumForm.objects.published().order_by()
    for form in forms.values_list("name", "synonyms", "patented_names"):
        texts += form
    for use in Use.objects.published().order_by().values_list("name", "synonyms"):
        texts += use
    return tuple(sorted(set(folded(" ".join(texts)).split())))
