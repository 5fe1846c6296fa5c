"""References for programs that keep them."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse

from products.models import Source
from products.rules.citation_formats import bibtex, csl_json

CITATION_FORMATS = {
    "bibtex": (bibtex, "bib", "application/x-bibtex; charset=utf-8"),
    "csl": (csl_json, "json", "application/vnd.citationstyles.csl+json"),
}
"""Values of the key `format`: what writes the file, how its name ends, and what it is."""


def citations(format_: str, sources: Iterable[Source], stem: str) -> HttpResponse | None:
    """Sources as a file of references; `None` when the format is not one of these."""
    if format_ not in CITATION_FORMATS:
        return None
    write, ending, content_type = CITATION_FORMATS[format_]
    body = write(source.entry for source in sources)
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    return response
