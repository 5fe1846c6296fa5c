"""Recommended intakes and upper levels."""

from django.contrib import admin

from products.admin.base import FactAdmin
from products.models import ReferenceIntake, UpperLevel


class IntakeAdmin(FactAdmin):
    """Base of both tables: the same people, another amount."""

    list_select_related = ["source"]
    search_fields = ["issued_by", "source__key"]
    search_help_text = "Code of the issuing body or source key"
    autocomplete_fields = ["source"]


@admin.register(ReferenceIntake)
class ReferenceIntakeAdmin(IntakeAdmin):
    list_display = [
        "authority",
        "kind",
        "life_stage",
        "sex",
        "age_from_years",
        "age_to_years",
        "amount_mg",
        "source",
    ]
    list_filter = ["authority", "kind", "life_stage", "sex", "verified"]
    fieldsets = [
        (None, {"fields": [("authority", "issued_by"), "kind", "amount_mg"]}),
        ("For whom", {"fields": ["life_stage", "sex", ("age_from_years", "age_to_years")]}),
        ("Where this comes from", {"fields": ["source", "verified", "url_seen"]}),
    ]


@admin.register(UpperLevel)
class UpperLevelAdmin(IntakeAdmin):
    list_display = [
        "authority",
        "kind",
        "applies_to",
        "life_stage",
        "age_from_years",
        "age_to_years",
        "amount_mg",
        "source",
    ]
    list_filter = ["authority", "kind", "applies_to", "life_stage", "verified"]
    fieldsets = [
        (None, {"fields": [("authority", "issued_by"), ("kind", "applies_to"), "amount_mg"]}),
        ("For whom", {"fields": ["life_stage", ("age_from_years", "age_to_years")]}),
        ("Where this comes from", {"fields": ["basis", "source", "verified", "url_seen"]}),
    ]
