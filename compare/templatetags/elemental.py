"""Figures as text, for templates: thin filters over `compare.figures` and the rules."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from compare import figures
from compare.links import page_of
from products.models import MagnesiumForm, Product
from products.rules import chemistry
from products.rules.dose import Amount

register = template.Library()


@register.simple_tag
def drawn(name: str, **words: Any) -> SafeString:
    """A partial that follows from a few plain values alone, made once for each set of them.

    As `include … only`, for marks that stand in every row of a list: an include costs more than all
    that it says.
    """
    make = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return make(name, tuple(words.items()))


@lru_cache(maxsize=4_096)
def _drawn(name: str, words: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(name, dict(words))


@register.filter
def fig(value: Decimal | None) -> str:
    """A figure as finely as it is known: `144`, `12.5`, `0.73`."""
    return "" if value is None else figures.significant(value)


@register.filter
def number(value: Decimal | int | None, places: int = 0) -> str:
    return "" if value is None else figures.number(value, places)


@register.filter
def amount(value: Amount | None) -> str:
    return "" if value is None else figures.amount(value)


@register.filter
def percent(value: Decimal | None, places: int = 0) -> str:
    """A fraction of 1 as a percentage."""
    return "" if value is None else figures.percent(value, places)


@register.filter
def percent_range(value: Amount | None) -> str:
    return "" if value is None else figures.percent_range(value)


@register.filter
def money(value: Decimal | None, currency: str) -> str:
    return "" if value is None else figures.money(value, currency)


@register.filter
def formula(text: str) -> SafeString:
    """A chemical formula with its numbers below the line."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<sub>{}</sub>", part) if is_subscript else part,)
            for part, is_subscript in chemistry.formula_parts(text)
        ),
    )


@register.filter
def mg(value: Decimal | None) -> str:
    """A mass with its unit, on one line."""
    return "" if value is None else f"{figures.significant(value)}{figures.NBSP}mg"


@register.simple_tag
def linked(thing: MagnesiumForm | Product, words: object, anchor: str = "") -> SafeString:
    """Words that lead to the page of a thing, or plain ones where visitors would find none."""
    url = page_of(thing)
    return format_html('<a href="{}{}">{}</a>' if url else "{2}", url, anchor, words)


@register.filter
def money_range(value: Amount | None, currency: str) -> str:
    return "" if value is None else figures.money_range(value, currency)


@register.filter
def lower_inside(name: str) -> str:
    """A name as it stands within a sentence: `citrate`, and `L-threonate`, whose capital is its own."""
    return figures.within(name)
