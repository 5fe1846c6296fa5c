"""What can be asked of the matrix: which uses, which forms, how sure, tested in whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from compare.asking import Many, Question, Vocabulary, column, words_of
from compare.evidence.names import ANY_FORM, MIXED_FORMS, published_forms
from products.models import Use
from products.rules.evidence import LEVELS
from products.rules.grading import Confidence

PEOPLE, ANIMALS = "human", "animal"
WHO: Vocabulary = {PEOPLE: "Tested in people", ANIMALS: "Tested in animals"}
FLOORS: Vocabulary = {
    Confidence.VERY_LOW.value: "Very low or better",
    Confidence.LOW.value: "Low certainty or better",
    Confidence.MODERATE.value: "Moderate certainty or better",
    Confidence.HIGH.value: "High certainty",
}


def _forms() -> Vocabulary:
    """Words of all forms, and of mixed ones. One query."""
    forms = dict(published_forms().values_list("slug", "short_name"))
    return {**forms, ANY_FORM: MIXED_FORMS.name}


def _every_use(chosen: Collection[str]) -> Q:
    """Holds for cells and columns, which the rules make, not the database."""
    return Q()


@dataclass(frozen=True)
class Choice:
    """One value of a control."""

    value: str
    label: str
    selected: bool


class UsesFilter(Question):
    """A question put to uses × forms. `group` chooses rows, `form` columns, the others cells."""

    certainty = Many(vocabulary=lambda: FLOORS, condition=_every_use, label="Certainty")
    who = Many(vocabulary=lambda: WHO, condition=_every_use, label="Tested in")
    group = Many(vocabulary=words_of(Use.Group), condition=column("group"), label="Uses")
    form = Many(vocabulary=_forms, condition=_every_use, label="Form")

    @property
    def floor(self) -> Confidence | None:
        """The lowest certainty asked for: several mean or."""
        chosen = [Confidence(value) for value in self.values.get("certainty", ())]
        return min(chosen, key=LEVELS.index, default=None)

    @property
    def who_is_asked(self) -> frozenset[str]:
        """In whom it should have been tested, nobody named meaning anybody."""
        return frozenset(self.values.get("who", WHO))

    @property
    def leaves_out_cells(self) -> bool:
        return self.floor is not None or self.who_is_asked != frozenset(WHO)

    @property
    def forms(self) -> list[str]:
        """Slugs of the columns asked for; none for the usual ones."""
        return list(self.values.get("form", ()))

    @property
    def choices(self) -> dict[str, list[Choice]]:
        """What each control offers, by key. Of several certainties the lowest is the one in force."""
        on = {**self.values, "certainty": [self.floor] if self.floor else []}
        return {
            key: [
                Choice(value, label, value in on.get(key, ()))
                for value, label in filter_.vocabulary.items()
            ]
            for key, filter_ in self.filters.items()
        }

    @property
    def chosen(self) -> dict[str, int]:
        """How many values are on, by key."""
        return {key: len(value) for key, value in self.values.items()}
