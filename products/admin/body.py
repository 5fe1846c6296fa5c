"""What magnesium does, what a lack looks like, and foods that bring it."""

from django.contrib import admin

from products.admin.base import FactAdmin
from products.admin.evidence import ORIGIN
from products.models import BodyFunction, DeficiencySign, FoodSource


@admin.register(DeficiencySign)
class DeficiencySignAdmin(FactAdmin):
    list_display = ["sign", "stage", "body_system", "verified", "source"]
    list_filter = ["stage", "body_system", "verified"]
    list_select_related = ["source"]
    search_fields = ["sign", "body_system", "source__key"]
    search_help_text = "Sign, part of the body or source key"
    autocomplete_fields = ["source"]
    fieldsets = [(None, {"fields": ["sign", ("stage", "body_system")]}), ORIGIN]


@admin.register(BodyFunction)
class BodyFunctionAdmin(FactAdmin):
    list_display = ["name", "detail", "position", "verified", "source"]
    list_filter = ["verified"]
    list_select_related = ["source"]
    search_fields = ["name", "detail", "source__key"]
    search_help_text = "Name, words or source key"
    autocomplete_fields = ["source"]
    fieldsets = [(None, {"fields": [("name", "position"), "detail"]}), ORIGIN]


@admin.register(FoodSource)
class FoodSourceAdmin(FactAdmin):
    list_display = ["food", "serving", "magnesium_mg", "verified", "source"]
    list_filter = ["verified", "source"]
    list_select_related = ["source"]
    search_fields = ["food", "serving", "source__key"]
    search_help_text = "Food, serving or source key"
    autocomplete_fields = ["source"]
    fieldsets = [(None, {"fields": [("food", "serving"), "magnesium_mg"]}), ORIGIN]
