"""The list of products as it is written with django-filter: what `rivals.py` holds the page against.

Both ways have the filters, orders, facets and rows of the real page. *Tuned*: one aggregate a facet on
keys where that spares a join, related rows fetched with the page. *Typical*: joins with `distinct`, a
count for each choice, related rows read as the template comes to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.template import engines
from django.template.response import TemplateResponse

from compare.asking import UNKNOWN
from compare.facets import PRODUCT_FACETS
from compare.facets.registry import RangeFacet
from compare.filters import DIETS, DOLLARS, PRICE_RANK, ProductFilter, speaking_evidence
from compare.paging import PER_PAGE
from products.models import Brand, Certification, MagnesiumForm, Product, ProductIngredient

Counts = dict[str, int]
COLUMNS = ("dosage_form", "bioavailability", "laxative", "label_check")
BARS = {facet.key: facet for facet in PRODUCT_FACETS if isinstance(facet, RangeFacet)}
ENDS = {"elemental": "elemental_mg_per_serving", "price": "price_per_100_mg"}
BRANDS_SHOWN = 12
ORDERS: dict[str, tuple[Any, ...]] = {
    "brand": ("brand__name", "name"),
    "name": ("name", "brand__name"),
    "price_per_100_mg": (PRICE_RANK, "price_currency", "price_per_100_mg"),
    "pills": (F("units_per_100_mg").asc(nulls_last=True),),
    "elemental": (F("elemental_mg_per_serving").asc(nulls_last=True), "brand__name"),
    "-elemental": (F("elemental_mg_per_serving").desc(nulls_last=True), "brand__name"),
}


def named() -> QuerySet[Certification]:
    return Certification.objects.exclude(state=Certification.State.NOT_FOUND).order_by()


class AnyOf(django_filters.MultipleChoiceFilter):
    """Any of the values chosen; `condition` says what finds them, `unknown` what has none."""

    def __init__(
        self, key: str, condition: Callable[[list[str]], Q], unknown: Q | None = None
    ) -> None:
        super().__init__(choices=lambda: ProductFilter.base_filters[key].vocabulary.items())
        self._condition, self._unknown = condition, unknown

    def filter(self, rows: QuerySet[Product], chosen: list[str]) -> QuerySet[Product]:
        if not chosen:
            return rows
        found = self._condition([value for value in chosen if value != UNKNOWN])
        if UNKNOWN in chosen and self._unknown is not None:
            found |= self._unknown
        return rows.filter(found)


def by_column(column: str) -> AnyOf:
    return AnyOf(column, lambda chosen: Q(**{f"{column}__in": chosen}), Q(**{column: ""}))


def any_diet(chosen: list[str]) -> Q:
    return Q(*((diet, True) for diet in chosen), _connector=Q.OR) if chosen else Q(pk__in=[])


class TunedList(django_filters.FilterSet):
    """Filters by sub-queries on keys, so that no row is met twice."""

    related: ClassVar[bool] = True
    """Related rows are fetched with the page."""
    distinct: ClassVar[bool] = False
    """Filters may meet a row twice."""

    form = AnyOf(
        "form",
        lambda chosen: Q(
            pk__in=ProductIngredient.objects.filter(form__slug__in=chosen).values("product")
        ),
        Q(ingredients__isnull=True),
    )
    dosage_form = by_column("dosage_form")
    bioavailability = by_column("bioavailability")
    laxative = by_column("laxative")
    label_check = by_column("label_check")
    use = AnyOf(
        "use",
        lambda chosen: Q(
            pk__in=ProductIngredient.objects.filter(
                form__in=speaking_evidence().filter(use__slug__in=chosen).values("form")
            ).values("product")
        ),
    )
    certification = AnyOf(
        "certification",
        lambda chosen: Q(pk__in=named().filter(body__in=chosen).values("product")),
        ~Q(pk__in=named().values("product")),
    )
    diet = AnyOf("diet", any_diet, Q(**{f"{diet}__isnull": True for diet in DIETS}))
    brand = AnyOf("brand", lambda chosen: Q(brand__in=list(Brand.objects.filter(slug__in=chosen))))
    elemental_min = django_filters.NumberFilter("elemental_mg_per_serving", "gte")
    elemental_max = django_filters.NumberFilter("elemental_mg_per_serving", "lte")
    price_min = django_filters.NumberFilter(method="from_price")
    price_max = django_filters.NumberFilter(method="to_price")

    def from_price(self, rows: QuerySet[Product], _: str, value: Any) -> QuerySet[Product]:
        return rows.filter(price_currency=DOLLARS, price_per_100_mg__gte=value)

    def to_price(self, rows: QuerySet[Product], _: str, value: Any) -> QuerySet[Product]:
        return rows.filter(price_currency=DOLLARS, price_per_100_mg__lte=value)

    def leaving_out(self, *names: str) -> QuerySet[Product]:
        """The rows that all filters but some let through."""
        rows: QuerySet[Product] = self.queryset.order_by()
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                rows = self.filters[name].filter(rows, value)
        return rows

    @cached_property
    def page(self) -> Page[Product]:
        rows = self.leaving_out().order_by(*ORDERS[self.data.get("sort", "brand")], "pk")
        if self.related:
            rows = rows.select_related("brand", "current_offer")
            rows = rows.prefetch_related("ingredients__form")
        return Paginator(rows, PER_PAGE).get_page(self.data.get("page"))

    @cached_property
    def counts(self) -> dict[str, Counts]:
        """Rows behind each value of each facet, which ignores its own selection."""
        return {
            "form": self.forms(self.leaving_out("form")),
            **{key: self.bars(self.leaving_out(f"{key}_min", f"{key}_max"), key) for key in ENDS},
            **{column: self.column(self.leaving_out(column), column) for column in COLUMNS},
            "use": self.uses(self.leaving_out("use")),
            "certification": self.certifications(self.leaving_out("certification")),
            "diet": self.diets(self.leaving_out("diet")),
            "brand": self.brands(self.leaving_out("brand")),
        }

    def count(self) -> Count:
        return Count("pk", distinct=self.distinct)

    def forms(self, rows: QuerySet[Product]) -> Counts:
        slugs = dict(MagnesiumForm.objects.order_by().values_list("pk", "slug"))
        parts = ProductIngredient.objects.order_by().filter(product__in=rows.values("pk"))
        found = {slugs[pk]: n for pk, n in parts.values_list("form").annotate(n=Count("pk"))}
        return {**found, UNKNOWN: rows.filter(ingredients__isnull=True).count()}

    def bars(self, rows: QuerySet[Product], key: str) -> Counts:
        facet, column = BARS[key], ENDS[key]
        bar = Case(
            When(~facet.known | Q(**{f"{column}__isnull": True}), then=Value(UNKNOWN)),
            *(
                When(**{f"{column}__lt": edge}, then=Value(str(place)))
                for place, edge in enumerate(facet.edges[1:])
            ),
            default=Value(str(len(facet.edges) - 1)),
            output_field=CharField(),
        )
        return grouped(rows.annotate(bar=bar).values_list("bar").annotate(n=self.count()))

    def column(self, rows: QuerySet[Product], column: str) -> Counts:
        return grouped(rows.values_list(column).annotate(n=self.count()))

    def uses(self, rows: QuerySet[Product]) -> Counts:
        """One pass over the ingredients: which forms were tested for a use is a small table."""
        tested: defaultdict[str, set[int]] = defaultdict(set)
        for use, form in speaking_evidence().order_by().values_list("use__slug", "form"):
            tested[use].add(form)
        parts = ProductIngredient.objects.order_by().filter(product__in=rows.values("pk"))
        return parts.aggregate(
            **{
                use: Count("product", distinct=True, filter=Q(form__in=forms))
                for use, forms in tested.items()
            }
        )

    def certifications(self, rows: QuerySet[Product]) -> Counts:
        given = named().filter(product__in=rows.values("pk"))
        found = dict(given.values_list("body").annotate(n=Count("pk")))
        return {**found, UNKNOWN: rows.exclude(pk__in=named().values("product")).count()}

    def diets(self, rows: QuerySet[Product]) -> Counts:
        none = Q(**{f"{diet}__isnull": True for diet in DIETS})
        found = rows.aggregate(
            **{f"n_{diet}": Count("pk", filter=Q(**{diet: True})) for diet in DIETS},
            n_unknown=Count("pk", filter=none),
        )
        return {key.removeprefix("n_"): n for key, n in found.items()}

    def brands(self, rows: QuerySet[Product]) -> Counts:
        found = rows.values_list("brand__slug").annotate(n=self.count())
        return dict(found.order_by("-n", "brand__slug"))


class TypicalList(TunedList):
    """The same answers by a count for each choice."""

    related, distinct = False, True

    form = AnyOf(
        "form",
        lambda chosen: Q(ingredients__form__slug__in=chosen),
        Q(ingredients__isnull=True),
    )

    def leaving_out(self, *names: str) -> QuerySet[Product]:
        return super().leaving_out(*names).distinct()

    def forms(self, rows: QuerySet[Product]) -> Counts:
        return self.each(rows, "form")

    def column(self, rows: QuerySet[Product], column: str) -> Counts:
        return self.each(rows, column)

    def uses(self, rows: QuerySet[Product]) -> Counts:
        return self.each(rows, "use")

    def certifications(self, rows: QuerySet[Product]) -> Counts:
        return self.each(rows, "certification")

    def diets(self, rows: QuerySet[Product]) -> Counts:
        return self.each(rows, "diet")

    def each(self, rows: QuerySet[Product], key: str) -> Counts:
        filter_ = self.filters[key]
        return {value: filter_.filter(rows, [value]).count() for value, _ in filter_.field.choices}


def grouped(pairs: Iterable[tuple[str, int]]) -> Counts:
    return {value or UNKNOWN: n for value, n in pairs}


TEMPLATE = Path(__file__).with_suffix(".html")


def view_of(kind: type[TunedList]) -> Callable[[HttpRequest], TemplateResponse]:
    """A view of the list. Private, or the next one would be a kept answer."""
    template = engines["django"].from_string(TEMPLATE.read_text())

    def products(request: HttpRequest) -> TemplateResponse:
        asked = kind(request.GET, Product.objects.published())
        asked.form.full_clean()
        context = {"asked": asked, "facets": boxes(asked), "page": asked.page}
        return TemplateResponse(request, template, context, headers={"Cache-Control": "private"})

    return products


def boxes(asked: TunedList) -> list[tuple[str, list[tuple[str, int, bool]]]]:
    """Facets as the template shows them: value, rows, whether it is chosen."""
    found = []
    for key, counts in asked.counts.items():
        chosen = asked.data.getlist(key)
        values = list(counts.items())
        if key == "brand":
            values = values[:BRANDS_SHOWN] + [
                one for one in values[BRANDS_SHOWN:] if one[0] in chosen
            ]
        found.append((key, [(value, n, value in chosen) for value, n in values]))
    return found
