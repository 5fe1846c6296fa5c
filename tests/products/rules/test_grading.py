from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.grading import (
    VERSION,
    Confidence,
    ConfidenceResult,
    Design,
    Limit,
    ProductGrade,
    Study,
    certainty_ceiling,
    confidence,
    of_product,
)

LEVELS = [Confidence.VERY_LOW, Confidence.LOW, Confidence.MODERATE, Confidence.HIGH]


def study(
    source: str,
    design: Design = Design.RCT,
    species: str | None = "human",
    compares: bool = True,
    independent: bool | None = True,
) -> Study:
    return Study(source, design, species, compares, independent)


def level(*studies: Study, agree: bool = True) -> Confidence:
    return confidence(studies, agree).level


OPEN = study("firoz", Design.OPEN_TRIAL)
THREE = (study("walker"), study("kappeler", Design.CROSSOVER_TRIAL), study("schutten"))


def test_nothing_is_very_low_and_says_so() -> None:
    assert confidence([], agree=True) == ConfidenceResult(
        Confidence.VERY_LOW, (Limit.NO_COMPARISON,), 0, VERSION
    )


def test_however_many_animals_and_test_tubes_stay_very_low() -> None:
    rats = [study(f"rats {n}", Design.ANIMAL, "rat") for n in range(9)]
    tubes = [study(f"tubes {n}", Design.IN_VITRO, "in_vitro") for n in range(9)]
    result = confidence(rats + tubes, agree=True)
    assert result.level is Confidence.VERY_LOW
    assert result.reasons == (Limit.NOT_IN_PEOPLE,)
    assert result.human_comparisons == 0


@pytest.mark.parametrize(
    "uncounted",
    [
        study("one form only", compares=False),
        study("rats at random", Design.RCT, "rat"),
        study("species not given", Design.RCT, None),
        study("counts the others again", Design.META_ANALYSIS),
        study("one patient", Design.CASE_REPORT),
        study("a page", Design.WEB_REVIEW),
    ],
)
def test_what_does_not_compare_forms_in_people_counts_for_nothing(uncounted: Study) -> None:
    assert confidence([uncounted], agree=True).human_comparisons == 0
    assert confidence([*THREE, uncounted], agree=True) == confidence(THREE, agree=True)


def test_one_comparison_in_people_is_low_be_it_randomised_or_not() -> None:
    assert level(OPEN) is Confidence.LOW
    assert level(study("walker")) is Confidence.LOW


def test_a_study_counts_once_however_many_findings_it_gave() -> None:
    result = confidence([study("walker")] * 5, agree=True)
    assert result.level is Confidence.LOW
    assert result.human_comparisons == 1


def test_two_are_moderate_if_one_of_them_is_randomised() -> None:
    assert level(OPEN, study("lindberg", Design.OPEN_TRIAL)) is Confidence.LOW
    assert level(OPEN, study("walker")) is Confidence.MODERATE
    assert level(OPEN, study("kappeler", Design.CROSSOVER_TRIAL)) is Confidence.MODERATE


def test_three_randomised_that_agree_with_one_independent_are_high() -> None:
    result = confidence(THREE, agree=True)
    assert result == ConfidenceResult(Confidence.HIGH, (), 3, VERSION)


@pytest.mark.parametrize("funded", [False, None])
def test_without_a_known_independent_trial_none_is_high(funded: bool | None) -> None:
    trials = [study(source, independent=funded) for source in ("a", "b", "c")]
    result = confidence([*trials, OPEN], agree=True)  # OPEN is independent, not randomised
    assert result.level is Confidence.MODERATE
    assert result.reasons == (Limit.NONE_INDEPENDENT,)


def test_trials_that_disagree_are_not_high() -> None:
    result = confidence(THREE, agree=False)
    assert result.level is Confidence.MODERATE
    assert result.reasons == (Limit.DIRECTIONS_DIFFER,)


def test_every_limit_is_named() -> None:
    assert confidence([study("one", Design.OPEN_TRIAL, independent=None)], agree=False).reasons == (
        Limit.ONE_HUMAN_COMPARISON,
        Limit.NONE_RANDOMISED,
        Limit.NONE_INDEPENDENT,
        Limit.DIRECTIONS_DIFFER,
    )
    assert confidence([study("one"), study("two")], agree=True).reasons == (Limit.FEW_RANDOMISED,)


studies = st.lists(
    st.builds(
        Study,
        source_id=st.sampled_from("abcdefg"),
        design=st.sampled_from(Design),
        species=st.sampled_from(["human", "rat", None]),
        compares_forms=st.booleans(),
        independent=st.sampled_from([True, False, None]),
    ),
    max_size=10,
)


@given(studies, studies, st.booleans())
def test_more_studies_that_agree_as_much_never_make_it_less_sure(
    some: list[Study], more: list[Study], agree: bool
) -> None:
    assert LEVELS.index(level(*some, agree=agree)) <= LEVELS.index(level(*some, *more, agree=agree))


@given(studies)
def test_only_a_high_confidence_has_nothing_against_it(some: list[Study]) -> None:
    result = confidence(some, agree=True)
    assert (result.level is Confidence.HIGH) is (not result.reasons)


@pytest.mark.parametrize(
    ("design", "species", "ceiling"),
    [
        (Design.META_ANALYSIS, "human", Confidence.HIGH),
        (Design.SYSTEMATIC_REVIEW, "human", Confidence.HIGH),
        (Design.RCT, "human", Confidence.HIGH),
        (Design.CROSSOVER_TRIAL, "human", Confidence.HIGH),
        (Design.GUIDELINE, None, Confidence.HIGH),
        (Design.AUTHORITY, "", Confidence.HIGH),
        (Design.OPEN_TRIAL, "human", Confidence.LOW),
        (Design.COHORT, "human", Confidence.LOW),
        (Design.CASE_REPORT, "human", Confidence.VERY_LOW),
        (Design.NARRATIVE_REVIEW, "human", Confidence.VERY_LOW),
        (Design.ANIMAL, "rat", Confidence.VERY_LOW),
        (Design.ANIMAL, None, Confidence.VERY_LOW),
        (Design.IN_VITRO, "in_vitro", Confidence.VERY_LOW),
        (Design.RCT, "rat", Confidence.VERY_LOW),
        (Design.META_ANALYSIS, "mouse", Confidence.VERY_LOW),
    ],
)
def test_how_certain_evidence_for_people_can_be(
    design: Design, species: str | None, ceiling: Confidence
) -> None:
    assert certainty_ceiling(design, species) is ceiling


@pytest.mark.parametrize("design", Design)
def test_every_design_has_a_ceiling(design: Design) -> None:
    assert certainty_ceiling(design, "human") in Confidence
    assert certainty_ceiling(design, "rat") is Confidence.VERY_LOW


@pytest.mark.parametrize(
    ("grades", "code", "mixed"),
    [
        ([], None, False),
        (["high"], "high", False),
        ([None], None, False),
        (["low", "low"], "low", False),
        (["low", "high"], None, True),
        (["low", None], None, False),
        (["low", "high", None], None, False),
        (["unclear", "unclear"], "unclear", False),
    ],
)
def test_a_product_has_the_grade_that_all_its_forms_share(
    grades: list[str | None], code: str | None, mixed: bool
) -> None:
    for order in permutations(grades):
        assert of_product(order) == ProductGrade(code, mixed)
