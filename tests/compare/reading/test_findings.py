"""Findings of a form: where each stands, those of other studies turned, and what is counted."""

import pytest

from compare.reading.findings import Apart, Group, findings
from compare.reading.form import with_parts
from products.models import Finding, Source, Species
from tests import cast
from tests.factories import FindingFactory, StudyFactory

pytestmark = pytest.mark.django_db

Direction, Measure = Finding.Direction, Finding.Measure


def of(slug):
    return findings(with_parts().get(slug=slug))


def against(form, other, direction=Direction.HIGHER, **more):
    return FindingFactory(
        form=form, comparator=other, against=Finding.Against.FORM, direction=direction, **more
    )


def lines(found, group):
    return [line for section in found.sections if section.group is group for line in section.lines]


def test_a_finding_against_a_form_reads_the_other_way_round_on_its_page():
    citrate, oxide = cast.form("citrate"), cast.form("oxide")
    against(citrate, oxide, value="0.22", comparator_value="0.006", unit="mg per mg creatinine")
    [own] = lines(of("citrate"), Group.FORMS)
    [turned] = lines(of("oxide"), Group.FORMS)
    assert (own.direction, own.other, own.values) == (Direction.HIGHER, oxide, ("0.22", "0.006"))
    assert (turned.direction, turned.other) == (Direction.LOWER, citrate)
    assert turned.values == ("0.006", "0.22")
    assert not turned.value_is_of_other


@pytest.mark.parametrize("direction", [Direction.NO_DIFFERENCE, Direction.MIXED])
def test_what_points_nowhere_is_the_same_from_both_sides(direction):
    against(cast.form("citrate"), cast.form("oxide"), direction)
    [turned] = lines(of("oxide"), Group.FORMS)
    assert turned.direction is direction


def test_a_single_value_stays_that_of_the_other_form():
    against(cast.form("citrate"), cast.form("oxide"), value="0.565", unit="mmol (difference)")
    [turned] = lines(of("oxide"), Group.FORMS)
    assert turned.value_is_of_other
    assert turned.values == ("0.565", "")


def test_one_form_taken_in_two_ways_is_no_comparison_of_forms_and_stands_once():
    citrate = cast.form("citrate")
    against(citrate, citrate)
    found = of("citrate")
    assert [section.group for section in found.sections] == [Group.WAYS]
    assert found.total == 1


def test_people_come_before_animals_and_these_before_glass():
    citrate = cast.form("citrate")
    for species in (Species.IN_VITRO, Species.RAT, Species.HUMAN):
        FindingFactory(form=citrate, species=species)
    FindingFactory(form=citrate, direction=Direction.NONE)
    against(citrate, cast.form("oxide"))
    groups = [section.group for section in of("citrate").sections]
    assert groups == [Group.FORMS, Group.BASELINE, Group.ALONE, Group.ANIMALS, Group.IN_VITRO]


def test_results_are_counted_by_direction_and_studies_once():
    citrate, oxide = cast.form("citrate"), cast.form("oxide")
    study = StudyFactory()
    against(citrate, oxide, source=study)
    against(citrate, oxide, source=study, measure=Measure.SERUM)
    against(citrate, oxide, Direction.NO_DIFFERENCE, measure=Measure.RBC)
    [section] = of("citrate").sections
    assert section.studies == 2
    assert section.counts == [(2, "higher"), (1, "no difference")]


def test_a_time_is_not_counted_as_an_amount_and_has_words_of_its_own():
    against(cast.form("citrate"), cast.form("oxide"), measure=Measure.TIME_TO_PEAK)
    [section] = of("citrate").sections
    assert section.counts == []
    assert section.lines[0].word == "later"


def test_those_that_disagree_stand_side_by_side_and_say_so():
    citrate, oxide = cast.form("citrate"), cast.form("oxide")
    against(citrate, oxide, key="a")
    against(citrate, cast.form("gluconate"), key="b")
    against(citrate, oxide, Direction.LOWER, key="c")
    found = lines(of("citrate"), Group.FORMS)
    disputed = [line.finding.key for line in found if line.disputed]
    assert disputed == ["a", "c"]
    assert abs([line.finding.key for line in found].index("a") - [
        line.finding.key for line in found
    ].index("c")) == 1  # fmt: skip


def test_another_measure_is_no_disagreement():
    citrate, oxide = cast.form("citrate"), cast.form("oxide")
    against(citrate, oxide)
    against(citrate, oxide, Direction.LOWER, measure=Measure.SERUM)
    assert not any(line.disputed for line in lines(of("citrate"), Group.FORMS))


def test_what_was_not_swallowed_and_what_only_tells_of_others_is_named_apart():
    citrate = cast.form("citrate")
    FindingFactory(form=citrate, dose_note="4 mmol into a vein")
    review = StudyFactory(kind=Source.Kind.NARRATIVE_REVIEW)
    FindingFactory(form=citrate, source=review)
    found = of("citrate")
    assert found.sections == ()
    assert {why for why, _ in found.apart} == {Apart.INTO_A_VEIN, Apart.REVIEW}


def test_the_bowel_is_not_counted_as_taken_up():
    FindingFactory(form=cast.form("citrate"), measure=Measure.STOOL)
    found = of("citrate")
    assert found.sections == ()
    assert len(found.of_the_bowel) == 1


@pytest.mark.parametrize(
    ("species", "shape"), [("human", "filled"), ("rat", "open"), ("in_vitro", "square")]
)
def test_a_mark_has_the_shape_of_who_was_tested(species, shape):
    FindingFactory(form=cast.form("citrate"), species=species)
    [section] = of("citrate").sections
    assert section.lines[0].mark.shape == shape
