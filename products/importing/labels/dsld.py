"""A label record of NIH's Dietary Supplement Label Database, as its API (v9) gives it.

The records are public domain (CC0). What the database holds of a line is taken apart again into the
words of the label: `Magnesium`, *as*, `Magnesium Oxide`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
from products.importing.labels.wording import forms_in, is_bare
from products.rules.label_wording import Reason

ADDRESS = "https://dsld.od.nih.gov/label/{}"
Json = Mapping[str, Any]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MAGNESIUM = re.compile(r"magn[eiéè]", re.IGNORECASE)
"""In every language and misspelling, and not in magnolia."""
_NUTRITION_FACTS = {
    "calories",
    "calories from fat",
    "total fat",
    "saturated fat",
    "trans fat",
    "cholesterol",
    "total carbohydrate",
    "total carbohydrates",
    "dietary fiber",
    "sugars",
    "total sugars",
    "added sugars",
    "protein",
    "sodium",
}
"""Lines that every panel of food has: they tell nothing of what a product is taken for."""


def read(raw: Json) -> LabelRecord:
    """One record; raises `NotALabel` when it has no number, brand or name."""
    number = text.plain(raw.get("id"), 20)
    if not (number.isascii() and number.isdigit() and len(number) <= 12):
        raise NotALabel("has no DSLD id")
    brand, name = text.plain(raw.get("brandName"), 150), text.plain(raw.get("fullName"), 200)
    if not brand or not name:
        raise NotALabel(f"has no {'product' if brand else 'brand'} name")
    panel = _maps(raw.get("ingredientRows"))
    rows = tuple(_magnesium(panel))
    gtin, no_barcode = text.barcode(raw.get("upcSku"))
    doubts = [Doubted(Doubt.BARCODE_DOES_NOT_FIT, no_barcode)] if no_barcode else []
    others = _maps(_map(raw.get("otheringredients")).get("ingredients"))
    doubts += _form_elsewhere(rows, others)
    if not panel and _names_magnesium(name):
        # A table without panels: the name alone tells that it is one of ours.
        rows = (MagnesiumRow("Magnesium", "Magnesium", Amount(None, "", "")),)
        doubts.append(Doubted(Doubt.NO_PANEL, name))
    return LabelRecord(
        origin=Origin.DSLD,
        external_id=number,
        brand=brand,
        name=name,
        url=ADDRESS.format(number),
        version=text.plain(raw.get("productVersionCode"), 80),
        dated=_latest_day(raw),
        entered_on=_day(raw.get("entryDate")) or _latest_day(raw),
        gtin=gtin,
        market="US",
        rows=rows,
        others=tuple(_others(panel)),
        other_ingredients=", ".join(filter(None, map(_printed, others))),
        off_market=raw.get("offMarket") in (1, True, "1"),
        is_partial=bool(raw.get("is_partial")),
        doubts=tuple(doubts),
        servings_per_container=text.count(raw.get("servingsPerContainer")),
        **_serving(raw, panel),
        **_container(raw),
    )


# Serving and pack


def _serving(raw: Json, panel: Sequence[Json]) -> dict[str, Any]:
    """The first serving that the label states; its amounts are those of the panel."""
    sizes = sorted(_maps(raw.get("servingSizes")), key=_order)
    size = sizes[0] if sizes else {}
    printed = text.plain(size.get("display"), 100)
    low, high = text.count(size.get("minQuantity")), text.count(size.get("maxQuantity"))
    units = low if low == high or high is None else _serving_of_panel(panel)
    days = [text.count(size.get(name)) for name in ("minDailyServings", "maxDailyServings")]
    # "1 to 0 servings a day" is how a record says that no end is given.
    known = [day for day in days if day is not None]
    state, unit = _map(raw.get("physicalState")), text.plain(size.get("unit"), 40) or printed
    serving = pieces.printed(printed) if printed else pieces.of(units, unit)
    return {
        "dosage_form": pieces.dosage_form(
            text.plain(state.get("langualCodeDescription"), 60), unit
        ),
        "serving_units": serving.units,
        "serving_measure": serving.measure,
        "daily_servings_low": min(known) if len(known) == 2 else None,
        "daily_servings_high": max(known) if len(known) == 2 else None,
    }


def _serving_of_panel(panel: Sequence[Json]) -> Decimal | None:
    """Of "1 to 2 tablets": the number that the amounts of the panel belong to."""
    said = {
        text.count(quantity.get("servingSizeQuantity"))
        for row in panel
        for quantity in _first_column(row)
    }
    return said.pop() if len(said) == 1 else None


def _container(raw: Json) -> dict[str, Any]:
    contents = sorted(_maps(raw.get("netContents")), key=_order)
    if len(contents) == 1 and "quantity" in contents[0]:
        found = pieces.of(text.count(contents[0].get("quantity")), contents[0].get("unit") or "")
    else:
        found = pieces.printed("; ".join(text.plain(one.get("display"), 60) for one in contents))
    measure = "" if found.units and not found.measure else found.measure
    return {"container_units": found.units, "container_measure": measure}


# The panel


def _magnesium(panel: Sequence[Json]) -> Iterator[MagnesiumRow]:
    """The lines of magnesium, wherever they are nested, each after the one that it is below."""
    count = 0
    waiting = [(row, None, False) for row in reversed(panel)]
    stack: list[tuple[Json, int | None, bool]] = list(waiting)
    below: tuple[int | None, bool]
    while stack:
        raw, parent, in_blend = stack.pop()
        row = _row(raw, parent, in_blend)
        below = (None, True)
        if row is not None:
            yield row
            below = (count, False)
            count += 1
        nested = _maps(raw.get("nestedRows"))
        stack.extend((inner, *below) for inner in reversed(nested))


def _row(raw: Json, parent: int | None, in_blend: bool) -> MagnesiumRow | None:
    name = text.plain(raw.get("name"), 400)
    wording = _printed(raw)
    if parent is not None and forms_in(wording).reason is Reason.NO_MAGNESIUM:
        # "Amino Acid Chelate" below magnesium.
        wording = f"Magnesium (as {wording})"
    if not _is_of_magnesium(raw, name, wording):
        return None
    column = list(_first_column(raw))
    amounts = {_amount(quantity) for quantity in column}
    percents = {value for quantity in column if (value := _percent(quantity))}
    return MagnesiumRow(
        name=name,
        wording=wording,
        amount=_only(amounts),
        percent_dv=percents.pop() if len(percents) == 1 else None,
        dv_not_established=any(map(_not_established, column)),
        parent=parent,
        in_blend=in_blend,
    )


def _is_of_magnesium(raw: Json, name: str, wording: str) -> bool:
    group = text.plain(raw.get("ingredientGroup"), 100).casefold()
    read = forms_in(wording)
    if read.reason in (Reason.ADDITIVE, Reason.OTHER_NUTRIENT):
        return False
    return "magnesium" in group or bool(read.forms or _MAGNESIUM.search(name)) or is_bare(name)


def _names_magnesium(name: str) -> bool:
    return forms_in(name).reason is not Reason.ADDITIVE and bool(_MAGNESIUM.search(name))


def _printed(raw: Json) -> str:
    """A line as a label prints it, its forms in brackets behind its name."""
    name = text.plain(raw.get("name"), 400)
    forms = sorted(_maps(raw.get("forms")), key=_order)
    said = ""
    for form in forms:
        prefix, what = text.plain(form.get("prefix"), 60), text.plain(form.get("name"), 200)
        between = "" if not said else " " if prefix.casefold() == "and" else ", "
        said += f"{between}{f'{prefix} ' if prefix else ''}{what}"
    return f"{name} ({said})" if said else name


def _first_column(raw: Json) -> Iterator[Json]:
    """Amounts for the first serving that a label states: some state two, side by side."""
    quantities = _maps(raw.get("quantity"))
    first = min((_order(one, "servingSizeOrder") for one in quantities), default=0)
    return (one for one in quantities if _order(one, "servingSizeOrder") == first)


def _amount(quantity: Json) -> Amount:
    return text.amount(quantity.get("quantity"), quantity.get("unit"), quantity.get("operator"))


def _only(amounts: set[Amount]) -> Amount:
    """The one amount of a line; several are told, and none of them taken."""
    if len(amounts) < 2:
        return amounts.pop() if amounts else Amount(None, "", "")
    return Amount(None, "", " / ".join(sorted(amount.text for amount in amounts)))


def _percent(quantity: Json) -> Decimal | None:
    """Percent of the daily value for adults; those for small children have another daily value."""
    for group in _maps(quantity.get("dailyValueTargetGroup")):
        name = text.plain(group.get("name"), 100).casefold()
        if group.get("operator") == "=" and (not name or "4 or more" in name or "adult" in name):
            return text.number(group.get("percent")) or None
    return None


def _not_established(quantity: Json) -> bool:
    groups = _maps(quantity.get("dailyValueTargetGroup"))
    said = " ".join(text.plain(group.get("footnote"), 200) for group in groups)
    return "not established" in said.casefold()


def _others(panel: Sequence[Json]) -> Iterator[str]:
    """Names of the other active ingredients."""
    for row in panel:
        name = text.plain(row.get("name"), 100)
        says_nothing = not name or name.casefold() in _NUTRITION_FACTS
        if says_nothing or _row(row, None, False) is not None:
            continue
        if forms_in(name).reason is not Reason.ADDITIVE:
            yield name


def _form_elsewhere(rows: Sequence[MagnesiumRow], others: Sequence[Json]) -> Iterator[Doubted]:
    """A form among the other ingredients, of a panel that names none: likely, and not said."""
    if rows and all(forms_in(row.wording).reason is Reason.NO_FORM_NAMED for row in rows):
        named = [wording for one in others if forms_in(wording := _printed(one)).forms]
        if named:
            yield Doubted(Doubt.FORM_AMONG_OTHER_INGREDIENTS, ", ".join(named)[:500])


# What JSON gives


def _map(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _maps(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _order(one: Json, name: str = "order") -> int:
    value = one.get(name)
    return value if isinstance(value, int) else 0


def _day(value: Any) -> str:
    found = _DAY.match(text.plain(value, 40))
    return found[0] if found else ""


def _latest_day(raw: Json) -> str:
    """The day of the last thing that happened to the record."""
    return max((_day(event.get("date")) for event in _maps(raw.get("events"))), default="")
