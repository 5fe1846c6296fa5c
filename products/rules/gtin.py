"""Barcodes as people paste them.

GS1 General Specifications, section 3: GTIN-8, -12 (UPC-A), -13 (EAN) and -14 are one number,
padded with zeros on the left. The check digit is looked after by a library.
"""

import unicodedata

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
