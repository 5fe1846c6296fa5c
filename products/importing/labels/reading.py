"""One record of a file, by whichever reader knows its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from products.importing.labels import dsld, dsld_cleaned, open_food_facts
from products.importing.labels.record import LabelRecord, NotALabel


def read(raw: Mapping[str, Any]) -> LabelRecord:
    """Raises `NotALabel` with what is missing."""
    if open_food_facts.is_one(raw):
        return open_food_facts.read(raw)
    if dsld_cleaned.is_one(raw):
        return dsld.read(dsld_cleaned.as_published(raw))
    if "brandName" in raw or "ingredientRows" in raw:
        return dsld.read(raw)
    raise NotALabel("is neither a DSLD record nor an Open Food Facts product")
