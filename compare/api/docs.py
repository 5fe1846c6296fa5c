"""The OpenAPI document, and a page that explains it to people."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
def page(request: HttpRequest) -> HttpResponse:
    """The document as a page of its own, without any viewer."""
    context = {
        "section": "api",
        "trail": [("API", "")],
        "reference": _reference(),
        "version": document()["info"]["version"],
    }
    return render(request, "api/docs.html", context)


@cache
def _reference() -> Reference:
    return read(document())
