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


LONGEST_WORD = 100
"""Characters. Longer ones are no words, and no index takes them."""


def document(*fields: str) -> str:
    """Texts to be found by, each folded on a line of its own."""
    return "\n".join(
        " ".join(word for word in folded(field).split() if len(word) <= LONGEST_WORD)
        for field in fields
    )
