"""Findings of several forms beside each other: each study once a way, and what is no comparison left out."""

import pytest

from compare.reading.side_by_side import sides
from products.models import Finding, MagnesiumForm, Species
from tests import cast
from tests.factories import FindingFactory, StudyFactory

pytestmark = pytest.mark.django_db

Direction, Measure = Finding.Direction, Finding.Measure


@pytest.fixture
def citrate():
    return cast.form("citrate")


@pytest.fixture
def oxide():
    return cast.form("oxide")


def against(form, other, direction=Direction.HIGHER, **more):
    return FindingFactory(
        form=form, comparator=other, against=Finding.Against.FORM, direction=direction, **more
    )


def beside():
    """The studies of each form: {form: {way: {species: number}}}."""
    forms = MagnesiumForm.objects.published().for_comparison()
    return {
        side.form.slug: {
            str(pointing.way): {one.species: len(one.names) for one in pointing.studies}
            for pointing in side.ways
            if pointing.studies
        }
        for side in sides(forms)
    }


def test_a_study_stands_on_both_sides_and_each_reads_from_its_own(citrate, oxide):
    against(citrate, oxide)
    assert beside() == {"citrate": {"higher": {"human": 1}}, "oxide": {"lower": {"human": 1}}}


def test_results_of_one_study_count_once_a_way_and_animals_apart(citrate, oxide):
    study = StudyFactory()
    against(citrate, oxide, source=study, measure=Measure.SERUM)
    against(citrate, oxide, source=study, measure=Measure.RBC)
    against(citrate, oxide, Direction.NO_DIFFERENCE, source=study, measure=Measure.INTRACELLULAR)
    against(citrate, oxide, species=Species.RAT)
    assert beside()["citrate"] == {
        "higher": {"human": 1, "animal": 1},
        "no_difference": {"human": 1},
    }


def test_placebo_and_how_fast_it_went_are_no_comparison_of_amounts(citrate, oxide):
    FindingFactory(form=citrate, against=Finding.Against.BASELINE, direction=Direction.HIGHER)
    against(citrate, oxide, measure=Measure.TIME_TO_PEAK)
    assert beside() == {"citrate": {}, "oxide": {}}


def test_a_comparison_of_forms_lists_every_finding_and_its_source(client, citrate, oxide):
    found = against(citrate, oxide, value="0.565", unit="mmol")
    page = client.get("/compare/forms/?item=citrate&item=oxide").text
    measured = page[page.index('id="measured"') :]
    assert "0.565" in measured
    assert found.source.title in measured
    bibtex = client.get("/compare/forms/?item=citrate&item=oxide&format=bibtex").text
    assert found.source.title in bibtex


def test_findings_cost_a_comparison_no_query(django_assert_num_queries, citrate, oxide):
    against(citrate, oxide)
    forms = list(MagnesiumForm.objects.published().for_comparison())
    with django_assert_num_queries(0):
        assert [side.sources for side in sides(forms)]
