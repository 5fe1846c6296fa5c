"""Whole answers to visitors of whom nothing is known, kept for as long as they hold.

What such a visitor gets follows from the address, the state of the catalogue, the day (prices grow old
by themselves) and the release of the site, and from nothing else. All of it makes up one key. So an
answer that was kept is never wrong and need not be thrown away: after an edit, at midnight and after
a deployment another key is asked for. The state is read anew for each request, one row, in whichever
process: what an editor has committed shows in the next answer.

The same key is the ETag, so that whoever holds the answer already gets 304 and no body.

Never kept: what a request with a cookie of ours is answered with (an editor's, a reader's who has
said something of themselves, one with a token for a form), and what sets a cookie, is private, or
varies by a header that is not in the key.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
)
from django.utils.http import http_date

from compare import kept
from compare.links import Query
from products.models import CatalogueState

KEPT_SECONDS = 3_600
SHARED_SECONDS = 5
"""A proxy or CDN may answer by itself for so long, without asking."""
STALE_SECONDS = 30
"""And for so long after that while it asks. Only a CDN is told, not the visitor's own browser, which
would show an editor the page as it was before the edit."""
KEYED = ("HX-Request", "HX-Target")
"""Headers whose values are in the key; of Accept-Encoding, whether it has gzip."""
KNOWN_VARY = {name.lower() for name in (*KEYED, "Accept-Encoding", "Cookie")}
ACCEPTS_GZIP = re.compile(r"\bgzip\b")  # as Django's GZipMiddleware reads it
CODE = {".py", ".html", ".css", ".js", ".svg", ".woff2"}

Respond = Callable[[HttpRequest], Any]
"""What answers may be streamed: Django has no one type for what it does with both."""


class KeepAnswers:
    """Middleware, outside of what compresses: kept is what goes over the line."""

    def __init__(self, get_response: Respond) -> None:
        if settings.DEBUG:  # templates change under the hands of whoever works on them
            raise MiddlewareNotUsed
        self._get_response = get_response
        self._release = release()
        self._started = timezone.now()

    def __call__(self, request: HttpRequest) -> Any:
        state = self._state(request)
        if state is None:
            return self._get_response(request)
        try:
            key = self._key(request, state)
        except SuspiciousOperation:  # of a host or a query that is refused further in
            return self._get_response(request)
        response: Any = _kept(key)
        if response is None:
            response = self._get_response(request)
            if not _is_for_anyone(response):
                return response
            _allow_sharing(response)
            if request.method == "GET" and not response.streaming:
                _keep(key, response)
        return _with_validators(request, response, key, self._changed_second(state))

    @cached_property
    def _left_alone(self) -> tuple[str, ...]:
        return tuple(map(reverse, ("admin:index", "healthz", "readyz")))

    def _state(self, request: HttpRequest) -> CatalogueState | None:
        """The state of the catalogue, `None` when the answer may depend on more. One query."""
        if request.method not in ("GET", "HEAD") or request.path.startswith(self._left_alone):
            return None
        ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
        if not ours.isdisjoint(request.COOKIES) or "Authorization" in request.headers:
            return None
        try:
            state = kept.current_state()
        except DatabaseError:  # the view will say so
            return None
        return state if state.stamp else None

    def _key(self, request: HttpRequest, state: CatalogueState) -> str:
        parts = (
            (self._release, str(_today()), state.version, state.stamp),
            (request.scheme, request.get_host(), request.path),
            str(Query.read(request.GET.lists())),
            bool(ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", ""))),
            [request.headers.get(name) for name in KEYED],
        )
        return blake2b(repr(parts).encode(), digest_size=16).hexdigest()

    def _changed_second(self, state: CatalogueState) -> int | None:
        """The first whole second of the answer as it is now, `None` until it is over.

        Then whoever has it as a date of last modification cannot have got anything older.
        """
        midnight = datetime.combine(_today(), time_of_day(), tzinfo=UTC)
        changed = max(self._started, midnight, state.changed_at or midnight)
        second = int(changed.timestamp()) + 1
        return second if time.time() > second + 1 else None


def release() -> str:
    """Names the code, templates and static files that are running; the same on every machine."""
    digest = blake2b(digest_size=8)
    for path in _files():
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    root = Path(settings.BASE_DIR)
    yield root / "requirements.txt"
    for folder in ("compare", "products", "templates"):
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in CODE)


def _today() -> date:
    return timezone.now().date()


def _is_for_anyone(response: HttpResponseBase) -> bool:
    control, varies = (_names(response, header) for header in ("Cache-Control", "Vary"))
    return (
        response.status_code == 200
        and not response.cookies
        and control.isdisjoint({"private", "no-store"})
        and varies <= KNOWN_VARY
    )


def _names(response: HttpResponseBase, header: str) -> set[str]:
    names = response.get(header, "").lower().split(",")
    return {name.strip() for name in names} - {""}


def _allow_sharing(response: HttpResponseBase) -> None:
    """Say who may keep the answer and for how long, where the view has not."""
    if response.has_header("Cache-Control"):
        return
    patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
    response["CDN-Cache-Control"] = (
        f"public, max-age={SHARED_SECONDS}, stale-while-revalidate={STALE_SECONDS}"
    )


def _keep(key: str, response: HttpResponse) -> None:
    cache.set(f"answer:{key}", (response.content, list(response.items())), KEPT_SECONDS)


def _kept(key: str) -> HttpResponse | None:
    found = cache.get(f"answer:{key}")
    if found is None:
        return None
    content, headers = found
    return HttpResponse(content, headers=dict(headers))


def _with_validators(request: HttpRequest, response: Any, key: str, changed: int | None) -> Any:
    """The answer with its ETag and day, or 304 for who has it already."""
    etag = f'W/"{key}"'  # weak: compressed twice it may differ in its padding
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    return get_conditional_response(request, etag, changed, response)
