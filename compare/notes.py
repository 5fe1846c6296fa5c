"""What of a query was ignored, and why: a wrong address still gets a page, and the page says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Ignored(StrEnum):
    """Why a piece of a query does not hold."""

    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_VALUE = "unknown_value"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_BOUNDS = "out_of_bounds"
    GIVEN_TWICE = "given_twice"
    ENDS_SWAPPED = "ends_swapped"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    TOO_FINE = "too_fine"
    NO_WORD = "no_word"
    LAST_OF_SEVERAL = "last_of_several"
    CORRECTED = "corrected"
    NO_SUCH_WORD = "no_such_word"


_SENTENCES = {
    Ignored.UNKNOWN_KEY: "“{key}” is not something that can be asked for here.",
    Ignored.UNKNOWN_VALUE: "{key}: “{value}” is not known.",
    Ignored.NOT_A_NUMBER: "{key}: “{value}” is not a number.",
    Ignored.OUT_OF_BOUNDS: "{key}: “{value}” is outside {bounds}.",
    Ignored.GIVEN_TWICE: "{key}: “{value}” was given more than once; it is used once.",
    Ignored.ENDS_SWAPPED: "{key}: the lower end was above the upper end; they were read the other way round.",
    Ignored.TOO_MANY: "{key}: “{value}” was left out, since at most {bounds} fit side by side.",
    Ignored.TOO_LONG: "{key}: only the first {bounds} were read.",
    Ignored.TOO_FINE: "{key}: “{value}” has more than {bounds} decimal places.",
    Ignored.NO_WORD: "{key}: “{value}” holds no word to search for.",
    Ignored.LAST_OF_SEVERAL: "{key}: given more than once; the last, “{value}”, was used.",
    Ignored.CORRECTED: "Nothing has a word that begins “{value}”: this is what was found for “{bounds}”.",
    Ignored.NO_SUCH_WORD: "Nothing has a word that begins “{value}”, or one near it.",
}
LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Note:
    """One piece of a query that was ignored. `bounds` says what would have been taken."""

    code: Ignored
    key: str
    value: str = ""
    bounds: str = ""

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= LONGEST_SHOWN else f"{self.value[:LONGEST_SHOWN]}…"
        return _SENTENCES[self.code].format(key=self.key, value=shown, bounds=self.bounds)


def repeated(key: str, values: Sequence[str]) -> list[Note]:
    """A note where a key that takes one value has several."""
    return [Note(Ignored.LAST_OF_SEVERAL, key, values[-1])] if len(values) > 1 else []


def unknown_keys(given: Iterable[str], known: Iterable[str]) -> list[Note]:
    """A note for each key that the page does not know, once."""
    return [Note(Ignored.UNKNOWN_KEY, key) for key in dict.fromkeys(given) if key not in set(known)]
