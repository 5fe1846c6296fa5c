"""Refusals in JSON, those of Django's own included."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from rest_framework.exceptions import ParseError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """As REST framework has it; a query of thousands of keys is a bad request in JSON too."""
    if isinstance(error, BadRequest | SuspiciousOperation):
        error = ParseError("This request is not read: it has too many parts or is malformed.")
    return exception_handler(error, context)
