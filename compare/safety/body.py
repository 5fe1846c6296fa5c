"""What a lack looks like, what magnesium does, and foods beside what a capsule gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from products.models import DeficiencySign, DosageForm, FoodSource, Product, Source, Status
from products.rules.units import rounded

CAPSULES_FROM = 3
"""Fewer products make no usual amount of a form."""
MOST_CAPSULES = 4
LONGEST = 160


@dataclass(frozen=True)
class SignGroup:
    """Signs of one part of the body."""

    system: str
    rows: tuple[DeficiencySign, ...]


@dataclass(frozen=True)
class Stage:
    """Signs of one stage, by part of the body, and the sources that tell of them."""

    code: str
    label: str
    groups: tuple[SignGroup, ...]
    sources: tuple[Source, ...]


def stages(rows: Iterable[DeficiencySign]) -> list[Stage]:
    """Early, severe, and those of which no stage is told."""
    rows = list(rows)
    found = []
    for stage in DeficiencySign.Stage:
        own = [row for row in rows if row.stage == stage]
        systems: defaultdict[str, list[DeficiencySign]] = defaultdict(list)
        for row in own:
            systems[row.body_system].append(row)
        groups = tuple(SignGroup(name, tuple(some)) for name, some in sorted(systems.items()))
        sources = tuple(dict.fromkeys(row.source for row in own))
        if own:
            found.append(Stage(stage.value, str(stage.label), groups, sources))
    return found


@dataclass(frozen=True)
class Bar:
    """A length beside the longest one; see `templates/charts/share_bar.html`."""

    width: Decimal
    share_width: Decimal


@dataclass(frozen=True)
class Portion:
    """A food, or one capsule of a form: `products` of them were counted.

    A form without a page has no slug here.
    """

    name: str
    serving: str
    mg: Decimal
    bar: Bar
    food: FoodSource | None = None
    form_slug: str = ""
    products: int = 0


def portions(foods: Iterable[FoodSource]) -> list[Portion]:
    """Foods and capsules in one list, the richest first. One query, for the capsules."""
    rows: list[tuple[str, str, Decimal, FoodSource | None, str, int]] = [
        (food.food, food.serving, food.magnesium_mg, food, "", 0) for food in foods
    ]
    rows += [(name, "1 capsule", mg, None, slug, n) for name, slug, mg, n in _capsules()]
    most = max((mg for _, _, mg, _, _, _ in rows), default=Decimal(1))
    rows.sort(key=lambda row: (-row[2], row[0]))
    return [
        Portion(name, serving, mg, _bar(mg, most), food, slug, n)
        for name, serving, mg, food, slug, n in rows
    ]


def _bar(mg: Decimal, most: Decimal) -> Bar:
    return Bar(Decimal(LONGEST), rounded(LONGEST * mg / most, 1))


def _capsules() -> list[tuple[str, str, Decimal, int]]:
    """The median mg in one capsule of the forms that most products of a single form are made of."""
    products = (
        Product.objects.published()
        .filter(
            dosage_form=DosageForm.CAPSULE,
            serving_measure="",
            elemental_mg_per_serving__isnull=False,
            serving_units__isnull=False,
        )
        .values_list(
            "pk",
            "ingredients__form__short_name",
            "ingredients__form__slug",
            "ingredients__form__status",
            "elemental_mg_per_serving",
            "serving_units",
        )
        .order_by("pk")
    )
    forms: defaultdict[int, list[tuple[str, str, Decimal]]] = defaultdict(list)
    for key, name, slug, status, mg, units in products:
        forms[key].append((name, slug if status == Status.PUBLISHED else "", mg / units))
    amounts: defaultdict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for own in forms.values():
        if len(own) == 1 and own[0][0]:
            name, slug, mg = own[0]
            amounts[name, slug].append(mg)
    common = sorted(amounts.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        (name, slug, Decimal(median(some)), len(some))
        for (name, slug), some in common[:MOST_CAPSULES]
        if len(some) >= CAPSULES_FROM
    ]
