"""The OpenAPI document, and two pages that explain it to people."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from compare.api.document import document
from compare.api.reading import reads
from compare.api.reference import Reference, read


@extend_schema(exclude=True)
@reads
def schema(request: Request) -> Response:
    """The document as JSON."""
    return Response(document())


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What can be asked, for people: the document as a page, without any viewer."""
    context = {
        "section": "api",
        "trail": [("API", "")],
        "operations": _reference().operations,
        "version": document()["info"]["version"],
    }
    return render(request, "api/requests.html", context)


@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """What answers hold, field by field."""
    context = {
        "section": "api",
        "trail": [("API", reverse("api_docs")), ("Answers", "")],
        "groups": _reference().groups,
    }
    return render(request, "api/answers.html", context)


@cache
def _reference() -> Reference:
    return read(document())
