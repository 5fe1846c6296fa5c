"""Masses as labels write them, in milligrams.

Amounts of substance (mmol, mEq) are of magnesium itself and have functions of
their own: a millimole of a salt has another mass, so `to_mg` refuses them.
"""

from decimal import ROUND_HALF_UP, Decimal

VERSION = "1"

MAGNESIUM_G_PER_MOL = Decimal("24.305")
"""Conventional atomic mass: IUPAC, Pure Appl. Chem. 88 (2016) 265-291."""

MAGNESIUM_CHARGE = 2
"""Mg is divalent, so one mmol is two mEq."""

# DSLD writes "Gram(s)". Case-folding turns the micro sign (U+00B5) into the Greek mu.
_MG_IN: dict[str, Decimal] = {
    name: Decimal(mg)
    for mg, names in {
        "1000000": ("kg", "kilogram", "kilograms", "kilogram(s)"),
        "1000": ("g", "gm", "gram", "grams", "gram(s)"),
        "1": ("mg", "milligram", "milligrams", "milligram(s)"),
        "0.001": ("mcg", "ug", "\u03bcg", "microgram", "micrograms", "microgram(s)"),
    }.items()
    for name in names
}


class UnknownUnit(ValueError):
    """The text names no unit of mass."""


def to_mg(amount: Decimal, unit: str) -> Decimal:
    """Turn an amount in a unit of mass into mg, exactly.

    Case and surrounding space in `unit` do not matter. Raises `UnknownUnit`.
    """
    try:
        return amount * _MG_IN[unit.strip().casefold()]
    except KeyError:
        raise UnknownUnit(unit) from None


def mmol_to_mg(amount: Decimal) -> Decimal:
    """Turn mmol of magnesium into mg of elemental magnesium (1 mmol = 24.305 mg)."""
    return amount * MAGNESIUM_G_PER_MOL


def meq_to_mg(amount: Decimal) -> Decimal:
    """Turn mEq of magnesium into mg of elemental magnesium (2 mEq = 1 mmol)."""
    return mmol_to_mg(amount) / MAGNESIUM_CHARGE


def rounded(value: Decimal, places: int) -> Decimal:
    """Round to so many decimal places, halves away from zero, as labels do.

    The one place where this room rounds. Python's default sends halves to the even
    neighbour, so that 2.5 and 3.5 mg would read 2 and 4.
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
