"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compare.reading import home as reading
from compare.references import References


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The way in: search, a question answered, the ways into the catalogue, what is seen only here."""
    context = {
        "home": reading.read(timezone.now().date()),
        "references": References(),
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "pages/home.html", context)
