"""What a form does to the bowel, dose by dose: observations of the form and those that hold for any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compare import figures
from compare.charts.loosening import Dose, Edge, LooseningPlot, loosening_plot
from compare.reading.findings import Line
from products.models import EmptyKind, Finding, LaxativeObservation, MagnesiumForm
from products.rules.dose import Amount
from products.rules.units import rounded

Seen = LaxativeObservation.Seen
GRAM = 1000
_NOTHING = frozenset({Seen.UNKNOWN, Seen.LOW})


@dataclass(frozen=True)
class Observed:
    """One observation, and the dose that it is of: of magnesium, else of the compound, else neither."""

    row: LaxativeObservation
    dose_mg: Decimal | None
    is_threshold: bool
    empty: EmptyKind

    @property
    def loosened(self) -> bool:
        """Something was seen; else nothing was at the dose, or up to it where it is a threshold."""
        return self.row.seen not in _NOTHING

    @property
    def compound(self) -> Amount | None:
        """Mass of the compound in mg, where a label counts in that."""
        low, high = self.row.compound_mg_low, self.row.compound_mg_high
        low, high = low or high, high or low
        return Amount(low, high) if low is not None and high is not None else None

    @property
    def compound_text(self) -> str:
        mass = self.compound
        if mass is None:
            return ""
        if mass.low >= GRAM:
            shown = Amount(*(rounded(end / GRAM, 1) for end in (mass.low, mass.high)))
            return f"{figures.amount(shown)}{figures.NBSP}g"
        return f"{figures.amount(mass)}{figures.NBSP}mg"

    @property
    def onset(self) -> Amount | None:
        low, high = self.row.onset_hours_low, self.row.onset_hours_high
        low, high = low or high, high or low
        return Amount(low, high) if low is not None and high is not None else None


@dataclass(frozen=True)
class Bowel:
    """`trials` are findings of studies that are not among the observations."""

    own: tuple[Observed, ...]
    any_form: tuple[Observed, ...]
    trials: tuple[Line, ...]
    plot: LooseningPlot | None

    @property
    def has_compound_doses(self) -> bool:
        """Some doses cannot be drawn: how much magnesium they bring is not on record."""
        return any(one.compound and not one.dose_mg for one in self.own)


def bowel(form: MagnesiumForm, lines: Sequence[Line]) -> Bowel:
    """Observations of a form beside those of any form; one query for the latter."""
    rows = form.laxative_observations.all()
    told = {row.source_id for row in rows}
    of_any = LaxativeObservation.objects.published().filter(form=None).select_related("source")
    given = list(form.findings.all())
    own = tuple(sorted((_observed(row, given) for row in rows), key=_by_dose))
    any_form = tuple(sorted((_observed(row) for row in of_any), key=_by_dose))
    trials = tuple(line for line in lines if line.finding.source_id not in told)
    return Bowel(own, any_form, trials, _plot(form, own, any_form, lines))


def _observed(row: LaxativeObservation, given: Sequence[Finding] = ()) -> Observed:
    """Its own threshold, else the one dose that the same study gave the form."""
    empty = EmptyKind.DOES_NOT_APPLY if row.seen in _NOTHING else EmptyKind.NOT_LOOKED_UP
    if row.threshold_elemental_mg is not None:
        return Observed(row, row.threshold_elemental_mg, is_threshold=True, empty=empty)
    doses = {
        finding.dose_elemental_mg
        for finding in given
        if finding.source_id == row.source_id and finding.dose_elemental_mg is not None
    }
    is_one = len(doses) == 1 and row.compound_mg_low is None
    return Observed(row, doses.pop() if is_one else None, is_threshold=False, empty=empty)


def _by_dose(observed: Observed) -> tuple[bool, Decimal, str]:
    return observed.dose_mg is None, observed.dose_mg or Decimal(0), observed.row.key


def _plot(
    form: MagnesiumForm,
    own: Sequence[Observed],
    any_form: Sequence[Observed],
    lines: Sequence[Line],
) -> LooseningPlot | None:
    """Doses of the observations, and of what trials counted; a dose of one source once."""
    seen = {
        (one.row.source_id, one.dose_mg): _dose(one.dose_mg, one.loosened, one.row)
        for one in own
        if one.dose_mg
    }
    for line in lines:
        finding = line.finding
        mg, way = finding.dose_elemental_mg, finding.direction
        is_drawn = finding.measure == Finding.Measure.STOOL and way != Finding.Direction.NONE
        if mg and is_drawn and not line.turned:
            loosened = way == Finding.Direction.HIGHER
            seen.setdefault((finding.source_id, mg), Dose(mg, loosened, figures.significant(mg)))
    doses = sorted(seen.values(), key=lambda dose: (dose.mg, dose.loosened))
    if not doses:
        return None
    edges = _edges(any_form)
    return loosening_plot(doses, edges, _in_words(form, doses, edges))


def _dose(mg: Decimal, loosened: bool, row: LaxativeObservation) -> Dose:
    rate = row.diarrhoea_rate_percent
    figure = figures.significant(mg) if rate is None else figures.percent(rate / 100, 1)
    return Dose(mg, loosened, figure)


def _edges(any_form: Sequence[Observed]) -> list[Edge]:
    """Of what holds for any form: the highest dose at which none was seen, the lowest with some."""
    none = [one.dose_mg for one in any_form if one.dose_mg and not one.loosened]
    some = [one.dose_mg for one in any_form if one.dose_mg and one.loosened]
    edges = []
    if none:
        mg = max(none)
        edges.append(Edge(mg, f"any form: none up to {figures.significant(mg)}", "end"))
    if some:
        mg = min(some)
        edges.append(Edge(mg, f"from {figures.significant(mg)} in a few", "start"))
    return edges


def _in_words(form: MagnesiumForm, doses: Sequence[Dose], edges: Sequence[Edge]) -> str:
    parts = [
        f"{figures.significant(dose.mg)} mg {'loosened the bowel' if dose.loosened else 'did not'}"
        + (f", {dose.figure} with diarrhoea" if "%" in dose.figure else "")
        for dose in doses
    ]
    whole = "; ".join([*parts, *(f"{edge.words} mg" for edge in edges)])
    return f"Doses of {form.name} a day: {whole}."
