"""The order of names as numbers with gaps, so that a new name takes one between its neighbours.

Names are ordered by code point, as SQLite does, and PostgreSQL with the collation C.
"""

from __future__ import annotations

from collections.abc import Mapping

from pyroaring import BitMap

from compare.facets.names import Names
from compare.facets.slices import Slices, page

GAP = 1 << 12
"""Numbers left free between two neighbours: twelve times a new name may fall between the same two."""


def order_of(names: Names) -> Slices:
    """Number all names anew. Equal names have equal numbers."""
    by_row = dict(names)
    places = {name: GAP * place for place, name in enumerate(sorted(set(by_row.values())), 1)}
    return Slices.of({row: places[name] for row, name in by_row.items()})


def with_names(order: Slices, before: Names, after: Names, new: Mapping[int, str | None]) -> Slices:
    """The order after some rows have got another name, or `None`.

    Costs a search in the order for each name that is new, and all of `order_of` when there is no
    number left between two neighbours.
    """
    moved = BitMap([row for row, name in new.items() if name is None or before.get(row) != name])
    order = order.replaced(moved, {})
    for row in moved:
        if (name := new[row]) is None:
            continue
        number = _place(order, after, name)
        if number is None:
            return order_of(after)
        order = order.replaced(BitMap([row]), {row: number})
    return order


def _place(order: Slices, names: Names, name: str) -> int | None:
    """The number of a name, between those of its neighbours; `None` when none is left."""
    digits = order.digits()

    def at(place: int) -> int:
        return page(order.known, digits, place, place + 1)[0]

    low, high = 0, len(order.known)
    while low < high:
        middle = (low + high) // 2
        if (names.get(at(middle)) or "") < name:
            low = middle + 1
        else:
            high = middle
    below = order.number(at(low - 1)) or 0 if low else 0
    if low == len(order.known):
        return below + GAP
    above = order.number(at(low)) or 0
    if names.get(at(low)) == name:
        return above
    return (below + above) // 2 if above - below > 1 else None
