"""What a form does to the bowel: which dose an observation is of, and what is drawn."""

from decimal import Decimal

import pytest

from compare.reading.bowel import bowel
from compare.reading.findings import findings
from compare.reading.form import with_parts
from products.models import EmptyKind, Finding, LaxativeObservation
from tests import cast
from tests.factories import FindingFactory, LaxativeObservationFactory, StudyFactory

pytestmark = pytest.mark.django_db

Seen = LaxativeObservation.Seen


def of(slug="citrate"):
    form = with_parts().get(slug=slug)
    return bowel(form, findings(form).of_the_bowel)


def observed(**facts):
    return LaxativeObservationFactory(form=cast.form("citrate"), **facts)


def test_a_threshold_is_the_dose():
    observed(threshold_elemental_mg=Decimal(360))
    [one] = of().own
    assert one.dose_mg == 360
    assert one.is_threshold
    assert one.loosened


def test_without_one_it_is_the_dose_that_the_same_study_gave():
    study = StudyFactory()
    observed(source=study, seen=Seen.UNKNOWN)
    FindingFactory(form=cast.form("citrate"), source=study, dose_elemental_mg=Decimal(450))
    [one] = of().own
    assert one.dose_mg == 450
    assert not one.is_threshold
    assert not one.loosened


def test_of_a_study_with_two_doses_none_is_taken():
    study = StudyFactory()
    observed(source=study)
    for mg in (300, 600):
        FindingFactory(form=cast.form("citrate"), source=study, dose_elemental_mg=Decimal(mg))
    [one] = of().own
    assert one.dose_mg is None
    assert one.empty is EmptyKind.NOT_LOOKED_UP


def test_where_nothing_was_seen_no_dose_applies():
    observed(seen=Seen.LOW)
    [one] = of().own
    assert one.empty is EmptyKind.DOES_NOT_APPLY


def test_a_label_that_counts_in_the_compound_says_so_in_grams():
    observed(compound_mg_low=Decimal(11343), compound_mg_high=Decimal(17450))
    [one] = of().own
    assert one.dose_mg is None
    assert one.compound_text == "11.3–17.5\u00a0g"
    assert of().has_compound_doses


def test_no_dose_no_drawing():
    observed()
    assert of().plot is None


def test_doses_are_drawn_filled_where_it_loosened_with_the_edges_of_any_form():
    observed(threshold_elemental_mg=Decimal(600), diarrhoea_rate_percent=Decimal("18.6"))
    observed(threshold_elemental_mg=Decimal(450), seen=Seen.UNKNOWN)
    LaxativeObservationFactory(form=None, threshold_elemental_mg=Decimal(250), seen=Seen.UNKNOWN)
    LaxativeObservationFactory(form=None, threshold_elemental_mg=Decimal(360))
    plot = of().plot
    assert [point.loosened for point in plot.wide.points] == [False, True]
    assert len(plot.wide.edges) == 2
    assert "18.6\u00a0% with diarrhoea" in plot.text
    assert "none up to 250" in plot.text
    assert all(point.x < plot.narrow.right for point in plot.narrow.points)


def test_what_a_trial_counted_is_drawn_once_though_an_observation_tells_of_it():
    study = StudyFactory()
    observed(source=study, threshold_elemental_mg=Decimal(600))
    FindingFactory(
        form=cast.form("citrate"),
        source=study,
        measure=Finding.Measure.STOOL,
        dose_elemental_mg=Decimal(600),
    )
    found = of()
    assert len(found.plot.wide.points) == 1
    assert found.trials == ()


def test_a_trial_of_another_source_has_a_row_of_its_own():
    FindingFactory(
        form=cast.form("citrate"),
        measure=Finding.Measure.STOOL,
        direction=Finding.Direction.NO_DIFFERENCE,
        dose_elemental_mg=Decimal(400),
    )
    found = of()
    assert len(found.trials) == 1
    assert [point.loosened for point in found.plot.wide.points] == [False]
