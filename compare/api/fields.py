"""How values travel as JSON: numbers as numbers, codes with their vocabulary, unknown as `null`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import TextChoices
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from products.models import EmptyKind
from products.rules.units import rounded

Json = dict[str, Any]

EMPTY_HELP = "Why a fact is null or an empty list, by the name of its field."
PLACES = 6
"""Decimal places of a quotient: beyond what any label supports."""


def number(value: Decimal | int) -> int | float:
    """A decimal as a JSON number.

    No digit is lost: a float gives up to 15 significant digits back as they were, and no column
    here holds more than 12.
    """
    exact = Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def rounded_number(value: Decimal) -> int | float:
    """Likewise, of a quotient that may have no end."""
    return number(rounded(value, PLACES))


@extend_schema_field({"type": "number"})
class Number(serializers.Field):
    """A decimal; the unit stands in the name of the field."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Decimal | int) -> int | float:
        return number(value)


class Text(serializers.CharField):
    """Text. A column's blank is an unknown, and so `null` where the field allows it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        text = str(value)
        return None if self.allow_null and not text else text


@cache
def _words(choices: type[TextChoices]) -> dict[str, str]:
    """Put together once: each answer is told by fields that are made anew."""
    return {str(code): str(word) for code, word in choices.choices}


class Code(Text):
    """One of a closed vocabulary. The words are for people and may change; the codes don't."""

    def __init__(self, choices: type[TextChoices] | Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = dict(choices) if isinstance(choices, Mapping) else _words(choices)
        self._spectacular_annotation = {"field": self._schema()}

    def _schema(self) -> Json:
        codes: list[str | None] = list(self.words)
        if self.allow_null:
            return {"type": ["string", "null"], "enum": [*codes, None], "x-words": self.words}
        return {"type": "string", "enum": codes, "x-words": self.words}


class Whole(serializers.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class Flag(serializers.BooleanField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class Day(serializers.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class Texts(serializers.ListField):
    """A list of short texts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(), read_only=True, **kwargs)


class Range(serializers.Serializer):
    """A closed range; one figure has both ends the same."""

    low = Number()
    high = Number()


@extend_schema_field({"type": "string", "format": "uri"})
class PageUrl(serializers.Field):
    """Address of the page about a thing, on this site."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Its page on this site.")
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, thing: Any) -> str:
        request: Request = self.context["request"]
        return request.build_absolute_uri(thing.get_absolute_url())


@extend_schema_field({"type": ["string", "null"], "format": "uri"})
class Link(Text):
    """Address elsewhere."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_null=True, **kwargs)


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {
            "type": "string",
            "enum": list(EmptyKind.values),
            "x-words": {kind.value: str(kind.label) for kind in EmptyKind},
        },
    }
)
class EmptyMap(serializers.Field):
    """Kinds of empty by field. Filled by the serializer, which has seen what is blank."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True, help_text=EMPTY_HELP)

    def to_representation(self, thing: Any) -> Json:
        return {}
