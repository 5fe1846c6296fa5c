"""Where facts come from: the list of sources, and one source with everything that rests on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from compare import exports
from compare.facets import counts, facets
from compare.links import Query
from compare.notes import unknown_keys
from compare.paging import PER_PAGE, Page
from compare.reading.source import rests_on
from compare.reading.source_list import SOURCE_FACETS, SourceFilter
from compare.views import citing
from compare.views.lists import list_context
from products.models import Source


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, filtered and counted as the catalogue is."""
    query = Query.read(request.GET.lists())
    question = SourceFilter(query, Source.objects.all())
    counted = counts(question, SOURCE_FACETS)
    page = Page.read(query, counted.total)
    context = {
        **list_context(query, question, page),
        "section": "sources",
        "trail": [("Sources", "")],
        "facets": facets(question, SOURCE_FACETS, counted),
        "rows": question.qs[page.start : page.start + PER_PAGE],
    }
    return render(request, "sources/sources.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source; with `format` its citation for a program that keeps references."""
    found = get_object_or_404(Source, key=key)
    query = Query.read(request.GET.lists())
    if (citation := exports.citations(query.get(citing.KEY), [found], found.key)) is not None:
        return citation
    of_kind = Query().add("kind", found.kind)
    context = {
        "section": "sources",
        "trail": [
            ("Sources", reverse("sources")),
            (found.get_kind_display().capitalize(), f"{reverse('sources')}{of_kind}"),
        ],
        "source": found,
        "notes": (*unknown_keys(query.keys(), (citing.KEY,)), *citing.notes(query)),
        "rests": rests_on(found),
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "sources/source.html", context)
