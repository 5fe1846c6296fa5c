"""Text as it is searched: without case, accents and punctuation.

Unicode Standard Annex 15 (NFKD) takes accents off their letters and ® and ™ out of names.
"""

import re
import unicodedata

VERSION = "1"

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Lower-case words with one space between: `L-Thréonate™` → `l threonate`."""
    plain = text.replace("®", "").replace("™", "")
    plain = "".join(
        ch for ch in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(ch)
    )
    return _BETWEEN_WORDS.sub(" ", plain.casefold()).strip()
