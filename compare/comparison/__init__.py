"""Things side by side: rows read from plain subjects, one matrix, many faces."""

from compare.comparison.cell import Cell
from compare.comparison.matrix import Comparison, Shown, build
from compare.comparison.plain import as_dict
from compare.comparison.row import Row
from compare.comparison.selection import MOST_FORMS, MOST_PRODUCTS, Selection

__all__ = [
    "MOST_FORMS",
    "MOST_PRODUCTS",
    "Cell",
    "Comparison",
    "Row",
    "Selection",
    "Shown",
    "as_dict",
    "build",
]
