"""What has a similar name, for an address at which nothing is."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from compare import search
from products.models import MagnesiumForm, Product

MOST = 4
SHORTEST = 3
"""Letters of a word that can tell products apart."""
EVERYWHERE = {"magnesium", "capsules", "tablets", "powder"}


@dataclass(frozen=True)
class Near:
    """A page nearby, and what it is."""

    label: str
    url: str
    note: str = ""


def products(slug: str) -> list[Near]:
    """Products whose text holds the longest word of a slug that any holds. Three queries at most."""
    said = [word for word in search.words(slug.replace("-", " ")) if len(word) >= SHORTEST]
    telling = sorted((word for word in said if word not in EVERYWHERE), key=len, reverse=True)
    for word in telling[:3]:
        rows = Product.objects.published().filter(search.matching_products(word))
        found = list(rows.select_related("brand").order_by("brand__name", "name", "pk")[:MOST])
        if found:
            return [Near(one.name, one.get_absolute_url(), one.brand.name) for one in found]
    return []


def forms(slug: str) -> list[Near]:
    """Forms whose slug or another name is spelt alike. One query."""
    by_name: dict[str, MagnesiumForm] = {}
    for form in MagnesiumForm.objects.published():
        for name in (form.slug, form.name, *form.synonym_list, *form.patented_name_list):
            by_name.setdefault(name.casefold().replace(" ", "-"), form)
    close = get_close_matches(slug.casefold()[:100], by_name, n=MOST, cutoff=0.6)
    found = dict.fromkeys(by_name[name] for name in close)
    return [Near(form.name, form.get_absolute_url()) for form in found]
