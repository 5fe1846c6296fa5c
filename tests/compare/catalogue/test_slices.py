"""Numbers as bitmaps against the same done one by one, and names in an order with gaps."""

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from compare.facets import name_order
from compare.facets.name_order import order_of, with_names
from compare.facets.names import Names
from compare.facets.slices import FEW, Slices, page

rows = st.integers(1, 400)
numbers = st.dictionaries(rows, st.integers(0, 5000), max_size=3 * FEW)
names = st.dictionaries(rows, st.text(alphabet="abÄ", max_size=3), max_size=40)


@given(numbers, st.integers(-1, 10_000))
def test_ranges_are_exact(held, bound):
    slices = Slices.of(held)
    assert set(slices.at_most(bound)) == {row for row, number in held.items() if number <= bound}
    assert set(slices.at_least(bound)) == {row for row, number in held.items() if number >= bound}


@given(numbers, st.sets(rows), st.booleans(), st.integers(0, 200), st.integers(0, 30))
def test_a_page_is_a_piece_of_the_sorted_whole(held, wanted, descending, start, length):
    there = wanted & held.keys()
    sign = -1 if descending else 1
    expected = sorted(there, key=lambda row: (sign * held[row], row))[start : start + length]
    digits = Slices.of(held).digits(descending=descending)
    assert page(BitMap(there), digits, start, start + length) == expected


@given(numbers, st.dictionaries(rows, st.none() | st.integers(0, 100_000), max_size=9))
def test_numbers_are_replaced_and_the_old_ones_stay_for_who_holds_them(held, changes):
    before = Slices.of(held)
    new = {row: number for row, number in changes.items() if number is not None}
    after = before.replaced(BitMap(list(changes)), new)
    expected = {row: number for row, number in held.items() if row not in changes} | new
    assert {row: after.number(row) for row in after.known} == expected
    assert {row: before.number(row) for row in before.known} == held
    assert before.number(1000) is None


def is_in_order(order, by_row):
    digits = order.digits()
    return page(order.known, digits, 0, len(by_row)) == sorted(
        by_row, key=lambda row: (by_row[row], row)
    )


@given(names, st.lists(st.dictionaries(rows, st.none() | st.text("abÄ", max_size=3), max_size=5)))
def test_names_find_their_place_among_the_others(by_row, edits):
    held = Names.of(by_row)
    order = order_of(held)
    assert is_in_order(order, by_row)
    for edit in edits:
        after = held.replaced(edit)
        order, held = with_names(order, held, after, edit), after
        by_row = {row: name for row, name in {**by_row, **edit}.items() if name is not None}
        assert dict(held) == by_row
        assert is_in_order(order, by_row)


def test_where_no_number_is_left_between_two_names_all_are_numbered_anew(monkeypatch):
    monkeypatch.setattr(name_order, "GAP", 2)
    by_row = {1: "a", 2: "z"}
    held = Names.of(by_row)
    order = order_of(held)
    for row, name in enumerate(["m", "n", "nn", "nm"], 3):
        by_row[row] = name
        after = held.replaced({row: name})
        order, held = with_names(order, held, after, {row: name}), after
        assert is_in_order(order, by_row)
