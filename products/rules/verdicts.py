"""What becomes of a claim, from the evidence for it in this very form.

A verdict is an editor's: whether a claim can be tested at all, and which results speak to its words,
takes reading. This rule says what follows from the results that the editor has named, so that a
verdict and its evidence cannot drift apart unseen; and for a claim of which an editor has read no
more than the use that it names, what follows from all results of that use. It counts only what
`rules.evidence` counts for a supplement: people, by mouth, magnesium alone.
"""

from collections.abc import Iterable
from enum import StrEnum

from products.rules.evidence import LABORATORY, Direction, Kind, Result, kind_of
from products.rules.grading import Design

VERSION = "1"

REPEATED = 2
"""Studies in people that make a benefit supported. One alone is a hint, however sure of itself: first
findings are often not found again (Ioannidis, JAMA 2005;294:218-228)."""


class Verdict(StrEnum):
    """What can be said of a claim. *Not testable* is not among them: no result leads there."""

    SUPPORTED = "supported"
    MIXED = "mixed"
    ANIMALS_ONLY = "animals_only"
    TESTED_WITHOUT_EFFECT = "tested_without_effect"
    NO_STUDY_FOUND = "no_study_found"


# They weigh all trials that there are, and admit an ingredient for a use.
_WHOLE_BODY = frozenset(
    {Design.AUTHORITY, Design.GUIDELINE, Design.META_ANALYSIS, Design.SYSTEMATIC_REVIEW}
)


def of_claim(results: Iterable[Result], form: str | None) -> Verdict:
    """Give the verdict that follows from results of `form`; those of other forms are not borrowed.

    - supported: all results in people show a benefit, found by `REPEATED` studies or by a body that
      weighs all of them.
    - mixed: they disagree, or a benefit was found once and not again.
    - tested without effect: in people, and none of them shows a benefit.
    - animals only: never in people, but in animals or in vitro.
    - no study found: nothing of the kind. Drips, food and combinations don't change that.
    """
    own = [result for result in results if result.form == form]
    people = [result for result in own if kind_of(result) is Kind.PEOPLE]
    if not people:
        tested = any(kind_of(result) in LABORATORY for result in own)
        return Verdict.ANIMALS_ONLY if tested else Verdict.NO_STUDY_FOUND
    directions = {result.direction for result in people}
    if directions <= {Direction.NO_DIFFERENCE, Direction.HARM}:
        return Verdict.TESTED_WITHOUT_EFFECT
    if directions == {Direction.BENEFIT} and _is_found_again(people):
        return Verdict.SUPPORTED
    return Verdict.MIXED


def _is_found_again(people: Iterable[Result]) -> bool:
    people = list(people)
    return len({result.source_id for result in people}) >= REPEATED or any(
        result.design in _WHOLE_BODY for result in people
    )
