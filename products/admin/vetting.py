"""The form of a product: its label is looked at as a whole before anything is saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from products.admin.base import PartInline
from products.admin.editing import FactForm, PlainFigures
from products.models import Product, ProductIngredient
from products.models.vetting import vet_label
from products.rules import gtin

INGREDIENT_FIELDS = ["form", "compound_mg", "elemental_mg", "amounts", "as_printed", "position"]

IngredientFormSet = forms.inlineformset_factory(
    Product, ProductIngredient, form=PlainFigures, fields=INGREDIENT_FIELDS
)


class IngredientInline(PartInline):
    model = ProductIngredient
    fields = [*INGREDIENT_FIELDS]
    autocomplete_fields = ["form"]
    extra = 1
    verbose_name = "magnesium form"
    verbose_name_plural = "magnesium forms in one serving"


class GtinField(forms.CharField):
    """A barcode as it is typed or pasted: spaces and hyphens go before its length is measured."""

    def to_python(self, value: Any) -> str:
        return gtin.normalised(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "maxlength": "40", "inputmode": "numeric"}


class ProductForm(FactForm):
    """Vets the label with its ingredients as they were entered, before any of it is saved."""

    class Meta:
        field_classes = {"gtin": GtinField}

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            self._vet()

    def _vet(self) -> None:
        # Read a second time here: the page checks its parts after this form, too late for a message
        # at one of its fields. A part that is wrong by itself is told at its own line first.
        entered = IngredientFormSet(self.data, instance=self.instance, prefix="ingredients")
        if not entered.is_valid():
            return
        parts = [
            form.instance
            for form in entered.forms
            if form.cleaned_data.get("form") and not form.cleaned_data.get("DELETE")
        ]
        try:
            vet_label(self.instance, parts)
        except ValidationError as refused:
            self.add_error(None, refused)
