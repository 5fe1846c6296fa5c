"""What an address asks to compare: which things in which order, which rows, against which baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from compare.comparison.matrix import Shown
from compare.links import Query
from compare.notes import Ignored, Note, unknown_keys

MOST_PRODUCTS = 5
MOST_FORMS = 8
MOST_READ = 50
"""Items of an address that are looked up; nobody compares more, and each costs a parameter."""

KEYS = ("item", "rows", "base", "add", "dose", "authority", "format")


@dataclass(frozen=True)
class Selection:
    """Subjects in their order, at most so many; `query` is the address that asks for just these."""

    subjects: tuple[Any, ...]
    query: Query
    most: int
    shown: Shown = Shown.ALL
    base: int | None = None
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @classmethod
    def read(
        cls, query: Query, things: QuerySet[Any], most: int, given: Sequence[str] = ()
    ) -> Selection:
        """Find the items among `things` by slug; what does not hold is noted and left out.

        `given` are the items as they came, since a `Query` keeps no doubles. The queries of
        `things`, and none without items.
        """
        notes = list(unknown_keys(query.keys(), KEYS))
        subjects = items(query, things, most, notes, given)
        slugs = [subject.slug for subject in subjects]
        return cls(
            subjects=subjects,
            query=query.only(*KEYS).replace("item", *slugs),
            most=most,
            shown=_shown(query, notes),
            base=_base(query, slugs, notes),
            notes=tuple(notes),
        )

    @property
    def slugs(self) -> list[str]:
        return [subject.slug for subject in self.subjects]

    @property
    def has_room(self) -> bool:
        return len(self.subjects) < self.most

    def with_item(self, slug: str) -> Query:
        """The address with one thing more, and no search."""
        return self.query.without("add").add("item", slug)

    def without_item(self, slug: str) -> Query:
        query = self.query.remove("item", slug)
        return query.without("base") if query.get("base") == slug else query

    def moved(self, place: int, by: int) -> Query | None:
        """The address with the thing at a place moved left (-1) or right (1); `None` at the edge."""
        to = place + by
        if not 0 <= to < len(self.subjects):
            return None
        slugs = self.slugs
        slugs[place], slugs[to] = slugs[to], slugs[place]
        return self.query.replace("item", *slugs)


def items(
    query: Query, things: QuerySet[Any], most: int, notes: list[Note], given: Sequence[str] = ()
) -> tuple[Any, ...]:
    """The things that `item` names, in its order and at most so many; what does not hold is noted."""
    wanted = _wanted(query, given, notes)
    found = {thing.slug: thing for thing in things.filter(slug__in=wanted)} if wanted else {}
    notes += [Note(Ignored.UNKNOWN_VALUE, "item", slug) for slug in wanted if slug not in found]
    chosen = [found[slug] for slug in wanted if slug in found]
    notes += [Note(Ignored.TOO_MANY, "item", str(one), str(most)) for one in chosen[most:]]
    return tuple(chosen[:most])


def _wanted(query: Query, given: Sequence[str], notes: list[Note]) -> list[str]:
    times = Counter(item.strip() for item in given if item.strip())
    wanted = list(dict.fromkeys(item.strip() for item in query.all("item")))
    if len(wanted) > MOST_READ:
        notes.append(Note(Ignored.TOO_LONG, "item", bounds=f"{MOST_READ} items"))
        wanted = wanted[:MOST_READ]
    notes += [Note(Ignored.GIVEN_TWICE, "item", item) for item in wanted if times[item] > 1]
    # No slug holds a NUL, and PostgreSQL refuses to be asked for one.
    return [item.replace("\0", "\N{REPLACEMENT CHARACTER}") for item in wanted]


def _shown(query: Query, notes: list[Note]) -> Shown:
    wanted = query.get("rows", Shown.ALL.value)
    try:
        return Shown(wanted)
    except ValueError:
        notes.append(Note(Ignored.UNKNOWN_VALUE, "rows", wanted))
        return Shown.ALL


def _base(query: Query, slugs: Sequence[str], notes: list[Note]) -> int | None:
    wanted = query.get("base")
    if not wanted:
        return None
    if wanted not in slugs:
        notes.append(Note(Ignored.UNKNOWN_VALUE, "base", wanted))
        return None
    return slugs.index(wanted)
