"""The four ways in which a figure can be missing, told apart everywhere.

A blank helps nobody: "the label does not say" is a fact about the product, "not
looked up yet" is one about us. None of them is zero, different or best.
"""

from decimal import Decimal
from enum import StrEnum
from typing import TypeGuard

VERSION = "1"


class Empty(StrEnum):
    """Why there is no figure."""

    NOT_ON_LABEL = "not_on_label"
    NOT_LOOKED_UP = "not_looked_up"
    DOES_NOT_APPLY = "does_not_apply"
    WITHHELD = "withheld"


def is_known(value: Decimal | None) -> TypeGuard[Decimal]:
    """Tell whether a mass, count or price can be reckoned with.

    Zero counts as unknown: no serving, pack or price is nothing, but imported rows
    write 0 where a label is silent ("NP", not present), and dividing by it or
    ranking it first would turn that silence into a claim.
    """
    return value is not None and value > 0
