"""How a function becomes a view of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rest_framework.decorators import api_view


def reads(view: Callable[..., Any]) -> Any:
    """A view that is read with GET or HEAD; all else is answered with 405."""
    made: Any = api_view(["GET", "HEAD"])(view)
    # OPTIONS is added to every view: without metadata it would be named as allowed, and refused.
    made.cls.http_method_names = ["get", "head"]
    return made
