"""A product of Open Food Facts, as its API gives it.

Its figures are in grams, whatever unit was typed: `magnesium_100g` for 100 g, `magnesium_serving`
for a serving (Open Food Facts, *Nutrition data*, fields of a product). The database is open under
the ODbL; its facts are entered by anyone, so nothing of it is published without an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from products.importing.labels import pieces, text
from products.importing.labels.record import (
    Amount,
    Doubt,
    Doubted,
    LabelRecord,
    MagnesiumRow,
    NotALabel,
    Origin,
)
from products.importing.labels.wording import forms_in
from products.rules import units
from products.rules.label_wording import Reason

ADDRESS = "https://world.openfoodfacts.org/product/{}"
Json = Mapping[str, Any]

TOLERANCE = Decimal("0.05")
"""How far the figure for 100 g and that for a serving may be apart: both were rounded by hand."""

_BETWEEN = re.compile(r"[,;](?![^()]*\))")


def is_one(raw: Json) -> bool:
    return "code" in raw and any(name in raw for name in ("product_name", "nutriments", "product"))


def read(raw: Json) -> LabelRecord:
    """One product; raises `NotALabel` when it has no barcode, brand or name."""
    if isinstance(product := raw.get("product"), dict):
        raw = {"code": raw.get("code"), **product}
    code = text.plain(raw.get("code"), 20)
    if not (code.isascii() and code.isdigit()):
        raise NotALabel("has no barcode in “code”")
    brand = text.plain(raw.get("brands"), 300).split(",")[0].strip()[:150]
    name = text.plain(raw.get("product_name") or raw.get("product_name_en"), 200)
    if not brand or not name:
        raise NotALabel(f"has no {'product_name' if brand else 'brands'}")
    gtin, no_barcode = text.barcode(code)
    serving = pieces.printed(text.plain(raw.get("serving_size"), 60))
    pack = pieces.printed(text.plain(raw.get("quantity"), 60))
    doubts = [Doubted(Doubt.BARCODE_DOES_NOT_FIT, no_barcode)] if no_barcode else []
    changed = _day(raw.get("last_modified_t"))
    return LabelRecord(
        origin=Origin.OPEN_FOOD_FACTS,
        external_id=code,
        brand=brand,
        name=name,
        url=ADDRESS.format(code),
        version=text.plain(raw.get("rev"), 20),
        dated=changed,
        entered_on=changed,
        gtin=gtin,
        dosage_form=pieces.dosage_form(text.plain(raw.get("quantity"), 60), _said(raw)),
        serving_units=serving.units,
        serving_measure=serving.measure,
        container_units=pack.units,
        container_measure="" if pack.units and not pack.measure else pack.measure,
        rows=tuple(_rows(raw, doubts)),
        other_ingredients=text.plain(raw.get("ingredients_text")),
        doubts=tuple(doubts),
    )


def _said(raw: Json) -> str:
    return text.plain(raw.get("serving_size"), 60)


def _rows(raw: Json, doubts: list[Doubted]) -> Iterator[MagnesiumRow]:
    """The figure for magnesium, and each ingredient that brings some."""
    amount = _amount(raw.get("nutriments"), text.number(raw.get("serving_quantity")), doubts)
    if amount is not None:
        yield MagnesiumRow("Magnesium", "Magnesium", amount)
    for said in _BETWEEN.split(text.plain(raw.get("ingredients_text"))):
        wording = said.strip(" .")
        read = forms_in(wording)
        if read.forms or (read.unplaced and "magn" in wording.casefold()):
            yield MagnesiumRow(wording, wording, Amount(None, "", ""))
        elif read.reason is Reason.NO_FORM_NAMED and amount is None:
            yield MagnesiumRow("Magnesium", wording, Amount(None, "", ""))


def _amount(nutriments: Any, serving_g: Decimal | None, doubts: list[Doubted]) -> Amount | None:
    """Magnesium in a serving; `None` where the product has no figure, or zero."""
    if not isinstance(nutriments, dict):
        return None
    serving, per_100_g = (
        _exact(nutriments.get(name)) for name in ("magnesium_serving", "magnesium_100g")
    )
    if not serving and not per_100_g:
        return None
    typed, unit = nutriments.get("magnesium_value"), nutriments.get("magnesium_unit")
    sign = text.plain(nutriments.get("magnesium_modifier"), 5)
    written = text.plain(f"{sign} {'' if typed is None else typed} {unit or ''}", 80)
    grams = per_100_g * serving_g / 100 if per_100_g and serving_g else None
    if serving and grams and abs(serving - grams) > TOLERANCE * max(serving, grams):
        quoted = f"{serving} g in a serving, {per_100_g} g in 100 g, a serving of {serving_g} g"
        doubts.append(Doubted(Doubt.PER_100_G_AGAINST_SERVING, quoted))
        return Amount(None, "", "")
    found = serving or grams
    if found is None or sign:
        return Amount(None, "", written or f"{per_100_g} g in 100 g")
    return Amount(units.rounded(found * 1000, 4), "mg", written)


def _exact(value: Any) -> Decimal | None:
    """A figure in grams, without the tail that reckoning in binary leaves."""
    found = text.number(f"{value:.10f}" if isinstance(value, float) else value)
    return units.rounded(found, 8) if found else None


def _day(seconds: Any) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (TypeError, OverflowError, ValueError, OSError):
        return ""
