"""Limits for supplements by authority, drawn as a plot with its figures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compare.safety.amounts import USUAL_AGE, Amounts, body_name
from compare.safety.reader import Reader
from products.models import UpperLevel
from products.rules.units import rounded

STEP_MG = 100
R = Decimal(7)
"""Half the width of a diamond."""


@dataclass(frozen=True)
class Limit:
    """One body's limit for people of an age."""

    row: UpperLevel
    is_chosen: bool
    is_yours: bool = False

    @property
    def name(self) -> str:
        return body_name(self.row)

    @property
    def is_guidance(self) -> bool:
        return self.row.kind == UpperLevel.Kind.GUIDANCE


def limits(amounts: Amounts, reader: Reader, authority: str) -> list[Limit]:
    """One a body, the lowest first, for the reader's age; else for adults."""
    age = USUAL_AGE if reader.age is None else reader.age
    bodies = dict.fromkeys(row.issued_by for row in amounts.limits)
    found = []
    for body in bodies:
        own = Amounts((), [row for row in amounts.limits if row.issued_by == body])
        row, _ = own.limit_of(Reader(age=age, stage=reader.stage))
        if row is not None:
            found.append(Limit(row, row.authority == authority))
    return sorted(found, key=lambda limit: (limit.row.amount_mg, limit.name))


@dataclass(frozen=True)
class Bar:
    """One line of the plot, in user units."""

    limit: Limit
    name_y: Decimal
    y: Decimal
    x: Decimal

    @property
    def diamond(self) -> str:
        r = R - 1 if self.limit.is_guidance else R
        return (
            f"M{self.x} {self.y - r}L{self.x + r} {self.y}L{self.x} {self.y + r}"
            f"L{self.x - r} {self.y}Z"
        )

    @property
    def value_x(self) -> Decimal:
        return self.x + 12

    @property
    def base_y(self) -> Decimal:
        return self.y + 4


@dataclass(frozen=True)
class Plot:
    """A drawing of one width; `grid` pairs an x with its mg, blank between labels."""

    width: int
    height: int
    left: Decimal
    foot: Decimal
    bars: tuple[Bar, ...]
    grid: tuple[tuple[Decimal, str], ...]
    classes: str


def plot(limits: Sequence[Limit], narrow: bool) -> Plot:
    """Names stand left of the lines, or above them on a narrow page."""
    width, left, pitch = (358, Decimal(10), 44) if narrow else (760, Decimal(190), 30)
    most = max((limit.row.amount_mg for limit in limits), default=Decimal(STEP_MG))
    end = (int(most) // STEP_MG + 1) * STEP_MG
    scale = (width - left - 28) / end

    def x(mg: Decimal | int) -> Decimal:
        return rounded(left + mg * scale, 1)

    first = Decimal(48 if narrow else 35)
    foot = first + pitch * max(len(limits) - 1, 0) + 16
    return Plot(
        width=width,
        height=int(foot) + 22,
        left=left,
        foot=foot,
        bars=tuple(
            Bar(limit, y - 12 if narrow else y + 4, y, x(limit.row.amount_mg))
            for limit, y in ((limit, first + pitch * at) for at, limit in enumerate(limits))
        ),
        grid=tuple(
            (x(mg), "" if mg % STEP_MG else str(mg)) for mg in range(0, end + 1, STEP_MG // 2)
        ),
        classes="plot narrow" if narrow else "plot wide",
    )
