"""Values as CSV fields that are safe to open in a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

from products.rules.dose import Amount
from products.rules.units import rounded

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|")
PLACES = 4


def safe(value: object) -> str:
    """A value as a CSV field that no spreadsheet takes for a formula. Numbers stay numbers.

    A quote before the first character makes it text; spreadsheets look past leading blanks.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal):
        return plain_number(value)
    text = str(value)
    risky = text.lstrip().startswith(_BEGINS_A_FORMULA) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if risky else text


def plain_number(value: int | Decimal) -> str:
    """A number for programs: a point, no thousands, no trailing zeros."""
    exact = rounded(Decimal(value), PLACES)
    return f"{exact.normalize():f}" if exact else "0"


def ends(amount: Amount, times: int) -> str:
    """One number, or two with a word between: `240-480` is a date to some programs."""
    low, high = plain_number(amount.low * times), plain_number(amount.high * times)
    return low if low == high else f"{low} to {high}"
