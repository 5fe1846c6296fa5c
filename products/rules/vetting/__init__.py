"""Every check on a record, in one list: at the desk, for files that are brought in, and every night.

`registry` says what a check is, `facts` what it is given; `label`, `market` and `evidence` hold the
checks themselves. To add one: a code in `Check`, a function, a line in the list below, and its words
in `products/models/vetting_words.py` and on the method page.
"""

from typing import Any

from products.rules.vetting import evidence, label, market
from products.rules.vetting.facts import (
    CertificationFacts,
    EvidenceRecord,
    Median,
    ProductRecord,
    RatingFacts,
    SourceRecord,
)
from products.rules.vetting.label import IMPLAUSIBLE_MG, SERVINGS_TOLERANCE
from products.rules.vetting.registry import (
    Check,
    Entry,
    Figure,
    Found,
    Kind,
    Remark,
    Severity,
    look,
)

VERSION = "2"

_ERROR, _WARNING, _INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION
_PRODUCT, _EVIDENCE, _SOURCE = Kind.PRODUCT, Kind.EVIDENCE, Kind.SOURCE

# What a true label can say is a warning, however odd: labels claim what no compound holds, name a form
# that is not in them, and repeat an old percentage.
PRODUCT_CHECKS: tuple[Entry[ProductRecord], ...] = (
    Entry(Check.ELEMENTAL_ABOVE_CAPACITY, _WARNING, _PRODUCT, label.above_capacity),
    Entry(Check.ELEMENTAL_EQUALS_COMPOUND, _WARNING, _PRODUCT, label.equals_compound),
    Entry(Check.ELEMENTAL_ABOVE_COMPOUND, _ERROR, _PRODUCT, label.above_compound),
    Entry(Check.SERVINGS_DO_NOT_MULTIPLY_OUT, _WARNING, _PRODUCT, label.servings_multiply_out),
    Entry(Check.PARTS_DO_NOT_ADD_UP, _WARNING, _PRODUCT, label.parts_add_up),
    Entry(Check.AMOUNT_IMPLAUSIBLE, _WARNING, _PRODUCT, label.amount_plausible),
    Entry(Check.AMOUNT_IS_A_TRACE, _WARNING, _PRODUCT, label.amount_no_trace),
    Entry(Check.UNIT_SLIP, _WARNING, _PRODUCT, label.unit_slip),
    Entry(Check.FIGURE_TOO_LARGE, _ERROR, _PRODUCT, label.figures_fit),
    Entry(Check.DAILY_VALUE_DOES_NOT_FIT, _WARNING, _PRODUCT, label.daily_value_fits),
    Entry(Check.DAILY_VALUE_IS_THE_OLD_ONE, _INFORMATION, _PRODUCT, label.daily_value_is_new),
    Entry(Check.NAME_SAYS_ANOTHER_FORM, _WARNING, _PRODUCT, label.name_says_its_forms),
    Entry(Check.BLEND_NOT_SAID_TO_BE_WITHHELD, _WARNING, _PRODUCT, label.blend_is_withheld),
    Entry(Check.PRICE_FAR_FROM_MEDIAN, _WARNING, _PRODUCT, market.price_near_median),
    Entry(Check.DATE_IN_FUTURE, _ERROR, _PRODUCT, market.no_day_in_future),
    Entry(Check.RATING_WITHOUT_COUNT, _ERROR, _PRODUCT, market.ratings_have_count),
    Entry(Check.CERTIFIED_WITHOUT_REGISTER, _ERROR, _PRODUCT, market.certified_by_register),
    Entry(
        Check.CERTIFICATION_WITHOUT_BODY_OR_LINK, _WARNING, _PRODUCT, market.certification_is_named
    ),
    Entry(Check.GTIN_CHECK_DIGIT, _ERROR, _PRODUCT, market.gtin_check_digit),
    Entry(Check.GTIN_TWICE, _ERROR, _PRODUCT, market.gtin_once),
)
EVIDENCE_CHECKS: tuple[Entry[EvidenceRecord], ...] = (
    Entry(Check.EVIDENCE_WITHOUT_SOURCE, _WARNING, _EVIDENCE, evidence.has_source),
    Entry(Check.EVIDENCE_ABOVE_CEILING, _ERROR, _EVIDENCE, evidence.within_ceiling),
)
SOURCE_CHECKS: tuple[Entry[SourceRecord], ...] = (
    Entry(Check.DOI_MALFORMED, _ERROR, _SOURCE, evidence.doi_well_formed),
    Entry(Check.DOI_DEAD, _WARNING, _SOURCE, evidence.doi_alive),
    Entry(Check.SOURCE_IN_FUTURE, _ERROR, _SOURCE, market.source_not_in_future),
)
CHECKS: tuple[Entry[Any], ...] = (*PRODUCT_CHECKS, *EVIDENCE_CHECKS, *SOURCE_CHECKS)


def vet_product(record: ProductRecord) -> list[Remark]:
    """Look at a product with its parts."""
    return look(PRODUCT_CHECKS, record)


def vet_evidence(record: EvidenceRecord) -> list[Remark]:
    """Look at one result of a study."""
    return look(EVIDENCE_CHECKS, record)


def vet_source(record: SourceRecord) -> list[Remark]:
    """Look at a source."""
    return look(SOURCE_CHECKS, record)


__all__ = [
    "CHECKS",
    "EVIDENCE_CHECKS",
    "IMPLAUSIBLE_MG",
    "PRODUCT_CHECKS",
    "SERVINGS_TOLERANCE",
    "SOURCE_CHECKS",
    "CertificationFacts",
    "Check",
    "Entry",
    "EvidenceRecord",
    "Figure",
    "Found",
    "Kind",
    "Median",
    "ProductRecord",
    "RatingFacts",
    "Remark",
    "Severity",
    "SourceRecord",
    "vet_evidence",
    "vet_product",
    "vet_source",
]
