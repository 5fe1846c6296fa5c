"""Texts that a spreadsheet would run as a formula, and how they are kept from it.

A leading apostrophe makes text of them (OWASP, *CSV Injection*). It is put there on the way out and
taken off again on the way in, so that a text comes back as it was, also one that has an apostrophe
of its own in that place.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@＝＋－＠|\t\r\n]")
_KEPT = re.compile(r"'+[=+\-@＝＋－＠|\t\r\n]")


def neutral(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if _RUNS.match(text) else text


def as_typed(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if _KEPT.match(text) else text
