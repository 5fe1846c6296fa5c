"""What a check is: a code, how much it weighs, what kind of record it looks at, and the look itself.

Codes and figures come out; the sentences are put on where they are shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

Facts = TypeVar("Facts", contravariant=True)
Figure = Decimal | str
"""A number of the record or reckoned from it, or a word of the record."""


class Severity(StrEnum):
    """An *error* keeps a record from being published. A *warning* wants a note that says why it is
    right all the same: real labels are wrong often enough, and a wrong label is worth showing.
    *Information* is shown and asks for nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Kind(StrEnum):
    """What kind of record a check looks at; a product comes with all its parts."""

    PRODUCT = "product"
    EVIDENCE = "evidence"
    SOURCE = "source"


class Check(StrEnum):
    """What was found."""

    ELEMENTAL_ABOVE_CAPACITY = "elemental_above_capacity"
    ELEMENTAL_EQUALS_COMPOUND = "elemental_equals_compound"
    ELEMENTAL_ABOVE_COMPOUND = "elemental_above_compound"
    SERVINGS_DO_NOT_MULTIPLY_OUT = "servings_do_not_multiply_out"
    PARTS_DO_NOT_ADD_UP = "parts_do_not_add_up"
    AMOUNT_IMPLAUSIBLE = "amount_implausible"
    AMOUNT_IS_A_TRACE = "amount_is_a_trace"
    UNIT_SLIP = "unit_slip"
    FIGURE_TOO_LARGE = "figure_too_large"
    DAILY_VALUE_DOES_NOT_FIT = "daily_value_does_not_fit"
    DAILY_VALUE_IS_THE_OLD_ONE = "daily_value_is_the_old_one"
    NAME_SAYS_ANOTHER_FORM = "name_says_another_form"
    BLEND_NOT_SAID_TO_BE_WITHHELD = "blend_not_said_to_be_withheld"
    PRICE_FAR_FROM_MEDIAN = "price_far_from_median"
    DATE_IN_FUTURE = "date_in_future"
    RATING_WITHOUT_COUNT = "rating_without_count"
    CERTIFIED_WITHOUT_REGISTER = "certified_without_register"
    CERTIFICATION_WITHOUT_BODY_OR_LINK = "certification_without_body_or_link"
    GTIN_CHECK_DIGIT = "gtin_check_digit"
    GTIN_TWICE = "gtin_twice"
    EVIDENCE_WITHOUT_SOURCE = "evidence_without_source"
    EVIDENCE_ABOVE_CEILING = "evidence_above_ceiling"
    DOI_MALFORMED = "doi_malformed"
    DOI_DEAD = "doi_dead"
    SOURCE_IN_FUTURE = "source_in_future"


@dataclass(frozen=True)
class Found:
    """Where it was found, a field of the record or one of its parts, and the figures of the sentence."""

    field: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Entry(Generic[Facts]):
    """One check of the registry. `look` gives what it finds, nothing when all is well."""

    check: Check
    severity: Severity
    kind: Kind
    look: Callable[[Facts], Iterator[Found]]


@dataclass(frozen=True)
class Remark:
    """One thing found: its code, how much it weighs, the field it belongs to, and the figures."""

    check: Check
    severity: Severity
    field: str
    figures: Mapping[str, Figure]


def look(entries: Iterable[Entry[Facts]], facts: Facts) -> list[Remark]:
    """Run checks over one record, in their order."""
    return [
        Remark(entry.check, entry.severity, found.field, found.figures)
        for entry in entries
        for found in entry.look(facts)
    ]
