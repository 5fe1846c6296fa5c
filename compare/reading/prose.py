"""Editors' texts, in which the keys of sources stand in brackets: `… in rats (slutsky-2010-brain).`"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_BETWEEN = re.compile(r"[;,]\s*|\s+and\s+")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Piece:
    """Words, and the keys of the sources that they rest on."""

    text: str
    keys: tuple[str, ...] = ()


def paragraphs(text: str, known: Container[str]) -> list[list[Piece]]:
    """Cut a text into paragraphs of pieces. Brackets without a known key are left as they stand."""
    return [_pieces(part.strip(), known) for part in _PARAGRAPH.split(text) if part.strip()]


def words_in_brackets(*texts: str) -> set[str]:
    """All that could be the key of a source, so that one query can look for them."""
    return {
        word
        for text in texts
        for bracket in _BRACKET.findall(text)
        for word in _BETWEEN.split(bracket)
    }


def _pieces(text: str, known: Container[str]) -> list[Piece]:
    pieces: list[Piece] = []
    start = 0
    for bracket in _BRACKET.finditer(text):
        parts = _BETWEEN.split(bracket[1])
        keys = tuple(part for part in parts if part in known)
        if not keys:
            continue
        words = ", ".join(part for part in parts if part not in known)
        kept = f" ({words})" if words else ""
        pieces.append(Piece(text[start : bracket.start()] + kept, keys))
        start = bracket.end()
    if start < len(text):
        pieces.append(Piece(text[start:]))
    return pieces
