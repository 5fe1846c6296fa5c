"""Everything known of one use, in the order in which a page tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compare.evidence.matrix import Cell
from compare.evidence.names import (
    ANY_FORM,
    MIXED_FORMS,
    FormHead,
    form_of,
    on_published_forms,
)
from compare.evidence.study import Study
from products.models import Evidence, MagnesiumForm, PublishedRating, Source, Use
from products.rules import evidence as rules
from products.rules.evidence import LEVELS, Kind, Verdict

FEWEST_ON_AN_AXIS = 2
LAST = 10**6
CONTROLLED = frozenset(
    {
        Source.Kind.RCT,
        Source.Kind.CROSSOVER_TRIAL,
        Source.Kind.META_ANALYSIS,
        Source.Kind.SYSTEMATIC_REVIEW,
    }
)
"""Designs that randomise, or gather studies that do."""


class Gap(StrEnum):
    """What nobody has tested, as far as the catalogue knows."""

    NOTHING_BY_MOUTH = "nothing_by_mouth"
    NO_FORM_ALONE = "no_form_alone"
    NO_RANDOMISED_TRIAL = "no_randomised_trial"
    NO_SIZE_FOR_A_FORM = "no_size_for_a_form"
    FOUND_ONCE = "found_once"


@dataclass(frozen=True)
class Plot:
    """Results that may share an axis: same measure, same unit, same kind."""

    key: str
    unit: str
    outcome: str
    studies: tuple[Study, ...]


@dataclass(frozen=True)
class Block:
    """What is known of one form: the studies in people that speak for it."""

    form: FormHead
    verdict: Verdict
    studies: tuple[Study, ...]


@dataclass(frozen=True)
class Apart:
    """Studies of one kind that say nothing about tablets, and their plots."""

    kind: Kind
    studies: tuple[Study, ...]
    plots: tuple[Plot, ...]


@dataclass(frozen=True)
class UseEvidence:
    """A use with all of its studies, each in one place only, and what outside bodies say of it."""

    use: Use
    blocks: tuple[Block, ...]
    laboratory: tuple[Study, ...]
    apart: tuple[Apart, ...]
    plots: tuple[Plot, ...]
    ratings: tuple[PublishedRating, ...]
    untested: tuple[FormHead, ...]
    gaps: tuple[Gap, ...]

    @property
    def tested(self) -> tuple[FormHead, ...]:
        """Forms that were tested alone, in people, by mouth."""
        return tuple(
            block.form for block in self.blocks if block.studies and block.form != MIXED_FORMS
        )

    @property
    def speaking(self) -> tuple[Study, ...]:
        """All studies in people, by mouth, alone."""
        return tuple(study for block in self.blocks for study in block.studies)

    @property
    def studies(self) -> tuple[Study, ...]:
        """All of them: those that speak for supplements, then the laboratory, then the rest."""
        rest = (study for part in self.apart for study in part.studies)
        return (*self.speaking, *self.laboratory, *rest)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """What is known of every form, as the matrix has it; of a hospital treatment nothing."""
        if self.use.hospital_only:
            return ()
        results = [study.row.as_result for study in self.studies]
        heads = [*(block.form for block in self.blocks), *self.untested]
        return tuple(Cell(self.use, head, rules.of_form(results, form_of(head))) for head in heads)

    @property
    def injected(self) -> tuple[Study, ...]:
        return tuple(s for part in self.apart if part.kind is Kind.INJECTION for s in part.studies)

    @property
    def sources(self) -> int:
        """How many studies those are: several results may share one."""
        return len({study.row.source_id for study in self.speaking})

    @property
    def surest(self) -> Study | None:
        """The surest result with a size and an interval, of equally sure ones the largest.

        Of a hospital treatment it is one of the treatment itself.
        """
        studies = self.injected if self.use.hospital_only else self.speaking
        sized = [s for s in studies if s.effect is not None and s.effect.has_interval]
        return max(sized, key=lambda s: (LEVELS.index(s.certainty), s.row.n or 0), default=None)


def of_use(use: Use) -> UseEvidence:
    """Gather what is known of a use. Three queries, whatever the number of studies."""
    rows = on_published_forms(Evidence.objects.published().filter(use=use)).select_related(
        "form", "source"
    )
    studies = [Study(row) for row in sorted(rows, key=_reading_order)]
    forms = list(MagnesiumForm.objects.published())
    by_kind = _by(studies, lambda study: study.kind)
    named = {study.form_slug for study in studies}
    return UseEvidence(
        use=use,
        blocks=_blocks(studies, [*map(FormHead.of, forms), MIXED_FORMS]),
        laboratory=(*by_kind[Kind.ANIMALS], *by_kind[Kind.IN_VITRO]),
        apart=tuple(
            Apart(kind, tuple(by_kind[kind]), _plots(by_kind[kind]))
            for kind in rules.APART
            if by_kind[kind]
        ),
        plots=_plots(by_kind[Kind.PEOPLE]),
        ratings=tuple(PublishedRating.objects.filter(use=use).select_related("source", "form")),
        untested=tuple(
            FormHead.of(form) for form in forms if form.slug not in named and not form.is_catch_all
        ),
        gaps=_gaps(by_kind[Kind.PEOPLE]),
    )


def _blocks(studies: Sequence[Study], heads: Iterable[FormHead]) -> tuple[Block, ...]:
    """A block for each form that any study names, if it was tested in people or not.

    Also a form that was only injected or combined has its place: the matrix leads there.
    """
    results = [study.row.as_result for study in studies]
    people = _by([s for s in studies if s.kind is Kind.PEOPLE], lambda study: study.form_slug)
    named = {study.form_slug for study in studies}
    return tuple(
        Block(head, rules.of_form(results, form_of(head)), tuple(people[head.slug]))
        for head in heads
        if head.slug in named
    )


def _reading_order(row: Evidence) -> tuple[int, int, str, int, str, str]:
    """By kind and form, then the newest first; results of one study stay together."""
    kind = list(Kind).index(rules.kind_of(row.as_result))
    form = (row.form.position, row.form.slug) if row.form else (LAST, ANY_FORM)
    return (kind, *form, -(row.source.year or 0), row.source.key, row.key)


def _by(studies: Iterable[Study], key: Callable[[Study], str]) -> defaultdict[str, list[Study]]:
    found: defaultdict[str, list[Study]] = defaultdict(list)
    for study in studies:
        found[key(study)].append(study)
    return found


def _plots(studies: Sequence[Study]) -> tuple[Plot, ...]:
    """Results of one group and unit, oldest first, where at least one has its interval."""
    found: defaultdict[tuple[str, str], list[Study]] = defaultdict(list)
    for study in studies:
        if study.row.comparable_group and study.effect is not None:
            found[study.row.comparable_group, study.effect.unit].append(study)
    return tuple(
        Plot(key, unit, _outcome(group), tuple(sorted(group, key=_age)))
        for (key, unit), group in found.items()
        if len(group) >= FEWEST_ON_AN_AXIS
        and any(study.effect and study.effect.has_interval for study in group)
    )


def _age(study: Study) -> tuple[int, str]:
    return study.row.source.year or 0, study.row.key


def _outcome(studies: Sequence[Study]) -> str:
    """What all of them measured; blank where each measured something else."""
    outcomes = {study.row.outcome for study in studies}
    return outcomes.pop() if len(outcomes) == 1 else ""


def _gaps(people: Sequence[Study]) -> tuple[Gap, ...]:
    """What is missing among the studies in people."""
    if not people:
        return (Gap.NOTHING_BY_MOUTH,)
    alone = [study for study in people if study.row.form]
    found = {
        Gap.NO_FORM_ALONE: not alone,
        Gap.NO_RANDOMISED_TRIAL: not any(study.row.design in CONTROLLED for study in people),
        Gap.NO_SIZE_FOR_A_FORM: bool(alone)
        and not any(s.effect is not None and s.effect.has_interval for s in alone),
        Gap.FOUND_ONCE: len({study.row.source_id for study in people}) == 1,
    }
    return tuple(gap for gap, holds in found.items() if holds)
