"""What rests on a source: so many facts of each kind, and which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from products.models import Reviewed, Source, Status


@dataclass(frozen=True)
class Rest:
    """Facts of one kind; `keys` name each thing once."""

    subject: str
    count: int
    keys: list[str]


_OF_PRODUCTS = {
    "products": ("labelled_products", "slug"),
    "facts": ("fact_notes", "product__slug"),
    "offers": ("offers", "product__slug"),
    "ratings": ("ratings", "product__slug"),
    "certifications": ("certifications", "product__slug"),
    "claims": ("claims", "product__slug"),
    "review_facts": ("review_facts", "product__slug"),
}
_OTHERS = {
    "forms": ("forms", "slug", "status"),
    "findings": ("findings", "key", "form__status"),
    "laxative_observations": ("laxative_observations", "key", "form__status"),
    "evidence": ("evidence", "key", "use__status"),
    "published_ratings": ("published_ratings", "use__slug", "use__status"),
    "judgements": ("judgements", "key", "product__status"),
    "interactions": ("interactions", "key", "form__status"),
    "cautions": ("cautions", "key", "form__status"),
    "side_effects": ("sideeffects", "key", "form__status"),
}
_WITHOUT_KEYS = {
    "reference_intakes": "reference_intakes",
    "upper_levels": "upper_levels",
    "deficiency_signs": "deficiency_signs",
    "body_functions": "body_functions",
    "food_sources": "food_sources",
}
RELATIONS = {
    *(related for related, _ in _OF_PRODUCTS.values()),
    *(related for related, _, _ in _OTHERS.values()),
    *_WITHOUT_KEYS.values(),
}
"""Every relation of a source that is answered with; a new kind of fact gets its place above."""


def on(source: Source) -> list[Rest]:
    """Everything published that names the source, kinds without any left out. A query for each kind."""
    found = [
        _rest(subject, getattr(source, related).filter(**_published(path)), path)
        for subject, (related, path) in _OF_PRODUCTS.items()
    ]
    found += [
        _rest(subject, _seen(getattr(source, related).filter(_of_seen(status))), path)
        for subject, (related, path, status) in _OTHERS.items()
    ]
    found += [
        Rest(subject, _seen(getattr(source, related).all()).count(), [])
        for subject, related in _WITHOUT_KEYS.items()
    ]
    return [rest for rest in found if rest.count]


def _published(path: str) -> dict[str, str]:
    """Of a product's part, the product; of a product itself, itself."""
    return {path.replace("slug", "status"): Status.PUBLISHED.value}


def _seen(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of a fact that is reviewed before it is published, what is."""
    return rows.filter(status=Status.PUBLISHED) if issubclass(rows.model, Reviewed) else rows


def _of_seen(status: str) -> Q:
    """Published, or of no form at all: a finding that mixed forms."""
    owner = status.removesuffix("status").removesuffix("__")
    free = Q(**{f"{owner}__isnull": True}) if owner else Q()
    return Q(**{status: Status.PUBLISHED}) | free


def _rest(subject: str, rows: QuerySet[Any], path: str) -> Rest:
    keys = list(rows.order_by(path).values_list(path, flat=True))
    return Rest(subject, len(keys), list(dict.fromkeys(keys)))
