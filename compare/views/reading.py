"""One product and one magnesium form, to be read from top to bottom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compare.basis import KEYS, Basis
from compare.links import Query
from compare.notes import unknown_keys
from compare.reading import linked_data, near
from compare.reading.form import FormPage, with_parts
from compare.reading.product import ProductPage
from compare.safety.reader import Reader
from compare.views import citing
from compare.views.missing import not_found
from compare.views.safety import private
from products.models import MagnesiumForm, Product


@require_safe
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """The review of one product, each figure at one dose."""
    found = Product.objects.published().for_detail().filter(slug=slug).first()
    if found is None:
        return not_found(request, near.products(slug))
    return product_page(request, found)


def product_page(request: HttpRequest, found: Product, **more: Any) -> HttpResponse:
    """The page of a product that was read with all its parts; `more` goes to the template."""
    query = Query.read(request.GET.lists())
    basis = Basis.read(query)
    brand_url = f"{reverse('products')}{Query((('brand', found.brand.slug),))}"
    reader = Reader.read(request.session, timezone.now())
    page = ProductPage.of(found, basis, timezone.now().date(), reader)
    url = request.build_absolute_uri(request.path)
    context = {
        "section": "products",
        "trail": [
            ("Products", reverse("products")),
            (found.brand.name, brand_url),
            (found.name, ""),
        ],
        "product": found,
        "page": page,
        "linked_data": linked_data.of_product(page, url),
        "basis": basis,
        "dose_options": basis.options(query.only(*KEYS)),
        "keep": query.only("authority").pairs,
        "notes": (
            *basis.notes,
            *citing.notes(query),
            *unknown_keys(query.keys(), (*KEYS, citing.KEY)),
        ),
        "you_url": f"{reverse('safety_you')}{Query((('next', request.path),))}",
        "canonical_url": url,
        **more,
    }
    written = render(request, "reading/product.html", context)
    return private(citing.cited(query, written, page.references, found.slug), reader)


@require_safe
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """One magnesium form: its chemistry, what was measured, and the products made of it."""
    found = with_parts().published().filter(slug=slug).first()
    if found is None:
        return not_found(request, near.forms(slug))
    return form_page(request, found)


def form_page(request: HttpRequest, found: MagnesiumForm, **more: Any) -> HttpResponse:
    """The page of a form that was read with all its parts; `more` goes to the template."""
    category = Query((("category", found.category),))
    query = Query.read(request.GET.lists())
    page = FormPage.of(found, timezone.now().date())
    context = {
        "section": "forms",
        "trail": [
            ("Forms", reverse("forms")),
            (found.get_category_display(), f"{reverse('forms')}{category}"),
            (found.name, ""),
        ],
        "form": found,
        "page": page,
        "notes": (*unknown_keys(query.keys(), (citing.KEY,)), *citing.notes(query)),
        "canonical_url": request.build_absolute_uri(request.path),
        **more,
    }
    written = render(request, "reading/form.html", context)
    return citing.cited(query, written, page.references, found.slug)
