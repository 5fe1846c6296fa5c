"""A reader who has said something, and one product to hold it against."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def said(client: Any) -> Callable[..., Any]:
    """Send answers as the form does, and give the answer of the site."""
    factories.InteractionFactory(
        key="raltegravir",
        action="avoid",
        what_to_do="Do not combine",
        hours_before=None,
        hours_after=None,
    )
    factories.InteractionFactory(key="thyroid-hormone")
    factories.CautionFactory(key="heart-block", severity="avoid")
    factories.CautionFactory(key="pregnancy", condition="Pregnancy")

    def send(**answers: Any) -> Any:
        return client.post(reverse("safety_you"), answers)

    return send
