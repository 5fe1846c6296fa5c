"""Whether doi.org knows the DOIs of the sources. The only part of the checks that needs the network."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote, urlsplit

from products.models import DoiAnswer, Source

RESOLVER = "https://doi.org"
TIMEOUT_SECONDS = 10
PAUSE_SECONDS = 0.5
"""Between two questions, so that a run over all sources is no burden to anyone."""

HEADERS = {"User-Agent": "Elemental/1 (checks the DOIs of its sources)", "Accept": "*/*"}


@dataclass(frozen=True)
class Answer:
    """`found` is `None` when nobody answered, or something else than yes or no."""

    doi: str
    found: bool | None


def ask(doi: str, resolver: str = RESOLVER) -> Answer:
    """Ask for a DOI without following where it leads: a redirect is yes, 404 no."""
    address = urlsplit(resolver)
    connect = (
        http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    )
    connection = connect(address.netloc, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("HEAD", f"{address.path}/{quote(doi, safe='/')}", headers=HEADERS)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return Answer(doi, None)
    finally:
        connection.close()
    if 200 <= status < 400:
        return Answer(doi, True)
    return Answer(doi, False if status in (404, 410) else None)


def ask_all(
    today: date,
    again_after_days: int,
    resolver: str = RESOLVER,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Answer]:
    """Ask for every DOI that was not asked for lately, and keep each answer with its day.

    No answer is kept as none: it is asked for again the next time.
    """
    known = DoiAnswer.objects.filter(asked_on__gt=today - timedelta(days=again_after_days))
    sources = Source._base_manager.exclude(doi="").exclude(doi__in=known.values("doi"))
    for number, doi in enumerate(sorted(set(sources.values_list("doi", flat=True)))):
        if number:
            pause(PAUSE_SECONDS)
        answer = ask(doi, resolver)
        if answer.found is not None:
            says = {"found": answer.found, "asked_on": today}
            DoiAnswer.objects.update_or_create(doi=doi, defaults=says)
        yield answer
