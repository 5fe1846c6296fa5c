"""The counts behind every filter value: one face, whatever counts them."""

from compare.facets.face import Bar, Chip, Choices, FacetValue, Range, chips, facets, in_words
from compare.facets.registry import FORM_FACETS, PRODUCT_FACETS
from compare.facets.sql import Counts, counts

__all__ = [
    "FORM_FACETS",
    "PRODUCT_FACETS",
    "Bar",
    "Chip",
    "Choices",
    "Counts",
    "FacetValue",
    "Range",
    "chips",
    "counts",
    "facets",
    "in_words",
]
