"""Asking the API, and a shelf that has everything that an answer can hold."""

from collections.abc import Callable
from typing import Any

import pytest

from compare.api.document import document
from products.changes import recording
from tests import cast
from tests.factories import (
    CautionFactory,
    CertificationFactory,
    ClaimFactory,
    EvidenceFactory,
    FactNoteFactory,
    FindingFactory,
    InteractionFactory,
    JudgementFactory,
    LaxativeObservationFactory,
    PublishedRatingFactory,
    ReferenceIntakeFactory,
    SideEffectFactory,
    SourceFactory,
    UpperLevelFactory,
    UseFactory,
)

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture
def ask(client) -> Ask:
    """The answer to an address below `/api/v1/`, which must be 200 and JSON."""

    def _ask(address: str) -> dict[str, Any]:
        answer = client.get(f"/api/v1/{address}")
        assert answer.status_code == 200, answer.content
        assert answer["Content-Type"] == "application/json"
        found: dict[str, Any] = answer.json()
        return found

    return _ask


@pytest.fixture
def shelf(db):
    """The cast, with a fact of every kind on Neuro-Mag and its form."""
    everyone = cast.everyone()
    neuro_mag = everyone["neuro_mag"]
    shop = SourceFactory(key="shop", kind="shop_page")
    CertificationFactory(product=neuro_mag, body="NSF", source=shop)
    FactNoteFactory(product=neuro_mag, fact="directions", empty="", source=shop)
    FactNoteFactory(product=neuro_mag, fact="allergens", empty="not_on_label")
    FindingFactory(
        key="first",
        form=cast.form("l-threonate"),
        against="form",
        comparator=cast.form("citrate"),
        source=SourceFactory(key="trial", kind="rct"),
    )
    LaxativeObservationFactory(form=cast.form("citrate"), threshold_elemental_mg="245.500")
    sleep, threonate = UseFactory(slug="sleep", synonyms="insomnia"), cast.form("l-threonate")
    result = EvidenceFactory(
        key="slept",
        use=sleep,
        form=threonate,
        effect_size="-17.3600",
        effect_unit="min",
        ci_low="-27.2700",
        ci_high="-7.4400",
    )
    EvidenceFactory(key="mixed", use=sleep, form=None, route="injection")
    judgement = JudgementFactory(key="synapses", use=sleep, form=threonate, verdict="mixed")
    with recording(by=None, reason="made for a test"):
        judgement.evidence.add(result)
    ClaimFactory(product=neuro_mag, text="Maintains synapses", source=shop, judgement=judgement)
    PublishedRatingFactory(use=sleep)
    ReferenceIntakeFactory()
    UpperLevelFactory()
    InteractionFactory(key="thyroid", form=cast.form("citrate"))
    CautionFactory(key="kidneys", synonyms="renal impairment")
    SideEffectFactory(key="loose", form=None, rate_percent="12.50")
    return everyone


@pytest.fixture(scope="session")
def openapi() -> dict[str, Any]:
    return document()
