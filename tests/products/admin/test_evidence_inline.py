"""Results of studies are entered under their use and under their form, by one editor at a time."""

import pytest

from products.changes import recording
from products.models import Evidence, Judgement
from tests import cast, factories
from tests.products.admin.desk import add_line, address, opened, said

pytestmark = pytest.mark.django_db

MOST_FIELDS = 1000
"""What Django takes of one form by default (`DATA_UPLOAD_MAX_NUMBER_FIELDS`)."""


@pytest.fixture
def evidence():
    return factories.EvidenceFactory(form=cast.form("oxide"))


@pytest.mark.parametrize("whole", ["use", "form"])
def test_a_result_is_entered_on_the_page_of_its_use_or_form(ada, evidence, whole) -> None:
    record, other = getattr(evidence, whole), {"use": "form", "form": "use"}[whole]
    path = address(record, "change")
    fields = opened(ada, path)
    assert fields["evidence-0-outcome"] == evidence.outcome
    entered = {
        "key": "mori-2019-stool",
        other: getattr(evidence, other),
        "source": factories.StudyFactory(),
        "design": "rct",
        "species": "human",
        "route": "oral",
        "outcome": "Bowel movements",
        "direction": "benefit",
        "certainty": "low",
        "certainty_reason": "One small trial.",
        "verified": "abstract",
    }
    answer = ada.post(path, add_line(fields, "evidence", **entered))
    assert answer.status_code == 302, said(answer)
    added = Evidence.objects.get(key="mori-2019-stool")
    assert (added.use, added.form) == (evidence.use, evidence.form)


def test_an_interval_the_wrong_way_round_is_told_at_its_line(ada, evidence) -> None:
    path = address(evidence.use, "change")
    wrong = {"evidence-0-ci_low": "2", "evidence-0-ci_high": "1"}
    words = said(ada.post(path, opened(ada, path) | wrong))
    assert "The interval's ends are the wrong way round." in words["evidence-0-__all__"]


def test_who_edits_it_under_the_form_is_told_of_a_change_under_the_use(ada, bob, evidence) -> None:
    by_use, by_form = address(evidence.use, "change"), address(evidence.form, "change")
    of_bob = opened(bob, by_form)
    changed = opened(ada, by_use) | {"evidence-0-outcome": "Stools a week"}
    assert ada.post(by_use, changed).status_code == 302
    answer = bob.post(by_form, of_bob | {"evidence-0-n": "99"}, follow=True)
    assert "Time to fall asleep → Stools a week" in answer.text
    evidence.refresh_from_db()
    assert (evidence.outcome, evidence.n) == ("Stools a week", 99)


def test_a_use_with_many_results_can_still_be_sent(ada, evidence) -> None:
    for _ in range(19):
        factories.EvidenceFactory(use=evidence.use, form=evidence.form)
    path = address(evidence.use, "change")
    fields = opened(ada, path)
    assert len(fields) < MOST_FIELDS * 0.6
    assert ada.post(path, fields).status_code == 302


def test_a_verdict_stands_beside_what_its_evidence_says(ada, evidence) -> None:
    judgement = factories.JudgementFactory(form=evidence.form, verdict=Judgement.Verdict.SUPPORTED)
    with recording(by=None, reason="test"):
        judgement.evidence.add(evidence)
    page = ada.get(address(judgement, "change")).content.decode()
    assert "what follows from this evidence" in page.lower()
    assert page.count("Mixed") >= 2  # among the choices, and as what follows: found once


def test_a_claim_without_a_verdict_is_not_judged_yet(ada) -> None:
    factories.ClaimFactory()
    factories.ClaimFactory(judgement=factories.JudgementFactory())
    page = ada.get(address(factories.models.Claim)).content.decode()
    assert page.count("not judged yet") == 1
