"""One result of a study as a reader meets it: who, what, how much, how far, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from compare import figures
from compare.evidence.names import ANY_FORM
from products.models import EmptyKind, Evidence, Source
from products.rules import evidence as rules
from products.rules.evidence import Kind
from products.rules.grading import Confidence

RATIOS = {"RR": "risk ratio", "OR": "odds ratio", "HR": "hazard ratio"}
"""Units of which 1 means no difference."""
NAMED_FIRST = {**RATIOS, "SMD": "standardised difference", "beta": "regression coefficient"}
"""Units without dimension, in words that stand before the figure."""
PLACES = 4
POOLED = frozenset(
    {
        Source.Kind.META_ANALYSIS,
        Source.Kind.SYSTEMATIC_REVIEW,
        Source.Kind.NARRATIVE_REVIEW,
        Source.Kind.GUIDELINE,
        Source.Kind.AUTHORITY,
    }
)
"""Designs that look at several studies: no one dose or length is theirs."""


@dataclass(frozen=True)
class Effect:
    """The size of an effect as published; the interval is the 95 % one, where both ends are known."""

    value: Decimal
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def has_interval(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def is_ratio(self) -> bool:
        return self.unit in RATIOS

    @property
    def figure(self) -> str:
        """`−2.81`"""
        return figures.number(self.value, PLACES)

    @property
    def interval(self) -> str:
        """`−4.32 to −1.29`, blank where it is not known."""
        if self.low is None or self.high is None:
            return ""
        return f"{figures.number(self.low, PLACES)} to {figures.number(self.high, PLACES)}"

    @property
    def words(self) -> str:
        """What stands before the figure, blank where a unit stands behind it."""
        return NAMED_FIRST.get(self.unit, "")

    @property
    def text(self) -> str:
        """With its unit: `−2.81 mmHg`, `odds ratio 0.75`."""
        if self.words:
            return f"{self.words} {self.figure}"
        return f"{self.figure}{figures.NBSP}{self.unit}"


@dataclass(frozen=True)
class Study:
    """One row of evidence; reads its `form` and `source`, so select them."""

    row: Evidence

    @property
    def kind(self) -> Kind:
        return rules.kind_of(self.row.as_result)

    @property
    def form_slug(self) -> str:
        return self.row.form.slug if self.row.form else ANY_FORM

    @property
    def population(self) -> str:
        """Who they were, where that says more than the species."""
        said = self.row.population
        return "" if said.lower() == str(self.row.get_species_display()).lower() else said

    @property
    def sample(self) -> tuple[object, ...]:
        """What results have in common that were found in the same people."""
        row = self.row
        return row.source_id, row.form_id, row.design, row.species, row.n, row.population

    @property
    def certainty(self) -> Confidence:
        return rules.certainty_of(self.row.as_result)

    @property
    def held_down(self) -> bool:
        """The editor's certainty is above what the design allows."""
        return self.certainty.value != self.row.certainty

    @property
    def effect(self) -> Effect | None:
        row = self.row
        if row.effect_size is None:
            return None
        return Effect(row.effect_size, row.effect_unit, row.ci_low, row.ci_high)

    @property
    def is_pooled(self) -> bool:
        return self.row.design in POOLED

    @property
    def empty(self) -> EmptyKind:
        """Why a dose or length is not here: many studies have many, one study has one to look up."""
        return EmptyKind.DOES_NOT_APPLY if self.is_pooled else EmptyKind.NOT_LOOKED_UP
