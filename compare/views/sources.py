"""Where facts come from: the list of sources, and one source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from compare.links import Query
from compare.paging import PER_PAGE, Page
from products.models import Source


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, a page at a time."""
    query = Query.read(request.GET.lists())
    page = Page.read(query, Source.objects.count())
    context = {
        "section": "sources",
        "trail": [("Sources", "")],
        "query": query,
        "page": page,
        "notes": page.notes,
        "rows": Source.objects.all()[page.start : page.start + PER_PAGE],
    }
    return render(request, "sources/sources.html", context)


@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """One source."""
    found = get_object_or_404(Source, key=key)
    trail = [("Sources", reverse("sources")), (found.title, "")]
    context = {"section": "sources", "trail": trail, "source": found}
    return render(request, "sources/source.html", context)
