"""What of a label is known, why the rest is blank, and where each fact comes from."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.sources import Source

PILLS = "pills"
"""Not a fact of its own: pieces in a serving, which powders and liquids do not have."""

_COLUMN_OF_FACT = {
    "serving": "serving_units",
    "servings_per_container": "pack_servings",
    "container": "container_units",
    "daily_servings": "daily_servings",
    "label_elemental_mg": "elemental_mg_per_serving",
    "price": "current_offer_id",
}
"""Facts that stand in a column, or a derived one, of another name."""


class EmptyKind(models.TextChoices):
    """The four kinds of empty. A fact that is blank and has no `FactNote` is *not looked up yet*."""

    NOT_ON_LABEL = "not_on_label", _("Not on label")
    NOT_LOOKED_UP = "not_looked_up", _("Not looked up yet")
    DOES_NOT_APPLY = "does_not_apply", _("Does not apply")
    WITHHELD = "withheld", _("Withheld (blend)")


class Knowing:
    """Mixed into `Product`: reads its columns and its prefetched parts, and costs no query then."""

    def knows(self: Any, fact: str) -> bool:
        """Tell whether a fact (a `FactNote.FactName`, or `PILLS`) has a value.

        Reads the parts that the fact is held in; costs no query after `for_detail()`.
        """
        match fact:
            case "forms":
                return bool(self.ingredients.all())
            case "form_amounts":
                parts = self.ingredients.all()
                return bool(parts) and all(
                    part.elemental_mg is not None or part.compound_mg is not None for part in parts
                )
            case "certification":
                return bool(self.certifications.all())
            case "rating":
                return bool(self.ratings.all())
            case "label_compound_mg":
                return self.compound_mg is not None
            case "pills":
                return self.is_counted and self.serving_units is not None
        return getattr(self, _COLUMN_OF_FACT.get(fact, fact)) not in (None, "")

    def empty_of(self: Any, *facts: str) -> EmptyKind:
        """Say why a figure is blank: the kind of empty of the first of its facts that is not known.

        Name every fact that the figure rests on, as `empty_of("price", "label_elemental_mg")` for a
        price per 100 mg. *Not looked up yet* unless a `FactNote`, the state of the ingredients or
        the nature of the product says otherwise. Costs no query after `for_detail()`.
        """
        fact = next((fact for fact in facts if not self.knows(fact)), "")
        if fact == PILLS:
            if self.dosage_form and not self.is_counted:
                return EmptyKind.DOES_NOT_APPLY
            fact = "serving" if self.dosage_form else "dosage_form"
        for note in self.fact_notes.all():
            if note.fact == fact and note.empty:
                return EmptyKind(note.empty)
        if fact in ("form_amounts", "label_compound_mg"):
            for part in self.ingredients.all():
                if part.amounts != "stated":
                    return EmptyKind(part.amounts)
        return EmptyKind.NOT_LOOKED_UP

    def source_of(self: Any, fact: str) -> Source:
        """Where a fact comes from: its note's source, its part's, else the product's own.

        Costs no query after `for_detail()`.
        """
        for note in self.fact_notes.all():
            if note.fact == fact and note.source is not None:
                return note.source
        part: Any = None
        if fact == "price":
            part = self.current_offer
        elif fact in ("rating", "certification"):
            parts = self.ratings if fact == "rating" else self.certifications
            part = next(iter(parts.all()), None)
        found: Source = part.source if part is not None else self.source
        return found
