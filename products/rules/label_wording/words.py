"""From printed words to words of the vocabulary: endings, prefixes, languages, slips of the pen."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from products.rules.label_wording.vocabulary import CYRILLIC_STEMS, VOCABULARY, Entry, Kind

SHORTEST_MENDED = 7
"""Letters from which a word with one slip is mended. `malate` and `maleate`, `oxide` and `oxime` are
one letter apart and both real; among words this long, those few that are stand in the vocabulary."""

PHRASES: dict[tuple[str, ...], Entry] = {
    tuple(name.split()): entry for entry in VOCABULARY for name in entry.names.split("|")
}
LONGEST_PHRASE = max(map(len, PHRASES))

_KNOWN = {word for phrase in PHRASES for word in phrase}
_MENDABLE_KINDS = {Kind.FORM, Kind.MAGNESIUM, Kind.METAL, Kind.CHELATE, Kind.BRAND}
_MENDABLE = {
    name
    for (name, *rest), entry in PHRASES.items()
    if not rest and entry.kind in _MENDABLE_KINDS and len(name) >= SHORTEST_MENDED
}
_PREFIXED_KINDS = {Kind.FORM, Kind.MAGNESIUM, Kind.METAL}
_ENDING_ATE = re.compile(r"a(?:to|at|t|s|ti|tu|ten|ts|tes|tos)$")
_ENDING_IDE = re.compile(r"id(?:s|um)?$")
_PREFIX = re.compile(r"^(?:mono|di|bis|bi|tri|tetra|penta|hexa|hemi|sesqui|hydrogen)(?=[a-z]{4})")
_CYRILLIC_PREFIX = re.compile(r"^(?:бис|ди|три|моно)")
_WATER = re.compile(r"^(?:mono|di|tri|tetra|penta|hexa|hepta|ennea|nona|deca|do)?hydrate$")
_CHEMICAL = re.compile(r"(?:ate|ide|yl)$")
_NOT_CHEMICAL = re.compile(
    r"(?:ultim|priv|chocol|accur|concentr|isol|approxim|separ|clim|immedi|intermedi|moder|pomegran"
    r"|substr|r|d|pl|st)ate|(?:gu|prov|pr|(?:in|out)?s|(?:world)?w)ide"
)
_STEMS = sorted(CYRILLIC_STEMS, key=len, reverse=True)


def looks_chemical(word: str) -> bool:
    """Tell whether a word outside the vocabulary may be the name of another compound."""
    return bool(_CHEMICAL.search(word)) and not _NOT_CHEMICAL.fullmatch(word)


def entries(words: Sequence[str]) -> Iterator[Entry | str]:
    """Give what the words mean, the longest phrase first; unknown words come out as they are."""
    known = [canonical(word) or word for word in words]
    at = 0
    while at < len(known):
        for length in range(min(LONGEST_PHRASE, len(known) - at), 0, -1):
            entry = PHRASES.get(tuple(known[at : at + length]))
            if entry:
                yield entry
                break
        else:
            length = 1
            yield known[at]
        at += length


@lru_cache(maxsize=8192)
def canonical(word: str) -> str:
    """Give the word of the vocabulary that a printed one stands for, or nothing."""
    if word in _KNOWN:
        return word
    if not word.isascii():
        return _from_cyrillic(word)
    if _WATER.match(word):
        return "hydrate"
    return _in_english(word) or _without_prefix(word) or _mended(word)


def _in_english(word: str) -> str:
    """Turn citrat, citrato, citraat, citras and oxidum into citrate and oxide."""
    english = _ENDING_IDE.sub("ide", _ENDING_ATE.sub("ate", word))
    return next((form for form in (english, word.removesuffix("s")) if form in _KNOWN), "")


def _without_prefix(word: str) -> str:
    """Turn dimagnesium into magnesium and dicitrate into citrate: how many, not what."""
    rest = _PREFIX.sub("", word)
    if rest == word:
        return ""
    rest = rest if rest in _KNOWN else _in_english(rest)
    entry = PHRASES.get((rest,))
    return rest if entry and entry.kind in _PREFIXED_KINDS else ""


def _from_cyrillic(word: str) -> str:
    for text in (word, _CYRILLIC_PREFIX.sub("", word)):
        for stem in _STEMS:
            if text.startswith(stem):
                return CYRILLIC_STEMS[stem]
    return ""


def _mended(word: str) -> str:
    """Give the one word that is a single slip away and begins alike, if there is just one."""
    if len(word) < SHORTEST_MENDED - 1:
        return ""
    near = {
        known
        for known in _MENDABLE
        if known[0] == word[0] and abs(len(known) - len(word)) < 2 and _one_slip(word, known)
    }
    return near.pop() if len(near) == 1 else ""


def _one_slip(one: str, other: str) -> bool:
    """Tell whether a letter is missing, added, wrong or changed places with its neighbour."""
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
