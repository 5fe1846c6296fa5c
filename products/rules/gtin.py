"""Barcodes as people paste them.

GS1 General Specifications, section 3: GTIN-8, -12 (UPC-A), -13 (EAN) and -14 are one number,
padded with zeros on the left. The check digit is looked after by a library.
"""

import unicodedata

from stdnum import ean
from stdnum.exceptions import ValidationError

VERSION = "2"

LENGTHS = (8, 12, 13, 14)
"""Of GTIN-8, a UPC, an EAN and the GTIN of a case."""


def normalised(text: str) -> str:
    """Digits only, in the one length that a number is kept in; other characters stay, to be refused.

    13 digits with the zeros of a UPC, 14 only where the first is none, 8 where the others are zeros.
    Takes spaces, hyphens and digits of any width; gives back ASCII.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(ch for ch in plain if not ch.isspace() and ch not in "-‐‑‒–")
    if not (plain.isascii() and plain.isdigit() and len(plain) in LENGTHS):
        return plain
    number = plain.lstrip("0")
    return number.zfill(8 if len(number) <= 8 else 13)


def is_valid(number: str) -> bool:
    """Tell whether the check digit of a normalised number fits."""
    try:
        ean.validate(number)
    except ValidationError:
        return False
    return True


def of_one_piece(number: str) -> str:
    """The number of what is in a case, from that of the case (14 digits); blank for any other.

    A case has the number of its contents with a digit before it, and a check digit of its own.
    """
    if len(number) != 14 or not number.isdigit():
        return ""
    item = number[1:-1]
    return normalised(item + ean.calc_check_digit(item))
