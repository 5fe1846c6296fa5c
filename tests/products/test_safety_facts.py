"""Judgements, interactions, cautions and the facts of a review: what the database refuses."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from products.changes import recording
from products.models import Claim, Judgement
from tests import cast, factories

pytestmark = pytest.mark.django_db

REFUSED: list[tuple[str, type[factories.FactFactory], dict[str, Any]]] = [
    ("spacing without hours", factories.InteractionFactory, {"hours_before": None}),
    ("a gap of no hours", factories.InteractionFactory, {"hours_after": 0}),
    ("a gap of more than a day", factories.InteractionFactory, {"hours_after": 25}),
    ("more than all users", factories.SideEffectFactory, {"rate_percent": 101}),
    ("an effect at no dose", factories.SideEffectFactory, {"dose_elemental_mg": 0}),
    ("a food without magnesium", factories.FoodSourceFactory, {"magnesium_mg": 0}),
    ("a judgement of nothing", factories.JudgementFactory, {"form": None}),
    ("looseness without a word", factories.ReviewFactFactory, {"is_loose": True, "note": ""}),
    ("told, but first hand", factories.PublishedRatingFactory, {"told_on": "2018-07-08"}),
]


@pytest.mark.parametrize(
    ("made", "cells"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_the_database_refuses(made: type[factories.FactFactory], cells: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        made(**cells)


def test_a_judgement_of_one_product_names_its_page() -> None:
    product = factories.ProductFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.JudgementFactory(product=product, source=None)
    assert factories.JudgementFactory(source=None).pk  # usual advertising, of a form


@pytest.mark.parametrize("made", [factories.InteractionFactory, factories.CautionFactory])
def test_a_code_has_one_row_a_form_and_one_for_any(made: type[factories.FactFactory]) -> None:
    made(code="same")
    made(code="same", form=cast.form("oxide"))
    with pytest.raises(IntegrityError), transaction.atomic():
        made(code="same")
    with pytest.raises(IntegrityError), transaction.atomic():
        made(code="same", form=cast.form("oxide"))


def test_what_can_be_tested_names_its_use() -> None:
    judgement = factories.JudgementFactory()
    judgement.use = None
    with pytest.raises(ValidationError, match="Name the use"):
        judgement.clean()
    judgement.verdict = Judgement.Verdict.NOT_TESTABLE
    judgement.clean()


def test_a_product_is_met_by_its_own_judgements_and_by_those_of_its_forms() -> None:
    neuro_mag, oxide = cast.neuro_mag(), cast.plain_oxide()
    form = cast.form("l-threonate")
    own = factories.JudgementFactory(product=neuro_mag, form=form)
    of_form = factories.JudgementFactory(form=form)
    factories.JudgementFactory(product=oxide, form=form)
    factories.JudgementFactory(form=cast.form("citrate"))
    assert set(Judgement.objects.of_products([neuro_mag])) == {own, of_form}


def test_a_claim_outlives_its_judgement() -> None:
    judgement = factories.JudgementFactory()
    claim = factories.ClaimFactory(judgement=judgement)
    with recording(by=None, reason="taken back"):
        judgement.delete()
    claim.refresh_from_db()
    assert claim.judgement is None


def test_evidence_behind_a_judgement_stays_and_a_product_takes_its_own_along() -> None:
    product = factories.ProductFactory()
    judgement = factories.JudgementFactory(product=product)
    factories.ClaimFactory(product=product, judgement=judgement)
    factories.ReviewFactFactory(product=product)
    with recording(by=None, reason="gone"):
        with pytest.raises(ProtectedError):
            judgement.use.delete()
        product.delete()
    assert not Judgement.objects.exists()
    assert not Claim.objects.exists()


def test_evidence_moves_the_revision_of_its_use_and_of_its_form() -> None:
    evidence = factories.EvidenceFactory()
    form, use = evidence.form, evidence.use
    form.refresh_from_db()
    before = form.revision, use.revision
    with recording(by=None, reason="read again"):
        evidence.n = 47
        evidence.save()
    form.refresh_from_db()
    use.refresh_from_db()
    assert (form.revision, use.revision) == (before[0] + 1, before[1] + 1)
