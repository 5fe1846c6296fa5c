"""The answer where nothing is, with what has a similar name."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from compare.reading.near import Near


def not_found(request: HttpRequest, near: Sequence[Near]) -> HttpResponse:
    """A 404 that names the way on."""
    return render(request, "404.html", {"request_path": request.path, "near": near}, status=404)
