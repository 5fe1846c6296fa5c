"""Effects on one axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.charts.forest import NARROW, WIDE, Frame, Point, Tone, forest


def point(
    value: float,
    low: float | None = None,
    high: float | None = None,
    tone: Tone = Tone.BENEFIT,
    people: int | None = 100,
) -> Point:
    return Point("Zhang 2016", "100 people", "", value, low, high, people, tone)


def test_a_difference_stands_where_its_figure_says() -> None:
    drawn = forest([point(-2, -4, 0)], is_ratio=False)
    (row,) = drawn.rows
    assert row.left is not None
    assert row.right is not None
    assert row.x - row.left == pytest.approx(row.right - row.x, abs=0.2)
    assert row.right == pytest.approx(drawn.null_x)


def test_a_ratio_and_its_inverse_lie_equally_far_from_one() -> None:
    drawn = forest([point(0.5, 0.5, 0.5), point(2, 2, 2)], is_ratio=True)
    half, double = drawn.rows
    assert drawn.null_x - half.x == pytest.approx(double.x - drawn.null_x, abs=0.2)


@pytest.mark.parametrize(
    ("points", "is_ratio", "side"),
    [
        ([point(-2)], False, -1),
        ([point(0.3)], False, 1),
        ([point(0.7)], True, -1),
        ([point(1.2, tone=Tone.HARM)], True, -1),
        ([point(-2), point(2)], False, 0),
        ([point(-2, tone=Tone.NEITHER)], False, 0),
        ([point(-2), point(1, tone=Tone.NEITHER)], False, -1),
    ],
)
def test_the_side_of_a_benefit_follows_from_the_results_themselves(
    points: list[Point], is_ratio: bool, side: int
) -> None:
    drawn = forest(points, is_ratio)
    assert drawn.favours == side
    assert bool(drawn.words) is bool(side)


def test_without_an_interval_it_is_open() -> None:
    drawn = forest([point(-2, -3, -1), point(-1, None, -0.5)], is_ratio=False)
    assert [row.is_open for row in drawn.rows] == [False, True]


def test_a_ratio_that_is_none_leaves_the_drawing_whole() -> None:
    sound = point(0.81, 0.77, 0.86)
    drawn = forest([sound, point(0.5, 0, 2), point(0, -1, 0.5)], is_ratio=True)
    whole, open_ended, impossible = drawn.rows
    assert [row.runs_out for row in drawn.rows] == [False, True, True]
    assert open_ended.left == impossible.x == WIDE.left
    assert whole.left is not None
    assert WIDE.left < whole.left < whole.x


def test_more_people_make_a_larger_square_and_unknown_the_smallest() -> None:
    drawn = forest([point(1, people=n) for n in (None, 100, 2000)], is_ratio=False)
    sides = [row.side for row in drawn.rows]
    assert sides == sorted(set(sides))


figures = st.decimals(-1000, 1000, places=2).map(float)
ratios = st.decimals("0.01", 100, places=2).map(float)


@given(
    st.lists(st.tuples(figures, figures, figures), min_size=1, max_size=6),
    st.sampled_from([WIDE, NARROW]),
)
def test_everything_lies_within_the_frame(
    triples: list[tuple[float, float, float]], frame: Frame
) -> None:
    points = [point(mid, low, high) for low, mid, high in map(sorted, triples)]
    _lies_within(points, is_ratio=False, frame=frame)


@given(
    st.lists(st.tuples(ratios, ratios, ratios), min_size=1, max_size=6),
    st.sampled_from([WIDE, NARROW]),
)
def test_ratios_too(triples: list[tuple[float, float, float]], frame: Frame) -> None:
    points = [point(mid, low, high) for low, mid, high in map(sorted, triples)]
    _lies_within(points, is_ratio=True, frame=frame)


def _lies_within(points: list[Point], is_ratio: bool, frame: Frame) -> None:
    drawn = forest(points, is_ratio, frame)
    for row in drawn.rows:
        for x in (row.left, row.x, row.right):
            assert x is not None
            assert frame.left - 0.1 <= x <= frame.right + 0.1
        assert 0 < row.y < drawn.foot
    places = [tick.x for tick in drawn.ticks]
    assert places == sorted(set(places))
    assert len(places) <= 14
    assert frame.left < drawn.null_x < frame.right
