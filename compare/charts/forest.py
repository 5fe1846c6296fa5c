"""Effects with their intervals on one axis, against the line of no difference."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

STEPS = (1, 2, 5)
"""Ticks stand at these, times a power of ten."""
RATIO_TICKS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 10, 20)
LARGEST, SMALLEST = 15.0, 8.0
"""Side of a square, by the number of people."""
TICK_BAND, HEAD = 22, 20
LETTER, GAP = 5.8, 6
"""Usual width of a letter, and the distance of words from the line of no difference."""
HALF_TEXT = 70.0
"""Room that half of a figure with its interval takes."""


class Tone(StrEnum):
    """How a result is drawn: where it points."""

    BENEFIT = "benefit"
    HARM = "harm"
    NEITHER = "neither"


@dataclass(frozen=True)
class Point:
    """One result. Without both ends of its interval it is drawn open.

    A ratio of zero or less has no place on a logarithmic axis: it is drawn at the left end, and an
    interval that begins there runs out of the axis without a stroke.
    """

    label: str
    detail: str
    text: str
    value: float
    low: float | None
    high: float | None
    people: int | None
    tone: Tone


@dataclass(frozen=True)
class Row:
    """Points in user units of the drawing."""

    label: str
    detail: str
    text: str
    tone: Tone
    y: int
    left: float | None
    right: float | None
    x: float
    side: float
    text_x: float
    runs_out: bool
    """The interval goes on beyond the left end of the axis."""

    @property
    def is_open(self) -> bool:
        return self.left is None

    @property
    def corner(self) -> tuple[float, float]:
        return round(self.x - self.side / 2, 1), round(self.y - self.side / 2, 1)

    @property
    def top(self) -> int:
        """Of the strokes that end an interval."""
        return self.y - 4

    @property
    def label_y(self) -> int:
        return self.y - 2

    @property
    def detail_y(self) -> int:
        return self.y + 12

    @property
    def text_y(self) -> int:
        return self.y + 4

    @property
    def below_y(self) -> int:
        return self.y + 21


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class Label:
    """Words at the head of a side, with the room that there is for them."""

    x: float
    text: str
    anchor: str
    room: float


@dataclass(frozen=True)
class Frame:
    """Measures of a drawing: the plot lies between `left` and `right`; figures beside or below."""

    width: int
    left: int
    right: int
    row: int
    beside: bool


WIDE = Frame(width=600, left=150, right=440, row=42, beside=True)
NARROW = Frame(width=358, left=130, right=344, row=54, beside=False)


@dataclass(frozen=True)
class Forest:
    """See `templates/charts/forest.html`. `favours`: a benefit lies left (-1), right (1), not known (0)."""

    frame: Frame
    height: int
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    null_x: float
    favours: int

    @property
    def words(self) -> tuple[Label, ...]:
        """What either side of the line means, as far as it fits on the drawing."""
        if not self.favours:
            return ()
        better, worse = "better with magnesium", "worse"
        left, right = (better, worse) if self.favours < 0 else (worse, better)
        labels = (
            Label(round(self.null_x - GAP, 1), f"← {left}", "end", self.null_x),
            Label(
                round(self.null_x + GAP, 1), f"{right} →", "start", self.frame.width - self.null_x
            ),
        )
        return tuple(label for label in labels if len(label.text) * LETTER + GAP <= label.room)

    @property
    def foot(self) -> int:
        return self.height - TICK_BAND

    @property
    def tick_y(self) -> int:
        return self.height - 6


def forest(points: Sequence[Point], is_ratio: bool, frame: Frame = WIDE) -> Forest:
    """Draw results on one axis: of ratios a logarithmic one around 1, of differences one around 0."""
    null = 1.0 if is_ratio else 0.0
    ends = [null, *(end for point in points for end in _extent(point, is_ratio))]
    ticks = _ratio_ticks(ends) if is_ratio else _difference_ticks(ends)
    scale = _scale(ticks[0], ticks[-1], frame, math.log if is_ratio else float)

    def x(value: float) -> float:
        return float(frame.left) if is_ratio and value <= 0 else scale(value)

    most = max((point.people or 0 for point in points), default=0)
    rows = tuple(
        _row(point, HEAD + frame.row * place + frame.row // 2, x, most, frame, is_ratio)
        for place, point in enumerate(points)
    )
    return Forest(
        frame=frame,
        height=HEAD + frame.row * len(points) + 6 + TICK_BAND,
        rows=rows,
        ticks=tuple(Tick(x(value), _signed(value, is_ratio)) for value in ticks if value != null),
        null_x=x(null),
        favours=_favours(points, null),
    )


def _extent(point: Point, is_ratio: bool) -> Iterable[float]:
    ends = (end for end in (point.value, point.low, point.high) if end is not None)
    return (end for end in ends if end > 0 or not is_ratio)


def _row(
    point: Point,
    y: int,
    x: Callable[[float], float],
    most: int,
    frame: Frame,
    is_ratio: bool,
) -> Row:
    known = point.low is not None and point.high is not None
    share = math.sqrt((point.people or 0) / most) if most else 0.0
    return Row(
        label=point.label,
        detail=point.detail,
        text=point.text,
        tone=point.tone,
        y=y,
        left=x(point.low) if known and point.low is not None else None,
        right=x(point.high) if known and point.high is not None else None,
        x=x(point.value),
        text_x=min(max(x(point.value), frame.left), frame.width - HALF_TEXT),
        runs_out=is_ratio and point.low is not None and point.low <= 0,
        side=round(SMALLEST + (LARGEST - SMALLEST) * share, 1),
    )


def _scale(
    low: float, high: float, frame: Frame, bend: Callable[[float], float]
) -> Callable[[float], float]:
    start, span = bend(low), bend(high) - bend(low)
    width = frame.right - frame.left

    def x(value: float) -> float:
        return round(frame.left + (bend(value) - start) / span * width, 1)

    return x


def _difference_ticks(ends: Sequence[float]) -> list[float]:
    """Ticks that enclose both ends, with room on either side of the line of no difference."""
    ticks = _ticks(min(ends), max(ends))
    step = ticks[1] - ticks[0]
    before = [round(-step, 6)] if ticks[0] == 0 else []
    after = [round(step, 6)] if ticks[-1] == 0 else []
    return [*before, *ticks, *after]


def _ticks(low: float, high: float, most: int = 8) -> list[float]:
    """Round figures that enclose both ends, at most so many."""
    span = (high - low) or 1.0
    power = math.floor(math.log10(span)) - 1
    step = next(
        size * 10.0**exponent
        for exponent in range(power, power + 4)
        for size in STEPS
        if _count(low, high, size * 10.0**exponent) <= most
    )
    first = math.floor(low / step)
    return [round((first + i) * step, 6) for i in range(_count(low, high, step))]


def _count(low: float, high: float, step: float) -> int:
    return max(math.ceil(high / step) - math.floor(low / step), 1) + 1


def _ratio_ticks(ends: Sequence[float]) -> list[float]:
    """Usual ratios that enclose both ends, and 1 between them; one beyond them makes its own."""
    low, high = min(ends), max(ends)
    below = [tick for tick in RATIO_TICKS if tick <= low and tick < 1][-1:] or [low]
    above = [tick for tick in RATIO_TICKS if tick >= high and tick > 1][:1] or [high]
    within = [float(tick) for tick in RATIO_TICKS if below[0] < tick < above[0]]
    return [float(below[0]), *within, float(above[0])]


def _signed(value: float, is_ratio: bool) -> str:
    text = f"{abs(value):g}"
    if is_ratio:
        return text
    return f"−{text}" if value < 0 else f"+{text}"


def _favours(points: Sequence[Point], null: float) -> int:
    """The side on which results called a benefit lie; 0 where none is, or they lie on both."""
    sides = set()
    for point in points:
        if point.tone is not Tone.NEITHER and point.value != null:
            side = 1 if point.value > null else -1
            sides.add(side if point.tone is Tone.BENEFIT else -side)
    return sides.pop() if len(sides) == 1 else 0
