from decimal import Decimal

import pytest

from products.rules.empties import Empty, is_known


def test_the_four_kinds_are_the_ones_that_pages_and_exports_name() -> None:
    assert {empty.value for empty in Empty} == {
        "not_on_label",
        "not_looked_up",
        "does_not_apply",
        "withheld",
    }


@pytest.mark.parametrize(
    ("value", "known"), [(None, False), (Decimal(0), False), (Decimal("0.001"), True)]
)
def test_nothing_and_zero_are_both_unknown(value: Decimal | None, known: bool) -> None:
    assert is_known(value) is known
