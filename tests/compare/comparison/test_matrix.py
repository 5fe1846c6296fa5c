"""The matrix: what differs, what is counted, which sources are numbered how."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.basis import Basis
from compare.comparison import Cell, Row, Shown, as_dict, build
from compare.comparison.cell import unknown
from compare.comparison.groups import ProductGroup
from compare.comparison.row import Kind
from products.models import EmptyKind, Source

TODAY = date(2026, 6, 1)
UNKNOWN = unknown(EmptyKind.NOT_LOOKED_UP)


class Thing:
    """A subject that holds its own cells by the key of a row."""

    def __init__(self, slug, **cells):
        self.slug, self.cells = slug, cells

    def __str__(self):
        return self.slug.title()

    def get_absolute_url(self):
        return f"/things/{self.slug}/"


def row(key, group=ProductGroup.MAGNESIUM, **more):
    return Row(
        key, group, key.title(), "mg", "What it is.", lambda s, b: s.cells[key], Kind.FIGURE, **more
    )


def compare(cells, **more):
    """One row over things that hold these cells."""
    things = [Thing(f"t{place}", x=cell) for place, cell in enumerate(cells)]
    return build(things, [row("x", has_delta=True)], Basis(), at=TODAY, **more)


def only_line(comparison):
    (line,) = comparison.lines
    return line


@pytest.mark.parametrize(
    ("cells", "differs"),
    [
        ([Cell(1), Cell(2)], True),
        ([Cell(1), Cell(1)], False),
        ([Cell(1), UNKNOWN], False),
        ([UNKNOWN, UNKNOWN], False),
        ([UNKNOWN, unknown(EmptyKind.WITHHELD)], False),
        ([Cell(1), UNKNOWN, Cell(2)], True),
        ([Cell(0), UNKNOWN], False),
        ([Cell(1)], False),
    ],
)
def test_unknown_is_not_different(cells, differs):
    assert only_line(compare(cells)).differs is differs


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from([None, 1, 2, 3]), min_size=1, max_size=8))
def test_a_row_differs_when_two_known_values_do(values):
    cells = [UNKNOWN if value is None else Cell(value) for value in values]
    assert only_line(compare(cells)).differs == (len(set(values) - {None}) > 1)


def test_rows_are_all_counted_whichever_are_shown():
    things = [Thing("a", x=Cell(1), y=Cell(1)), Thing("b", x=Cell(2), y=UNKNOWN)]
    for shown, keys in {Shown.ALL: "xy", Shown.DIFFERING: "x", Shown.SAME: "y"}.items():
        comparison = build(things, [row("x"), row("y")], Basis(), at=TODAY, shown=shown)
        assert [line.row.key for line in comparison.lines] == list(keys)
        assert (comparison.total, comparison.differing, comparison.same) == (2, 1, 1)


def test_groups_keep_their_rows_together_and_empty_ones_are_left_out():
    things = [Thing("a", x=Cell(1), y=Cell(1)), Thing("b", x=Cell(2), y=Cell(1))]
    rows = [row("x"), row("y", ProductGroup.COST)]
    groups = build(things, rows, Basis(), at=TODAY).groups
    assert [group.head for group in groups] == [ProductGroup.MAGNESIUM, ProductGroup.COST]
    differing = build(things, rows, Basis(), at=TODAY, shown=Shown.DIFFERING).groups
    assert [group.head for group in differing] == [ProductGroup.MAGNESIUM]


def test_deltas_are_from_the_baseline_only():
    line = only_line(compare([Cell(5, "mg"), Cell(7, "mg"), UNKNOWN], base=0))
    assert [cell.delta and str(cell.delta) for cell in line.cells] == [None, "+2\u00a0mg", None]
    assert not any(cell.delta for cell in only_line(compare([Cell(5), Cell(7)])).cells)


def test_sources_are_numbered_as_they_appear_each_once():
    first, second, third = (Source(pk=pk, key=f"s{pk}") for pk in (7, 3, 9))
    things = [
        Thing("a", x=Cell(1, sources=(first, second)), y=Cell(1, sources=(third,))),
        Thing("b", x=Cell(2, sources=(second,)), y=Cell(1, sources=(first,))),
    ]
    rows = [row("x"), row("y", sources=(second,))]
    comparison = build(things, rows, Basis(), at=TODAY)
    assert [(r.number, r.source.key) for r in comparison.references] == [
        (1, "s7"),
        (2, "s3"),
        (3, "s9"),
    ]
    x, y = comparison.lines
    assert [cell.numbers for cell in x.cells] == [(1, 2), (2,)]
    assert y.numbers == (2,)
    assert [cell.numbers for cell in y.cells] == [(3,), (1,)]
    # Only what is shown is listed, and numbered anew.
    same = build(things, rows, Basis(), at=TODAY, shown=Shown.SAME)
    assert [r.source.key for r in same.references] == ["s3", "s9", "s7"]


def test_as_dict_is_typed_and_json():
    things = [Thing("a", x=Cell(Decimal("0.5"), "mg")), Thing("b", x=UNKNOWN)]
    plain = as_dict(build(things, [row("x", has_delta=True)], Basis(), at=TODAY, base=0))
    assert json.loads(json.dumps(plain)) == plain
    assert plain["items"][0] == {"slug": "a", "name": "A", "url": "/things/a/"}
    assert plain["base"] == "a"
    assert plain["counts"] == {"all": 1, "differing": 0, "same": 1}
    (line,) = plain["groups"][0]["rows"]
    known, empty = line["cells"]
    assert (known["value"], known["unit"], known["text"], known["empty"]) == (
        0.5,
        "mg",
        "0.5 mg",
        None,
    )
    assert (empty["value"], empty["empty"], empty["item"]) == (None, "not_looked_up", "b")


def test_nothing_to_compare_is_a_comparison_too():
    comparison = build([], [], Basis(), at=TODAY)
    assert (comparison.total, comparison.groups, comparison.references) == (0, (), ())
