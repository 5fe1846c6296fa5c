"""The method page: complete by its rules, its constants those of the code."""

import importlib
import pkgutil
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compare import wishes as wished
from compare.comparison.marks import NoBest
from compare.reading import rule_words as words
from products import rules
from products.models import LabelCheck, Verified
from products.rules import cost, dose, empties, grading, label_check, vetting, wishes
from tests import cast
from tests.factories import FindingFactory, UpperLevelFactory

pytestmark = pytest.mark.django_db

VERSIONED = [
    module.name
    for module in pkgutil.iter_modules(rules.__path__)
    if hasattr(importlib.import_module(f"{rules.__name__}.{module.name}"), "VERSION")
]
TABLES = [
    (words.VERDICTS, LabelCheck),
    (words.REASONS, label_check.Reason),
    (words.LEVELS, grading.Confidence),
    (words.LIMITS, grading.Limit),
    (words.NO_BEST, NoBest),
    (words.EMPTIES, empties.Empty),
    (words.CHECKS, vetting.Check),
    (words.WISHES, wished.FACTS),
    (wished.WORDS, wishes.Group),
    (wished.MEANINGS, wishes.Group),
]


def page(client):
    response = client.get("/method/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", VERSIONED)
def test_every_rule_is_there_with_its_version(client, name):
    module = importlib.import_module(f"products.rules.{name}")
    row = re.search(rf'<tr id="rule-{name}">(.*?)</tr>', page(client), re.DOTALL)
    assert row, "every module of rules with a VERSION stands on the page"
    assert f">{module.VERSION}</td>" in row[1]


@pytest.mark.parametrize(("table", "codes"), TABLES, ids=lambda arg: getattr(arg, "__name__", ""))
def test_every_code_of_a_rule_has_its_words(table, codes):
    assert {str(code) for code in table} == {str(code) for code in codes}
    assert all(table.values())


def test_the_bounds_are_those_of_the_code(client):
    html = page(client)
    for figure in (
        f"{label_check.TIGHT_FROM * 100:.0f}\N{NO-BREAK SPACE}%",
        f"{label_check.IMPOSSIBLE_ABOVE * 100:.0f}\N{NO-BREAK SPACE}%",
        f"{label_check.ROUNDING_SLACK_MG} mg",
        f"more than {cost.STALE_AFTER_DAYS} days ago",
        f"from {dose.MIN_MG} to {dose.MAX_MG:,}",
        f"{vetting.IMPLAUSIBLE_MG:,}\N{NO-BREAK SPACE}mg",
    ):
        assert figure in html, figure


def test_a_bound_that_moves_moves_the_page(client, monkeypatch):
    monkeypatch.setattr(cost, "STALE_AFTER_DAYS", 61)
    monkeypatch.setattr(label_check, "TIGHT_FROM", Decimal("0.5"))
    html = page(client)
    assert "more than 61 days ago" in html
    assert "less than 50\N{NO-BREAK SPACE}%" in html


@pytest.mark.parametrize("anchor", [
    "label-check", "fraction", "dose", "price", "best", "confidence", "certainty", "limits", "empties",
    "vetting", "versions",
])  # fmt: skip
def test_each_rule_can_be_linked_to(client, anchor):
    html = page(client)
    assert html.count(f'id="{anchor}"') == 1
    assert f'href="#{anchor}"' in html


def test_how_far_a_source_was_read_is_explained(client):
    html = page(client)
    for label in Verified.labels:
        assert str(label) in html


def test_an_empty_catalogue_still_has_its_rules(client):
    html = page(client)
    assert "Worked on labels of the catalogue" not in html
    assert "Cannot be pure" in html


def test_examples_are_worked_on_products_of_the_catalogue(client):
    product = cast.neuro_mag()
    UpperLevelFactory()
    FindingFactory(form=cast.form("citrate"))
    html = page(client)
    assert product.get_absolute_url() in html
    assert "$31.50 ÷" in html
    assert "$0.73" in html


def test_queries_do_not_grow_with_the_catalogue(client, django_assert_max_num_queries):
    cast.neuro_mag()
    FindingFactory(form=cast.form("citrate"))
    with CaptureQueriesContext(connection) as few:
        page(client)
    cast.plain_oxide()
    cast.blend()
    for slug in ("gluconate", "oxide", "bisglycinate"):
        FindingFactory(form=cast.form(slug))
    with django_assert_max_num_queries(
        len(few) + 4
    ):  # other verdicts have examples of their own now
        page(client)
