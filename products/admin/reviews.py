"""The facts of a written review. They are many, so they have a list of their own."""

from django.contrib import admin

from products.admin.base import FactAdmin
from products.models import ReviewFact


@admin.register(ReviewFact)
class ReviewFactAdmin(FactAdmin):
    list_display = ["fact", "value", "unit", "section", "basis", "species", "is_loose", "product"]
    list_filter = ["section", "basis", "is_loose", "species", "verified"]
    list_select_related = ["product__brand"]
    search_fields = ["fact", "value", "note", "product__name", "source__key"]
    search_help_text = "Fact, value, note, product or source key"
    autocomplete_fields = ["product", "source"]
    fieldsets = [
        (None, {"fields": ["product", ("section", "position"), "fact", ("value", "unit")]}),
        (
            "What it rests on",
            {"fields": [("basis", "species"), "is_loose", "note"]},
        ),
        ("Where this comes from", {"fields": ["source", "verified", "url_seen"]}),
    ]
