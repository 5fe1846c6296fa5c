"""What studies say of one use of one magnesium form, and what says nothing about a supplement.

The steps follow GRADE: results in another population or of another intervention are indirect
(Guyatt and others, J Clin Epidemiol 2011;64:1303-1310), results that disagree are inconsistent
(J Clin Epidemiol 2011;64:1294-1302), and both lower the certainty. What was given otherwise, or
with something else, is another intervention, and answers another question (Cochrane Handbook 6.4,
chapter 3). Counting instead of judging is a house rule, so that the catalogue gives the same answer
twice.

Three things stay apart: direction, certainty, and the size of an effect, which is never pooled here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from products.rules.grading import HUMAN, Confidence, Design, certainty_ceiling

VERSION = "1"

IN_VITRO = "in_vitro"
ORAL = "oral"

LEVELS = (Confidence.VERY_LOW, Confidence.LOW, Confidence.MODERATE, Confidence.HIGH)
"""From the least sure to the surest."""

CEILING_OF_MIXED = Confidence.MODERATE
"""Results that disagree are never high together, as in `grading.confidence`."""


class Direction(StrEnum):
    """Where a result points."""

    BENEFIT = "benefit"
    NO_DIFFERENCE = "no_difference"
    MIXED = "mixed"
    HARM = "harm"


class Kind(StrEnum):
    """What a result can speak for. Only people by mouth, magnesium alone, speak for a supplement."""

    PEOPLE = "people"
    ANIMALS = "animals"
    IN_VITRO = "in_vitro"
    INJECTION = "injection"
    FOOD = "food"
    COMBINATION = "combination"
    OTHERWISE = "otherwise"


LABORATORY = frozenset({Kind.ANIMALS, Kind.IN_VITRO})
"""A hint of what may be worth testing in people; it lifts no certainty."""

APART = (Kind.INJECTION, Kind.FOOD, Kind.COMBINATION, Kind.OTHERWISE)
"""Kinds that say nothing about tablets, whatever they found."""

_ROUTES = {"injection": Kind.INJECTION, "food": Kind.FOOD}


class Status(StrEnum):
    """What is known of one use and one form."""

    TESTED_IN_FORM = "tested_in_form"
    ANIMALS_ONLY = "animals_only"
    ONLY_OTHER_FORMS = "only_other_forms"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True)
class Result:
    """One outcome of one study. `form` is `None` where it mixed forms or did not say.

    `certainty` is the editor's; it counts up to the ceiling of the design and the species.
    """

    source_id: str
    form: str | None
    design: str
    species: str
    route: str
    is_combination: bool
    direction: Direction
    certainty: Confidence


@dataclass(frozen=True)
class Judgement:
    """Direction and certainty of several results, and what they were counted from."""

    direction: Direction
    certainty: Confidence
    studies: int
    directions: tuple[tuple[Direction, int], ...]
    rule_version: str = VERSION


@dataclass(frozen=True)
class Verdict:
    """One use × form. `judgement` is there only where this very form was tested in people.

    `laboratory` counts studies of this form in animals and in vitro, `elsewhere` those by mouth of
    other or mixed forms; `apart` names what else was done with this form, and says nothing here.
    """

    status: Status
    judgement: Judgement | None
    laboratory: int
    elsewhere: int
    apart: tuple[Kind, ...]
    rule_version: str = VERSION


def kind_of(result: Result) -> Kind:
    """Tell what a result can speak for.

    A test tube has no route. Then the route decides, then what else was given, then the species:
    rats that were injected are no hint for tablets either.
    """
    if result.species == IN_VITRO:
        return Kind.IN_VITRO
    if result.route != ORAL:
        return _ROUTES.get(result.route, Kind.OTHERWISE)
    if result.is_combination:
        return Kind.COMBINATION
    return Kind.PEOPLE if result.species == HUMAN else Kind.ANIMALS


def certainty_of(result: Result) -> Confidence:
    """The editor's certainty, held down to what design and species allow."""
    ceiling = certainty_ceiling(Design(result.design), result.species)
    return min(result.certainty, ceiling, key=LEVELS.index)


def judge(results: Sequence[Result]) -> Judgement | None:
    """Put results of one kind together; `None` of none.

    All in one direction give that direction, anything else is mixed: a benefit in one study and
    none in the next is neither. The certainty is the highest of the results that stand for the
    direction, which for a mixed one are all of them, and then at most `CEILING_OF_MIXED`.
    """
    if not results:
        return None
    found = Counter(result.direction for result in results)
    level = max((certainty_of(result) for result in results), key=LEVELS.index)
    if len(found) == 1:
        (direction,) = found
    else:
        direction = Direction.MIXED
        level = min(level, CEILING_OF_MIXED, key=LEVELS.index)
    return Judgement(
        direction=direction,
        certainty=level,
        studies=_studies(results),
        directions=tuple((one, found[one]) for one in Direction if found[one]),
    )


def of_form(results: Iterable[Result], form: str | None) -> Verdict:
    """Tell what is known of a form for a use, from all results of that use.

    `None` asks for the studies that mixed forms or did not say, which hold for no form.

    - tested in this form: in people, by mouth, alone. Direction and certainty are of these only.
    - animals only: this form, in animals or in vitro, never in people.
    - only in other forms: by mouth or in the laboratory; shown as such, never borrowed.
    - not tested: nothing of the kind. Injections, food and combinations don't change that.
    """
    own: dict[Kind, list[Result]] = {kind: [] for kind in Kind}
    others: list[Result] = []
    for result in results:
        kind = kind_of(result)
        if result.form == form:
            own[kind].append(result)
        elif kind not in APART:
            others.append(result)
    laboratory = [result for kind in LABORATORY for result in own[kind]]
    if own[Kind.PEOPLE]:
        status = Status.TESTED_IN_FORM
    elif laboratory:
        status = Status.ANIMALS_ONLY
    else:
        status = Status.ONLY_OTHER_FORMS if others else Status.NOT_TESTED
    return Verdict(
        status=status,
        judgement=judge(own[Kind.PEOPLE]),
        laboratory=_studies(laboratory),
        elsewhere=_studies(others),
        apart=tuple(kind for kind in APART if own[kind]),
    )


def _studies(results: Iterable[Result]) -> int:
    return len({result.source_id for result in results})
