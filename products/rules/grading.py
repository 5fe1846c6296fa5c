"""Grades, and how sure each of them is.

A grade says what studies found, a confidence how far they can be trusted to have
found it, and the two are never merged. The steps follow GRADE (Guyatt and others,
BMJ 2008;336:924-926): randomised evidence starts high, observational evidence low,
and indirectness, inconsistency and risk of bias lower it. GRADE asks for judgement
where a catalogue needs a rule that gives the same answer twice; the counts below are
house rules in its spirit, not GRADE ratings.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

VERSION = "1"

HUMAN = "human"
"""The one species whose results are direct evidence for the reader."""

MODERATE_COMPARISONS = 2
"""Human comparisons that make a moderate confidence: a result must have been found
again to count as consistent."""

HIGH_RANDOMISED = 3
"""Randomised human comparisons that make a high one. Trials here have 10 to 50 people,
so fewer are too imprecise."""


class Bioavailability(StrEnum):
    """How much of a dose reaches the body, against other forms."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    UNCLEAR = "unclear"


class Laxative(StrEnum):
    """What a form does to the bowel at usual doses. No end is the better one."""

    LOW = "low"
    MILD = "mild"
    MARKED = "marked"
    OSMOTIC_LAXATIVE = "osmotic_laxative"


class Confidence(StrEnum):
    """How sure a grade is, or how certain a finding can be: the four levels of GRADE."""

    VERY_LOW = "very_low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Design(StrEnum):
    """What kind of study or publication a source is."""

    META_ANALYSIS = "meta_analysis"
    SYSTEMATIC_REVIEW = "systematic_review"
    RCT = "rct"
    CROSSOVER_TRIAL = "crossover_trial"
    OPEN_TRIAL = "open_trial"
    COHORT = "cohort"
    CASE_REPORT = "case_report"
    ANIMAL = "animal"
    IN_VITRO = "in_vitro"
    NARRATIVE_REVIEW = "narrative_review"
    AUTHORITY = "authority"
    GUIDELINE = "guideline"
    WEB_REVIEW = "web_review"
    LABEL = "label"
    BOOK = "book"
    BRAND_PAGE = "brand_page"
    SHOP_PAGE = "shop_page"


class Limit(StrEnum):
    """What keeps a confidence from being high."""

    NO_COMPARISON = "no_comparison"
    NOT_IN_PEOPLE = "not_in_people"
    ONE_HUMAN_COMPARISON = "one_human_comparison"
    NONE_RANDOMISED = "none_randomised"
    FEW_RANDOMISED = "few_randomised"
    NONE_INDEPENDENT = "none_independent"
    DIRECTIONS_DIFFER = "directions_differ"


_RANDOMISED = frozenset({Design.RCT, Design.CROSSOVER_TRIAL})
# A review counts trials that are here in their own right: it would count them twice.
_TRIALS_IN_PEOPLE = _RANDOMISED | {Design.OPEN_TRIAL, Design.COHORT}
_LABORATORY = frozenset({Design.ANIMAL, Design.IN_VITRO})

# Authorities and guidelines weigh the whole body of evidence, as meta-analyses do.
_CEILINGS: dict[Design, Confidence] = {
    Design.META_ANALYSIS: Confidence.HIGH,
    Design.SYSTEMATIC_REVIEW: Confidence.HIGH,
    Design.AUTHORITY: Confidence.HIGH,
    Design.GUIDELINE: Confidence.HIGH,
    Design.RCT: Confidence.HIGH,
    Design.CROSSOVER_TRIAL: Confidence.HIGH,
    Design.OPEN_TRIAL: Confidence.LOW,
    Design.COHORT: Confidence.LOW,
    Design.CASE_REPORT: Confidence.VERY_LOW,
    Design.NARRATIVE_REVIEW: Confidence.VERY_LOW,
    Design.WEB_REVIEW: Confidence.VERY_LOW,
    Design.BOOK: Confidence.VERY_LOW,
    Design.LABEL: Confidence.VERY_LOW,
    # What is said where it is sold is no study of it.
    Design.BRAND_PAGE: Confidence.VERY_LOW,
    Design.SHOP_PAGE: Confidence.VERY_LOW,
    Design.ANIMAL: Confidence.VERY_LOW,
    Design.IN_VITRO: Confidence.VERY_LOW,
}


