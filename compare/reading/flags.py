"""What editors flagged on a label, in words for a reader. Flags that only an editor needs have none."""

from __future__ import annotations

WORDS = {
    "amount_from_name": "The amount of magnesium was taken from the name of the product, not from its facts panel.",
    "blend_amounts_not_given": "The label names several forms and not how much of each.",
    "buffered_with_oxide": "Buffered: part of the magnesium is oxide, whatever the name says.",
    "duplicate_product": "The same product is sold under another name or label.",
    "element_or_compound_unclear": "It is not clear whether the amount means magnesium or its compound.",
    "implausible_amount": "So much magnesium is hard to believe of so small a serving of this form.",
    "label_conflict": "The label contradicts itself.",
    "label_version_difference": "Versions of this label differ from one another.",
    "name_amount_ambiguous": "It is not clear what the figure in the name counts.",
    "name_amount_is_compound": "The figure in the name is the compound, not the magnesium in it.",
    "name_amount_rounded": "The figure in the name is rounded.",
    "name_form_differs_from_label": "The form in the name is not the form, or not the only one, on the label.",
    "old_daily_value": "Its percentage counts the old US daily value of 400 mg; today’s is 420 mg.",
    "part_general_knowledge": "Part of this record is general knowledge that was not looked up again.",
    "range_amount": "The label gives a range where one figure is needed.",
    "serving_size_in_doubt": "How much one serving is, is in doubt.",
    "serving_size_trick": "The figure in the name and one serving are not the same number of pieces.",
    "trace_dose": "The magnesium in it is a trace.",
    "unit_count_conflict": "Two places on the label give two numbers for the pack.",
    "unit_mmol": "The label counts in millimoles; one is 24.3 mg of magnesium.",
}
"""Words by the code that an editor enters."""


def in_words(flags: str) -> list[str]:
    """Sentences for the codes of a label, each once, in their order."""
    return [WORDS[code] for code in dict.fromkeys(flags.split()) if code in WORDS]
