"""Suggestions below a search field while one types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from compare.reading.suggested import as_typed


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """A list of links, a part of a page. Who has no script sends the form, and gets them with the answer."""
    text = request.GET.get("q", "")
    return render(request, "parts/suggested.html", {"suggested": as_typed(text), "text": text})
