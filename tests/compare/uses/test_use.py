"""Everything known of one use: each study in its place, and what nobody has tested."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compare.evidence import Gap, of_use
from compare.evidence.study import Effect, Study
from products.models import EmptyKind, Evidence
from products.rules.evidence import Direction, Kind
from products.rules.grading import Confidence
from tests import cast
from tests.factories import EvidenceFactory, StudyFactory, UseFactory

pytestmark = pytest.mark.django_db


def sized(value: str, low: str | None, high: str | None, **facts: Any) -> Evidence:
    made: Evidence = EvidenceFactory(
        **{
            "effect_size": value,
            "effect_unit": "mmHg",
            "ci_low": low,
            "ci_high": high,
            "comparable_group": "bp-systolic-mmhg",
            **facts,
        }
    )
    return made


def test_each_study_stands_in_one_place() -> None:
    use = UseFactory()
    oxide = cast.form("oxide")
    rows = {
        "people": EvidenceFactory(use=use, form=oxide),
        "rats": EvidenceFactory(use=use, form=oxide, species="rat", design="animal"),
        "tube": EvidenceFactory(use=use, form=oxide, species="in_vitro", design="in_vitro"),
        "drip": EvidenceFactory(use=use, form=oxide, route="injection"),
        "food": EvidenceFactory(use=use, form=None, route="food"),
        "blend": EvidenceFactory(use=use, form=oxide, is_combination=True),
    }
    known = of_use(use)
    assert [study.row for study in known.speaking] == [rows["people"]]
    assert [study.row for study in known.laboratory] == [rows["rats"], rows["tube"]]
    assert [(part.kind, part.studies[0].row) for part in known.apart] == [
        (Kind.INJECTION, rows["drip"]),
        (Kind.FOOD, rows["food"]),
        (Kind.COMBINATION, rows["blend"]),
    ]


def test_a_form_that_was_only_injected_has_its_place_and_no_judgement() -> None:
    use = UseFactory()
    EvidenceFactory(use=use, form=cast.form("citrate"), route="injection")
    (block,) = of_use(use).blocks
    assert (block.form.slug, block.studies, block.verdict.judgement) == ("citrate", (), None)
    assert of_use(use).tested == ()


def test_several_results_of_one_form_are_judged_together() -> None:
    use = UseFactory()
    for direction in ("benefit", "no_difference"):
        EvidenceFactory(use=use, form=cast.form("oxide"), direction=direction)
    (block,) = of_use(use).blocks
    assert block.verdict.judgement is not None
    assert block.verdict.judgement.direction is Direction.MIXED
    assert block.verdict.judgement.directions == (
        (Direction.BENEFIT, 1),
        (Direction.NO_DIFFERENCE, 1),
    )


def test_an_editor_s_certainty_of_rats_is_held_down() -> None:
    rats = EvidenceFactory(species="rat", design="animal", certainty="high")
    study = Study(rats)
    assert (study.certainty, study.held_down) == (Confidence.VERY_LOW, True)
    assert not Study(EvidenceFactory()).held_down


def test_results_share_an_axis_only_within_group_unit_and_kind() -> None:
    use = UseFactory()
    old, new = StudyFactory(year=2006), StudyFactory(year=2016)
    first = sized("-2.0", "-3.58", "-0.43", use=use, source=new)
    second = sized("-1.3", "-4.0", "1.5", use=use, source=old)
    sized("0.32", "0.23", "0.41", use=use, effect_unit="SMD")
    sized("-9", "-10", "-8", use=use, route="injection")
    (plot,) = of_use(use).plots
    assert [study.row for study in plot.studies] == [second, first]
    assert of_use(use).apart[0].plots == ()


def test_sizes_without_any_interval_are_not_drawn() -> None:
    use = UseFactory()
    for value in ("45.6", "56.6"):
        sized(value, None, None, use=use)
    assert of_use(use).plots == ()


def test_the_surest_size_is_that_of_the_surest_result_with_an_interval() -> None:
    use = UseFactory()
    sized("-9", "-10", "-8", use=use, certainty="low", n=9000)
    sized("-5", None, None, use=use, certainty="high")
    small = sized("-2", "-3", "-1", use=use, certainty="moderate", n=20)
    large = sized("-3", "-4", "-2", use=use, certainty="moderate", n=2000)
    surest = of_use(use).surest
    assert surest is not None
    assert surest.row == large != small


def test_a_hospital_treatment_is_measured_by_the_treatment_not_by_tablets() -> None:
    use = UseFactory(hospital_only=True)
    sized("0.9", "0.48", "1.69", use=use)
    drip = sized("0.41", "0.29", "0.58", use=use, route="injection", certainty="high")
    surest = of_use(use).surest
    assert surest is not None
    assert surest.row == drip


def test_what_nobody_has_tested() -> None:
    use = UseFactory()
    cast.form("gluconate")
    assert of_use(use).gaps == (Gap.NOTHING_BY_MOUTH,)
    EvidenceFactory(use=use, form=None, design="open_trial")
    assert set(of_use(use).gaps) == {Gap.NO_FORM_ALONE, Gap.NO_RANDOMISED_TRIAL, Gap.FOUND_ONCE}
    EvidenceFactory(use=use, form=cast.form("oxide"))
    assert of_use(use).gaps == (Gap.NO_SIZE_FOR_A_FORM,)
    sized("-2", "-3", "-1", use=use, form=cast.form("oxide"))
    assert of_use(use).gaps == ()
    assert [head.slug for head in of_use(use).untested] == ["gluconate"]


def test_an_unknown_dose_is_not_looked_up_and_pooled_studies_have_none() -> None:
    assert Study(EvidenceFactory()).empty is EmptyKind.NOT_LOOKED_UP
    assert Study(EvidenceFactory(design="meta_analysis")).empty is EmptyKind.DOES_NOT_APPLY


@pytest.mark.parametrize(
    ("effect", "text", "interval"),
    [
        (
            Effect(Decimal("-2.8100"), "mmHg", Decimal("-4.3200"), Decimal("-1.29")),
            "−2.81\u00a0mmHg",
            "−4.32 to −1.29",
        ),
        (Effect(Decimal("0.75"), "OR", Decimal("0.6"), Decimal("0.92")), "odds ratio 0.75", "0.6 to 0.92"),
        (Effect(Decimal("0"), "points", None, Decimal("1")), "0\u00a0points", ""),
    ],
)  # fmt: skip
def test_an_effect_in_words(effect: Effect, text: str, interval: str) -> None:
    assert (effect.text, effect.interval) == (text, interval)
    assert effect.has_interval is bool(interval)


def test_queries_do_not_grow_with_studies(django_assert_num_queries: Any) -> None:
    use = UseFactory()
    EvidenceFactory(use=use)
    with CaptureQueriesContext(connection) as few:
        of_use(use)
    for _ in range(8):
        EvidenceFactory(use=use)
        EvidenceFactory(use=use, form=None, route="food")
    with django_assert_num_queries(len(few)):
        known = of_use(use)
        _ = [study.row.source.citation for study in known.speaking], known.surest
