"""The magnesium forms, of which there are some thirty: read once a state of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compare.kept import kept
from products.models import MagnesiumForm, Product
from products.models.reviewed import published_parts


@kept
def known_forms() -> Mapping[int, MagnesiumForm]:
    """All forms by key, with their sources and the published studies of them. Three queries."""
    studies = published_parts(MagnesiumForm, "evidence", "use", "source", "form")
    return MagnesiumForm.objects.prefetch_related("sources", studies).in_bulk()


def with_forms(products: Iterable[Product]) -> None:
    """Give products, whose ingredients were fetched, the known forms that these are of."""
    forms = known_forms()
    for product in products:
        for part in product.ingredients.all():
            if part.form_id in forms:  # else it came a moment ago, and is read when asked for
                part.form = forms[part.form_id]
