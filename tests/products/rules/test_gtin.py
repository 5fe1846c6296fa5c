"""Barcodes in one length. Numbers from bottles, and the examples of GS1's General Specifications."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.gtin import normalised


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("737870160397", "0737870160397"),  # UPC of Neuro-Mag, 12 digits
        ("7 37870 16039 7", "0737870160397"),
        ("0848998082185", "0848998082185"),
        ("00848998082185", "0848998082185"),
        ("848998082185", "0848998082185"),
        ("4006381333931", "4006381333931"),
        ("10614141000415", "10614141000415"),  # a case: its first digit says so
        ("96385074", "96385074"),  # GTIN-8
        ("00000096385074", "96385074"),
        ("\uff19\uff16\uff13\uff18\uff15\uff10\uff17\uff14", "96385074"),  # full width
        ("9638-5074", "96385074"),
        ("", ""),
        ("12345", "12345"),  # no barcode: stays, to be refused
        ("073787016039X", "073787016039X"),
    ],
)
def test_one_number_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert normalised(typed) == kept


@given(st.integers(1, 10**14 - 1))
def test_zeros_before_it_make_no_other_number(number: int) -> None:
    lengths = [length for length in (8, 12, 13, 14) if len(str(number)) <= length]
    kept = {normalised(str(number).zfill(length)) for length in lengths}
    assert len(kept) == 1
    assert normalised(kept.pop()) == normalised(str(number).zfill(14))
