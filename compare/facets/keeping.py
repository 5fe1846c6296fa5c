"""One index for a process, and how it is kept true.

Whoever asks reads the state of the catalogue first, one row. An index of that very state answers. For
another one the changes since are looked up: if the log leads from the state that is held to the one
asked for, the products named there are read again; if it does not (an import touched more than it
names, a change that was seen was taken back, another database), the index is loaded from its file
and goes on from there, and if that doesn't help, is made from the database and written to the file.

So an answer is never older than the state at the beginning of its request, in any process. A new
index takes the place of the old one at once; a request that holds the old one keeps it.
"""

from __future__ import annotations

import fcntl
import logging
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import RLock

from django.conf import settings
from django.db import connections, router

from compare import kept
from compare.facets import stored
from compare.facets.index import Index, State
from compare.facets.reading import gather, words
from products.models import CatalogueState, Product
from products.models.base import open_recording
from products.models.editorial import CatalogueChange

MOST_EDITS = 5_000
"""More products than these are sooner read all at once."""
WORTH_A_FILE = 2_000
"""Fewer products are sooner read from the database than from a file."""
HELD = 3
"""States kept: a request that began before a change, or reads from a lagging replica, finds its own."""

logger = logging.getLogger(__name__)


class Keeper:
    """Hands out the index of the state that the database is in."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._held: OrderedDict[State, Index] = OrderedDict()

    def current(self) -> Index | None:
        """The index of this moment; `None` inside an open recording. One query as a rule.

        What a recording has written so far has no state of its own yet, and may be taken back.
        """
        if open_recording.get() is not None:
            return None
        at = kept.current_state()
        state = State(at.version, at.stamp)
        if (index := self._held.get(state)) is not None:
            return index
        with self._lock:
            # Others may have moved on while this one waited.
            state = state_now()
            index = self._held.get(state) or self._made(state)
            self._held[state] = index
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return index

    def forget(self) -> None:
        """Start as a new process does."""
        with self._lock:
            self._held.clear()

    def _made(self, state: State) -> Index:
        for index in reversed(self._held.values()):
            if (moved := caught_up(index, state)) is not None:
                return moved
        if (moved := self._from_file(state)) is not None:
            return moved
        with _one_at_a_time():
            # Another process may have written it while this one waited.
            return self._from_file(state) or _built(state)

    def _from_file(self, state: State) -> Index | None:
        index = stored.load(path(), words)
        return None if index is None else caught_up(index, state)


keeper = Keeper()


def write_file() -> int:
    """Bring the file up to the present state, where one pays; gives the number of products.

    So whoever imports can spare the first visitor the seconds that it takes. Raises `OSError`.
    """
    index = keeper.current()
    assert index is not None  # noqa: S101 - nobody calls this inside a recording
    if index.edits:
        with _one_at_a_time():
            stored.save(index, path())
    return len(index.everything)


def state_now() -> State:
    """The state that the database is in. One query."""
    row = CatalogueState.current()
    return State(row.version, row.stamp)


def caught_up(index: Index, state: State) -> Index | None:
    """The index in another state, `None` where the log does not lead from one to the other.

    Costs no query when it is in that state, else eight, and one more for each few hundred products.
    """
    if index.state == state:
        return index
    changes = CatalogueChange.objects.filter(
        version__gte=index.state.version, version__lte=state.version
    ).order_by("version")[: CatalogueChange.KEPT]
    entries = list(changes.values_list("version", "stamp", "products"))
    versions = [version for version, _, _ in entries]
    if versions != list(range(index.state.version, state.version + 1)) or len(entries) < 2:
        return None
    if entries[0][1] != index.state.stamp or entries[-1][1] != state.stamp:
        return None
    keys: set[int] = set()
    for _, _, products in entries[1:]:
        if products is None:
            return None
        keys.update(products)
    if index.edits + len(keys) > MOST_EDITS:
        return None
    return index.moved_on(state, keys, gather(keys), words())


def path() -> Path:
    """The file of this database's index: one for the primary and all that follow it."""
    database = connections[router.db_for_write(Product)].settings_dict
    named = "|".join(str(database.get(part, "")) for part in ("HOST", "PORT", "NAME"))
    return (
        Path(settings.FACETS_DIR) / f"{blake2b(named.encode(), digest_size=6).hexdigest()}.facets"
    )


def _built(state: State) -> Index:
    """Made from the database, and written to its file where that pays."""
    index = Index.of(state, gather(), words())
    if len(index.everything) < WORTH_A_FILE or _may_be_taken_back():
        return index
    try:
        stored.save(index, path())
    except OSError as error:
        logger.warning("The facet index was not written to %s: %s", path(), error)
        return index
    # From the file again, so that the names need not stay in memory.
    return stored.load(path(), lambda: index.words) or index


def _may_be_taken_back() -> bool:
    return connections[router.db_for_write(Product)].in_atomic_block


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold other processes that would make the same index; without a place for files, nothing."""
    lock = path().with_suffix(".lock")
    try:
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = lock.open("w")
    except OSError:
        yield
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
