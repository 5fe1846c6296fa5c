"""The OpenAPI document: made once a process, since it depends on the code alone."""

from __future__ import annotations

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

Document = dict[str, Any]


@cache
def document() -> Document:
    """The whole document as plain values. Costs no query; do not change what it gives."""
    made: Document = SchemaGenerator().get_schema(request=None, public=True)
    return made
