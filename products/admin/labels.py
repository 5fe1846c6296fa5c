"""Brands, products and what is certified of them."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from products.admin import working
from products.admin.base import FactAdmin, PartInline
from products.admin.duplicating import Duplicating
from products.admin.evidence import ClaimInline
from products.admin.filters import LeftFilter
from products.admin.judging import JudgementInline
from products.admin.lines import LineEntry
from products.admin.market import OfferInline, RatingInline
from products.admin.vetting import IngredientInline, ProductForm, VettedAdmin
from products.models import Brand, Certification, FactNote, Product
from products.models.labels import ProductQuerySet
from products.rules import gtin


@admin.register(Brand)
class BrandAdmin(FactAdmin):
    list_display = ["name", "slug", "website"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "website"]


class CertificationInline(PartInline):
    model = Certification
    fields = ["body", "state", "register_url", "source"]
    autocomplete_fields = ["source"]


class FactNoteInline(PartInline):
    model = FactNote
    fields = ["fact", "empty", "note", "source"]
    autocomplete_fields = ["source"]
    verbose_name = "note on a fact"
    verbose_name_plural = "what the label leaves open, and facts with a source of their own"


WHAT_FOLLOWS: tuple[str, Any] = (
    "What follows",
    {
        "fields": [("per_serving", "per_day", "price"), "label_check_working", "review"],
        "description": "Elemental magnesium and its price, worked out whenever this is saved.",
    },
)


@admin.register(Product)
class ProductAdmin(Duplicating, LineEntry, VettedAdmin):
    form = ProductForm
    list_display = [
        "name",
        "brand",
        "status",
        "forms",
        "per_serving",
        "price",
        "enter",
        "left",
        "label_check",
        "per_day",
        "checked_on",
    ]
    list_filter = [
        "status",
        "label_check",
        "dosage_form",
        "verified",
        "is_medicine",
        "is_laxative",
        "market",
        "ingredients__form",
        LeftFilter,
    ]
    list_select_related = ["brand"]
    search_fields = ["name", "brand__name", "slug", "gtin", "=dsld_id", "=other_identifier"]
    search_help_text = "Name, brand, barcode or DSLD id"
    date_hierarchy = "checked_on"
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["brand", "source"]
    readonly_fields = ["per_serving", "per_day", "price", "label_check_working", "review"]
    inlines = [
        IngredientInline,
        FactNoteInline,
        OfferInline,
        RatingInline,
        CertificationInline,
        ClaimInline,
        JudgementInline,
    ]
    fieldsets = [
        (
            "What it is",
            {
                "fields": [
                    ("brand", "name"),
                    ("slug", "status"),
                    ("source", "verified"),
                    ("dosage_form", "market", "checked_on"),
                ]
            },
        ),
        ("Serving", {"fields": [("serving_units", "serving_measure"), "servings_per_container"]}),
        (
            "Supplement Facts",
            {
                "fields": [
                    ("label_elemental_mg", "label_compound_mg"),
                    ("daily_value_percent", "label_year"),
                ],
                "classes": ["ingredients-follow"],
            },
        ),
        ("Pack", {"fields": [("container_units", "container_measure")]}),
        (
            "How to take it",
            {"fields": [("daily_servings_low", "daily_servings_high"), "directions", "with_food"]},
        ),
        (
            "What else is in it",
            {
                "fields": [
                    ("other_ingredients", "allergens"),
                    ("vegan", "vegetarian", "gluten_free", "non_gmo"),
                ]
            },
        ),
        ("Identifiers", {"fields": [("gtin", "dsld_id", "other_identifier")]}),
        (
            "What to mind",
            {
                "fields": [
                    "combined_with",
                    "is_medicine",
                    "is_laxative",
                    "flags",
                    "editor_note",
                ]
            },
        ),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nothing follows from a product that is not there yet."""
        fieldsets = list(super().get_fieldsets(request, obj))
        return fieldsets if obj is None else [*fieldsets, WHAT_FOLLOWS]

    def get_queryset(self, request: HttpRequest) -> ProductQuerySet:
        # Declared as any QuerySet; it is the manager's own.
        return cast(ProductQuerySet, super().get_queryset(request)).for_list()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """A barcode is looked for as it is printed, with its spaces and hyphens."""
        code = gtin.normalised(search_term)
        return super().get_search_results(
            request, queryset, code if code.isascii() and code.isdigit() else search_term
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if (product := kwargs.get("obj")) is not None:
            context["completeness"] = working.completeness(product)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="forms")
    def forms(self, product: Product) -> str:
        return ", ".join(part.form.short_name for part in product.ingredients.all()) or "–"

    @admin.display(description="per serving", ordering="elemental_mg_per_serving")
    def per_serving(self, product: Product) -> str:
        return working.mg(product.elemental_mg_per_serving)

    @admin.display(description="per day", ordering="elemental_mg_per_day_high")
    def per_day(self, product: Product) -> str:
        return working.mg_range(product.elemental_mg_per_day_low, product.elemental_mg_per_day_high)

    @admin.display(description="per 100 mg", ordering="price_per_100_mg")
    def price(self, product: Product) -> str:
        return working.price(product)

    @admin.display(description="left to do", ordering="things_left")
    def left(self, product: Product) -> str:
        return working.left(product)

    @admin.display(description="label check")
    def label_check_working(self, product: Product) -> str:
        return working.label_check(product)

    @admin.display(description="facts of a review")
    def review(self, product: Product) -> SafeString:
        """Too many for lines on this page, so they have a list of their own; one query."""
        return format_html(
            "<a href='{}?product__id__exact={}'>{} facts</a>",
            reverse("admin:products_reviewfact_changelist"),
            product.pk,
            product.review_facts.count(),
        )


@admin.register(Certification)
class CertificationAdmin(FactAdmin):
    list_display = ["product", "body", "state", "register_url", "source"]
    list_filter = ["state", "body"]
    list_select_related = ["product__brand", "source"]
    search_fields = ["product__name", "product__brand__name", "body", "source__key"]
    search_help_text = "Product, brand, body or source key"
    autocomplete_fields = ["product", "source"]
    fields = ["product", "body", "state", "register_url", "source"]
