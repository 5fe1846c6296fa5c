"""What is still to be found out about a product before its page answers what readers ask.

A thing is done when it is known, or when it is known why it cannot be: the label is silent, the maker
withholds it, or the question makes no sense. Which things are asked for is a house rule: what the
comparison, the price of an equal dose and the label check rest on.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

VERSION = "1"


class Thing(StrEnum):
    """What a complete product has, the most wanted first."""

    SOURCE = "source"
    FORMS = "forms"
    ELEMENTAL = "elemental"
    ELEMENTAL_SOURCE = "elemental_source"
    PRICE = "price"
    DOSAGE_FORM = "dosage_form"
    SERVING = "serving"
    PACK = "pack"
    DAILY_SERVINGS = "daily_servings"
    FORM_AMOUNTS = "form_amounts"
    DIRECTIONS = "directions"
    OTHER_INGREDIENTS = "other_ingredients"
    ALLERGENS = "allergens"
    GTIN = "gtin"
    CHECKED = "checked"


AFTER = {Thing.FORM_AMOUNTS: Thing.FORMS, Thing.ELEMENTAL_SOURCE: Thing.ELEMENTAL}
"""Nobody can look for the first before the second is there: only the second is asked for then."""


@dataclass(frozen=True)
class Completeness:
    """The things that are left, in the order of `Thing`, of so many."""

    left: tuple[Thing, ...]
    of: int = len(Thing)

    @property
    def done(self) -> int:
        """How many things there is nothing left to do about."""
        return self.of - len(self.left)


def completeness(known: Collection[Thing], settled: Collection[Thing]) -> Completeness:
    """Tell what is left; `settled` are things of which it is known why they are blank."""
    left = [thing for thing in Thing if thing not in known and thing not in settled]
    return Completeness(tuple(thing for thing in left if AFTER.get(thing) not in left))
