"""A made catalogue of any size, to measure with: for a database that holds nothing real.

Rows come from `benchmark_rows`; what is written goes through the one door, some thousands of
products to a recording, so that memory stays flat however many there are. It has no history: made
rows are no facts that anybody changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from products.changes import recording
from products.importing.benchmark_rows import (
    BRANDS,
    MARK,
    NAMED,
    Drawing,
    brand_rows,
    source_rows,
)
from products.models import Brand, Evidence, MagnesiumForm, Product, Source, Use

BATCH = 5_000
REASON = "make_benchmark_catalogue"
FORMS = {
    # slug: formula, category, bioavailability, laxative; most common first.
    "oxide": ("MgO", "inorganic_salt", "low", "osmotic_laxative"),
    "citrate": ("C12H10Mg3O14", "organic_salt", "high", "marked"),
    "bisglycinate": ("C4H8MgN2O4", "amino_acid_chelate", "moderate", "low"),
    "malate": ("C4H4MgO5", "organic_salt", "moderate", "mild"),
    "l-threonate": ("C8H14MgO10", "organic_salt", "moderate", "low"),
    "taurate": ("C4H12MgN2O6S2", "amino_acid_chelate", "unclear", "low"),
    "chloride": ("MgCl2", "inorganic_salt", "high", "marked"),
    "gluconate": ("C12H22MgO14", "organic_salt", "moderate", "mild"),
    "carbonate": ("MgCO3", "inorganic_salt", "low", "mild"),
    "aspartate": ("C8H12MgN2O8", "amino_acid_chelate", "moderate", "mild"),
    "lactate": ("C6H10MgO6", "organic_salt", "high", "mild"),
    "orotate": ("C10H6MgN4O8", "organic_salt", "unclear", "low"),
    "hydroxide": ("Mg(OH)2", "inorganic_salt", "low", "osmotic_laxative"),
    "sulfate": ("MgSO4", "inorganic_salt", "low", "osmotic_laxative"),
    "amino-acid-chelate": ("", "amino_acid_chelate", "unclear", ""),
    "sucrosomial": ("", "delivery_system", "unclear", ""),
}
USES = ("sleep", "migraine", "constipation", "cramps", "memory", "mood", "blood-pressure", "bones")


class HoldsRealData(Exception):
    """The database has products that were not made here."""


@dataclass(frozen=True)
class Made:
    """How many rows there are now."""

    products: int
    brands: int
    forms: int


def make(number: int, seed: int, progress: Callable[[int], None]) -> Made:
    """Fill the database with so many products; a benchmark catalogue that is there makes room.

    `progress` is told how many products stand already. Raises `HoldsRealData`.
    """
    if Product.objects.exclude(slug__startswith=MARK).exists():
        raise HoldsRealData
    _clear()
    brands = brand_rows(min(BRANDS, max(10, number // 4)))
    sources = source_rows(brands)
    with recording(by=None, reason=REASON, history=False):
        Brand.objects.bulk_create(brands)
        Source.objects.bulk_create(sources)
        if not MagnesiumForm.objects.exists():
            _make_forms(sources[0])
    forms = list(MagnesiumForm.objects.all())
    drawing = Drawing(seed, forms, brands, sources)
    for start in range(0, number, BATCH):
        batch = drawing.batch(min(BATCH, number - start))
        with recording(by=None, reason=REASON, history=False):
            Product.objects.bulk_create(batch.products)
            for model, rows in batch.parts.items():
                model.objects.bulk_create(rows)
        progress(min(start + BATCH, number))
    return Made(number, len(brands), len(forms))


def _make_forms(source: Source) -> None:
    """Forms with real formulas and grades, and uses with a trial of some of them."""
    forms = [
        MagnesiumForm(
            slug=f"{MARK}{slug}",
            name=f"{NAMED} magnesium {_words(slug)}",
            short_name=f"{NAMED} {_words(slug)}",
            position=position,
            formula=formula,
            category=category,
            bioavailability=bioavailability,
            laxative=laxative,
            is_catch_all=not formula,
            summary=f"{NAMED} row: made to measure with, says nothing about magnesium.",
            bioavailability_rationale=f"{NAMED} row.",
            verified="knowledge",
        )
        for position, (slug, (formula, category, bioavailability, laxative)) in enumerate(
            FORMS.items()
        )
    ]
    uses = [
        Use(
            slug=f"{MARK}{slug}",
            name=f"{NAMED} {_words(slug)}",
            position=position,
            group=Use.Group.OTHER,
            question=f"{NAMED}: {_words(slug)}?",
            summary=f"{NAMED} row.",
            certainty="low",
            direction=Use.Overall.MIXED,
        )
        for position, slug in enumerate(USES)
    ]
    MagnesiumForm.objects.bulk_create(forms)
    Use.objects.bulk_create(uses)
    Evidence.objects.bulk_create(
        Evidence(
            key=f"{use.slug}-{n}",
            use=use,
            form=forms[(3 * n + place) % len(forms)],
            source=source,
            design=Source.Kind.RCT,
            species="human",
            outcome=f"{NAMED} outcome",
            direction="mixed",
            certainty="low",
            certainty_reason=f"{NAMED} row.",
            verified="knowledge",
        )
        for place, use in enumerate(uses)
        for n in range(1 + place % 5)
    )


def _words(slug: str) -> str:
    return slug.replace("-", " ")


def _clear() -> None:
    """Take away what an earlier run has made."""
    made = Q(slug__startswith=MARK)
    while keys := list(Product.objects.filter(made).values_list("pk", flat=True)[:BATCH]):
        with recording(by=None, reason=REASON, history=False):
            for start in range(0, len(keys), 500):
                Product.objects.filter(pk__in=keys[start : start + 500]).delete()
    with recording(by=None, reason=REASON, history=False):
        Evidence.objects.filter(key__startswith=MARK).delete()
        for model in (Use, MagnesiumForm, Brand):
            model.objects.filter(made).delete()
        Source.objects.filter(key__startswith=MARK).delete()
