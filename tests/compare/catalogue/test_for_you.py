"""A list for a reader who has said what holds for them."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compare.safety.reader import Reader
from tests import cast, factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("way")]


def say(client, **answers):
    session = client.session
    Reader(**answers).keep(session, timezone.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def test_what_is_ruled_out_stays_in_the_list_with_the_reason(client):
    factories.UpperLevelFactory()
    factories.CautionFactory(
        key="phosphate",
        condition="High phosphate",
        form=cast.form("oxide"),
        severity="avoid",
        what_to_do="Take another form",
    )
    cast.neuro_mag()
    cast.plain_oxide()
    say(client, conditions=frozenset({"phosphate"}), other_mg=Decimal(100))
    told = client.get(reverse("products"))
    html = told.content.decode()
    assert "Do not take" in html
    assert "</span>: Take another form." in html
    assert "1 on this page is ruled out" in html
    assert html.count("that you take besides is counted") == 2
    assert "no-store" in told["Cache-Control"]
    assert 'data-hx-history="false"' in html  # htmx writes no copy of the page


def test_without_answers_a_list_says_nothing_of_them_and_sets_no_cookie(client):
    factories.CautionFactory()
    cast.neuro_mag()
    plain = client.get(reverse("products"))
    assert not plain.cookies
    assert "strip-safety" not in plain.content.decode()
    assert "no-store" not in plain.get("Cache-Control", "")


def test_answers_cost_the_same_for_few_rows_and_many(client, django_assert_max_num_queries):
    factories.InteractionFactory(key="iron")
    say(client, medicines=frozenset({"iron"}), age=Decimal(70))
    cast.plain_oxide()
    client.get(reverse("products"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("products"))
    most = len(few)
    for slug in ("citrate", "oxide", "l-threonate"):
        factories.ProductIngredientFactory(form=cast.form(slug))
    client.get(reverse("products"))
    with django_assert_max_num_queries(most):
        client.get(reverse("products"))
