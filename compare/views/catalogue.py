"""The catalogue of products and the list of magnesium forms: filter, count, sort, page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compare import exports
from compare.asking import Question
from compare.basis import Basis
from compare.comparison.yardsticks import SHORT_NAMES, Yardsticks
from compare.facets import (
    FIND_KEYS,
    FORM_FACETS,
    PRODUCT_FACETS,
    answer,
    counts,
    facets,
    fetched,
    in_words,
)
from compare.filters import FormFilter, ProductFilter
from compare.known_forms import with_forms
from compare.links import Query
from compare.notes import Ignored, Note
from compare.paging import PER_PAGE, Page
from compare.reading import suggested
from compare.rows import FormRow, ProductRow
from compare.safety.reader import Reader
from compare.safety.strip import Strips
from compare.tray import Tray
from compare.views import citing
from compare.views.lists import list_context
from compare.views.safety import private
from compare.wishes import KEYS as WISH_KEYS
from compare.wishes import Wishes
from products.models import Authority, MagnesiumForm, Product


@require_safe
def products(request: HttpRequest) -> HttpResponseBase:
    """The catalogue: the rows asked for, counts behind every filter value, and what was ignored."""
    tray = Tray.products(Query.read(request.GET.lists()))
    query = tray.query
    basis = Basis.read(query)
    limit = Yardsticks.limit_by(basis.authority)
    question = ProductFilter(
        query, Product.objects.published(), basis, also=(*WISH_KEYS, *FIND_KEYS)
    )
    answered = answer(question)
    uses = question.filters["use"]
    wishes = Wishes.read(query, basis.authority, limit, lambda: uses.vocabulary)
    now = timezone.now()
    if query.get(citing.KEY) == exports.CSV:
        site = _site(request)
        return exports.products_csv(answered, wishes, basis, limit, at=now.date(), site=site)
    counted = answered.counts(PRODUCT_FACETS)
    page = Page.read(query, counted.total)
    keys = answered.ids(page.start, page.start + PER_PAGE)
    found = fetched(wishes.marked(Product.objects.published().for_rows()), keys)
    with_forms(found)
    reader = Reader.read(request.session, now)
    strips = Strips.load(basis, reader) if reader.is_known else None
    rows = [ProductRow(product, basis, now.date(), query, limit, strips) for product in found]
    context = {
        **list_context(query, question, page, (*wishes.notes, *tray.notes, *_format_notes(query))),
        **_around(query, question, tray),
        **_wish_context(wishes, question, rows, page.total),
        "section": "products",
        "trail": [("Products", "")],
        "search_text": question.values.get("q", ""),
        "with_forms": in_words(question, "form"),
        "facets": facets(question, PRODUCT_FACETS, counted),
        "limit_name": SHORT_NAMES[basis.authority],
        "rows": rows,
        "named": suggested.pages(question),
        **_for_you(request, rows, reader),
    }
    return private(render(request, "catalogue/products.html", context), reader)


@require_safe
def forms(request: HttpRequest) -> HttpResponseBase:
    """The magnesium forms, filtered in the same way as the products."""
    tray = Tray.forms(Query.read(request.GET.lists()))
    query = tray.query
    question = FormFilter(query, MagnesiumForm.objects.published())
    if query.get(citing.KEY) == exports.CSV:
        return exports.forms_csv(answer(question), site=_site(request))
    counted = counts(question, FORM_FACETS)
    page = Page.read(query, counted.total)
    rows = question.qs[page.start : page.start + PER_PAGE]
    context = {
        **list_context(query, question, page, (*tray.notes, *_format_notes(query))),
        **_around(query, question, tray),
        "section": "forms",
        "trail": [("Forms", "")],
        "facets": facets(question, FORM_FACETS, counted),
        "rows": [FormRow(form, query) for form in rows],
    }
    return render(request, "catalogue/forms.html", context)


def _site(request: HttpRequest) -> str:
    """What paths follow in a file, where they stand alone: `https://example.org`."""
    return request.build_absolute_uri("/").rstrip("/")


def _for_you(request: HttpRequest, rows: Sequence[ProductRow], reader: Reader) -> dict[str, Any]:
    """Where answers are changed, and how many products of this page they rule out; nothing without one."""
    if not reader.is_known:
        return {}
    back = Query((("next", request.get_full_path()),))
    return {
        "you_url": f"{reverse('safety_you')}{back}",
        "ruled_out": sum(row.safety is not None and row.safety.is_ruled_out for row in rows),
    }


def _format_notes(query: Query) -> list[Note]:
    """What is said of a format that a list does not have."""
    wanted = query.get(citing.KEY)
    known = wanted in ("", exports.CSV)
    return [] if known else [Note(Ignored.UNKNOWN_VALUE, citing.KEY, wanted)]


def _around(query: Query, question: Question, tray: Tray) -> dict[str, Any]:
    """The dose, what is ticked, and the same list as a file."""
    return {
        "tray": tray,
        "csv_url": query.without("page", "item").replace(citing.KEY, exports.CSV),
        "basis": question.basis,
        "dose_options": question.basis.options(query),
        "keep": query.without("dose", "page").pairs,
    }


def _wish_context(
    wishes: Wishes, question: ProductFilter, rows: Sequence[ProductRow], total: int
) -> dict[str, Any]:
    """The rows in the groups of the reader's own weights, and the form that sets them.

    One query for the counts where the answer is not too long for it; none without a wish.
    """
    query = question.query
    context = {
        "wishes": wishes,
        "wish_chips": wishes.chips(query),
        "wish_clear": query.without(*WISH_KEYS, "page"),
        "wish_keep": query.without(*WISH_KEYS, "authority", "page").pairs,
        "authorities": Authority.choices,
        "uses": question.filters["use"].vocabulary.items(),
    }
    if not wishes:
        return context
    counts = wishes.counts_of(question.leaving_out(), total)
    return {**context, "sections": wishes.sections(rows, counts)}
