"""One face for text search: what was typed becomes a condition on products or forms."""

from compare.search.terms import LONGEST, matching_forms, matching_products, matching_uses, words

__all__ = ["LONGEST", "matching_forms", "matching_products", "matching_uses", "words"]
