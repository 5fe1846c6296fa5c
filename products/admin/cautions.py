"""Medicines, conditions and side effects."""

from django.contrib import admin

from products.admin.base import FactAdmin
from products.admin.evidence import ORIGIN
from products.models import Caution, Interaction, SideEffect


class FactOfFormAdmin(FactAdmin):
    """Base of what holds for one form, or for any."""

    list_select_related = ["form", "source"]
    autocomplete_fields = ["form", "source"]


@admin.register(Interaction)
class InteractionAdmin(FactOfFormAdmin):
    list_display = ["medicine_class", "form", "action", "hours", "severity", "effect", "source"]
    list_filter = ["action", "severity", "effect", "verified", "form"]
    search_fields = ["key", "medicine_class", "examples", "source__key"]
    search_help_text = "Medicine, substance, key or source key"
    fieldsets = [
        (None, {"fields": [("key", "code"), "medicine_class", "examples", "form"]}),
        ("What happens", {"fields": [("effect", "severity"), "mechanism"]}),
        (
            "What to do",
            {"fields": ["action", "what_to_do", ("hours_before", "hours_after")]},
        ),
        ORIGIN,
    ]

    @admin.display(description="hours before / after")
    def hours(self, row: Interaction) -> str:
        if row.hours_before is None or row.hours_after is None:
            return "–"
        return f"{row.hours_before} / {row.hours_after}"


@admin.register(Caution)
class CautionAdmin(FactOfFormAdmin):
    list_display = ["condition", "form", "severity", "what_to_do", "verified", "source"]
    list_filter = ["severity", "verified", "form"]
    search_fields = ["key", "condition", "synonyms", "who", "source__key"]
    search_help_text = "Condition, other name, key or source key"
    fieldsets = [
        (None, {"fields": [("key", "code"), "condition", "synonyms", "who", "form"]}),
        ("What to do", {"fields": ["severity", "what_to_do", "why"]}),
        ORIGIN,
    ]


@admin.register(SideEffect)
class SideEffectAdmin(FactOfFormAdmin):
    list_display = ["effect", "form", "how_common", "in_first_week", "is_emergency", "source"]
    list_filter = ["in_first_week", "is_emergency", "verified", "form"]
    search_fields = ["key", "effect", "advice", "source__key"]
    search_help_text = "Effect, advice, key or source key"
    fieldsets = [
        (None, {"fields": ["key", "effect", "form", ("in_first_week", "is_emergency")]}),
        ("How common", {"fields": ["how_common", ("rate_percent", "dose_elemental_mg")]}),
        ("What helps", {"fields": ["advice"]}),
        ORIGIN,
    ]
