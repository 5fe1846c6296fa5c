"""Uses: the matrix of what was tested in which form, and all evidence of one use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from compare import evidence
from compare.evidence import ANY_FORM, Matrix, UsesFilter
from compare.facets import chips
from compare.links import Option, Query
from compare.references import References
from products.models import Use

AT_HAND = 3
"""Forms that a phone offers as links; the others stand in a list."""


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """Every use against every form that was tested, and hospital treatments told apart."""
    query = Query.read(request.GET.lists())
    question = UsesFilter(query, Use.objects.published())
    matrix = evidence.build(question)
    chosen = _chosen(matrix)
    context = {
        "section": "uses",
        "trail": [("Uses", "")],
        "question": question,
        "notes": question.notes,
        "chips": chips(question),
        "clear": query.without(*question.filters),
        "matrix": matrix,
        "chosen": chosen,
        "form_options": _form_options(matrix, query, chosen),
        "form_keep": query.without("form", "page").pairs,
    }
    return render(request, "uses/matrix.html", context)


@require_safe
def use(request: HttpRequest, slug: str) -> HttpResponse:
    """One use: what it means, every study in its place, and what nobody has tested."""
    return use_page(request, get_object_or_404(Use.objects.published(), slug=slug))


def use_page(request: HttpRequest, found: Use, **more: Any) -> HttpResponse:
    """The page of a use; `more` goes to the template."""
    group = Query().add("group", found.group)
    known = evidence.of_use(found)
    context = {
        "section": "uses",
        "trail": [
            ("Uses", reverse("uses")),
            (found.get_group_display(), f"{reverse('uses')}{group}"),
            (found.name, ""),
        ],
        "use": found,
        "known": known,
        "references": References(),
        "products_url": f"{reverse('products')}{Query().add('use', found.slug)}",
        **more,
    }
    return render(request, "uses/use.html", context)


def _chosen(matrix: Matrix) -> str:
    """The one column that a phone shows: the first form, mixed forms only where they are asked for."""
    slugs = [head.slug for head in matrix.columns]
    return next((slug for slug in slugs if slug != ANY_FORM), slugs[0] if slugs else "")


def _form_options(matrix: Matrix, query: Query, chosen: str) -> list[Option]:
    """Links to the forms next at hand, the one in view among them."""
    at_hand = [head for head in matrix.usual if head.slug != ANY_FORM][:AT_HAND]
    if chosen not in {head.slug for head in at_hand}:
        in_view = [head for head in matrix.columns if head.slug == chosen]
        at_hand = [*in_view, *at_hand[: AT_HAND - 1]]
    return [
        Option(head.name, str(query.replace("form", head.slug)), head.slug == chosen)
        for head in at_hand
    ]
