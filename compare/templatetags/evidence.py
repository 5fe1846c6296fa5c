"""Drawings and words beside evidence."""

from collections.abc import Sequence
from itertools import groupby

from django import template
from django.utils.text import get_text_list

from compare.charts import forest as charts
from compare.charts.forest import NARROW, WIDE, Forest, Point, Tone
from compare.evidence import Gap, Plot, Study
from compare.evidence.study import NAMED_FIRST, RATIOS
from compare.figures import NBSP, number
from compare.templatetags.reading import short
from products.models import Evidence
from products.rules.evidence import Judgement, Kind, Status, Verdict

register = template.Library()

KINDS = {
    Kind.INJECTION: "drips and injections",
    Kind.FOOD: "food",
    Kind.COMBINATION: "combinations",
    Kind.OTHERWISE: "intake or blood levels",
}
APART = {
    Kind.INJECTION: (
        "By drip or injection",
        "What reaches the blood at once past the gut is another treatment.",
    ),
    Kind.FOOD: (
        "Magnesium in food",
        "People who eat more magnesium eat and live otherwise too; no supplement was given.",
    ),
    Kind.COMBINATION: (
        "Given with something else",
        "Another active ingredient was given with it: magnesium gets no credit, and no blame.",
    ),
    Kind.OTHERWISE: (
        "Intake from any source, blood levels",
        "No supplement was tested; such results may hint at a cause, and prove none.",
    ),
}
GAPS = {
    Gap.NOTHING_BY_MOUTH: "Magnesium by mouth and alone, in people.",
    Gap.NO_FORM_ALONE: "Which form works: the studies mix forms or do not say.",
    Gap.NO_RANDOMISED_TRIAL: "Whether chance explains it: no randomised trial is here.",
    Gap.NO_SIZE_FOR_A_FORM: "How large the effect of any one form is: no study of one gives a size with its interval.",
    Gap.FOUND_ONCE: "Whether it is found again: all of it rests on one study.",
}
TONES = {Evidence.Direction.BENEFIT: Tone.BENEFIT, Evidence.Direction.HARM: Tone.HARM}


@register.filter
def forest(plot: Plot) -> Forest:
    """Effects of a plot as a wide drawing."""
    return charts.forest(_points(plot), plot.unit in RATIOS, WIDE)


@register.filter
def narrow_forest(plot: Plot) -> Forest:
    """The same for phones."""
    return charts.forest(_points(plot), plot.unit in RATIOS, NARROW)


@register.simple_tag
def null_of(plot: Plot) -> str:
    """The figure that means no difference."""
    return "1" if plot.unit in RATIOS else "0"


@register.filter
def kinds(found: Sequence[Kind]) -> str:
    """What stands apart, in words: `combinations and food`."""
    return str(get_text_list([KINDS[kind] for kind in found], "and"))


@register.filter
def by_sample(studies: Sequence[Study]) -> list[list[Study]]:
    """Results that follow each other and were found in the same people, together."""
    return [list(found) for _, found in groupby(studies, key=lambda study: study.sample)]


@register.filter
def apart_title(kind: Kind) -> str:
    return APART[kind][0]


@register.filter
def apart_reason(kind: Kind) -> str:
    return APART[kind][1]


@register.filter
def gap_words(gap: Gap) -> str:
    return GAPS[gap]


@register.filter
def not_in_people(verdict: Verdict) -> str:
    """What stands in the place of direction and certainty."""
    if verdict.status is Status.ANIMALS_ONLY:
        return "Animals only: not tested in people"
    return "Not tested in people, by mouth and alone"


@register.filter
def breakdown(judgement: Judgement) -> str:
    """How many results point where: `7 benefit, 1 no difference`."""
    counted = ((n, Evidence.Direction(direction).label) for direction, n in judgement.directions)
    return ", ".join(f"{n} {str(label).lower()}" for n, label in counted)


@register.filter
def unit_words(unit: str) -> str:
    """`odds ratio` for OR; other units as they are."""
    return NAMED_FIRST.get(unit, unit)


@register.filter
def count(n: int | None) -> str:
    """How many people or animals, with thousands apart; blank where it is not known."""
    return "" if n is None else number(n)


@register.filter
def in_words(study: Study) -> str:
    """A row of a plot as a sentence."""
    effect = study.effect
    if effect is None:
        return ""
    interval = f"95 % interval {effect.interval}" if effect.has_interval else "no interval seen"
    parts = [short(study.row.source), people(study), study.row.outcome]
    return f"{', '.join(part for part in parts if part)}: {effect.text}, {interval}"


@register.filter
def people(study: Study) -> str:
    """`2,028 people`, `3 rats`; blank where the number is not known."""
    if study.row.n is None:
        return ""
    return f"{number(study.row.n)}{NBSP}{study.row.get_species_display()}"


def _points(plot: Plot) -> list[Point]:
    return [_point(study, names_outcome=not plot.outcome) for study in plot.studies]


def _point(study: Study, names_outcome: bool) -> Point:
    effect = study.effect
    assert effect is not None  # noqa: S101 - a plot holds results with a size only
    interval = f"({effect.interval})" if effect.has_interval else "(no interval)"
    return Point(
        label=short(study.row.source),
        detail=study.row.outcome if names_outcome else people(study),
        text=f"{effect.figure} {interval}",
        value=float(effect.value),
        low=None if effect.low is None else float(effect.low),
        high=None if effect.high is None else float(effect.high),
        people=study.row.n,
        tone=TONES.get(Evidence.Direction(study.row.direction), Tone.NEITHER),
    )
