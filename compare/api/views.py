"""Answers to programs. Each view reads the query with the same values as its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from compare import evidence, ledger
from compare.api import examples, listing, parameters, rests
from compare.api.reading import reads
from compare.api.serializers.comparison import ComparisonAnswer
from compare.api.serializers.envelope import NoteAnswer, Problem
from compare.api.serializers.forms import FormDetail, FormPage
from compare.api.serializers.products import ProductDetail, ProductPage
from compare.api.serializers.safety import SafetyAnswer
from compare.api.serializers.sources import SourceDetail, SourcePage
from compare.api.serializers.uses import UseDetail, UsePage
from compare.basis import KEYS as BASIS_KEYS
from compare.basis import Basis
from compare.comparison import MOST_FORMS, MOST_PRODUCTS, Row, Selection, as_dict, build
from compare.comparison.form_rows import rows_for as rows_for_forms
from compare.comparison.product_rows import rows_for as rows_for_products
from compare.comparison.yardsticks import Yardsticks
from compare.evidence.names import on_published_forms
from compare.facets import FORM_FACETS, PRODUCT_FACETS
from compare.filters import FormFilter, ProductFilter
from compare.known_forms import with_forms
from compare.links import Query
from compare.notes import Note, unknown_keys
from compare.wishes import KEYS as WISH_KEYS
from compare.wishes import WANT, Wishes
from products.models import (
    BodyFunction,
    Caution,
    DeficiencySign,
    FoodSource,
    Interaction,
    Judgement,
    MagnesiumForm,
    Product,
    ReferenceIntake,
    SideEffect,
    Source,
    UpperLevel,
    Use,
    published_parts,
)
from products.rules.wishes import Group

MISSING = {404: OpenApiResponse(Problem, "Nothing of this name is published")}


def described(name: str, answer: Any, keys: Sequence[Any] = (), *, one: bool = False) -> Any:
    """Describe a view in the OpenAPI document. `one`: it answers about one thing, or with 404."""
    return extend_schema(
        operation_id=name,
        parameters=list(keys),
        responses={200: OpenApiResponse(answer, "The answer"), **(MISSING if one else {})},
        extensions={"x-requests": examples.OF.get(name, [])},
    )


@described("list_products", ProductPage, parameters.OF_PRODUCTS)
@reads
def products(request: Request) -> Response:
    """The catalogue, filtered.

    The same filters, order and pages as the catalogue of the site: 24 products a page. What is
    wanted (`want`) leaves nothing out: it says of each product in which group it is, and why.
    """
    query = Query.read(request.GET.lists())
    basis = Basis.read(query)
    rows = Product.objects.published()
    question = ProductFilter(_asked(query), rows, basis, also=WISH_KEYS)
    wishes = _wishes(query, basis, question)
    shown = rows.for_rows().select_related("source", "current_offer__source")
    shown = shown.prefetch_related("fact_notes__source")
    page = listing.filtered(
        request, query, question, PRODUCT_FACETS, wishes.marked(shown), wishes.notes
    )
    with_forms(page["results"])
    page["groups"] = _groups(wishes, question, page["count"])
    context = {**_context(request, basis), "wishes": wishes}
    return Response(ProductPage(page, context=context).data)


@described("read_product", ProductDetail, [parameters.PRODUCT, *parameters.BASIS], one=True)
@reads
def product(request: Request, slug: str) -> Response:
    """One product with all that is known of it."""
    query = Query.read(request.GET.lists())
    basis = Basis.read(query)
    judged = Judgement.objects.select_related("use", "form").prefetch_related(
        published_parts(Judgement, "evidence")
    )
    rows = Product.objects.published().for_detail()
    found = _one(rows.prefetch_related(Prefetch("claims__judgement", judged)), slug=slug)
    with_forms([found])
    notes = (*basis.notes, *unknown_keys(query.keys(), BASIS_KEYS))
    context = {**_context(request, basis, notes), "by_rule": ledger.by_rule(found)}
    return Response(ProductDetail(found, context=context).data)


@described("list_forms", FormPage, parameters.of_list(FormFilter))
@reads
def forms(request: Request) -> Response:
    """The magnesium forms, filtered in the same way."""
    query = Query.read(request.GET.lists())
    question = FormFilter(_asked(query), MagnesiumForm.objects.published())
    shown = MagnesiumForm.objects.published().for_list()
    page = listing.filtered(request, query, question, FORM_FACETS, shown)
    return Response(FormPage(page, context=_context(request, question.basis)).data)


@described("read_form", FormDetail, [parameters.FORM], one=True)
@reads
def form(request: Request, slug: str) -> Response:
    """One magnesium form with its chemistry, its grades, the findings behind them and its evidence."""
    found = _one(MagnesiumForm.objects.published().for_detail(), slug=slug)
    return Response(FormDetail(found, context=_context(request, notes=_unknown(request))).data)


@described("list_sources", SourcePage, [parameters.PAGE])
@reads
def sources(request: Request) -> Response:
    """Everything that facts come from: labels, pages, studies, authorities."""
    query = Query.read(request.GET.lists())
    page = listing.plain(request, query, Source.objects.order_by("key"))
    return Response(SourcePage(page, context=_context(request)).data)


@described("read_source", SourceDetail, [parameters.SOURCE], one=True)
@reads
def source(request: Request, key: str) -> Response:
    """One source, and everything that rests on it."""
    found = _one(Source.objects.all(), key=key)
    context = _context(request, notes=_unknown(request))
    return Response(SourceDetail(found, context={**context, "rests_on": rests.on(found)}).data)


@described("list_uses", UsePage, [parameters.PAGE])
@reads
def uses(request: Request) -> Response:
    """What people take magnesium for, and what is known of it."""
    query = Query.read(request.GET.lists())
    page = listing.plain(request, query, Use.objects.published())
    return Response(UsePage(page, context=_context(request)).data)


@described("read_use", UseDetail, [parameters.USE], one=True)
@reads
def use(request: Request, slug: str) -> Response:
    """One use with every study of it, and what they say of each form."""
    found = _one(Use.objects.published(), slug=slug)
    context = _context(request, notes=_unknown(request))
    known = evidence.of_use(found)
    return Response(UseDetail(found, context={**context, "known": known}).data)


@described("read_safety", SafetyAnswer)
@reads
def safety(request: Request) -> Response:
    """Intakes and limits by authority, interactions, cautions, side effects, signs of a lack, foods.

    General information, not medical advice. Nothing can be asked for: each answer is whole.
    """
    shown = {
        "intakes": ReferenceIntake.objects.published().select_related("source"),
        "upper_levels": UpperLevel.objects.published().select_related("source"),
        "interactions": on_published_forms(Interaction.objects.published().for_page()),
        "cautions": on_published_forms(Caution.objects.published().for_page()),
        "side_effects": on_published_forms(SideEffect.objects.published().for_page()),
        "deficiency_signs": DeficiencySign.objects.published().select_related("source"),
        "body_functions": BodyFunction.objects.select_related("source"),
        "foods": FoodSource.objects.select_related("source"),
    }
    return Response(SafetyAnswer(shown, context=_context(request, notes=_unknown(request))).data)


@described("compare_products", ComparisonAnswer, parameters.OF_PRODUCT_COMPARISON)
@reads
def compare_products(request: Request) -> Response:
    """Products side by side, row by row, with the sources of every figure."""
    rows = Product.objects.published().for_comparison()
    return _comparison(request, rows, MOST_PRODUCTS, rows_for_products)


@described("compare_forms", ComparisonAnswer, parameters.OF_FORM_COMPARISON)
@reads
def compare_forms(request: Request) -> Response:
    """Magnesium forms side by side, row by row, with the sources of every figure."""
    rows = MagnesiumForm.objects.published().for_detail()
    return _comparison(request, rows, MOST_FORMS, rows_for_forms)


@extend_schema(exclude=True)
@reads
def nothing(request: Request, rest: str) -> HttpResponseBase:
    """Where nothing is, say so in JSON; an address that lacks its last slash is mended first."""
    if not rest.endswith("/"):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{request.path}/{'?' if query else ''}{query}")
    raise NotFound


def _comparison(
    request: Request,
    things: QuerySet[Any],
    most: int,
    rows_for: Callable[[Sequence[Any], Basis], Sequence[Row[Any]]],
) -> Response:
    query = Query.read(request.GET.lists())
    basis = Basis.read(query)
    chosen = Selection.read(query, things, most, request.GET.getlist("item"))
    compared = build(
        chosen.subjects,
        rows_for(chosen.subjects, basis),
        basis,
        at=_today(),
        base=chosen.base,
        shown=chosen.shown,
    )
    notes = NoteAnswer([*basis.notes, *chosen.notes], many=True).data
    return Response(_with_whole_urls({**as_dict(compared), "notes": notes}, request))


def _with_whole_urls(value: Any, request: Request) -> Any:
    """Paths under the key `url` become addresses, as everywhere in the API."""
    if isinstance(value, list):
        return [_with_whole_urls(one, request) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: request.build_absolute_uri(one)
        if key == "url" and isinstance(one, str)
        else _with_whole_urls(one, request)
        for key, one in value.items()
    }


def _wishes(query: Query, basis: Basis, question: ProductFilter) -> Wishes:
    """What is wanted. One query more when anything is."""
    limit = Yardsticks.limit_by(basis.authority) if query.all(WANT) else None
    return Wishes.read(query, basis.authority, limit, lambda: question.filters["use"].vocabulary)


def _groups(wishes: Wishes, question: ProductFilter, total: int) -> list[dict[str, Any]]:
    """The groups that have any of the whole answer; none where it is too long to be counted."""
    counts = wishes.counts_of(question.leaving_out(), total) if wishes else None
    if counts is None:
        return []
    return [{"group": group, "count": counts[group]} for group in Group if counts[group]]


def _asked(query: Query) -> Query:
    """The query without what only the API knows, which a filter would call unknown."""
    return query.without(listing.FACETS_KEY)


def _one(things: QuerySet[Any], **key: str) -> Any:
    """The one thing of this slug or key. PostgreSQL refuses to be asked for a NUL."""
    found = None if any("\0" in value for value in key.values()) else things.filter(**key).first()
    if found is None:
        raise NotFound
    return found


def _unknown(request: Request) -> tuple[Note, ...]:
    return tuple(unknown_keys(Query.read(request.GET.lists()).keys(), ()))


def _today() -> date:
    return timezone.now().date()


def _context(
    request: Request, basis: Basis | None = None, notes: Sequence[Note] = ()
) -> dict[str, Any]:
    """What serializers need beside the rows."""
    return {"request": request, "basis": basis, "at": _today(), "notes": notes}
