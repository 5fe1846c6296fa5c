"""How grades, checks and confidence come about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from compare.reading.method import MethodPage


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """The rules, from the code that applies them, with examples from the catalogue."""
    context = {
        "section": "method",
        "trail": [("Method", "")],
        "page": MethodPage.at(timezone.now().date()),
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return render(request, "method/method.html", context)
