"""The arithmetic of a dose: how much magnesium, how many servings, how many units.

A page stands on one basis: a serving, the label's day, or so many mg. Everything else
on it follows from here. Quotients are left unrounded: each face rounds what it shows.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from products.rules.empties import is_known
from products.rules.units import rounded

VERSION = "1"

MIN_MG = Decimal(1)
"""The least fixed dose that can be asked for: labels count in whole mg."""

MAX_MG = Decimal(2000)
"""The most: what a US label of the laxative allows adults in a day (4,800 mg of the
hydroxide), and nearly six times the US upper level."""


@dataclass(frozen=True)
class Amount:
    """A closed range, or one figure when both ends are the same. In any unit.

    Raises `ValueError` when the ends are the wrong way round.
    """

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        """Refuse a range that holds nothing."""
        if self.low > self.high:
            raise ValueError(f"range from {self.low} down to {self.high}")

    @classmethod
    def exactly(cls, value: Decimal) -> "Amount":
        """Make the range of one figure."""
        return cls(value, value)

    @property
    def is_range(self) -> bool:
        """Tell whether the ends differ."""
        return self.low != self.high

    def scaled(self, by: Decimal) -> "Amount":
        """Multiply both ends; `by` is not negative."""
        return Amount(self.low * by, self.high * by)


class Kind(StrEnum):
    """What a dose is counted in."""

    SERVING = "serving"
    DAY = "day"
    FIXED = "fixed"


@dataclass(frozen=True)
class Dose:
    """The basis of a page: one serving, the label's day, or `mg` of elemental magnesium.

    Raises `ValueError` when `mg` is given for another kind than `FIXED`, is
    missing there, or lies outside `MIN_MG` to `MAX_MG`.
    """

    kind: Kind
    mg: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse a dose that contradicts itself."""
        if (self.mg is not None) != (self.kind is Kind.FIXED):
            raise ValueError("a fixed dose has its mg, and no other dose does")
        if self.mg is not None and not MIN_MG <= self.mg <= MAX_MG:
            raise ValueError(f"a fixed dose lies from {MIN_MG} to {MAX_MG} mg, not {self.mg}")


def servings_taken(
    dose: Dose,
    elemental_mg_per_serving: Decimal | None,
    daily_servings: Amount | None,
) -> Amount | None:
    """Give how many servings make the dose; `None` when the label doesn't say enough.

    A day that the label doesn't state stays unknown: it is never taken for a serving.
    """
    match dose.kind:
        case Kind.SERVING:
            return Amount.exactly(Decimal(1))
        case Kind.DAY:
            return daily_servings
        case Kind.FIXED:
            if dose.mg is None or not is_known(elemental_mg_per_serving):
                return None
            return Amount.exactly(dose.mg / elemental_mg_per_serving)


def magnesium_taken(
    dose: Dose,
    elemental_mg_per_serving: Decimal | None,
    daily_servings: Amount | None,
) -> Amount | None:
    """Give the mg of elemental magnesium in the dose; `None` when not known.

    A fixed dose is known only of a product whose serving is: nobody can take 200 mg of
    magnesium from a bottle that doesn't say how much it holds.
    """
    if not is_known(elemental_mg_per_serving):
        return None
    if dose.mg is not None:  # as asked for, not by way of a rounded quotient
        return Amount.exactly(dose.mg)
    servings = servings_taken(dose, elemental_mg_per_serving, daily_servings)
    return servings.scaled(elemental_mg_per_serving) if servings else None


def units_taken(servings: Amount | None, units_per_serving: Decimal | None) -> Amount | None:
    """Give how many capsules, tablets, scoops … so many servings are."""
    if servings is None or not is_known(units_per_serving):
        return None
    return servings.scaled(units_per_serving)


def units_per_100_mg(
    elemental_mg_per_serving: Decimal | None, units_per_serving: Decimal | None
) -> Decimal | None:
    """Give how many units bring 100 mg of elemental magnesium, to 4 places."""
    if not is_known(elemental_mg_per_serving) or not is_known(units_per_serving):
        return None
    return rounded(100 * units_per_serving / elemental_mg_per_serving, 4)
