"""Which magnesium forms a label wording names, and when nobody can tell.

`Magnesium (as Magnesium Bisglycinate Chelate Buffered)` names bisglycinate, and that it is
buffered, which by the trade's usage means with oxide; the oxide itself is not named and not added.
A wording is read whole or not at all: if one part of it cannot be placed, no form comes out, for a
product with half of its forms would be compared as if it had no others. It then comes back in
`unplaced` as it was written, for an editor.

`vocabulary` holds the words with their reasons, `words` finds a printed word in it, `text` takes
markup, signs and amounts off, and `reading` knows how a label row is built.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from products.rules.label_wording.reading import Finding, Reader
from products.rules.label_wording.text import tokens

VERSION = "1"

LONGEST = 10_000
"""Characters. The longest row seen, a blend with all its parts, has a third of it."""

BROAD = {"ascorbate": "other", "marine-mineral": "other", "sucrosomial": "other"}
"""Forms that coarser tables of label wordings file under *other*."""


class Reason(StrEnum):
    """Why a wording gave the forms that it gave, or none."""

    PLACED = "placed"
    # Nothing to place.
    EMPTY = "empty"
    NO_MAGNESIUM = "no_magnesium"
    NO_FORM_NAMED = "no_form_named"
    OTHER_NUTRIENT = "other_nutrient"
    ADDITIVE = "additive"
    # For an editor.
    UNKNOWN_PART = "unknown_part"
    UNKNOWN_HEAD = "unknown_head"
    BLEND = "blend"
    AMBIGUOUS = "ambiguous"
    OTHER_SOURCE = "other_source"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Wording:
    """What a label wording says of magnesium forms.

    `forms` are slugs in the order of the label, each once. `unplaced` is the wording as written
    when an editor should read it, and empty when it was read or has nothing to read; never are
    both filled. `buffered` is what the label says of a chelate.
    """

    forms: tuple[str, ...]
    buffered: bool
    unplaced: str
    reason: Reason


def forms_in(text: str) -> Wording:
    """Read a label wording. Never raises; takes time in proportion to the length."""
    if not text.strip():
        return Wording((), False, "", Reason.EMPTY)
    if len(text) > LONGEST:
        return Wording((), False, text, Reason.TOO_LONG)
    reader = Reader()
    reader.read(tokens(text))
    buffered = Finding.BUFFERED in reader.findings
    reason = next((why for what, why in _DOUBTS.items() if what in reader.findings), None)
    if reason:
        return Wording((), buffered, text, reason)
    forms = tuple(dict.fromkeys(reader.forms))
    if forms:
        return Wording(forms, buffered, "", Reason.PLACED)
    return _without_forms(text, reader.findings, buffered)


def broad(forms: Iterable[str]) -> frozenset[str]:
    """Give the forms as a table tells them that has no ascorbate and no natural sources."""
    return frozenset(BROAD.get(slug, slug) for slug in forms)


_DOUBTS = {
    Finding.UNKNOWN_PART: Reason.UNKNOWN_PART,
    Finding.UNKNOWN_HEAD: Reason.UNKNOWN_HEAD,
    Finding.BLEND: Reason.BLEND,
    Finding.AMBIGUOUS: Reason.AMBIGUOUS,
}


def _without_forms(text: str, findings: set[Finding], buffered: bool) -> Wording:
    if Finding.MAGNESIUM in findings and Finding.VAGUE in findings:
        return Wording(("other",), buffered, "", Reason.PLACED)
    if Finding.ADDITIVE in findings:
        return Wording((), buffered, "", Reason.ADDITIVE)
    if Finding.FOREIGN in findings:
        return Wording((), buffered, text, Reason.OTHER_SOURCE)
    if Finding.MAGNESIUM in findings:
        return Wording((), buffered, "", Reason.NO_FORM_NAMED)
    other = Finding.ELSEWHERE in findings
    return Wording((), buffered, "", Reason.OTHER_NUTRIENT if other else Reason.NO_MAGNESIUM)
