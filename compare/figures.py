"""A number as text, with its unit: one way for pages, tables and CSV notes.

Thin and no-break spaces and real signs (minus, times, en dash) are used as in print.
"""

from __future__ import annotations

from decimal import Decimal

from products.rules.dose import Amount
from products.rules.units import rounded

NBSP = "\u00a0"
SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "CAD": "CA$",
    "AUD": "A$",
    "NZD": "NZ$",
    "CHF": "CHF" + NBSP,
    "JPY": "¥",
}


def within(name: str) -> str:
    """A name as it stands within a sentence: `citrate`, and `L-threonate`, whose capital is its own."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def number(value: Decimal | int, places: int = 0) -> str:
    """`1234.5` → `1,235` or, with places, `1,234.5`; trailing zeros after the point fall away."""
    shown = rounded(Decimal(value), places)
    text = f"{abs(shown):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"−{text}" if shown < 0 else text


def significant(value: Decimal) -> str:
    """Whole from 100 on, one place from 10 on, two below: as finely as such a figure is known."""
    size = abs(value)
    return number(value, 0 if size >= 100 else 1 if size >= 10 else 2)


def amount(value: Amount) -> str:
    """A figure or a range: `144`, `168–336`."""
    low, high = significant(value.low), significant(value.high)
    return low if low == high else f"{low}–{high}"


def percent(value: Decimal, places: int = 0) -> str:
    """A fraction of 1 as `41 %`."""
    return f"{number(value * 100, places)}{NBSP}%"


def percent_range(value: Amount) -> str:
    low, high = number(value.low * 100), number(value.high * 100)
    return f"{low}{NBSP}%" if low == high else f"{low}–{high}{NBSP}%"


def money(value: Decimal, currency: str) -> str:
    """A price: two places, three below ten cents, where two would say nothing."""
    places = 3 if abs(value) < Decimal("0.1") else 2
    symbol = SYMBOLS.get(currency, currency + NBSP)
    sign = "−" if value < 0 else ""
    return f"{sign}{symbol}{abs(rounded(value, places)):,.{places}f}"


def money_range(value: Amount, currency: str) -> str:
    low, high = money(value.low, currency), money(value.high, currency)
    return low if low == high else f"{low}–{high}"
