"""What is settled about a request before any view: who sent it, and what no database can be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.urls import reverse

from compare import kept

NUL = "\x00"


def client_address(request: HttpRequest) -> str | None:
    """The address that wrong logins are counted by.

    Each proxy adds who spoke to it at the right end of X-Forwarded-For, so with n proxies of ours the
    nth from the right was written by the outermost of them. What stands further left is the client's
    own tale, and without a proxy of ours so is all of it.
    """
    told = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies: int = settings.TRUSTED_PROXIES
    if 0 < proxies <= len(told):
        try:
            return str(ip_address(told[-proxies]))
        except ValueError:
            pass  # no address: the proxy in front does not write what it was trusted to write
    return request.META.get("REMOTE_ADDR") or None


def refuse_unreadable(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """400 for a NUL where it would reach PostgreSQL, which fails on one, and for a query of too many keys.

    A NUL in the query of a public page is left alone, since the page drops the value and names it. So
    is all below the API, which answers in JSON.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if _has_too_many_keys(request) or any(NUL in text for text in _asked(request)):
            return HttpResponseBadRequest(render_to_string("400.html"))
        return get_response(request)

    return middleware


def one_state(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """What a request reads of the catalogue, it asks of the state in which it found it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with kept.one_state():
            return get_response(request)

    return middleware


def _has_too_many_keys(request: HttpRequest) -> bool:
    """Asked here, since Django's own page about an error reads the query again and fails on it."""
    if request.path.startswith(reverse("api")):
        return False
    try:
        len(request.GET)
    except TooManyFieldsSent:
        return True
    return False


def _asked(request: HttpRequest) -> Iterator[str]:
    # A quoted cookie may spell a NUL as \000, and the one of the session is looked up as it stands.
    yield from request.COOKIES.values()
    if not request.path.startswith(reverse("api")):
        yield request.path
    if request.path.startswith(reverse("admin:index")):
        for key, values in request.GET.lists():
            yield from (key, *values)
