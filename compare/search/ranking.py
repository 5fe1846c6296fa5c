"""How well a product fits a search: the sum over its words of how each was found, least first.

Where a word is found counts before how: in brand or name, in a form, in another name of a form; as it
was typed, then as the beginning of a longer one. Both ways to search keep to this one list.
"""

from products.search_table import FIELDS

LEVELS = tuple((field, whole) for field in FIELDS for whole in (True, False))
"""Field, and whether it has the whole word. The place in this list is what finding it there costs."""
WORST = len(LEVELS) - 1
