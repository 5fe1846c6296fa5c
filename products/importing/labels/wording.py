"""Label wordings, read once however many labels have them."""

from __future__ import annotations

import re
from functools import lru_cache

from products.rules import label_wording
from products.rules.label_wording import Reason, Wording

_HEAD = re.compile(r"^(.*?)(?:[(\[:]|\b(?:as|from)\b|$)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def forms_in(wording: str) -> Wording:
    """Which forms a wording names, by rule."""
    return label_wording.forms_in(wording)


def is_bare(name: str) -> bool:
    """Whether a line is called magnesium and no compound: `Magnesium (as citrate)` is, `Magtein` not."""
    found = _HEAD.match(name)
    head = (found[1] if found else name).strip() or name
    return forms_in(head).reason is Reason.NO_FORM_NAMED