@dataclass(frozen=True)
class Study:
    """What grading needs of a study; several may share a source, one a finding.

    `species` is that of the finding ("human", "rat", "in_vitro" …), blank or `None`
    if not known. `independent` of the makers is `None` if not known. `n` is
    carried for the page and not weighed: half of the comparisons don't state theirs.
    """

    source_id: str
    design: Design
    species: str | None
    compares_forms: bool
    independent: bool | None = None
    n: int | None = None


@dataclass(frozen=True)
class ConfidenceResult:
    """A confidence, what holds it down (nothing, when high), and what it was counted from."""

    level: Confidence
    reasons: tuple[Limit, ...]
    human_comparisons: int
    rule_version: str = VERSION


@dataclass(frozen=True)
class ProductGrade:
    """The grade of a product's forms: `code` when they share one, else `None`."""

    code: str | None
    mixed: bool


def confidence(studies: Iterable[Study], agree: bool) -> ConfidenceResult:
    """Tell how sure the bioavailability grade of one form is.

    `studies` are those with a finding on the form; `agree` says whether their
    directions do. Counted are distinct sources that compare the form with another:

    - very low: none in people. Animals and test tubes are too indirect to say more.
    - low: one in people, or several of which none is randomised.
    - moderate: `MODERATE_COMPARISONS` in people, at least one randomised.
    - high: `HIGH_RANDOMISED` randomised in people, at least one of them independent
      of the makers, and no disagreement.
    """
    comparing = [study for study in studies if study.compares_forms]
    people = [s for s in comparing if s.species == HUMAN and s.design in _TRIALS_IN_PEOPLE]
    randomised = [study for study in people if study.design in _RANDOMISED]
    human, controlled = _sources(people), _sources(randomised)
    if not human:
        tested = any(study.design in _LABORATORY for study in comparing)
        reason = Limit.NOT_IN_PEOPLE if tested else Limit.NO_COMPARISON
        return ConfidenceResult(Confidence.VERY_LOW, (reason,), 0)

    limits = {
        Limit.ONE_HUMAN_COMPARISON: human == 1,
        Limit.NONE_RANDOMISED: controlled == 0,
        Limit.FEW_RANDOMISED: 0 < controlled < HIGH_RANDOMISED,
        Limit.NONE_INDEPENDENT: not any(study.independent for study in randomised),
        Limit.DIRECTIONS_DIFFER: not agree,
    }
    reasons = tuple(limit for limit, holds in limits.items() if holds)
    if not reasons:
        level = Confidence.HIGH
    elif human >= MODERATE_COMPARISONS and controlled:
        level = Confidence.MODERATE
    else:
        level = Confidence.LOW
    return ConfidenceResult(level, reasons, human)


def certainty_ceiling(design: Design, species: str | None) -> Confidence:
    """Give the highest certainty that evidence of this kind can have for a use in people.

    A ceiling, where GRADE lets evidence start: an editor rates at or below it. Results
    in another species than people are indirect, whatever the design; where no species
    is stated (authorities, guidelines), the design decides.
    """
    if species and species != HUMAN:
        return Confidence.VERY_LOW
    return _CEILINGS[design]


def of_product(grades: Sequence[str | None]) -> ProductGrade:
    """Give a product the grade of its forms, one a form, `None` for an ungraded one.

    Grades are not averaged: forms that differ make a mixed product, and one form
    without a grade leaves the product without.
    """
    if not grades or None in grades:
        return ProductGrade(None, mixed=False)
    if len(set(grades)) > 1:
        return ProductGrade(None, mixed=True)
    return ProductGrade(grades[0], mixed=False)


def _sources(studies: Iterable[Study]) -> int:
    return len({study.source_id for study in studies})
