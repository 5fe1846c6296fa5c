"""Words of the method page for the codes of the rules. A test holds each table against its codes."""

from __future__ import annotations

from compare.comparison.marks import NoBest
from products.models import LabelCheck
from products.rules.empties import Empty
from products.rules.grading import Confidence, Limit
from products.rules.label_check import Reason
from products.rules.vetting import Check

VERDICTS = {
    LabelCheck.ADDS_UP: "What the label claims is less than {tight} of what its compounds can hold.",
    LabelCheck.TIGHT: "It is {tight} or more: no room is left for water, additives or spread.",
    LabelCheck.CANNOT_BE_PURE: "It is more than {above}, and at least {slack} mg more: rounding does not explain it.",
    LabelCheck.CANNOT_BE_CHECKED: "Something is not known that the check needs.",
}
REASONS = {
    Reason.ELEMENTAL_UNKNOWN: "how much magnesium a serving holds is not known",
    Reason.FORM_UNKNOWN: "the magnesium form is not known",
    Reason.COMPOUND_UNKNOWN: "the mass of the compound is not known",
    Reason.FRACTION_UNKNOWN: "a form in it has no single formula",
}
LEVELS = {
    Confidence.VERY_LOW: "No study in people compares the form with another. Animals and test tubes alone never give more.",
    Confidence.LOW: "One study in people does; or several, of which none is randomised.",
    Confidence.MODERATE: "{moderate} or more in people do, at least one of them randomised.",
    Confidence.HIGH: "{high} or more randomised studies in people do, at least one of them independent of the makers, and their directions agree.",
}
LIMITS = {
    Limit.NO_COMPARISON: "compared with no other form",
    Limit.NOT_IN_PEOPLE: "compared in animals or in the laboratory only",
    Limit.ONE_HUMAN_COMPARISON: "only one study in people compares it",
    Limit.NONE_RANDOMISED: "no study in people is randomised",
    Limit.FEW_RANDOMISED: "fewer randomised studies in people than a high confidence takes",
    Limit.NONE_INDEPENDENT: "no randomised study is known to be independent of the makers",
    Limit.DIRECTIONS_DIFFER: "studies in people point both ways",
}
NO_BEST = {
    NoBest.NO_DIRECTION: "neither end is beyond dispute the better one",
    NoBest.NOTHING_TO_COMPARE: "fewer than two things are compared",
    NoBest.UNKNOWN: "a compared figure is not known, and might be the best",
    NoBest.CANNOT_BE_PURE: "a compared label claims more magnesium than its compound can hold",
    NoBest.UNLIKE_UNITS: "the prices are in different currencies",
    NoBest.UNDATED: "the day of a price is not known",
    NoBest.STALE: "a price is too old",
    NoBest.ALL_ALIKE: "all are alike",
    NoBest.OVERLAP: "their ranges overlap",
}
EMPTIES = {
    Empty.NOT_ON_LABEL: "The label was read and does not say: a fact about the product.",
    Empty.NOT_LOOKED_UP: "Nobody has looked, or no source was seen: a fact about us.",
    Empty.DOES_NOT_APPLY: "The question makes no sense here, as capsules of a powder.",
    Empty.WITHHELD: "The maker keeps the amounts of a blend to itself.",
}
WISHES = {
    "vegan": "The label says so; it fails where the label says the contrary.",
    "gluten_free": "The label says so; it fails where the label says the contrary.",
    "third_party": "The product was found in the register of the body that tests it, and fails where it was looked for and not found. What only the brand says is not known.",
    "adds_up": "The label adds up or is tight, and fails where it cannot be pure.",
    "price": "A price of 100 mg is known; with a most of the reader’s own, in dollars and not above it. Other currencies are not converted, so they are not known. An old price counts and says its age.",
    "gentle": "The grade is low, and fails where it is more. Forms whose grades differ are not known.",
    "taken_up": "The grade is moderate or high, and fails where it is low. Unclear, or forms whose grades differ, is not known.",
    "under_limit": "One serving is not above the limit for adults of the authority chosen. What the label suggests for a day may be more.",
    "tested_form": "One of its forms was tested in people, by mouth and without other active ingredients, for the use chosen, or for any. It fails where all its forms are known and none was. Tested is not proven: what came out stands under the use.",
}
CHECKS = {
    Check.ELEMENTAL_ABOVE_COMPOUND: "more magnesium than compound",
    Check.ELEMENTAL_ABOVE_CAPACITY: "more magnesium than the compound can hold",
    Check.ELEMENTAL_EQUALS_COMPOUND: "one mass for magnesium and compound alike",
    Check.SERVINGS_DO_NOT_MULTIPLY_OUT: "pieces a serving × servings is not the pack",
    Check.PARTS_DO_NOT_ADD_UP: "the forms do not add up to the label’s total",
    Check.AMOUNT_IMPLAUSIBLE: "a serving too large to be true",
    Check.AMOUNT_IS_A_TRACE: "a serving too small to be true",
    Check.UNIT_SLIP: "a thousand times more or less than compound, percentage or name would have it",
    Check.FIGURE_TOO_LARGE: "a kilogram of magnesium a day, or a hundred million pieces for 100 mg",
    Check.DAILY_VALUE_DOES_NOT_FIT: "a percentage of the daily value that does not fit the mg",
    Check.DAILY_VALUE_IS_THE_OLD_ONE: "a percentage of the old daily value",
    Check.NAME_SAYS_ANOTHER_FORM: "a name that says another form than the ingredients",
    Check.BLEND_NOT_SAID_TO_BE_WITHHELD: "a total for several forms, without a word on their parts",
    Check.PRICE_FAR_FROM_MEDIAN: "a price of 100 mg outside a tenth to ten times the median of its form",
    Check.DATE_IN_FUTURE: "a day in the future",
    Check.RATING_WITHOUT_COUNT: "a rating without the number of ratings",
    Check.CERTIFIED_WITHOUT_REGISTER: "a certificate without its entry in the register",
    Check.CERTIFICATION_WITHOUT_BODY_OR_LINK: "a certification of no named body, or without a page to read it on",
    Check.GTIN_CHECK_DIGIT: "a barcode whose check digit does not fit",
    Check.GTIN_TWICE: "a barcode of another product",
    Check.EVIDENCE_WITHOUT_SOURCE: "a result whose study cannot be opened",
    Check.EVIDENCE_ABOVE_CEILING: "a certainty above what design and species allow",
    Check.DOI_MALFORMED: "a DOI that is none",
    Check.DOI_DEAD: "a DOI that leads nowhere",
    Check.SOURCE_IN_FUTURE: "a source seen in the future",
}
