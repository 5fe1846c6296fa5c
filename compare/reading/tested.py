"""Uses in which one form was tested, each study in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from compare import figures
from products.models import Confidence, Evidence, MagnesiumForm, Species, Status

_SURENESS = [Confidence.HIGH, Confidence.MODERATE, Confidence.LOW, Confidence.VERY_LOW]


class Place(StrEnum):
    """What a study can say of a tablet that holds this form and nothing else."""

    SWALLOWED = "swallowed"
    COMBINED = "combined"
    ANIMALS = "animals"
    OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Study:
    """One outcome of one study."""

    row: Evidence

    @property
    def size(self) -> str:
        """The size of the effect as published with its interval; blank where it is not on record."""
        row = self.row
        if row.effect_size is None:
            return ""
        text = f"{figures.number(row.effect_size, 2)}{figures.NBSP}{row.effect_unit}"
        if row.ci_low is None or row.ci_high is None:
            return text
        ends = (figures.number(end, 2) for end in (row.ci_low, row.ci_high))
        return f"{text} ({' to '.join(ends)})"


@dataclass(frozen=True)
class Tested:
    """Studies of one place, by use."""

    place: Place
    studies: tuple[Study, ...]


def tested(form: MagnesiumForm) -> tuple[Tested, ...]:
    """Published uses only; the surest studies of a use first. Costs no query."""
    rows = [row for row in form.evidence.all() if row.use.status == Status.PUBLISHED]
    groups = ((place, [row for row in rows if _place(row) is place]) for place in Place)
    return tuple(Tested(place, _in_order(found)) for place, found in groups if found)


def _place(row: Evidence) -> Place:
    if row.species != Species.HUMAN:
        return Place.ANIMALS
    if row.use.hospital_only or row.route != Evidence.Route.ORAL:
        return Place.OTHERWISE
    return Place.COMBINED if row.is_combination else Place.SWALLOWED


def _in_order(rows: Iterable[Evidence]) -> tuple[Study, ...]:
    ordered = sorted(
        rows,
        key=lambda row: (
            row.use.position,
            row.use.name,
            _SURENESS.index(Confidence(row.certainty)),
            row.key,
        ),
    )
    return tuple(Study(row) for row in ordered)
