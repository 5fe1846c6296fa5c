"""What stands small beside a value: a code with its figures, and one table of words for all faces."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Said(StrEnum):
    """What a remark says of the value that it stands beside."""

    PIECES = "pieces"
    IN_ONE_SERVING = "in_one_serving"
    PURE_HOLDS = "pure_holds"
    OF_AT_MOST = "of_at_most"
    ELEMENTAL_UNKNOWN = "elemental_unknown"
    FORM_UNKNOWN = "form_unknown"
    COMPOUND_UNKNOWN = "compound_unknown"
    FRACTION_UNKNOWN = "fraction_unknown"
    FOR_ONE_SERVING = "for_one_serving"
    SERVING_IS_DAY = "serving_is_day"
    LABEL_DAY_IS = "label_day_is"
    LABEL_DAY_CAN_BE_ABOVE = "label_day_can_be_above"
    LABEL_DAY_IS_ABOVE = "label_day_is_above"
    TOLD_BY = "told_by"
    BY_FORM = "by_form"
    HUMAN_COMPARISONS = "human_comparisons"
    NO_HUMAN_COMPARISON = "no_human_comparison"
    ANIMAL_COMPARISONS = "animal_comparisons"
    STUDIES = "studies"
    STUDIES_OF_FORM = "studies_of_form"
    AT_SELLER = "at_seller"
    MORE_OFFERS = "more_offers"
    BODIES = "bodies"
    RATINGS = "ratings"
    RATED_BY = "rated_by"
    SEEN = "seen"
    NOT_READ = "not_read"
    DAY_NOT_KNOWN = "day_not_known"
    CHECKED = "checked"
    SOLD_AS_LAXATIVE = "sold_as_laxative"
    PRICES = "prices"
    PACK = "pack"
    TEXT = "text"


_WORDS = {
    Said.PIECES: "{0} {1}",
    Said.IN_ONE_SERVING: "{0} in one serving",
    Said.PURE_HOLDS: "the pure compound holds {0}",
    Said.OF_AT_MOST: "{0} of at most {1} mg",
    Said.ELEMENTAL_UNKNOWN: "magnesium in a serving not known",
    Said.FORM_UNKNOWN: "form not known",
    Said.COMPOUND_UNKNOWN: "compound amount not known",
    Said.FRACTION_UNKNOWN: "no formula to check against",
    Said.FOR_ONE_SERVING: "for one serving; servings a day not known",
    Said.SERVING_IS_DAY: "one serving is the label’s day",
    Said.LABEL_DAY_IS: "the label’s day: {0}",
    Said.LABEL_DAY_CAN_BE_ABOVE: "can be above in the label’s day: {0}",
    Said.LABEL_DAY_IS_ABOVE: "above in the label’s day: {0}",
    Said.TOLD_BY: "{0}",
    Said.BY_FORM: "{0}: {1}",
    Said.HUMAN_COMPARISONS: "{0} in people",
    Said.NO_HUMAN_COMPARISON: "none in people",
    Said.ANIMAL_COMPARISONS: "{0} in animals",
    Said.STUDIES: "{0} {1}",
    Said.STUDIES_OF_FORM: "{0} {1} of {2}",
    Said.AT_SELLER: "at {0}",
    Said.MORE_OFFERS: "and {0} more",
    Said.BODIES: "{0}",
    Said.RATINGS: "{0} ratings",
    Said.RATED_BY: "{0}, {1}",
    Said.SEEN: "seen {0}",
    Said.NOT_READ: "{0} not read yet",
    Said.DAY_NOT_KNOWN: "day not known",
    Said.CHECKED: "checked against the label {0}",
    Said.SOLD_AS_LAXATIVE: "sold as a laxative",
    Said.PRICES: "{0} {1}",
    Said.PACK: "{0}",
    Said.TEXT: "{0}",
}


_WARNINGS = {Said.LABEL_DAY_CAN_BE_ABOVE, Said.LABEL_DAY_IS_ABOVE}


@dataclass(frozen=True)
class Remark:
    """One remark; its figures are text already, as they are shown."""

    code: Said
    figures: tuple[str, ...] = ()

    @property
    def warns(self) -> bool:
        return self.code in _WARNINGS

    def __str__(self) -> str:
        return _WORDS[self.code].format(*self.figures)


def remark(code: Said, *figures: object) -> Remark:
    """Make a remark of figures that print themselves."""
    return Remark(code, tuple(str(figure) for figure in figures))


def counted(number: int, one: str, many: str) -> tuple[str, str]:
    """A number and its noun, as figures of a remark."""
    return f"{number:,}", one if number == 1 else many
