"""Whether the compound on a label can hold the magnesium that the label claims.

A pure compound holds at most its mass times the mass fraction that follows from its
formula (`chemistry`). A label that claims more can't be of the pure compound: it is
mixed with oxide, names the wrong mass, or errs. Hydrates hold less than the dry salt,
so checking against the dry fraction gives the label the benefit of the doubt.

This is arithmetic on what is printed, not an analysis of what is in the pack.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import mul

from products.rules.empties import is_known
from products.rules.units import rounded

VERSION = "1"

TIGHT_FROM = Decimal("0.97")
"""Share of the theoretical maximum, inclusive, from which a label leaves no room for
water, additives or spread: true only of a dry, pure compound. A house rule."""

IMPOSSIBLE_ABOVE = Decimal("1.02")
"""Share above which rounding no longer explains the claim.

Both printed masses are rounded: minerals to the significance of 21 CFR 101.9(c)(8)(iv)
(by way of 101.36(b)(2)(ii)(B)), for magnesium whole milligrams; percent daily values,
from which some labels reckon back, in steps of 2, 5 or 10; the compound to a round
number. For the usual hundred milligrams and more that comes to less than 2 percent.
"""

ROUNDING_SLACK_MG = Decimal("0.5")
"""Half the step of a claim in whole mg, which is more than 2 percent of a small one:
6 mg from a compound that holds 5.6 is a rounded label, not an impossible one."""


class Code(StrEnum):
    """The verdict."""

    ADDS_UP = "adds_up"
    TIGHT = "tight"
    CANNOT_BE_PURE = "cannot_be_pure"
    CANNOT_BE_CHECKED = "cannot_be_checked"


class Reason(StrEnum):
    """What is missing when a label cannot be checked."""

    ELEMENTAL_UNKNOWN = "elemental_unknown"
    FORM_UNKNOWN = "form_unknown"
    COMPOUND_UNKNOWN = "compound_unknown"
    FRACTION_UNKNOWN = "fraction_unknown"


@dataclass(frozen=True)
class Part:
    """One form on a label: its theoretical fraction (0 to 1) and its mass in a serving."""

    fraction: Decimal | None
    compound_mg: Decimal | None


@dataclass(frozen=True)
class LabelCheck:
    """A verdict with its working.

    `capacity_mg` is the most elemental magnesium that the compounds can hold, to
    0.0001 mg; `share` is claimed / capacity to 4 places. Both are `None` when the
    label cannot be checked, and `reason` only then is not.
    """

    code: Code
    reason: Reason | None
    claimed_mg: Decimal | None
    capacity_mg: Decimal | None
    share: Decimal | None


def check(
    parts: Sequence[Part],
    elemental_mg: Decimal | None,
    compound_mg: Decimal | None = None,
) -> LabelCheck:
    """Compare the magnesium claimed for a serving with what its compounds can hold.

    `parts` are the forms on the label. `compound_mg` is the mass of all of them
    together, used when the label doesn't give them apart: all of it is then taken to
    be the richest form, the most generous reading. All masses are mg a serving; zero
    or less is unknown (`empties.is_known`). The first thing missing is the reason.
    """
    if not is_known(elemental_mg):
        return _unchecked(Reason.ELEMENTAL_UNKNOWN, elemental_mg)
    if not parts:
        return _unchecked(Reason.FORM_UNKNOWN, elemental_mg)
    masses = [part.compound_mg for part in parts if is_known(part.compound_mg)]
    apart = len(masses) == len(parts)
    if not apart and not is_known(compound_mg):
        return _unchecked(Reason.COMPOUND_UNKNOWN, elemental_mg)
    fractions = [part.fraction for part in parts if is_known(part.fraction)]
    if len(fractions) < len(parts):
        return _unchecked(Reason.FRACTION_UNKNOWN, elemental_mg)

    if not apart and is_known(compound_mg):
        fractions, masses = [max(fractions)], [compound_mg]
    capacity = sum(map(mul, fractions, masses), start=Decimal(0))
    # The verdict is read off the share as shown, so that the two cannot differ.
    share = rounded(elemental_mg / capacity, 4)
    code = _verdict(share, excess_mg=elemental_mg - capacity)
    return LabelCheck(code, None, elemental_mg, rounded(capacity, 4), share)


def elemental_equals_compound(elemental_mg: Decimal | None, compound_mg: Decimal | None) -> bool:
    """Tell whether a label gives one mass as both magnesium and compound.

    Then the two names stand for one figure and nothing can be learnt from the pair:
    no compound of magnesium is all magnesium. Seen where a label lists its forms by
    the magnesium that each brings, and where the mass of the salt was entered twice.
    """
    return is_known(elemental_mg) and is_known(compound_mg) and elemental_mg == compound_mg


def _verdict(share: Decimal, excess_mg: Decimal) -> Code:
    if share > IMPOSSIBLE_ABOVE and excess_mg > ROUNDING_SLACK_MG:
        return Code.CANNOT_BE_PURE
    return Code.TIGHT if share >= TIGHT_FROM else Code.ADDS_UP


def _unchecked(reason: Reason, claimed_mg: Decimal | None) -> LabelCheck:
    return LabelCheck(Code.CANNOT_BE_CHECKED, reason, claimed_mg, None, None)
