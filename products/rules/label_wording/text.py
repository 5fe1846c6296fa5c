"""From a label wording to words and marks: everything that is print and not meaning goes."""

import html
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum


class Mark(StrEnum):
    """What stands between the words."""

    OPEN = "("
    CLOSE = ")"
    COMMA = ","
    JOIN = "/"
    AND = "and"
    OR = "or"
    INTRO = "as"
    BLOCK = "|"
    END = ""


Token = str | Mark

_TAG_OF_BLOCK = re.compile(r"</?(?:p|li|div|tr|ul|ol)\b[^<>]*>")
_LINE_BREAK = re.compile(r"<br\b[^<>]*>")
_TAG = re.compile(r"</?[a-z][^<>]*>")
_SIGNS = re.compile(r"\(\s*(?:r|tm|sm)\s*\)|[®™℠©*†‡{}#]")
_FORMULA_OF_HYDROXIDE = re.compile(r"mg\s?\(oh\)\s?2")
_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_AMOUNT = re.compile(
    r"(?<![^\W_])\d+(?:\.\d+)?\s*(?:%|(?:mgs?|mcg|ug|g|gm|grams?|iu|ml|oz|mmol|meq|мг|мкг|мл|г)\b)?"
)
_INNERMOST = re.compile(r"\(([^()]*)\)")
_MAGNESIUM_IN_BRACKETS = re.compile(r"\(\s*(magnesium|mg)\s*\)(?=\s*[^\W\d_])")
_LEGAL = re.compile(
    r"\bpatent|\btrade ?mark|\blicen[sc]ed|\bsupplied by\b|\bregistered\b|\blaborator|\bprocess\b"
)
_SENTENCE = re.compile(r"\b(?:is|are|labels|contains|equivalent|approved|based on)\b")
_PRECURSORS = re.compile(r"^\s*(?:fully )?reacted\b")
_SAYS_MAGNESIUM = re.compile(r"magn|\bmg [a-z]")
_JOINED = re.compile(r"(?<![^\W_])((?:di|tri)?magnesium|calcium|kalium|natrium)(?=[a-z]{4})")
_TOKEN = re.compile(r"[(),;:|&+/]|[^\W_]+(?:[.'’][^\W_]+)*")

_MARKS = {
    "(": Mark.OPEN,
    ")": Mark.CLOSE,
    ",": Mark.COMMA,
    ";": Mark.COMMA,
    ":": Mark.COMMA,
    "|": Mark.BLOCK,
    "/": Mark.JOIN,
    "&": Mark.AND,
    "+": Mark.AND,
    "and": Mark.AND,
    "und": Mark.AND,
    "et": Mark.AND,
    "y": Mark.AND,
    "и": Mark.AND,
    "or": Mark.OR,
    "as": Mark.INTRO,
    "from": Mark.INTRO,
    "als": Mark.INTRO,  # codespell:ignore als
    "aus": Mark.INTRO,
    "из": Mark.INTRO,
    "with": Mark.COMMA,
    "plus": Mark.COMMA,
    "mit": Mark.COMMA,
    "avec": Mark.COMMA,
    "с": Mark.COMMA,
}


def tokens(wording: str) -> Iterator[Token]:
    """Cut a wording into lower-case words without accents and the marks between them."""
    for found in _TOKEN.findall(_without_asides(cleaned(wording))):
        yield _MARKS.get(found) or found.replace(".", "").replace("'", "").replace("’", "")


def cleaned(wording: str) -> str:
    """Take off markup, signs, amounts and accents, and part words that are run together."""
    text = html.unescape(wording.casefold()).replace("\\xa0", " ")
    text = _TAG.sub(" ", _LINE_BREAK.sub(" , ", _TAG_OF_BLOCK.sub(" | ", text)))
    text = _SIGNS.sub(" ", text)
    text = "".join(
        ch for ch in unicodedata.normalize("NFKD", text) if not unicodedata.combining(ch)
    )
    text = text.casefold().replace("[", "(").replace("]", ")")
    text = " ".join(re.sub(r"[-‐‑‒–—_]", " ", text).split())
    text = _FORMULA_OF_HYDROXIDE.sub("mgoh2", text)
    text = _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", text))
    text = _AMOUNT.sub(" ", text)
    return _MAGNESIUM_IN_BRACKETS.sub(r" \1 ", _JOINED.sub(r"\1 ", text))


def _without_asides(text: str) -> str:
    """Take out brackets that hold law or a sentence and say nothing of magnesium."""
    # Twice, for brackets in brackets: ((US Patent 6114379)).
    for _ in range(2):
        text = _INNERMOST.sub(lambda found: "" if _is_aside(found[1]) else found[0], text)
    return text


def _is_aside(inside: str) -> bool:
    if _PRECURSORS.search(inside):
        return True
    if _SAYS_MAGNESIUM.search(inside):
        return False
    is_sentence = len(inside.split()) > 3 and _SENTENCE.search(inside)
    return not inside.strip() or bool(_LEGAL.search(inside) or is_sentence)
