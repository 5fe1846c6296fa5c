"""The editors' forms and lists, one module a subject. Importing them puts them on the desk."""

from products.admin import evidence, forms, labels, market, safety, sources

__all__ = ["evidence", "forms", "labels", "market", "safety", "sources"]
