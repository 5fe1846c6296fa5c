"""The CSV download of DSLD: a label is spread over tables, which meet in its DSLD id.

`ProductOverview` has brand, name and pack, `DietarySupplementFacts` a line for each ingredient and
target group, `OtherIngredients` the rest. Each comes in several numbered parts. What is held in
memory are the lines of labels with magnesium, some hundred bytes for each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from products.importing.labels import text

Cells = Mapping[str, str]
Numbered = tuple[int, Cells]

OVERVIEW = ("DSLD ID", "Brand Name", "Product Name")
FACTS = ("DSLD ID", "Ingredient", "Amount Per Serving", "Amount Per Serving Unit")
OTHERS = ("DSLD ID", "Other Ingredients")
LISTED = ("dsld_id", "brand_name", "product_name")
"""Of a list of products, as the older web search gave it: no panel, the brand before each name."""

_MAY_BE_MAGNESIUM = re.compile("magn|magt|mag[. ]|магн|concentrace|aquamin", re.IGNORECASE)
_DAY_IN_WORDS = re.compile(r"Entered into DSLD: (\w+ \d+, \d{4})")


def kind_of(header: Iterable[str]) -> tuple[str, ...] | None:
    """Which of the tables has these columns."""
    names = set(header)
    return next((kind for kind in (OVERVIEW, FACTS, OTHERS, LISTED) if names >= set(kind)), None)


class Labels:
    """Labels put together again out of their tables, in the shape that the database's API has."""

    def __init__(self) -> None:
        self._lines: dict[str, list[dict[str, Any]]] = {}
        self._others: dict[str, str] = {}
        self.has_facts = False

    def take_facts(self, rows: Iterable[Numbered]) -> None:
        """Keep the lines of labels that have one of magnesium."""
        self.has_facts = True
        for number, lines in groupby((cells for _, cells in rows), lambda cells: cells["DSLD ID"]):
            some = list(lines)
            if any(_MAY_BE_MAGNESIUM.search(line["Ingredient"]) for line in some):
                self._lines.setdefault(number, []).extend(_panel(some))

    def take_others(self, rows: Iterable[Numbered]) -> None:
        """Keep the other ingredients of those labels."""
        for _, cells in rows:
            if not self.has_facts or cells["DSLD ID"] in self._lines:
                self._others[cells["DSLD ID"]] = cells["Other Ingredients"]

    def from_overview(self, rows: Iterable[Numbered]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each label of the overview that may have magnesium, with the row that it stands in."""
        yield from self._of(rows, _overview)

    def from_list(self, rows: Iterable[Numbered]) -> Iterator[tuple[int, dict[str, Any]]]:
        """Likewise of the older list of products."""
        yield from self._of(rows, _listed)

    def _of(
        self, rows: Iterable[Numbered], read: Callable[[Cells], dict[str, Any]]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        for number, cells in rows:
            raw = read(cells)
            lines = self._lines.get(raw["id"], [])
            others = [{"name": self._others[raw["id"]]}] if raw["id"] in self._others else []
            panel = {"ingredientRows": lines, "otheringredients": {"ingredients": others}}
            yield number, {**raw, **panel, "is_partial": True, "has_panel": bool(lines)}


def _overview(cells: Cells) -> dict[str, Any]:
    return {
        "id": cells["DSLD ID"],
        "brandName": cells["Brand Name"],
        "fullName": cells["Product Name"],
        "upcSku": cells.get("Bar Code", ""),
        "netContents": [{"display": cells.get("Net Contents", "")}],
        "servingSizes": [{"display": cells.get("Serving Size", "")}],
        "physicalState": {"langualCodeDescription": cells.get("Supplement Form [LanguaL]", "")},
        "entryDate": cells.get("Date Entered into DSLD", ""),
        "offMarket": int(cells.get("Market Status", "").casefold() == "off market"),
    }


def _listed(cells: Cells) -> dict[str, Any]:
    brand = cells["brand_name"].strip()
    contents = f"{cells.get('net_contents', '')} {cells.get('net_content_unit', '')}"
    serving = f"{cells.get('serving_size_quantity', '')} {cells.get('serving_size_unit', '')}"
    return {
        "id": cells["dsld_id"],
        "brandName": brand,
        "fullName": cells["product_name"].removeprefix(brand).strip() or brand,
        "netContents": [{"display": contents.strip()}],
        "servingSizes": [{"display": serving.strip()}],
        "physicalState": {"langualCodeDescription": cells.get("supplement_form", "")},
        "entryDate": _day(cells.get("tracking_dates", "")),
        "offMarket": int(cells.get("market_status", "").casefold().startswith("off")),
    }


def _panel(lines: Iterable[Cells]) -> Iterator[dict[str, Any]]:
    """One line for each ingredient: the table repeats it for every target group."""
    for ingredient, some in groupby(lines, lambda cells: cells["Ingredient"]):
        yield {
            "name": ingredient,
            "quantity": [
                {
                    "quantity": cells["Amount Per Serving"],
                    "unit": cells["Amount Per Serving Unit"],
                    "operator": "=",
                    "dailyValueTargetGroup": [
                        {
                            "name": cells.get("Daily Value Target Group", ""),
                            "operator": "=",
                            "percent": cells.get("% Daily Value per Serving", "").rstrip("% "),
                        }
                    ],
                }
                for cells in some
            ],
        }


def _day(history: str) -> str:
    if found := _DAY_IN_WORDS.search(text.plain(history)):
        try:
            return datetime.strptime(found[1], "%B %d, %Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            pass
    return ""
