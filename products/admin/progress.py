"""A long work of the desk, told on a page that grows while it goes on: without script, without a queue."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from django.http import HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from products.importing.load import Progress

LINE_EVERY = 1_000
MARK = "<!-- progress -->"
"""Where the page is parted: above it stands from the start, below it when the work is done."""


@dataclass(frozen=True)
class Outcome:
    """How a work ended, and where to go from there."""

    sentence: str
    level: int
    address: str
    link: str


Work = Generator[Progress, None, Outcome]


def short(work: Work) -> Outcome:
    """Do a work without telling how far it has come."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome


def streamed(page: TemplateResponse, work: Work) -> HttpResponseBase:
    """Do a work while its page is sent. A reader who leaves the page ends it, and nothing is done."""
    above, below = page.render().content.decode().split(MARK)
    response = StreamingHttpResponse(_parts(above, work, below))
    # Packed, or held back by a proxy, it would come all at once.
    response["Content-Encoding"] = "identity"
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response


def _parts(above: str, work: Work, below: str) -> Iterator[str]:
    yield above
    try:
        while True:
            progress = next(work)
            if _is_worth_a_line(progress):
                yield format_html("<p>{}</p>\n", _said(progress))
    except StopIteration as end:
        outcome: Outcome = end.value
    finally:
        work.close()
    if outcome.sentence:
        yield format_html("<p role='status'><strong>{}</strong></p>", outcome.sentence)
    yield format_html("<p><a class='button' href='{}'>{}</a></p>", outcome.address, outcome.link)
    yield below


def _is_worth_a_line(progress: Progress) -> bool:
    return progress.done == progress.of or progress.done % LINE_EVERY == 0


def _said(progress: Progress) -> str:
    numbers = {"done": f"{progress.done:,}", "of": f"{progress.of:,}"}
    match progress.what:
        case "rows":
            return _("%(done)s of %(of)s rows") % numbers
        case "labels":
            return _("%(done)s of %(of)s labels held against themselves") % numbers
    return _("Working out what follows, and writing down what was changed …")
