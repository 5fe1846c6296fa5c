"""The checks in words for an editor: what is wrong, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from products.rules.completeness import Thing
from products.rules.vetting import Check, Severity


@dataclass(frozen=True)
class Words:
    """`name` heads a list, `message` has places for the figures of a remark, `mend` says what to do."""

    name: Any
    message: Any
    mend: Any


WORDS: dict[Check, Words] = {
    Check.ELEMENTAL_ABOVE_CAPACITY: Words(
        _("More magnesium than the compound can hold"),
        _(
            "The label claims %(claimed_mg)s mg of magnesium; so much of the compound can hold at most %(capacity_mg)s mg."
        ),
        _("Look whether compound and elemental mg are swapped, or a serving and a single piece."),
    ),
    Check.ELEMENTAL_EQUALS_COMPOUND: Words(
        _("One mass for magnesium and compound"),
        _(
            "Elemental magnesium and compound are both %(elemental_mg)s mg: no compound is all magnesium."
        ),
        _("Leave the one that the label does not give blank."),
    ),
    Check.ELEMENTAL_ABOVE_COMPOUND: Words(
        _("More magnesium than compound"),
        _(
            "%(elemental_mg)s mg of magnesium cannot come out of %(compound_mg)s mg of compound: are the two swapped?"
        ),
        _("Read both again from the label; leave blank what it does not give."),
    ),
    Check.SERVINGS_DO_NOT_MULTIPLY_OUT: Words(
        _("Pieces and servings do not multiply out"),
        _(
            "%(serving_units)s a serving × %(servings)s servings is %(product)s, but the pack holds %(pack)s."
        ),
        _("Check the three numbers."),
    ),
    Check.PARTS_DO_NOT_ADD_UP: Words(
        _("Forms do not add up to the total"),
        _(
            "The forms add up to %(parts_mg)s mg of magnesium, the label's total is %(elemental_mg)s mg."
        ),
        _("Look whether a form is missing, or the compound stands where the magnesium belongs."),
    ),
    Check.AMOUNT_IMPLAUSIBLE: Words(
        _("A serving too large to be true"),
        _("%(elemental_mg)s mg of magnesium in one serving is more than %(most_mg)s mg."),
        _("Check the unit."),
    ),
    Check.AMOUNT_IS_A_TRACE: Words(
        _("A serving too small to be true"),
        _("%(elemental_mg)s mg of magnesium in one serving is less than %(least_mg)s mg."),
        _("Check the unit: the label may say g, or mmol."),
    ),
    Check.UNIT_SLIP: Words(
        _("A thousand times too much or too little"),
        _(
            "%(elemental_mg)s mg of magnesium looks a thousand times off: by the compound, the percentage or the name it is near %(expected_mg)s mg at most."
        ),
        _("Check whether the label says mcg, mg or g, and enter mg."),
    ),
    Check.FIGURE_TOO_LARGE: Words(
        _("A figure too large to be kept"),
        _(
            "What follows from this (mg a serving or a day, or pieces for 100 mg) comes to %(figure)s, and %(most)s is too much."
        ),
        _("Check magnesium, pieces and servings a day."),
    ),
    Check.DAILY_VALUE_DOES_NOT_FIT: Words(
        _("Percentage does not fit the mg"),
        _(
            "%(elemental_mg)s mg does not fit %(percent)s percent of the daily value: 420 mg, or 400 mg on labels before 2020."
        ),
        _("Check the mg, the percentage and the year of the label."),
    ),
    Check.DAILY_VALUE_IS_THE_OLD_ONE: Words(
        _("Counts by the old daily value"),
        _("%(percent)s percent counts by the old daily value of %(daily_value_mg)s mg."),
        _("Nothing to mend: the label is from before 2020, or its text is."),
    ),
    Check.NAME_SAYS_ANOTHER_FORM: Words(
        _("Name says another form than the ingredients"),
        _("The name says %(named)s; the ingredients are %(ingredients)s."),
        _("Look which forms the Supplement Facts panel lists."),
    ),
    Check.BLEND_NOT_SAID_TO_BE_WITHHELD: Words(
        _("Total of a blend without its parts"),
        _("%(compound_mg)s mg is given for several forms together, and for none of them apart."),
        _("Enter the parts, or set their amounts to withheld or not on label."),
    ),
    Check.PRICE_FAR_FROM_MEDIAN: Words(
        _("Price far from others of the form"),
        _(
            "100 mg come to %(price)s %(currency)s; the middle of products of this form is %(median)s %(currency)s."
        ),
        _("Check price, currency, servings in the pack and magnesium in a serving."),
    ),
    Check.DATE_IN_FUTURE: Words(
        _("A day in the future"),
        _("%(day)s is in the future."),
        _("Enter the day on which it was seen."),
    ),
    Check.RATING_WITHOUT_COUNT: Words(
        _("Rating without a number of ratings"),
        _("An average without the number of ratings behind it says nothing."),
        _("Enter the number of ratings, or take the rating out."),
    ),
    Check.CERTIFIED_WITHOUT_REGISTER: Words(
        _("Certified without a register entry"),
        _("%(body)s is said to certify it, and no entry in its register is given."),
        _("Give the link to the register, or set it to claimed by the brand."),
    ),
    Check.CERTIFICATION_WITHOUT_BODY_OR_LINK: Words(
        _("Certification without a named body and link"),
        _("Certification “%(body)s” names no body that can be asked, or no page to read it on."),
        _("Name the body, as NSF or USP, and give its page."),
    ),
    Check.GTIN_CHECK_DIGIT: Words(
        _("Barcode with a wrong check digit"),
        _("The check digit of barcode %(gtin)s does not fit."),
        _("Type it again from the bottle."),
    ),
    Check.GTIN_TWICE: Words(
        _("Barcode of another product"),
        _("Barcode %(gtin)s is that of %(other)s, or of a case of it."),
        _("Enter the barcode of this pack, or take one of the two products out."),
    ),
    Check.EVIDENCE_WITHOUT_SOURCE: Words(
        _("Result whose study cannot be opened"),
        _("The source %(source)s has no DOI, PMID or address."),
        _("Find one of them and enter it at the source."),
    ),
    Check.EVIDENCE_ABOVE_CEILING: Words(
        _("More certain than its design allows"),
        _("Certainty %(certainty)s is above %(ceiling)s, the most for this design and species."),
        _("Lower the certainty, or correct design and species."),
    ),
    Check.DOI_MALFORMED: Words(
        _("DOI that is none"),
        _("%(doi)s does not have the form of a DOI."),
        _("A DOI begins with 10., a number and a slash, as 10.1016/j.neuron.2009.12.026."),
    ),
    Check.DOI_DEAD: Words(
        _("DOI that leads nowhere"),
        _("doi.org knows no %(doi)s (asked on %(asked_on)s)."),
        _("Compare it with the paper, or look the study up by its title."),
    ),
    Check.SOURCE_IN_FUTURE: Words(
        _("Source seen in the future"),
        _("%(day)s is in the future."),
        _("Enter the day on which it was seen."),
    ),
}
SEVERITIES = {
    Severity.ERROR: _("Error"),
    Severity.WARNING: _("Warning"),
    Severity.INFORMATION: _("Information"),
}
THINGS = {
    Thing.SOURCE: _("source of the label"),
    Thing.FORMS: _("magnesium forms"),
    Thing.ELEMENTAL: _("elemental dose"),
    Thing.ELEMENTAL_SOURCE: _("source of the elemental dose"),
    Thing.PRICE: _("price"),
    Thing.DOSAGE_FORM: _("dosage form"),
    Thing.SERVING: _("pieces in a serving"),
    Thing.PACK: _("servings in the pack"),
    Thing.DAILY_SERVINGS: _("servings a day"),
    Thing.FORM_AMOUNTS: _("amounts of each form"),
    Thing.DIRECTIONS: _("directions"),
    Thing.OTHER_INGREDIENTS: _("other ingredients"),
    Thing.ALLERGENS: _("allergens"),
    Thing.GTIN: _("barcode"),
    Thing.CHECKED: _("day of a check against the label"),
}
