"""Prices and ratings: lists of their own, and lines on the page of a product."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from products.admin.base import FactAdmin, PartInline
from products.models import Offer, RatingSummary


class OfferFormSet(BaseInlineFormSet):
    """Sees two new undated prices of one seller, which the database would refuse: Django compares
    new lines with each other only where all columns are filled."""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            entered = form.cleaned_data if form.is_valid() else {}
            if not entered or entered.get("DELETE") or entered.get("seen_on"):
                continue
            price_tag = (entered.get("seller"), entered.get("currency"))
            if price_tag in seen:
                form.add_error("seen_on", _("Two undated prices of one seller: give the day."))
                raise ValidationError(_("Correct the doubled price."))
            seen.add(price_tag)


class OfferInline(PartInline):
    model = Offer
    formset = OfferFormSet
    fields = ["seller", "price", "currency", "seen_on", "source", "url"]
    autocomplete_fields = ["source"]
    verbose_name = _("price")
    verbose_name_plural = _("where to buy")


class RatingInline(PartInline):
    model = RatingSummary
    fields = ["average", "scale_max", "count", "seen_on", "source"]
    autocomplete_fields = ["source"]
    verbose_name = _("rating")
    verbose_name_plural = _("ratings")


@admin.register(Offer)
class OfferAdmin(FactAdmin):
    list_display = ["product", "seller", "price", "currency", "seen_on", "source"]
    list_filter = ["currency", "seen_on", ("seen_on", admin.EmptyFieldListFilter)]
    list_select_related = ["product__brand", "source"]
    search_fields = ["product__name", "product__brand__name", "seller", "source__key"]
    search_help_text = "Product, brand, seller or source key"
    autocomplete_fields = ["product", "source"]
    date_hierarchy = "seen_on"
    fields = ["product", "seller", ("price", "currency"), "seen_on", "source", "url"]


@admin.register(RatingSummary)
class RatingSummaryAdmin(FactAdmin):
    list_display = ["product", "average", "scale_max", "count", "seen_on", "source"]
    list_filter = ["seen_on", "scale_max"]
    list_select_related = ["product__brand", "source"]
    search_fields = ["product__name", "product__brand__name", "source__key"]
    search_help_text = "Product, brand or source key"
    autocomplete_fields = ["product", "source"]
    date_hierarchy = "seen_on"
    fields = ["product", ("average", "scale_max"), "count", "seen_on", "source"]
