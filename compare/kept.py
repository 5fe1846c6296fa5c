"""What follows from the catalogue alone, made once for each state of it and kept in the process.

Forms, limits and cautions are few and stand on every page, and change when an editor says so. What is
kept is asked for by the state that the catalogue is in, one row a request: a change is another state,
so nothing is older than the state at the beginning of its request, in any process. Nothing is kept of
what a recording has written so far, which may be taken back, nor of an editor's preview.

What is kept is shared by all requests: whoever gets it reads it and changes nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from products.models import CatalogueState
from products.models.base import open_recording
from products.models.reviewed import is_previewing

HELD = 2
"""States: a request that began before a change, or reads from a lagging replica, finds its own."""

T = TypeVar("T")
_held: OrderedDict[tuple[int, str], dict[Callable[[], Any], Any]] = OrderedDict()
_of_request: ContextVar[list[CatalogueState] | None] = ContextVar("state_of_request", default=None)


def kept(make: Callable[[], T]) -> Callable[[], T]:
    """Decorates what reads the catalogue and takes no arguments, so that it does so once a state.

    Costs `current_state()` when it is there.
    """

    @wraps(make)
    def found() -> T:
        if open_recording.get() is not None or is_previewing():
            return make()
        state = current_state()
        if not state.stamp:  # nothing was ever recorded: there is no name for what is there
            return make()
        values = _values((state.version, state.stamp))
        if make not in values:
            values[make] = make()
        value: T = values[make]
        return value

    return found


def current_state() -> CatalogueState:
    """The state that the catalogue is in: one query, and within `one_state` only the first time."""
    read = _of_request.get()
    if read is None:
        return CatalogueState.current()
    if not read:
        read.append(CatalogueState.current())
    return read[0]


@contextmanager
def one_state() -> Iterator[None]:
    """Within it the state is read once. For a request that only reads."""
    token = _of_request.set([])
    try:
        yield
    finally:
        _of_request.reset(token)


def _values(key: tuple[int, str]) -> dict[Callable[[], Any], Any]:
    values = _held.get(key)
    if values is None:
        values = _held.setdefault(key, {})
        while len(_held) > HELD:
            try:
                _held.popitem(last=False)
            except KeyError:  # another thread was quicker
                break
    return values
