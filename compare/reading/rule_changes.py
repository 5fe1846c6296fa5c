"""What each new version of a rule moved, in words and with links, for the page of the method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from products.models import MagnesiumForm, Product, RuleChange

COLUMNS = {
    "confidence": "confidence",
    "bioavailability": "bioavailability",
    "laxative": "laxative effect",
    "label_check": "label check",
}
MODELS: dict[str, type[MagnesiumForm] | type[Product]] = {
    "form": MagnesiumForm,
    "product": Product,
}


@dataclass(frozen=True)
class Moved:
    """One grade that is another now; `old` or `new` is blank where there is none."""

    subject: MagnesiumForm | Product
    what: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    """A new version of a rule. `moved` are those of published records, `total` all of them."""

    version: str
    at: datetime
    total: int
    moved: tuple[Moved, ...]


def by_rule() -> dict[str, list[Changed]]:
    """Every change on record by its rule, the newest first. A bounded number of queries."""
    changes = list(RuleChange.objects.all())
    told = [move for change in changes for move in change.moved]
    published = {kind: _published(kind, told) for kind in MODELS}
    found: defaultdict[str, list[Changed]] = defaultdict(list)
    for change in changes:
        moved = tuple(
            _moved(move, published[move["kind"]][move["subject"]])
            for move in change.moved
            if move["subject"] in published[move["kind"]]
        )
        found[change.rule].append(Changed(change.to_version, change.at, change.total, moved))
    return dict(found)


def _published(kind: str, told: Iterable[dict[str, str]]) -> dict[str, MagnesiumForm | Product]:
    slugs = {move["subject"] for move in told if move["kind"] == kind}
    objects: Any = MODELS[kind].objects
    rows = objects.published().filter(slug__in=slugs)
    return {row.slug: row for row in (rows.for_list() if kind == "product" else rows)}


def _moved(move: dict[str, str], subject: MagnesiumForm | Product) -> Moved:
    field = subject._meta.get_field(move["column"])
    assert isinstance(field, models.Field)  # noqa: S101 - RULES_OF names columns only
    words = dict(field.flatchoices)
    old, new = (str(words.get(move[end], "")) for end in ("old", "new"))
    return Moved(subject, COLUMNS[move["column"]], old, new)
