"""Products and findings that show what the site shows: by query, the same for the same facts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from compare.charts.part import Part, part
from products.models import (
    Finding,
    LabelCheck,
    MagnesiumForm,
    Product,
    ProductIngredient,
    Source,
    Species,
    Status,
)
from products.rules.cost import FIRST_CURRENCY

PURE = (LabelCheck.ADDS_UP, LabelCheck.TIGHT)
_ANIMALS = (Species.RAT, Species.MOUSE)


def of_one_form() -> QuerySet[Product]:
    """Published products that hold one magnesium form and nothing else that acts."""
    parts = ProductIngredient.objects.filter(product=OuterRef("pk"))
    several = parts.values("product").annotate(n=Count("pk")).filter(n__gt=1)
    rows: QuerySet[Product] = Product.objects.published().filter(combined_with="")
    return rows.filter(Exists(parts)).filter(~Exists(several))


def one_of_each_form(most: int) -> list[Product]:
    """A well-known product of each of the first forms: dose, pack and price known. Five queries.

    Of several the one with the most ratings behind it, then one whose label states a day.
    """
    complete = (
        of_one_form()
        .filter(
            elemental_mg_per_serving__isnull=False,
            serving_units__isnull=False,
            price_per_100_mg__isnull=False,
            price_currency=FIRST_CURRENCY,
            ingredients__form=OuterRef("pk"),
        )
        .annotate(rated=Max("ratings__count"))
        .order_by(
            F("rated").desc(nulls_last=True),
            F("daily_servings_low").asc(nulls_last=True),
            "brand__name",
            "pk",
        )
    )
    forms = (
        MagnesiumForm.objects.published()
        .filter(is_catch_all=False)
        .annotate(example=Subquery(complete.values("pk")[:1]))
        .exclude(example=None)
    )
    keys = list(forms.values_list("example", flat=True)[:most])
    rows = Product.objects.for_list().select_related("source")
    chosen = rows.prefetch_related("fact_notes__source").filter(pk__in=keys)
    found = {product.pk: product for product in chosen}
    return [found[key] for key in keys]


@dataclass(frozen=True)
class Masses:
    """A product with two masses of its serving, and the drawing of one beside the other."""

    product: Product
    form: MagnesiumForm
    elemental: Decimal
    compound: Decimal
    most: Decimal
    part: Part

    @property
    def source(self) -> Source:
        return self.product.source


def salt_in_the_name() -> Masses | None:
    """A label that is true and carries the mass of the salt in its name. Two queries."""
    whole = Cast(Cast("compound", IntegerField()), CharField())
    rows = (
        _with_compound()
        .filter(label_check__in=PURE, name__contains=Concat(whole, Value(" mg")))
        .filter(elemental_mg_per_serving__lt=F("compound"))
    )
    product = _first(rows, F("compound") / F("elemental_mg_per_serving"))
    return _masses(product, "compound") if product else None


def cannot_be_pure() -> Masses | None:
    """The label that claims most against what its compound can hold. Two queries.

    One that gives the same mass as magnesium and as compound is left out: its two columns are one.
    """
    rows = (
        _with_compound()
        .filter(label_check=LabelCheck.CANNOT_BE_PURE, label_capacity_mg__gt=0)
        .exclude(elemental_mg_per_serving=F("compound"))
    )
    product = _first(rows, F("elemental_mg_per_serving") / F("label_capacity_mg"))
    return _masses(product, "most") if product else None


def _with_compound() -> QuerySet[Any]:
    """Labels that state the compound, in sum or for their only form, beside the magnesium."""
    rows: QuerySet[Any] = (
        of_one_form()
        .annotate(compound=Coalesce("label_compound_mg", "ingredients__compound_mg"))
        .filter(compound__gt=0, elemental_mg_per_serving__gt=0)
    )
    return rows


def _first(rows: QuerySet[Any], most: Any) -> Any:
    return (
        rows.select_related("brand", "source")
        .prefetch_related("ingredients__form")
        .order_by(most.desc(), "brand__name", "pk")
        .first()
    )


def _masses(product: Any, of: str) -> Masses:
    form = product.ingredients.all()[0].form
    most = product.label_capacity_mg or product.compound
    elemental = product.elemental_mg_per_serving
    drawn = part(elemental, product.compound if of == "compound" else most)
    return Masses(product, form, elemental, product.compound, most, drawn)


def only_in_animals() -> Finding | None:
    """A result in animals for which nobody has measured the same in people who took that form. One query."""
    in_people = Finding.objects.published().filter(
        form=OuterRef("form"), measure=OuterRef("measure"), species=Species.HUMAN
    )
    found: Finding | None = (
        Finding.objects.published()
        .filter(
            species__in=_ANIMALS,
            direction=Finding.Direction.HIGHER,
            form__status=Status.PUBLISHED,
            form__is_catch_all=False,
        )
        .filter(~Exists(in_people))
        .select_related("form", "source")
        .order_by("form__position", "key")
        .first()
    )
    return found
