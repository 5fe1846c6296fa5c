"""Text and figures out of records that people typed off bottles."""

from __future__ import annotations

import html
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from stdnum import ean
from stdnum.exceptions import ValidationError as NotANumber

from products.importing.labels.record import Amount
from products.rules import gtin

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FIGURE = re.compile(r"\d[\d.,]*", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,\d+", re.ASCII)
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_ABOUT = re.compile(r"^(?:about|approx(?:imately|\.)?|ca\.?|circa|~|≈)\s*", re.IGNORECASE)
_BELOW_ONE_MILLION = Decimal(1_000_000)

NOT_PRESENT = {"", "np", "not present", "none", "n/a"}


def plain(value: Any, longest: int = 10_000) -> str:
    """One line of text without markup, trade marks' signs and what a database cannot hold."""
    if not isinstance(value, str | int | float):
        return ""
    text = html.unescape(_TAG.sub(" ", str(value))).replace("\\xa0", " ")
    # "{Magnesium}" marks in DSLD what the label leaves out.
    text = re.sub(r"[®™℠{}]|\((?:R|TM|SM)\)", "", text)
    text = "".join(" " if unicodedata.category(ch)[0] in "CZ" else ch for ch in text)
    return " ".join(text.split())[:longest].rstrip()


def number(value: Any) -> Decimal | None:
    """A figure of zero or more, with thousands or decimal commas; `None` for what is no one figure.

    `1,200` is a thousand and two hundred, `37,5` and `0,250` have a decimal comma. A range, `<2`
    and `about 5` are no one figure.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if isinstance(value, str):
        if _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        elif _DECIMAL_COMMA.fullmatch(text):
            text = text.replace(",", ".")
        if not _PLAIN.fullmatch(text):
            return None
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return None
    return figure if figure.is_finite() and 0 <= figure < _BELOW_ONE_MILLION else None


def count(value: Any) -> Decimal | None:
    """A number of pieces or servings, more than zero, to a thousandth; `about 76` is 76."""
    if isinstance(value, str):
        value = _ABOUT.sub("", value.strip())
    found = number(value)
    if found is None or not 0 < found < 100_000:
        return None
    return found if found == round(found, 3) and found > 0 else None


def amount(quantity: Any, unit: Any, operator: Any = "=") -> Amount:
    """An amount of a panel: `NP` gives neither value nor text, `<` and a range give text alone."""
    unit, sign = plain(unit, 40), plain(operator, 10)
    if unit.casefold() in {"np", "not present"}:
        return Amount(None, "", "")
    written = plain(quantity, 80)
    if written.casefold() in NOT_PRESENT:
        return Amount(None, unit, "")
    value = number(quantity) if sign in {"=", ""} else None
    shown = " ".join(part for part in (sign if sign != "=" else "", written, unit) if part)
    return Amount(value or None, unit, shown if value != 0 else "")


def barcode(value: Any) -> tuple[str, str]:
    """A barcode in the form that products keep, or what was written instead of one.

    A shop's own number (`X00103J2I3`, `#1569`) is neither.
    """
    written = plain(value, 40)
    number = gtin.normalised(written)
    if not (number.isdigit() and number.isascii() and len(number) in gtin.LENGTHS):
        return "", ""
    try:
        ean.validate(number)
    except NotANumber:
        return "", written
    return number, ""


def figures_in(text: str) -> list[str]:
    """Every figure that stands in a text."""
    return _FIGURE.findall(text)
