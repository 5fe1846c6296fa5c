"""DSLD records of one line or a few, in the shape that its API gives them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from products.importing.labels import files, reading
from products.importing.labels.composition import Composition, compose
from products.importing.labels.planning import Plan
from products.importing.labels.taking import take
from products.rules import chemistry

DATA = Path(__file__).parent / "data"
FRACTIONS = {
    slug: chemistry.elemental_fraction(formula)
    for slug, formula in {
        "oxide": "MgO",
        "citrate": "C12H10Mg3O14",
        "l-threonate": "C8H14MgO10",
        "bisglycinate": "C4H8MgN2O4",
        "malate": "C4H4MgO5",
        "aspartate": "C8H12MgN2O8",
        "acetyl-taurate": "C8H16MgN2O8S2",
        "carbonate": "MgCO3",
    }.items()
} | {"other": None}

Json = dict[str, Any]


def line(
    name: str,
    quantity: Any = 0,
    unit: str = "NP",
    *below: Json,
    forms: str = "",
    percent: Any = None,
    operator: str = "=",
    column: int = 1,
    group: str = "",
) -> Json:
    """A line of a panel; `forms` as `as Magnesium Oxide`."""
    prefix, _, form = forms.partition(" ")
    return {
        "name": name,
        "ingredientGroup": group,
        "forms": [{"order": 1, "prefix": prefix, "name": form}] if forms else [],
        "quantity": [
            {
                "servingSizeOrder": column,
                "operator": operator,
                "quantity": quantity,
                "unit": unit,
                "dailyValueTargetGroup": [
                    {
                        "name": "Adults and children 4 or more years of age",
                        "operator": "=",
                        "percent": percent,
                    }
                ],
            }
        ],
        "nestedRows": list(below),
    }


def label(number: int = 1, *lines: Json, **changes: Any) -> Json:
    """A record with these lines; one of 200 mg of magnesium as oxide if none is given."""
    return {
        "id": number,
        "brandName": "Acme",
        "fullName": f"Magnesium {number}",
        "upcSku": "",
        "productVersionCode": "v1",
        "entryDate": "2020-01-31",
        "events": [{"date": "2020-01-31", "type": "Date entered into DSLD"}],
        "physicalState": {"langualCodeDescription": "Capsule"},
        "servingSizes": [
            {
                "minQuantity": 2,
                "maxQuantity": 2,
                "unit": "Capsule(s)",
                "minDailyServings": 1,
                "maxDailyServings": 2,
            }
        ],
        "netContents": [{"quantity": 120, "unit": "Capsule(s)", "display": "120 Capsule(s)"}],
        "servingsPerContainer": "60",
        "ingredientRows": list(lines)
        or [line("Magnesium", 200, "mg", forms="as Magnesium Oxide", percent=48)],
        "otheringredients": {"ingredients": [{"name": "Gelatin"}, {"name": "Magnesium Stearate"}]},
        "offMarket": 0,
        **changes,
    }


def later(record: Json, **changes: Any) -> Json:
    """The next version of a record."""
    events = [*record["events"], {"date": "2024-05-31", "type": "Label revised"}]
    return {**record, "productVersionCode": "v2", "events": events, **changes}


def composed(*lines: Json) -> Composition:
    """What the panel of a record comes to."""
    return compose(reading.read(label(1, *lines)).rows, FRACTIONS, {})


def found(*records: Json) -> files.LabelFiles:
    data = "\n".join(map(json.dumps, records)).encode()
    return files.uploaded("labels.jsonl", data)


def taken(*records: Json, by: Any = None) -> list[Plan]:
    """Bring records in."""
    return list(_flat(take(found(*records), by=by, file="labels.jsonl")))


def _flat(chunks: Iterable[list[Plan]]) -> Iterator[Plan]:
    for chunk in chunks:
        yield from chunk
