"""How the text of one cell becomes the value of one field, strictly.

A blank is unknown. Numbers have a decimal point or, as half of Europe's spreadsheets save them, a
decimal comma; days are 2024-05-31 or 31.05.2024; truth is yes or no. What could be meant in two ways
is refused, as 1,234 is.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from products.importing.resources import SEPARATOR

# More digits than any column takes, and few enough to be read in no time.
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
# A comma before three digits may divide thousands, unless nothing but a zero stands before it.
_COMMA = re.compile(r"-?(0,\d{1,30}|\d{1,30},(?!\d{3}$)\d{1,30})", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,30}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
"""Where a day is written with dots, it comes first."""
_TRUTH = {"yes": True, "no": False}


class NotReadable(ValueError):
    """The text cannot be the value of its field; the message says what to write instead."""


def read(field: models.Field[Any, Any], text: str) -> Any:
    """The value that a cell gives to a field; raises `NotReadable`."""
    if not text:
        return _blank(field)
    if field.choices:
        return _choice(field, text)
    if isinstance(field, models.BooleanField):
        return _truth(text)
    if isinstance(field, models.DecimalField):
        return _decimal(text)
    if isinstance(field, models.IntegerField):
        return _integer(text)
    if isinstance(field, models.DateField):
        return _day(text)
    return text


def checked(field: models.Field[Any, Any], text: str) -> Any:
    """As `read`, and held to the checks of the field; raises `NotReadable` with all that is wrong."""
    value = read(field, text)
    if field.blank and value in field.empty_values:
        return value
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise NotReadable(" ".join(error.messages)) from None


def lines(field: models.Field[Any, Any], text: str) -> str:
    """A list within one cell as the lines of a field, likewise checked."""
    value: str = checked(field, "\n".join(parts(text)))
    return value


def parts(text: str) -> list[str]:
    """The parts of a list within one cell."""
    return [part for piece in text.split(SEPARATOR) if (part := piece.strip())]


def _blank(field: models.Field[Any, Any]) -> Any:
    if field.null:
        return None
    if field.blank and field.empty_strings_allowed:
        return ""
    raise NotReadable("must not be blank")


def _choice(field: models.Field[Any, Any], text: str) -> str:
    known = [str(value) for value, _ in field.flatchoices if value not in (None, "")]
    if text not in known:
        raise NotReadable(f"“{text}” is none of {', '.join(known)}")
    return text


def _truth(text: str) -> bool:
    if text not in _TRUTH:
        raise NotReadable(f"“{text}” is neither yes nor no")
    return _TRUTH[text]


def _decimal(text: str) -> Decimal:
    if _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _DECIMAL.fullmatch(text):
        raise NotReadable(
            f"“{text}” is not a number. Write it with a decimal point and nothing else, as 1234.5"
        )
    return Decimal(text)


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise NotReadable(f"“{text}” is not a whole number. Write digits only")
    return int(text)


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise NotReadable(f"“{text}” is not a day. Write it as 2024-05-31")
