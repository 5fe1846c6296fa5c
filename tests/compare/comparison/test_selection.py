"""What an address asks to compare, and what of it did not hold."""

import pytest
from django.http import QueryDict

from compare.comparison import MOST_PRODUCTS, Selection, Shown
from compare.links import Query
from compare.notes import Ignored
from products.models import Product
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def products():
    return [ProductFactory(slug=f"p{number}") for number in range(7)]


def read(text: str) -> Selection:
    given = QueryDict(text)
    things = Product.objects.published()
    return Selection.read(Query.read(given.lists()), things, MOST_PRODUCTS, given.getlist("item"))


def codes(selection: Selection) -> list[tuple[Ignored, str, str]]:
    return [(note.code, note.key, note.value) for note in selection.notes]


def test_items_keep_their_order(products):
    selection = read("item=p3&item=p1&item=p2")
    assert selection.slugs == ["p3", "p1", "p2"]
    assert not selection.notes


def test_unknown_items_are_named(products):
    selection = read("item=p1&item=nobody&item=P2")
    assert selection.slugs == ["p1"]
    assert codes(selection) == [
        (Ignored.UNKNOWN_VALUE, "item", "nobody"),
        (Ignored.UNKNOWN_VALUE, "item", "P2"),
    ]


def test_a_draft_is_unknown(products):
    ProductFactory(slug="secret", status="draft")
    assert codes(read("item=secret")) == [(Ignored.UNKNOWN_VALUE, "item", "secret")]


def test_too_many_are_named_and_left_out(products):
    selection = read("&".join(f"item=p{number}" for number in range(7)))
    assert selection.slugs == ["p0", "p1", "p2", "p3", "p4"]
    left_out = [(Ignored.TOO_MANY, "item", str(product)) for product in products[5:]]
    assert codes(selection) == left_out
    assert not selection.has_room


def test_the_same_twice_counts_once(products):
    selection = read("item=p1&item=p2&item=p1")
    assert selection.slugs == ["p1", "p2"]
    assert codes(selection) == [(Ignored.GIVEN_TWICE, "item", "p1")]


def test_a_flood_of_items_is_cut(products, django_assert_num_queries):
    with django_assert_num_queries(1):
        selection = read("&".join(f"item=x{number}" for number in range(900)) + "&item=p1")
    assert not selection.subjects
    assert len(selection.notes) == 51


def test_baseline_and_rows(products):
    selection = read("item=p1&item=p2&base=p2&rows=differing")
    assert (selection.base, selection.shown) == (1, Shown.DIFFERING)
    selection = read("item=p1&item=p2&base=p3&rows=some&colour=red")
    assert (selection.base, selection.shown) == (None, Shown.ALL)
    assert set(codes(selection)) == {
        (Ignored.UNKNOWN_KEY, "colour", ""),
        (Ignored.UNKNOWN_VALUE, "base", "p3"),
        (Ignored.UNKNOWN_VALUE, "rows", "some"),
    }


def test_no_items_cost_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not read("rows=same").subjects


def test_moving_and_taking_away(products):
    selection = read("item=p1&item=p2&item=p3&base=p2&dose=100&item=nobody")
    assert selection.moved(0, -1) is None
    assert selection.moved(2, 1) is None
    moved = selection.moved(1, -1)
    assert moved is not None
    assert moved.all("item") == ["p2", "p1", "p3"]
    assert moved.get("dose") == "100"
    assert selection.without_item("p1").get("base") == "p2"
    gone = selection.without_item("p2")
    assert (gone.all("item"), gone.get("base")) == (["p1", "p3"], "")
    assert selection.with_item("p4").all("item") == ["p1", "p2", "p3", "p4"]
