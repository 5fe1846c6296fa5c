"""Which way a result points: left of the middle, on it, or right of it. Never how far."""

from __future__ import annotations

from dataclasses import dataclass

LOWER, SAME, HIGHER = 18, 55, 92
_PLACES = {
    "lower": (LOWER,),
    "no_difference": (SAME,),
    "higher": (HIGHER,),
    "mixed": (LOWER, HIGHER),
}


@dataclass(frozen=True)
class DirectionMark:
    """Centres of the marks; see `templates/charts/direction.html`. `shape`: who was tested."""

    places: tuple[int, ...]
    shape: str


def direction_mark(direction: str, species: str) -> DirectionMark | None:
    """Filled circle for people, open circle for animals, open square in vitro; `None`: not compared."""
    places = _PLACES.get(direction)
    if places is None:
        return None
    shape = {"human": "filled", "in_vitro": "square"}.get(species, "open")
    return DirectionMark(places, shape)
