"""Drawings beside the filters."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from compare.asking import UNKNOWN
from compare.charts import histogram as charts
from compare.facets import Choices, FacetValue, Range

register = template.Library()


@register.simple_tag
def checkboxes(facet: Choices, values: tuple[FacetValue, ...]) -> SafeString:
    """Values of a facet as checkboxes of the filter form, each with its count.

    There are a hundred on a page: a template for each took as long as the rest of the page.
    """
    parts = []
    for value in values:
        start, middle = _checkbox(facet.key, value.value, value.label, not value.count)
        parts.append((start, " checked" if value.selected else "", middle, value.count))
    return format_html_join("", "{}{}{}{}</span></label>", parts)


@lru_cache(maxsize=8_192)
def _checkbox(key: str, value: str, label: str, zero: bool) -> tuple[SafeString, SafeString]:
    """What stands before the mark of being checked, and between it and the count."""
    name = f"f-{key}-{slugify(value)}"
    kind = f"lab{' unknown' if value == UNKNOWN else ''}{' zero' if zero else ''}"
    return (
        format_html(
            '<label for="{0}"><input type="checkbox" id="{0}" name="{1}" value="{2}"',
            name,
            key,
            value,
        ),
        format_html('><span class="{}">{}</span><span class="c">', kind, label),
    )


@register.filter
def histogram(facet: Range) -> charts.Histogram:
    """The bars of a range facet, with a sentence that says the same."""
    counts = [bar.count for bar in facet.bars]
    fullest = max(facet.bars, key=lambda bar: bar.count)
    label = f"{facet.label}: no product has a value"
    if fullest.count:
        end = f" to {fullest.high}" if fullest.high is not None else " and more"
        label = f"{facet.label}: most products, {fullest.count}, lie from {fullest.low}{end} {facet.unit}"
    # The last bar is open above, so the scale ends where it begins.
    marker = None
    if facet.marker is not None:
        marker = facet.marker / facet.bars[-1].low * (len(counts) - 1) / len(counts)
    return charts.histogram(counts, label, marker)
