"""Comparisons: the same object as the page's, with notes."""

import pytest

pytestmark = pytest.mark.django_db


def cells(answer, key):
    rows = [row for group in answer["groups"] for row in group["rows"] if row["key"] == key]
    return {cell["item"]: cell for cell in rows[0]["cells"]}


def test_products_side_by_side(shelf, ask):
    answer = ask("compare/products/?item=neuro-mag&item=plain-oxide&base=neuro-mag")
    assert [item["slug"] for item in answer["items"]] == ["neuro-mag", "plain-oxide"]
    assert answer["items"][0]["url"] == "http://testserver/products/neuro-mag/"
    assert answer["base"] == "neuro-mag"
    elemental = cells(answer, "elemental_mg")
    assert elemental["neuro-mag"]["value"] == {"low": 144, "high": 144}
    assert elemental["plain-oxide"]["delta"] == {"low": 356, "high": 356}
    forms = cells(answer, "forms")["plain-oxide"]["value"]
    assert forms == [{"name": "Oxide", "url": "http://testserver/forms/oxide/"}]


def test_forms_side_by_side_only_where_they_differ(shelf, ask):
    answer = ask("compare/forms/?item=l-threonate&item=citrate&rows=differing")
    assert answer["rows"] == "differing"
    assert all(row["differs"] for group in answer["groups"] for row in group["rows"])


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", []),
        ("item=neuro-mag", []),
        ("item=neuro-mag&item=neuro-mag", ["given_twice"]),
        ("item=neuro-mag&item=nobody&colour=red", ["unknown_key", "unknown_value"]),
        ("item=neuro-mag&rows=odd&base=blend&dose=lots", ["not_a_number", *["unknown_value"] * 2]),
        ("item=%00", ["unknown_value"]),
    ],
)
def test_what_was_ignored_is_named(shelf, ask, query, codes):
    answer = ask(f"compare/products/?{query}")
    assert [note["code"] for note in answer["notes"]] == codes


def test_too_many_are_cut(shelf, ask):
    names = ["neuro-mag", "plain-oxide", "blend", "bare-label", "stale-price"]
    more = [*names, "neuro-mag"]
    answer = ask("compare/products/?" + "&".join(f"item={name}" for name in more))
    assert [item["slug"] for item in answer["items"]] == names
