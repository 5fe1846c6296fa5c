"""Into which group a product falls, by what its reader says must hold and what matters to them.

No score comes out of it, and no order within a group: weights that nobody can check would hide the
working. A fact that is not known is neither a yes nor a no. Where the reader insists on it, the product
is one of which nobody can say whether it fits.
"""

from collections.abc import Iterable
from enum import StrEnum

from products.rules.label_check import Code

VERSION = "1"

LABEL_HOLDS = frozenset({Code.ADDS_UP, Code.TIGHT})
"""Verdicts of a label that does not contradict itself: tight is the most that a pure compound can hold."""
LABEL_FAILS = frozenset({Code.CANNOT_BE_PURE})

GENTLE = frozenset({"low"})
"""Grades of laxative effect that a reader who wants a low one means, and those that are more."""
LOOSENING = frozenset({"mild", "marked", "osmotic_laxative"})

WELL_TAKEN_UP = frozenset({"high", "moderate"})
"""Grades of bioavailability from moderate up, and those below; unclear is neither."""
POORLY_TAKEN_UP = frozenset({"low"})


class Weight(StrEnum):
    """How much a fact counts for a reader."""

    MUST = "must"
    MATTERS = "matters"
    IGNORE = "ignore"


class Standing(StrEnum):
    """What is known of a wish for one product."""

    MET = "met"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Group(StrEnum):
    """Where a product stands, the best first."""

    GOOD = "good"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    NO = "no"


def group_of(wishes: Iterable[tuple[Weight, Standing]]) -> Group:
    """Give the group of a product from each wish and how the product stands to it.

    - no: something that must hold does not.
    - unknown: nothing that must hold fails, but of some of it nobody knows.
    - partial: all that must hold does; something that matters does not, or is not known.
    - good: all of it holds. What is ignored never counts.
    """
    musts: set[Standing] = set()
    matters: set[Standing] = set()
    for weight, standing in wishes:
        if weight is Weight.MUST:
            musts.add(standing)
        elif weight is Weight.MATTERS:
            matters.add(standing)
    if Standing.FAILED in musts:
        return Group.NO
    if Standing.UNKNOWN in musts:
        return Group.UNKNOWN
    return Group.GOOD if matters <= {Standing.MET} else Group.PARTIAL
