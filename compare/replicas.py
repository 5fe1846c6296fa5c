"""Public pages read from replicas, and never anything older than what the primary holds.

    REPLICA_URLS=postgres://reader@10.0.0.2/elemental,postgres://reader@10.0.0.3/elemental

A replica follows the primary at a distance that nobody promises. So whoever is to read from one asks
both for the state of the catalogue first, two reads of one row by its key: the replica is used while
it has the very state that the primary has. One that lags is passed over until it has caught up, one
that does not answer is left alone for a while, and where none is left the primary is read as if there
were none. When the primary itself does not answer, pages are read from any replica that does.

Whoever is known by a session (an editor, a reader who has answered at /safety/) reads the primary,
and so does everything that may write: they see what they wrote.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections, models
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from products.models import CatalogueState

REST_SECONDS = 10.0
"""A replica that did not answer is asked again after these."""

logger = logging.getLogger(__name__)


class Replicas:
    """Which replica is to be read next, as far as this process knows."""

    def __init__(self, aliases: list[str]) -> None:
        self._aliases = aliases
        self._turn = itertools.count()
        self._rest_until: dict[str, float] = {}

    def up_to_date(self) -> str:
        """The alias of a database that has the newest state. Two queries as a rule."""
        newest = self._state(DEFAULT_DB_ALIAS)
        for alias in self._in_turn():
            state = self._state(alias)
            if state is not None and newest in (None, state):
                return alias
        return DEFAULT_DB_ALIAS

    def leave_alone(self, alias: str) -> None:
        """Ask others for a while."""
        connections[alias].close()
        if alias != DEFAULT_DB_ALIAS:
            self._rest_until[alias] = time.monotonic() + REST_SECONDS

    def _in_turn(self) -> Iterator[str]:
        now, first = time.monotonic(), next(self._turn)
        for step in range(len(self._aliases)):
            alias = self._aliases[(first + step) % len(self._aliases)]
            if self._rest_until.get(alias, now) <= now:
                yield alias

    def _state(self, alias: str) -> tuple[int, str] | None:
        try:
            rows = CatalogueState.objects.using(alias).filter(pk=1)
            return rows.values_list("version", "stamp").first() or (0, "")
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The database %s does not answer: %s", alias, error)
            self.leave_alone(alias)
            return None


replicas = Replicas([alias for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS])


class Choice:
    """The database that one request reads, chosen when it first asks for anything."""

    @cached_property
    def alias(self) -> str:
        return replicas.up_to_date()


_choice: ContextVar[Choice | None] = ContextVar("choice", default=None)


@contextmanager
def _reading_by(choice: Choice) -> Iterator[None]:
    token = _choice.set(choice)
    try:
        yield
    finally:
        _choice.reset(token)


class PublicReads:
    """Django's router: reads as the request has chosen, everything else goes to the primary."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        choice = _choice.get()
        return DEFAULT_DB_ALIAS if choice is None else choice.alias

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReadFromReplicas:
    """Middleware: lets a request choose where it reads, if nothing ties it to the primary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_read_anywhere(request):
            return self._get_response(request)
        choice = Choice()
        with _reading_by(choice):
            response = self._get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _streamed(iter(response), choice)
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer from the primary what a replica broke off."""
        choice = _choice.get()
        if choice is None or not isinstance(exception, (DatabaseError, InterfaceError)):
            return None
        if choice.alias == DEFAULT_DB_ALIAS or request.resolver_match is None:
            return None
        logger.warning("The database %s broke off: %s", choice.alias, exception)
        replicas.leave_alone(choice.alias)
        choice.alias = DEFAULT_DB_ALIAS
        view, arguments, named = request.resolver_match
        return view(request, *arguments, **named)


def _may_read_anywhere(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES


def _streamed(parts: Iterator[bytes], choice: Choice) -> Iterator[bytes]:
    """The parts of a streamed answer, each made where its request reads."""
    while True:
        with _reading_by(choice):
            part = next(parts, None)
        if part is None:
            return
        yield part
