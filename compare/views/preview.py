"""What a visitor would see of a record that is not published yet, for those who work on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from compare.reading.form import with_parts
from compare.views.reading import form_page, product_page
from compare.views.safety import never_kept
from compare.views.uses import use_page
from products.models import Product, Use, previewing


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a product of any status."""
    return _previewed(request, Product.objects.for_detail, slug, product_page)


@require_safe
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a magnesium form of any status."""
    return _previewed(request, with_parts, slug, form_page)


@require_safe
def use(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a use of any status."""
    return _previewed(request, Use.objects.all, slug, use_page)


def _previewed(
    request: HttpRequest,
    rows: Callable[[], QuerySet[Any]],
    slug: str,
    page: Callable[..., HttpResponse],
) -> HttpResponse:
    """The public page itself, with the drafts of its parts; 404 for whoever may not see the record."""
    with previewing():
        found = rows()
        permission = f"{found.model._meta.app_label}.view_{found.model._meta.model_name}"
        if not (request.user.is_staff and request.user.has_perm(permission)):
            raise Http404
        row = get_object_or_404(found, slug=slug)
        return never_kept(page(request, row, preview=row.get_status_display()))
