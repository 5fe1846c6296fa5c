"""Servings and packs as labels count them: `2 Vegetable Capsule(s)`, `6 oz.; 170 Gram(s)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from products.importing.labels import text

# Words of a unit, the more telling before the general: a softgel capsule is a softgel.
_FORM_OF_UNIT = {
    "effervescent": "effervescent",
    "softgel": "softgel",
    "soft gel": "softgel",
    "gumm": "gummy",
    "capsule": "capsule",
    "vcap": "capsule",
    "caps": "capsule",
    "tablet": "tablet",
    "caplet": "tablet",
    "tabs": "tablet",
    "pill": "tablet",
}
_FORM_OF_STATE = {
    "softgel": "softgel",
    "gummy": "gummy",
    "capsule": "capsule",
    "tablet": "tablet",
    "pill": "tablet",
    "powder": "powder",
    "liquid": "liquid",
}
_MEASURED = re.compile(
    r"^(?:mgs?|mcg|g|gm|grams?|kg|oz|ounces?|lbs?|pounds?|ml|millilit(?:er|re)s?|l|fl(?:uid)? ?oz|fluid ounces?)$"
)
_COUNTED = re.compile(r"^\s*((?:about|approx\.?|~)?\s*\d[\d.,]*)\s+(.+?)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Pieces:
    """A number of pieces, or a measure in words; either may be all that there is."""

    units: Decimal | None = None
    measure: str = ""


def dosage_form(state: str, unit: str) -> str:
    """The dosage form by the unit of a serving, else by the database's physical state.

    Blank for what the catalogue has no word for, as a lozenge or a tea bag.
    """
    for names, said in ((_FORM_OF_UNIT, unit), (_FORM_OF_STATE, state)):
        for name, form in names.items():
            if name in said.casefold():
                return form
    return ""


def of(quantity: Decimal | None, unit: str) -> Pieces:
    """A quantity with its unit: pieces where the unit is one, else a measure."""
    unit = _plain(unit)
    if quantity is None or not unit:
        return Pieces()
    if is_piece(unit):
        return Pieces(quantity)
    shown = f"{quantity.normalize():f} {_several(unit) if quantity > 1 else unit}"
    counts = not _MEASURED.match(unit.casefold().rstrip("."))
    return Pieces(quantity if counts else None, shown[:60])


def printed(said: str) -> Pieces:
    """A quantity with its unit as one text; several (`6 oz.; 170 Gram(s)`) are one measure."""
    said = text.plain(said, 200)
    found = _COUNTED.match(said)
    quantity = text.count(found[1]) if found else None
    if found is None or quantity is None or ";" in said or "[" in said:
        return Pieces(measure=_plain(said))
    return of(quantity, found[2])


def _plain(said: str) -> str:
    """`250 Gram(s)` is 250 g, `1 Scoop` is 1 scoop; litres keep their capital."""
    words = text.plain(said, 60).replace("(s)", "").replace("fl.", "fl").replace("Oz.", "oz")
    words = " ".join(word if "L" in word[1:] else word.lower() for word in words.split())
    return re.sub(r"\bgrams?\b", "g", words).replace("oz.", "oz")


def is_piece(unit: str) -> bool:
    """Whether a unit is one piece of a counted dosage form."""
    return any(name in unit.casefold() for name in _FORM_OF_UNIT)


def _several(unit: str) -> str:
    if not unit.isalpha() or unit.endswith("s") or _MEASURED.match(unit.casefold()):
        return unit
    return f"{unit}s".replace("chs", "ches")
