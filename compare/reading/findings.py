"""What was measured of one form: its findings in groups, those of other studies against it turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from compare.charts.direction import DirectionMark, direction_mark
from products.models import EmptyKind, Finding, MagnesiumForm, Source, Species
from products.rules import citation

Direction: TypeAlias = Finding.Direction
Measure, Against = Finding.Measure, Finding.Against

OF_THE_BOWEL = frozenset({Measure.STOOL, Measure.TOLERABILITY})
"""Measures of what the bowel makes of it: "higher" of them is not better taken up."""
INTO_A_VEIN = "into a vein"
"""Words of a dose that was not swallowed; findings have no field for the route."""
_ANIMALS = frozenset({Species.RAT, Species.MOUSE})
_TURNED = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
_OF_TIME = {Direction.HIGHER: "later", Direction.LOWER: "earlier"}
_ORDER = (Direction.HIGHER, Direction.NO_DIFFERENCE, Direction.LOWER, Direction.MIXED)


class Group(StrEnum):
    """Where a finding stands on the page: the nearer to the reader's question, the higher."""

    FORMS = "forms"
    WAYS = "ways"
    BASELINE = "baseline"
    ALONE = "alone"
    ANIMALS = "animals"
    IN_VITRO = "in_vitro"


class Apart(StrEnum):
    """Why a finding is named below the table and not in it."""

    INTO_A_VEIN = "into_a_vein"
    REVIEW = "review"


@dataclass(frozen=True)
class Line:
    """One finding as it reads for the form of the page; `turned` when the study compared with that form."""

    finding: Finding
    turned: bool = False
    disputed: bool = False

    @property
    def direction(self) -> Direction:
        direction = Direction(self.finding.direction)
        return _TURNED.get(direction, direction) if self.turned else direction

    @property
    def word(self) -> str:
        """The direction in a word; of a time it is not one of an amount."""
        of_time = self.finding.measure == Measure.TIME_TO_PEAK
        word = _OF_TIME.get(self.direction, "") if of_time else ""
        return word or str(self.direction.label)

    @property
    def other(self) -> MagnesiumForm | None:
        """The form that it was compared with."""
        return self.finding.form if self.turned else self.finding.comparator

    @property
    def name(self) -> str:
        source = self.finding.source
        return citation.short_name(authors=source.authors, year=source.year, title=source.title)

    @property
    def mark(self) -> DirectionMark | None:
        return direction_mark(self.direction, self.finding.species)

    @property
    def is_form_twice(self) -> bool:
        """One form taken in two ways, as with a meal and without."""
        return _is_one_form(self.finding)

    @property
    def values(self) -> tuple[str, str]:
        """Value and comparator value in the order of the page; of a turned one only both or none."""
        mine, theirs = self.finding.value, self.finding.comparator_value
        return (theirs, mine) if self.turned and theirs else (mine, theirs)

    @property
    def value_is_of_other(self) -> bool:
        """The one value that was published belongs to the other form, or to the difference."""
        return self.turned and bool(self.finding.value) and not self.finding.comparator_value

    @property
    def dose_empty(self) -> EmptyKind:
        in_vitro = self.finding.species == Species.IN_VITRO
        return EmptyKind.DOES_NOT_APPLY if in_vitro else EmptyKind.NOT_LOOKED_UP

    @property
    def pair(self) -> tuple[int | None, str]:
        """What two findings must share to be able to disagree."""
        return (self.other.pk if self.other else None, self.finding.measure)


@dataclass(frozen=True)
class Section:
    """Findings of one group, with how many studies point which way."""

    group: Group
    lines: tuple[Line, ...]

    @property
    def studies(self) -> int:
        return len({line.finding.source_id for line in self.lines})

    @property
    def counts(self) -> list[tuple[int, str]]:
        """`10 higher`, `3 no difference`; what was not compared is not counted, nor how fast it went."""
        amounts = (line for line in self.lines if line.finding.measure != Measure.TIME_TO_PEAK)
        found = Counter(line.direction for line in amounts)
        return [(found[way], str(way.label)) for way in _ORDER if found[way]]


@dataclass(frozen=True)
class Findings:
    sections: tuple[Section, ...]
    apart: tuple[tuple[Apart, Line], ...]
    of_the_bowel: tuple[Line, ...]

    @property
    def total(self) -> int:
        return sum(len(section.lines) for section in self.sections)


def findings(form: MagnesiumForm) -> Findings:
    """Read the findings of a form with its relations fetched. Costs no query."""
    own = [Line(row) for row in form.findings.all()]
    turned = [
        Line(row, turned=True)
        for row in form.findings_as_comparator.all()
        if row.form_id != form.pk
    ]
    lines = [*own, *turned]
    apart = [(why, line) for line in lines if (why := _apart(line.finding))]
    inside = [line for line in lines if _apart(line.finding) is None]
    bowel = tuple(line for line in inside if line.finding.measure in OF_THE_BOWEL)
    measured = [line for line in inside if line.finding.measure not in OF_THE_BOWEL]
    sections = (
        Section(group, _in_order(line for line in measured if _group(line.finding) is group))
        for group in Group
    )
    return Findings(tuple(section for section in sections if section.lines), tuple(apart), bowel)


def _apart(finding: Finding) -> Apart | None:
    if INTO_A_VEIN in finding.dose_note:
        return Apart.INTO_A_VEIN
    return Apart.REVIEW if finding.source.kind == Source.Kind.NARRATIVE_REVIEW else None


def _group(finding: Finding) -> Group:
    if finding.species == Species.IN_VITRO:
        return Group.IN_VITRO
    if finding.species in _ANIMALS:
        return Group.ANIMALS
    if finding.against != Against.BASELINE:
        return Group.WAYS if _is_one_form(finding) else Group.FORMS
    return Group.ALONE if finding.direction == Direction.NONE else Group.BASELINE


def _is_one_form(finding: Finding) -> bool:
    return finding.form_id is not None and finding.form_id == finding.comparator_id


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """By the other form and the measure, so that those that disagree stand side by side, and say so."""
    ordered = sorted(lines, key=_place)
    disputed = _disputed(ordered)
    return tuple(Line(line.finding, line.turned, line.pair in disputed) for line in ordered)


def _place(line: Line) -> tuple[int, str, str, str]:
    other = line.other
    return (
        other.position if other else 1_000_000,
        other.short_name if other else line.finding.against,
        line.finding.measure,
        line.finding.key,
    )


def _disputed(lines: Sequence[Line]) -> set[tuple[int | None, str]]:
    """Pairs of which one study says higher and another lower."""
    seen: dict[tuple[int | None, str], set[Direction]] = {}
    for line in lines:
        if line.other is not None and not line.is_form_twice:
            seen.setdefault(line.pair, set()).add(line.direction)
    return {pair for pair, ways in seen.items() if {Direction.HIGHER, Direction.LOWER} <= ways}
