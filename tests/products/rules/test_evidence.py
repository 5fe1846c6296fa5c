"""What studies say of a use and a form: published cases, and what must hold for any of them."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.evidence import (
    APART,
    LABORATORY,
    LEVELS,
    Direction,
    Kind,
    Result,
    Status,
    certainty_of,
    judge,
    kind_of,
    of_form,
)
from products.rules.grading import Confidence, Design, certainty_ceiling

BENEFIT, NOTHING, MIXED, HARM = (
    Direction.BENEFIT,
    Direction.NO_DIFFERENCE,
    Direction.MIXED,
    Direction.HARM,
)
LOW, MODERATE, HIGH, VERY_LOW = (
    Confidence.LOW,
    Confidence.MODERATE,
    Confidence.HIGH,
    Confidence.VERY_LOW,
)


def result(
    source: str,
    form: str | None,
    direction: Direction = BENEFIT,
    certainty: Confidence = LOW,
    design: str = "rct",
    species: str = "human",
    route: str = "oral",
    combined: bool = False,
) -> Result:
    return Result(source, form, design, species, route, combined, direction, certainty)


SLUTSKY = result("slutsky-2010", "l-threonate", certainty=HIGH, design="animal", species="rat")
LIU = result("liu-2016", "l-threonate")
ZHANG = result("zhang-2022", "l-threonate", combined=True)
ROGUIN = result("roguin-maor-2017", "oxide", NOTHING, MODERATE)
GARRISON = result("garrison-2020", None, NOTHING, MODERATE, "meta_analysis")
MAGPIE = result("magpie-2002", "sulfate", certainty=HIGH, route="injection")


# Published cases -------------------------------------------------------------------------------


def test_threonate_and_memory_rest_on_the_one_trial_in_people() -> None:
    """Liu 2016 in people; Slutsky 2010 in rats and the blend of Zhang 2022 add nothing to it."""
    verdict = of_form([SLUTSKY, SLUTSKY, LIU, ZHANG], "l-threonate")
    assert verdict.status is Status.TESTED_IN_FORM
    assert verdict.judgement == judge([LIU])
    assert (verdict.laboratory, verdict.apart) == (1, (Kind.COMBINATION,))


def test_oxide_and_cramps_are_no_different_from_placebo_with_moderate_certainty() -> None:
    verdict = of_form([ROGUIN, GARRISON], "oxide")
    assert verdict.judgement is not None
    assert (verdict.judgement.direction, verdict.judgement.certainty) == (NOTHING, MODERATE)
    assert (verdict.judgement.studies, verdict.elsewhere) == (1, 1)


def test_two_outcomes_of_one_trial_that_differ_are_mixed_and_one_study() -> None:
    """Abbasi 2012, oxide and sleep: a better severity index, and a sleep time in dispute."""
    judgement = judge(
        [
            result("abbasi-2012", "oxide", BENEFIT, LOW),
            result("abbasi-2012", "oxide", MIXED, VERY_LOW),
        ]
    )
    assert judgement is not None
    assert (judgement.direction, judgement.certainty, judgement.studies) == (MIXED, LOW, 1)
    assert judgement.directions == ((BENEFIT, 1), (MIXED, 1))


def test_a_trial_of_another_form_is_not_borrowed() -> None:
    verdict = of_form([ROGUIN, GARRISON], "gluconate")
    assert (verdict.status, verdict.judgement) == (Status.ONLY_OTHER_FORMS, None)
    assert verdict.elsewhere == 2


def test_malate_in_fibromyalgia_was_given_with_malic_acid_and_gets_no_credit() -> None:
    """Russell 1995."""
    russell = result("russell-1995", "malate", NOTHING, combined=True)
    assert of_form([russell], "malate").status is Status.NOT_TESTED
    verdict = of_form([russell, result("bagis-2013", "citrate", MIXED)], "malate")
    assert (verdict.status, verdict.apart) == (Status.ONLY_OTHER_FORMS, (Kind.COMBINATION,))


def test_a_drip_in_hospital_says_nothing_about_tablets_however_sure_it_is() -> None:
    """Magpie 2002: 10,141 women, high certainty, sulfate into a vein."""
    verdict = of_form([MAGPIE], "sulfate")
    assert (verdict.status, verdict.judgement) == (Status.NOT_TESTED, None)
    assert verdict.apart == (Kind.INJECTION,)
    assert of_form([MAGPIE], "citrate") == of_form([], "citrate")


def test_rats_alone_are_animals_only_and_another_form_has_them_only_elsewhere() -> None:
    """Abumaria 2011, fear in rats."""
    rats = replace(SLUTSKY, source_id="abumaria-2011")
    assert of_form([rats], "l-threonate").status is Status.ANIMALS_ONLY
    assert of_form([rats], "citrate").status is Status.ONLY_OTHER_FORMS


def test_pooled_studies_that_mix_forms_stand_by_themselves() -> None:
    """Zhang 2016 and Dickinson 2006, blood pressure."""
    zhang = result("zhang-2016", None, BENEFIT, MODERATE, "meta_analysis")
    dickinson = result("dickinson-2006", None, NOTHING, LOW, "meta_analysis")
    judgement = of_form([zhang, dickinson, ROGUIN, SLUTSKY], None).judgement
    assert judgement is not None
    assert (judgement.direction, judgement.certainty) == (MIXED, MODERATE)
    assert of_form([ROGUIN, MAGPIE], None).judgement is None


# Each rule ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, Kind.PEOPLE),
        ({"species": "rat"}, Kind.ANIMALS),
        ({"species": "mouse", "is_combination": True}, Kind.COMBINATION),
        ({"species": "rat", "route": "injection"}, Kind.INJECTION),
        ({"species": "in_vitro", "route": "other"}, Kind.IN_VITRO),
        ({"route": "food", "is_combination": True}, Kind.FOOD),
        ({"route": "inhaled"}, Kind.OTHERWISE),
        ({"route": "other"}, Kind.OTHERWISE),
        ({"is_combination": True}, Kind.COMBINATION),
    ],
)
def test_what_a_result_can_speak_for(changes: dict[str, object], kind: Kind) -> None:
    assert kind_of(replace(LIU, **changes)) is kind  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("directions", "together"),
    [
        ([BENEFIT, BENEFIT], BENEFIT),
        ([NOTHING], NOTHING),
        ([HARM, HARM], HARM),
        ([MIXED, MIXED], MIXED),
        ([BENEFIT, NOTHING], MIXED),
        ([BENEFIT, HARM], MIXED),
        ([NOTHING, HARM], MIXED),
        ([BENEFIT, MIXED], MIXED),
    ],
)
def test_direction_of_several_results(directions: list[Direction], together: Direction) -> None:
    for order in permutations(directions):
        judgement = judge([result("one", "oxide", direction) for direction in order])
        assert judgement is not None
        assert judgement.direction is together


def test_results_that_disagree_are_never_high_together() -> None:
    sure = [result("one", "oxide", BENEFIT, HIGH), result("two", "oxide", NOTHING, HIGH)]
    mixed, agreed = judge(sure), judge(sure[:1])
    assert mixed is not None
    assert agreed is not None
    assert (mixed.certainty, agreed.certainty) == (MODERATE, HIGH)


@pytest.mark.parametrize(
    ("design", "species", "most"),
    [
        ("animal", "rat", VERY_LOW),
        ("in_vitro", "in_vitro", VERY_LOW),
        ("rct", "mouse", VERY_LOW),
        ("open_trial", "human", LOW),
        ("narrative_review", "human", VERY_LOW),
        ("shop_page", "human", VERY_LOW),
        ("rct", "human", HIGH),
    ],
)
def test_an_editor_s_certainty_counts_up_to_the_ceiling(
    design: str, species: str, most: Confidence
) -> None:
    assert certainty_of(result("one", "oxide", BENEFIT, HIGH, design, species)) is most
    assert certainty_of(result("one", "oxide", BENEFIT, VERY_LOW, design, species)) is VERY_LOW


# What holds for all ------------------------------------------------------------------------------

anything = st.builds(
    Result,
    source_id=st.sampled_from("abcdefg"),
    form=st.sampled_from(["oxide", "citrate", None]),
    design=st.sampled_from([design.value for design in Design]),
    species=st.sampled_from(["human", "rat", "mouse", "in_vitro"]),
    route=st.sampled_from(["oral", "injection", "inhaled", "food", "other"]),
    is_combination=st.booleans(),
    direction=st.sampled_from(Direction),
    certainty=st.sampled_from(Confidence),
)
lists = st.lists(anything, max_size=12)


@given(lists)
def test_only_people_by_mouth_with_this_form_alone_move_its_judgement(some: list[Result]) -> None:
    speaking = [r for r in some if r.form == "oxide" and kind_of(r) is Kind.PEOPLE]
    verdict = of_form(some, "oxide")
    assert verdict.judgement == judge(speaking)
    assert (verdict.status is Status.TESTED_IN_FORM) is bool(speaking)
    for one in speaking:
        assert (one.species, one.route, one.is_combination) == ("human", "oral", False)


@given(lists)
def test_what_stands_apart_changes_nothing_but_its_own_mention(some: list[Result]) -> None:
    verdict = of_form(some, "oxide")
    within = of_form([r for r in some if kind_of(r) not in APART], "oxide")
    assert replace(verdict, apart=()) == within


@given(lists)
def test_animals_and_test_tubes_stay_very_low(some: list[Result]) -> None:
    for one in some:
        if kind_of(one) in LABORATORY:
            assert certainty_of(one) is VERY_LOW


@given(lists.filter(bool))
def test_no_certainty_is_above_the_best_design_behind_it(some: list[Result]) -> None:
    judgement = judge(some)
    assert judgement is not None
    ceilings = [certainty_ceiling(Design(r.design), r.species) for r in some]
    most = max(ceilings, key=LEVELS.index)
    assert LEVELS.index(judgement.certainty) <= LEVELS.index(most)


@given(lists, st.randoms())
def test_the_order_of_results_does_not_matter(some: list[Result], chance: object) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert of_form(shuffled, "citrate") == of_form(some, "citrate")


@given(lists, lists)
def test_more_studies_never_make_a_form_less_tested(some: list[Result], more: list[Result]) -> None:
    order = [
        Status.NOT_TESTED,
        Status.ONLY_OTHER_FORMS,
        Status.ANIMALS_ONLY,
        Status.TESTED_IN_FORM,
    ]
    before, after = of_form(some, "oxide").status, of_form([*some, *more], "oxide").status
    assert order.index(before) <= order.index(after)
