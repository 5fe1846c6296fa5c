"""Everything that rests on one source: the facts of each kind that name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.template.loader import select_template

from products.models import Source, Status

TITLES = {
    "forms": "Forms whose grades rest on it",
    "findings": "Findings on forms",
    "laxative_observations": "What was seen in the bowel",
    "evidence": "Evidence for uses",
    "labelled_products": "Products whose label it is",
    "fact_notes": "Single facts of products",
    "offers": "Prices",
    "ratings": "What buyers said",
    "certifications": "Certifications",
    "claims": "What is claimed",
    "judgements": "Claims that were judged",
    "published_ratings": "How it, or someone it tells of, rates a use",
    "review_facts": "What a review tells",
    "reference_intakes": "Recommended intakes",
    "upper_levels": "Limits for supplements",
    "interactions": "Medicines",
    "cautions": "Who should be careful",
    "sideeffects": "Side effects",
    "deficiency_signs": "Signs of a lack of magnesium",
    "body_functions": "What magnesium does in the body",
    "food_sources": "Magnesium in foods",
}
"""Heads by the name of the relation, in their order. A kind of fact without one goes by its own name."""
SHOWN = 50
"""So many facts of a kind stand open; the rest are folded away."""
_OWNERS = ("product", "use", "form")
"""What a fact belongs to; it is shown when that is published, or when it belongs to nothing."""


@dataclass(frozen=True)
class Rest:
    """Facts of one kind."""

    name: str
    title: str
    rows: list[Any]

    @property
    def shown(self) -> list[Any]:
        return self.rows[:SHOWN]

    @property
    def folded(self) -> list[Any]:
        return self.rows[SHOWN:]

    @property
    def partial(self) -> str:
        """The template of one such fact; of a new kind of fact the one that names it only."""
        own = f"sources/rests/{self.name}.html"
        return str(select_template([own, "sources/rests/any.html"]).template.name)


def rests_on(source: Source) -> list[Rest]:
    """Kinds of facts that name the source, those without any left out. One query a kind."""
    names = {
        str(relation.get_accessor_name()): relation for relation in Source._meta.related_objects
    }
    ordered = [name for name in TITLES if name in names]
    ordered += [name for name in names if name not in TITLES and not name.endswith("+")]
    found = [_rest(source, name, names[name].related_model) for name in ordered]
    return [rest for rest in found if rest.rows]


def _rest(source: Source, name: str, model: Any) -> Rest:
    owners = [owner for owner in _OWNERS if _has(model, owner)]
    shown = _published("status") if _has(model, "status") else Q()
    for owner in owners:
        shown &= _published(f"{owner}__status") | Q(**{f"{owner}__isnull": True})
    rows = getattr(source, name).filter(shown).select_related(*_needed(model, owners))
    title = TITLES.get(name, str(model._meta.verbose_name_plural).capitalize())
    return Rest(name, title, list(rows))


def _needed(model: Any, owners: list[str]) -> list[str]:
    needed = [*owners, *(["comparator"] if _is_key(model, "comparator") else [])]
    if "product" in owners:
        needed.append("product__brand")
    return [*needed, "brand"] if _has(model, "brand") else needed


def _published(path: str) -> Q:
    return Q(**{path: Status.PUBLISHED})


def _has(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _is_key(model: Any, name: str) -> bool:
    return _has(model, name) and isinstance(model._meta.get_field(name), models.ForeignKey)
