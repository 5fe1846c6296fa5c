"""Uses in which one form was tested, each study in its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from compare.evidence import Study
from products.models import MagnesiumForm, Status
from products.rules.evidence import LEVELS, Kind


class Place(StrEnum):
    """What a study can say of a tablet that holds this form and nothing else."""

    SWALLOWED = "swallowed"
    HOSPITAL = "hospital"
    COMBINED = "combined"
    LABORATORY = "laboratory"
    OTHERWISE = "otherwise"


_PLACES = {
    Kind.PEOPLE: Place.SWALLOWED,
    Kind.COMBINATION: Place.COMBINED,
    Kind.ANIMALS: Place.LABORATORY,
    Kind.IN_VITRO: Place.LABORATORY,
}


@dataclass(frozen=True)
class Tested:
    """Studies of one place, by use."""

    place: Place
    studies: tuple[Study, ...]


def tested(form: MagnesiumForm) -> tuple[Tested, ...]:
    """Published uses only; the surest studies of a use first. Costs no query."""
    studies = [Study(row) for row in form.evidence.all() if row.use.status == Status.PUBLISHED]
    groups = ((place, [one for one in studies if _place(one) is place]) for place in Place)
    return tuple(Tested(place, _in_order(found)) for place, found in groups if found)


def _place(study: Study) -> Place:
    """By what the result can speak for; a hospital's use by mouth is none of a supplement."""
    place = _PLACES.get(study.kind, Place.OTHERWISE)
    is_treatment = place is Place.SWALLOWED and study.row.use.hospital_only
    return Place.HOSPITAL if is_treatment else place


def _in_order(studies: Iterable[Study]) -> tuple[Study, ...]:
    def order(study: Study) -> tuple[int, str, int, str]:
        use = study.row.use
        return use.position, use.name, -LEVELS.index(study.certainty), study.row.key

    return tuple(sorted(studies, key=order))
