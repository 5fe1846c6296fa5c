"""Answers as files: CSV that is safe to open in a spreadsheet, and references for other programs."""

from compare.exports.citing import CITATION_FORMATS, citations
from compare.exports.comparisons import comparison_csv, csv_response
from compare.exports.fields import safe
from compare.exports.lists import CSV, forms_csv, products_csv

__all__ = [
    "CITATION_FORMATS",
    "CSV",
    "citations",
    "comparison_csv",
    "csv_response",
    "forms_csv",
    "products_csv",
    "safe",
]
