"""What was measured of several forms against others: every finding, and which way studies point."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from compare.reading.findings import Findings, Line, findings
from products.models import Finding, MagnesiumForm, Source, Species

Direction = Finding.Direction

ALWAYS = (Direction.LOWER, Direction.NO_DIFFERENCE, Direction.HIGHER)
"""Columns that stand even when no study points that way: that there is none is worth seeing."""
SPECIES = {
    "human": frozenset({Species.HUMAN}),
    "animal": frozenset({Species.RAT, Species.MOUSE}),
    "in_vitro": frozenset({Species.IN_VITRO}),
}
"""Who was tested, as the marks tell them apart."""


@dataclass(frozen=True)
class Studies:
    """Studies in one kind of subject that point one way, by short name."""

    species: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Pointing:
    """All studies of one form that point one way, people first."""

    way: Direction
    studies: tuple[Studies, ...]


@dataclass(frozen=True)
class Side:
    """One form: its findings, and for each way the studies that point it."""

    form: MagnesiumForm
    findings: Findings
    ways: tuple[Pointing, ...]

    @property
    def sources(self) -> list[Source]:
        """Studies in the order in which the findings are read, once each; those told apart last."""
        lines = [line for section in self.findings.sections for line in section.lines]
        lines += [line for _, line in self.findings.apart]
        return list(dict.fromkeys(line.finding.source for line in lines))

    @property
    def is_measured(self) -> bool:
        return any(pointing.studies for pointing in self.ways)

    @property
    def is_disputed(self) -> bool:
        """Two studies of one measure against one form point opposite ways."""
        return any(line.disputed for section in self.findings.sections for line in section.lines)


def sides(forms: Iterable[MagnesiumForm]) -> tuple[Side, ...]:
    """Read forms with their findings fetched (`for_comparison`). Costs no query."""
    found = {form: findings(form) for form in forms}
    compared = {form: _compared(one) for form, one in found.items()}
    is_mixed = any(line.direction is Direction.MIXED for one in compared.values() for line in one)
    ways = (*ALWAYS, Direction.MIXED) if is_mixed else ALWAYS
    return tuple(
        Side(form, one, tuple(Pointing(way, _pointing(way, compared[form])) for way in ways))
        for form, one in found.items()
    )


def _compared(found: Findings) -> list[Line]:
    lines = (line for section in found.sections for line in section.lines)
    return [line for line in lines if _is_of_amount_against_a_form(line)]


def _is_of_amount_against_a_form(line: Line) -> bool:
    """How fast it went is no amount; a placebo or food is no form."""
    finding = line.finding
    if finding.measure == Finding.Measure.TIME_TO_PEAK or line.is_form_twice:
        return False
    return finding.against != Finding.Against.BASELINE


def _pointing(way: Direction, lines: Sequence[Line]) -> tuple[Studies, ...]:
    found = []
    for name, species in SPECIES.items():
        own = {
            line.finding.source_id: line.name
            for line in lines
            if line.direction is way and line.finding.species in species
        }
        if own:
            found.append(Studies(name, tuple(sorted(own.values()))))
    return tuple(found)
