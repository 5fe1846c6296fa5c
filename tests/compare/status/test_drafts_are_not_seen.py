"""Evidence and safety facts that are not published appear nowhere: no page, no answer, no reckoning."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from products.changes import recording
from products.models import Product, Reviewed, Status, previewing
from tests import cast, factories

pytestmark = pytest.mark.django_db

HIDDEN = [Status.DRAFT, Status.IN_REVIEW, Status.RETIRED]
WORD = "xenolith"
"""Stands in each fact, and nowhere else."""


def study():
    return factories.StudyFactory(key="study-1")


FACTS = {
    "evidence": lambda status: factories.EvidenceFactory(
        key="fact", form=cast.form("citrate"), outcome=WORD, source=study(), status=status,
        use=factories.UseFactory(slug="sleep"),
    ),
    "finding": lambda status: factories.FindingFactory(
        key="fact", form=cast.form("citrate"), unit=WORD, value="5", source=study(), status=status
    ),
    "laxative observation": lambda status: factories.LaxativeObservationFactory(
        key="fact", form=cast.form("citrate"), dose_context=WORD, source=study(), status=status
    ),
    "interaction": lambda status: factories.InteractionFactory(
        key="fact", medicine_class=WORD, source=study(), status=status
    ),
    "caution": lambda status: factories.CautionFactory(
        key="fact", condition=WORD, source=study(), status=status
    ),
    "side effect": lambda status: factories.SideEffectFactory(
        key="fact", form=cast.form("citrate"), effect=WORD, source=study(), status=status
    ),
    "sign": lambda status: factories.DeficiencySignFactory(
        sign=WORD, source=study(), status=status
    ),
    "intake": lambda status: factories.ReferenceIntakeFactory(
        amount_mg=Decimal("299.13"), source=study(), status=status
    ),
    "limit": lambda status: factories.UpperLevelFactory(
        amount_mg=Decimal("299.13"), source=study(), status=status
    ),
}  # fmt: skip
PATHS = [
    "/", "/method/", "/uses/", "/uses/sleep/", "/forms/", "/forms/citrate/", "/products/blend/",
    "/safety/", "/safety/you/", "/sources/study-1/", "/compare/forms/?item=citrate&item=bisglycinate",
    "/compare/products/?item=blend&item=neuro-mag", "/compare/products/?item=blend&item=neuro-mag&format=csv",
    "/api/v1/forms/citrate/", "/api/v1/uses/sleep/", "/api/v1/products/blend/", "/api/v1/safety/",
    "/api/v1/sources/study-1/",
]  # fmt: skip


@pytest.fixture
def catalogue() -> None:
    study()
    factories.UseFactory(slug="sleep")
    cast.blend()
    cast.neuro_mag()


def everything(client: Client) -> dict[str, str]:
    answers = {path: client.get(path) for path in PATHS}
    assert {path for path, answer in answers.items() if answer.status_code != 200} == set()
    return {path: answer.text for path, answer in answers.items()}


@pytest.mark.parametrize("kind", FACTS)
def test_a_draft_changes_no_page_and_no_answer(client, catalogue, kind) -> None:
    """Word for word, apart from the hidden token of a form."""
    before = everything(client)
    row = FACTS[kind](Status.DRAFT)
    assert {path for path, text in everything(client).items() if text != before[path]} <= {
        "/safety/you/"  # its token is drawn anew
    }
    assert WORD not in "".join(everything(client).values()).lower()
    with recording(by=None, reason="reviewed"):
        type(row).objects.update(status=Status.PUBLISHED)
    assert {path for path, text in everything(client).items() if text != before[path]}


def test_every_kind_of_reviewed_fact_is_asked() -> None:
    kinds = {type_.__name__.lower() for type_ in concrete(Reviewed)}
    assert len(kinds) == len(FACTS), kinds


def concrete(model: type) -> list[type]:
    below = [kind for child in model.__subclasses__() for kind in [child, *concrete(child)]]
    return [kind for kind in below if not kind._meta.abstract]


@pytest.mark.parametrize("status", HIDDEN)
def test_confidence_does_not_count_a_finding_that_is_not_published(status) -> None:
    form = cast.form("citrate")
    against = {"against": "form", "comparator": cast.form("oxide")}
    finding = factories.FindingFactory(form=form, status=status, **against)
    form.refresh_from_db()
    assert form.human_comparisons == 0
    with recording(by=None, reason="reviewed"):
        type(finding).objects.update(status=Status.PUBLISHED)
    form.refresh_from_db()
    assert form.human_comparisons == 1


@pytest.mark.parametrize("path", ["/products/", "/api/v1/products/", "/forms/"])
def test_a_draft_result_makes_no_form_one_that_was_tested(client, path) -> None:
    blend = cast.blend()
    use = factories.UseFactory(slug="sleep")
    row = factories.EvidenceFactory(use=use, form=cast.form("citrate"), status=Status.DRAFT)
    wanted = "Citrate" if path == "/forms/" else blend.name
    assert wanted not in client.get(f"{path}?use=sleep").text.split("</form>")[-1]
    with recording(by=None, reason="reviewed"):
        type(row).objects.update(status=Status.PUBLISHED)
    assert wanted in client.get(f"{path}?use=sleep").text


def test_a_preview_shows_what_is_on_its_way_but_nothing_retired() -> None:
    for status in HIDDEN:
        factories.CautionFactory(condition=status.value, status=status)
    model = type(factories.CautionFactory(condition="published"))
    with previewing():
        seen = set(model.objects.published().values_list("condition", flat=True))
    assert seen == {"draft", "in_review", "published"}
    assert model.objects.published().count() == 1
    assert not Product.objects.exists()
