"""Drawings beside the filters."""

from django import template

from compare.charts import histogram as charts
from compare.facets import Range

register = template.Library()


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
