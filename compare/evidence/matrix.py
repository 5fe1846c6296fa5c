"""Uses by forms: what was tested in this very form, with direction and certainty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from compare.evidence.names import (
    ANY_FORM,
    MIXED_FORMS,
    FormHead,
    form_of,
    on_published_forms,
    published_forms,
)
from compare.evidence.question import ANIMALS, PEOPLE, UsesFilter
from products.models import Evidence, Use
from products.rules import evidence as rules
from products.rules.evidence import LEVELS, Kind, Result, Status, Verdict
from products.rules.grading import Confidence


@dataclass(frozen=True)
class Cell:
    """What is known of one use and one form. `left_out` says that it does not fit the question."""

    use: Use
    form: FormHead
    verdict: Verdict
    left_out: bool = False

    @property
    def status(self) -> Status:
        return self.verdict.status

    @property
    def direction(self) -> str:
        return self.verdict.judgement.direction.value if self.verdict.judgement else ""

    @property
    def certainty(self) -> Confidence | None:
        return self.verdict.judgement.certainty if self.verdict.judgement else None

    @property
    def studies(self) -> int:
        """Of this form: in people where there are any, else in animals or in vitro."""
        judgement = self.verdict.judgement
        return judgement.studies if judgement else self.verdict.laboratory

    @property
    def is_mixed(self) -> bool:
        """Of studies that mixed forms or did not state one."""
        return self.form.slug == ANY_FORM

    @property
    def url(self) -> str:
        """To the studies of this form, on the page of the use."""
        return f"{self.use.get_absolute_url()}#{self.form.slug}"


@dataclass(frozen=True)
class Line:
    """A use with a cell for each column. `only` names what alone was studied, where no tablet was."""

    use: Use
    cells: tuple[Cell, ...]
    only: tuple[Kind, ...]


@dataclass(frozen=True)
class Group:
    head: Use.Group
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Matrix:
    """Published uses by published forms, and what stands beside them.

    `columns` are those asked for, else the `usual` ones: mixed forms and every form with a study of
    its own. `untested` are forms without one in any use here, `hospital` the uses that are treatments
    in hospital, `uses` how many uses there are in the groups asked for; `shown` of them have a cell
    that fits.
    """

    columns: tuple[FormHead, ...]
    usual: tuple[FormHead, ...]
    groups: tuple[Group, ...]
    untested: tuple[FormHead, ...]
    hospital: tuple[Use, ...]
    uses: int

    @property
    def shown(self) -> int:
        return sum(len(group.lines) for group in self.groups)


def build(question: UsesFilter) -> Matrix:
    """Answer a question. Three queries, whatever the number of uses, forms and studies."""
    found = list(question.leaving_out().order_by("position", "name", "pk"))
    uses = [use for use in found if not use.hospital_only]
    heads = {form.pk: FormHead.of(form) for form in published_forms()}
    results = _results(uses)
    own = _tested_slugs(results)
    every = (MIXED_FORMS, *heads.values())
    usual = tuple(head for head in every if head.slug in own or head == MIXED_FORMS)
    asked = tuple(head for head in every if head.slug in question.forms)
    columns = asked or usual
    lines = [_line(use, columns, results[use.pk], question) for use in uses]
    if question.leaves_out_cells:
        lines = [line for line in lines if any(_fits_something(cell) for cell in line.cells)]
    return Matrix(
        columns=columns,
        usual=usual,
        groups=_grouped(lines),
        untested=tuple(head for head in heads.values() if head.slug not in own),
        hospital=tuple(use for use in found if use.hospital_only),
        uses=len(uses),
    )


def _results(uses: Sequence[Use]) -> defaultdict[int, list[Result]]:
    """Every result of each use, by the key of the use. One query."""
    rows = on_published_forms(Evidence.objects.published().filter(use__in=[use.pk for use in uses]))
    found: defaultdict[int, list[Result]] = defaultdict(list)
    for row in rows.select_related("form").order_by("pk"):
        found[row.use_id].append(row.as_result)
    return found


def _tested_slugs(results: dict[int, list[Result]]) -> frozenset[str]:
    """Forms with a study by mouth or in the laboratory, if only combined with something else."""
    return frozenset(
        result.form
        for of_use in results.values()
        for result in of_use
        if result.form and rules.kind_of(result) not in (Kind.INJECTION, Kind.FOOD)
    )


def _line(
    use: Use, columns: Sequence[FormHead], results: Sequence[Result], question: UsesFilter
) -> Line:
    kinds = {rules.kind_of(result) for result in results}
    apart = tuple(kind for kind in rules.APART if kind in kinds)
    cells = tuple(_cell(use, head, results, question) for head in columns)
    return Line(use, cells, only=apart if kinds <= set(rules.APART) else ())


def _cell(use: Use, head: FormHead, results: Sequence[Result], question: UsesFilter) -> Cell:
    cell = Cell(use, head, rules.of_form(results, form_of(head)))
    return replace(cell, left_out=bool(cell.studies) and not _fits(cell, question))


def _fits(cell: Cell, question: UsesFilter) -> bool:
    """Whether a cell with studies is what was asked for."""
    verdict = cell.verdict
    tested_in = {PEOPLE} if verdict.judgement else set()
    tested_in |= {ANIMALS} if verdict.laboratory else set()
    if not tested_in & question.who_is_asked:
        return False
    level = cell.certainty or Confidence.VERY_LOW
    return question.floor is None or LEVELS.index(level) >= LEVELS.index(question.floor)


def _fits_something(cell: Cell) -> bool:
    return bool(cell.studies) and not cell.left_out


def _grouped(lines: Sequence[Line]) -> tuple[Group, ...]:
    """Lines under their group, groups in the order in which a reader meets them."""
    order = list(Use.Group)
    ranked = sorted(lines, key=lambda line: order.index(Use.Group(line.use.group)))
    return tuple(
        Group(Use.Group(head), tuple(part))
        for head, part in groupby(ranked, key=lambda line: line.use.group)
    )
