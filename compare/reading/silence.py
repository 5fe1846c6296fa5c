"""How often nothing is known, by fact and by kind of empty: counted as a product would say it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from products.models import (
    Certification,
    DosageForm,
    EmptyKind,
    FactNote,
    Product,
    ProductIngredient,
)

FactName = FactNote.FactName


@dataclass(frozen=True)
class Silence:
    """One fact, and for so many products each kind of empty; kinds without any are left out."""

    label: str
    kinds: tuple[tuple[EmptyKind, int], ...]


def _noted(fact: str, kind: str) -> Exists:
    return Exists(FactNote.objects.filter(product=OuterRef("pk"), fact=fact, empty=kind))


def _parts(**lookups: object) -> Exists:
    return Exists(ProductIngredient.objects.filter(product=OuterRef("pk"), **lookups))


_WITHOUT_AMOUNT = {"compound_mg__isnull": True, "elemental_mg__isnull": True}
_BLANK: dict[str, tuple[str, Q]] = {
    FactName.DAILY_SERVINGS: ("Servings a day", Q(daily_servings_low__isnull=True)),
    FactName.ELEMENTAL: ("Magnesium in a serving", Q(elemental_mg_per_serving__isnull=True)),
    FactName.CERTIFICATION: (
        "Third-party test",
        ~Q(Exists(Certification.objects.filter(product=OuterRef("pk")))),
    ),
    FactName.PRICE: ("Price", Q(current_offer__isnull=True)),
}
"""Facts that stand in the product itself, with their words and when they are blank."""
_KINDS = (EmptyKind.NOT_ON_LABEL, EmptyKind.WITHHELD, EmptyKind.DOES_NOT_APPLY)


def read() -> list[Silence]:
    """Facts that are often missing, with their counts. One query."""
    conditions: dict[tuple[str, EmptyKind], Q] = {}
    labels = {fact: label for fact, (label, _) in _BLANK.items()}
    for fact, (_, blank) in _BLANK.items():
        noted = {kind: Q(_noted(fact, kind)) for kind in _KINDS}
        for kind, condition in noted.items():
            conditions[fact, kind] = blank & condition
        unsaid = blank
        for condition in noted.values():
            unsaid &= ~condition
        conditions[fact, EmptyKind.NOT_LOOKED_UP] = unsaid
    labels |= {"blend": "Amount of each form in a blend", "pieces": "Pills for 100 mg"}
    conditions["blend", EmptyKind.WITHHELD] = Q(
        _parts(amounts=EmptyKind.WITHHELD, **_WITHOUT_AMOUNT)
    )
    conditions["pieces", EmptyKind.DOES_NOT_APPLY] = ~Q(dosage_form__in=("", *DosageForm.counted()))
    found = Product.objects.published().aggregate(
        **{
            f"{fact}__{kind}": Count("pk", filter=condition)
            for (fact, kind), condition in conditions.items()
        }
    )
    return [Silence(label, kinds) for fact, label in labels.items() if (kinds := _of(fact, found))]


def _of(fact: str, found: dict[str, int]) -> tuple[tuple[EmptyKind, int], ...]:
    counted = ((kind, found.get(f"{fact}__{kind}", 0)) for kind in EmptyKind)
    return tuple((kind, number) for kind, number in counted if number)
