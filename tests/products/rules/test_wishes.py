"""Groups by the reader's own weights: what counts for what, and that nothing unknown does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.models import Bioavailability, LabelCheck, Laxative
from products.rules import wishes
from products.rules.wishes import Group, Standing, Weight, group_of

MUST, MATTERS, IGNORE = Weight
MET, FAILED, UNKNOWN = Standing
some = st.lists(st.tuples(st.sampled_from(Weight), st.sampled_from(Standing)), max_size=8)


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ([], Group.GOOD),
        ([(MUST, MET), (MATTERS, MET)], Group.GOOD),
        ([(MUST, MET), (MATTERS, FAILED)], Group.PARTIAL),
        ([(MUST, MET), (MATTERS, UNKNOWN)], Group.PARTIAL),
        ([(MATTERS, FAILED)], Group.PARTIAL),
        ([(MUST, UNKNOWN), (MATTERS, MET)], Group.UNKNOWN),
        ([(MUST, UNKNOWN), (MATTERS, FAILED)], Group.UNKNOWN),
        ([(MUST, FAILED), (MUST, UNKNOWN)], Group.NO),
        ([(MUST, FAILED), (MATTERS, MET)], Group.NO),
    ],
)
def test_groups(said, group):
    assert group_of(said) is group


@given(some, st.sampled_from(Standing))
def test_what_is_ignored_changes_nothing(said, standing):
    assert group_of([*said, (IGNORE, standing)]) is group_of(said)


@given(some)
def test_the_order_and_repetition_of_wishes_change_nothing(said):
    assert group_of(reversed(said)) is group_of(said) is group_of([*said, *said])


@given(some)
def test_a_must_that_is_not_known_is_never_a_match_and_never_a_failure(said):
    group = group_of([*said, (MUST, UNKNOWN)])
    assert group in (Group.UNKNOWN, Group.NO)
    assert (group is Group.NO) == (group_of(said) is Group.NO)


@given(some)
def test_something_that_matters_and_is_not_known_never_counts_as_met(said):
    assert group_of([*said, (MATTERS, UNKNOWN)]) is not Group.GOOD


@given(some, st.sampled_from(Weight), st.sampled_from(Standing))
def test_one_more_wish_never_gives_a_better_group(said, weight, standing):
    best_first = list(Group)
    more = group_of([*said, (weight, standing)])
    assert best_first.index(more) >= best_first.index(group_of(said))


@given(some)
def test_learning_that_a_wish_is_met_never_gives_a_worse_group(said):
    best_first = list(Group)
    learnt = [(weight, MET if standing is UNKNOWN else standing) for weight, standing in said]
    assert best_first.index(group_of(learnt)) <= best_first.index(group_of(said))


@pytest.mark.parametrize(
    ("met", "failed", "unknown", "choices"),
    [
        (wishes.LABEL_HOLDS, wishes.LABEL_FAILS, {"cannot_be_checked"}, LabelCheck),
        (wishes.GENTLE, wishes.LOOSENING, set(), Laxative),
        (wishes.WELL_TAKEN_UP, wishes.POORLY_TAKEN_UP, {"unclear"}, Bioavailability),
    ],
)
def test_every_grade_has_its_one_place(met, failed, unknown, choices):
    assert sorted([*met, *failed, *unknown]) == sorted(choices.values)
