"""DSLD records in the tidied form in which they are handed around for analysis.

Lines stand in one flat list, nested ones with the name of the line that they belong to; forms are
names without the label's *as* and *from*, which the notes of a line may still hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

_NOTE = re.compile(r"\(Form: (.+)\)\s*$")


def is_one(raw: Json) -> bool:
    return isinstance(raw.get("activeIngredients"), list) and "brandName" in raw


def as_published(raw: Json) -> dict[str, Any]:
    """The record with its lines, other ingredients and pack where the database's API has them."""
    lines = [(one, _line(one)) for one in raw["activeIngredients"] if isinstance(one, dict)]
    top: list[dict[str, Any]] = []
    for one, line in lines:
        parent = one.get("isNestedIngredient") and one.get("parentBlend")
        below = [other for _, other in lines if parent and other["name"] == parent]
        (below[0]["nestedRows"] if below and below[0] is not line else top).append(line)
    others = raw.get("inactiveIngredients")
    return {
        **raw,
        "ingredientRows": top,
        "otheringredients": {"ingredients": others if isinstance(others, list) else []},
        "netContents": [{"display": raw.get("netContents")}],
        "physicalState": {"langualCodeDescription": raw.get("physicalState")},
    }


def _line(one: Json) -> dict[str, Any]:
    daily_value = {"name": "", "operator": "=", "percent": one.get("dailyValue") or None}
    quantity = {"quantity": one.get("quantity"), "unit": one.get("unit"), "operator": "="}
    return {
        "name": one.get("name"),
        "ingredientGroup": one.get("ingredientGroup"),
        "forms": _forms(one),
        "quantity": [{**quantity, "dailyValueTargetGroup": [daily_value]}],
        "nestedRows": [],
    }


def _forms(one: Json) -> list[dict[str, Any]]:
    if noted := _NOTE.search(str(one.get("notes") or "")):
        return [{"name": noted[1]}]
    names = one.get("forms")
    named = [name for name in names if name != "unspecified"] if isinstance(names, list) else []
    return [
        {"order": place, "prefix": "" if place else "as", "name": name}
        for place, name in enumerate(named)
    ]
