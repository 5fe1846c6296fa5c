"""A new version of a rule tells which grades it moved."""

from decimal import Decimal

import pytest

from products.changes import rebuild
from products.models import CatalogueState, RuleChange
from products.rules import label_check, versions
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def another_version(monkeypatch):
    """Let a rule be of another version than the catalogue was worked out by."""

    def change(rule, version):
        monkeypatch.setattr(versions, "current", lambda: {**now, rule: version})

    now = dict(versions.current())
    return change


def test_a_catalogue_knows_from_its_first_fact_by_which_rules_it_was_worked_out():
    cast.neuro_mag()
    assert CatalogueState.current().rules == versions.current()
    rebuild()
    assert not RuleChange.objects.exists()


def test_a_new_version_tells_which_grades_it_moved(another_version, monkeypatch, client):
    product = cast.plain_oxide()
    cast.neuro_mag()
    product.refresh_from_db()
    assert product.label_check == "tight"
    another_version("label_check", "2")
    monkeypatch.setattr(label_check, "TIGHT_FROM", Decimal("0.999"))
    rebuild()
    change = RuleChange.objects.get()
    assert (change.rule, change.from_version, change.to_version) == ("label_check", "1", "2")
    assert "plain-oxide" in {move["subject"] for move in change.moved}
    assert {move["column"] for move in change.moved} == {"label_check"}
    rebuild()  # nothing differs from the last time
    assert RuleChange.objects.count() == 1
    html = client.get("/method/").content.decode()
    assert f"{change.total} grade" in html
    assert "label check:" in html
    assert product.get_absolute_url() in html
    assert html.count("No change on record") == len(versions.current()) - 1


def test_a_grade_is_told_only_under_a_rule_that_it_follows_from(another_version, monkeypatch):
    cast.plain_oxide()
    another_version("cost", "2")
    monkeypatch.setattr(label_check, "TIGHT_FROM", Decimal("0.999"))
    rebuild()
    assert RuleChange.objects.get().total == 0
