"""A product as a new one: most of a second pack size is as in the first."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from products.changes import recording
from products.models import ChangeSet, Claim, FactNote, Product, ProductIngredient, Status

OF_ONE_PACK = {
    "gtin": "",
    "dsld_id": "",
    "other_identifier": "",
    "current_offer": None,
    "revision": 1,
    "status": Status.DRAFT,
}
"""What a copy begins with: identifiers name one pack, and prices and ratings are of one."""
PARTS: list[Any] = [ProductIngredient, FactNote, Claim]
LEFT_OUT = {FactNote.FactName.PRICE, FactNote.FactName.RATING, FactNote.FactName.CERTIFICATION}


class Duplicating(ModelAdmin):
    """Adds the address that copies a product and opens the copy."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.duplicate)
        own = path("<int:pk>/duplicate/", view, name="products_product_duplicate")
        return [own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if context.get("original"):
            key = context["original"].pk
            context["duplicate_url"] = reverse("admin:products_product_duplicate", args=[key])
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_POST)
    def duplicate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Copy a product with its ingredients, notes and claims into a draft, and open that."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        original = get_object_or_404(Product, pk=pk)
        reason = f"copied from {original.slug}"
        with recording(by=request.user, reason=reason, kind=ChangeSet.Kind.DESK):
            copy = copied(original)
        self.log_addition(request, copy, reason)
        say = _("This is a draft copied from %s. Prices, ratings and identifiers were left out.")
        self.message_user(request, say % original, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:products_product_change", args=[copy.pk]))


def copied(original: Product) -> Product:
    """A new draft; to be called within a recording."""
    copy = _row(original, **OF_ONE_PACK)
    copy.slug, copy.name = _free_names(original)
    copy.save()
    for model in PARTS:
        for part in model._default_manager.filter(product=original):
            if getattr(part, "fact", None) not in LEFT_OUT:
                _row(part, product=copy).save()
    return copy


def _row(row: Any, **values: Any) -> Any:
    """The row once more, not saved."""
    columns = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**columns | values)


def _free_names(original: Product) -> tuple[str, str]:
    """The first slug and name of a copy that nothing has yet."""
    for number in count(1):
        slug_end, name_end = ("-copy", " (copy)") if number == 1 else (
            f"-copy-{number}", f" (copy {number})"
        )  # fmt: skip
        slug = original.slug[: _longest("slug") - len(slug_end)] + slug_end
        name = original.name[: _longest("name") - len(name_end)] + name_end
        if not Product.objects.filter(slug=slug).exists():
            return slug, name
    raise AssertionError  # numbers do not end


def _longest(column: str) -> int:
    field: Any = Product._meta.get_field(column)
    longest: int = field.max_length
    return longest
