"""Barcodes as people paste them.

GS1 General Specifications, section 3: GTIN-8, -12 (UPC-A), -13 (EAN) and -14 are one number,
padded with zeros on the left. The check digit is looked after by a library.
"""

import unicodedata

VERSION = "1"


def normalised(text: str) -> str:
    """Digits only, a UPC with the zero that makes it an EAN; other characters stay, to be refused.

    Takes spaces, hyphens and digits of any width; gives back ASCII.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(ch for ch in plain if not ch.isspace() and ch not in "-‐‑‒–")
    if plain.isascii() and plain.isdigit() and len(plain) == 12:
        return f"0{plain}"
    return plain
