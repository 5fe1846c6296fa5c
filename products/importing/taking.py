"""One run over some files: what becomes of each row, and the writing of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import prefetch_related_objects

from products.importing import memory, records
from products.importing.candidates import Candidates, Notes
from products.importing.differences import Judged, Line, told
from products.importing.memory import Fate, Memory, name_of
from products.importing.problems import Problem
from products.importing.records import Candidate, chunks
from products.importing.resources import REFERRED_BY, Resource
from products.importing.standing import Standing
from products.importing.tables import Row, Table
from products.models import Product, ProductIngredient
from products.models.base import Fact, Touched
from products.models.fetching import fetch_parts
from products.models.vetting import vet_label
from products.rules import chemistry

BATCH = 1_000
"""Rows that are held as records at once."""

Watch = Callable[[list[Line]], None]


@dataclass
class Count:
    """What became of the rows of one file."""

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    """Changed or taken out by an editor since, or about a record that was taken out."""
    conflicts: list[Problem] = field(default_factory=list)
    """Rows that say something new of what an editor changed; not brought in."""


@dataclass(frozen=True)
class AtDesk:
    """An import of somebody at the desk, held to what they may do; without `by` by a command."""

    watch: Watch | None = None
    """Is told what differs, some hundreds of rows at a time."""
    by: object = None


class Loading:
    """Writes as it goes; the caller's transaction takes it back.

    What is not `at_desk` is a file of the catalogue: its rows are published as they come.
    """

    def __init__(self, *, overwrite: bool = False, at_desk: AtDesk | None = None) -> None:
        self._overwrite = overwrite
        self._at_desk = at_desk
        self._notes = Notes()

    @property
    def problems(self) -> list[Problem]:
        return self._notes.problems

    def take(self, resource: Resource, table: Table) -> Generator[int, None, Count]:
        """Bring in one file; gives the number of rows that are done, again and again."""
        self.problems.extend(table.problems)
        candidates = Candidates(resource, table.columns, self._notes)
        remembered = Memory(resource, at_desk=self._at_desk is not None)
        count = Count(resource.file)
        for start in range(0, len(table.rows), BATCH):
            rows = table.rows[start : start + BATCH]
            self._take_some(resource, table, candidates.read(rows), remembered, count)
            yield start + len(rows)
        count.kept += candidates.left_out
        return count

    def vet(self, touched: Touched, rows: Iterable[Row]) -> Iterator[int]:
        """Hold each label that was touched against itself, with all its parts.

        Gives the number of labels looked at since it was asked last.
        """
        numbers = {row.cells["slug"]: row.number for row in rows}
        made_of = ProductIngredient._base_manager.filter(form__in=touched.forms)
        keys = touched.products | set(made_of.values_list("product", flat=True))
        for some in chunks(sorted(keys)):
            products = list(Product._base_manager.filter(pk__in=some))
            fetch_parts(products, "ingredients")
            prefetch_related_objects(products, "ingredients__form")
            for product in products:
                if product.slug in self._notes.incomplete:
                    continue
                try:
                    vet_label(product, _parts(product))
                except ValidationError as error:
                    number = numbers.get(product.slug)
                    self._notes.refuse("products.csv", number, error, product.slug)
            yield len(some)

    def _take_some(
        self,
        resource: Resource,
        table: Table,
        candidates: Sequence[Candidate],
        remembered: Memory,
        count: Count,
    ) -> None:
        judged = self._judge(resource, table.columns, candidates, remembered)
        if self._at_desk is not None and self._at_desk.watch is not None:
            self._at_desk.watch(told(resource, judged))
        to_write = []
        for one in judged:
            self._count(resource, one, count)
            if self._is_taken(resource, one):
                to_write.append(one.candidate)
        self._write(resource, to_write)
        remembered.write()

    def _judge(
        self,
        resource: Resource,
        columns: Sequence[str],
        candidates: Sequence[Candidate],
        remembered: Memory,
    ) -> list[Judged]:
        """The fate of each row; what the file says is remembered where it has its way."""
        said = [_texts(resource, c.record, c.lists, columns) for c in candidates]
        names = [name_of(resource, c, says) for c, says in zip(candidates, said, strict=True)]
        remembered.recall(names)
        judged = []
        for candidate, says, name in zip(candidates, said, names, strict=True):
            last = remembered.last(name)
            fates: dict[str, Fate] = {}
            if candidate.stored is None:
                fate = memory.fate_of_missing(says, last)
            else:
                holds = _texts(resource, candidate.stored, candidate.held, columns)
                fates = memory.fates(says, holds, last)
                fate = _of_row(fates.values())
            if self._overwrite and (fates or fate in (Fate.KEEP, Fate.CONFLICT)):
                fate = Fate.ADD if candidate.stored is None else Fate.CHANGE
                fates = dict.fromkeys(fates, Fate.CHANGE)
            judged.append(Judged(candidate, name, fate, fates))
            # What an import at the desk finds as it says was perhaps entered there by hand.
            has_its_way = (
                (Fate.ADD, Fate.CHANGE) if self._at_desk else (Fate.ADD, Fate.CHANGE, Fate.LEAVE)
            )
            if fate in has_its_way:
                remembered.hold(name, says)
        return judged

    def _count(self, resource: Resource, one: Judged, count: Count) -> None:
        match one.fate:
            case Fate.ADD:
                count.added += 1
            case Fate.CHANGE:
                count.changed += 1
            case Fate.LEAVE:
                count.unchanged += 1
            case Fate.KEEP:
                count.kept += 1
            case Fate.CONFLICT:
                count.conflicts.append(_conflict(resource, one))

    def _is_taken(self, resource: Resource, one: Judged) -> bool:
        candidate = one.candidate
        if one.fate in (Fate.KEEP, Fate.CONFLICT) and candidate.is_new:
            self._notes.set_aside(resource, candidate.row)
        if one.fate is Fate.CHANGE:
            columns = {column for column, fate in one.columns.items() if fate is Fate.CHANGE}
            records.carry_over(resource, candidate, columns)
            if len(columns) < len(one.columns):
                return self._still_fits(resource, candidate)
        return one.fate in (Fate.ADD, Fate.CHANGE)

    def _still_fits(self, resource: Resource, candidate: Candidate) -> bool:
        """Whether what the file says fits what an editor's word keeps beside it."""
        try:
            candidate.record.clean()
        except ValidationError as error:
            self._notes.refuse(resource.file, candidate.row.number, error)
            self._notes.set_aside(resource, candidate.row)
            return False
        return True

    # Into the database

    def _write(self, resource: Resource, candidates: Sequence[Candidate]) -> None:
        also: tuple[str, ...] = ()
        if self._at_desk is not None:
            standing = Standing(resource.model, self._at_desk.by)
            candidates, also = self._allowed(resource, candidates, standing), standing.columns
        try:
            with transaction.atomic():
                records.save(resource, candidates, also)
        except (IntegrityError, DataError):
            # Something that only the database sees. Row by row it is found out which.
            candidates = [c for c in candidates if self._goes_in(resource, c, also)]
        column = REFERRED_BY.get(resource.model)
        if column is not None:
            names = [candidate.row.cells[column] for candidate in candidates]
            self._notes.references.fetch(resource.model, names)
        records.save_lists(resource, candidates)

    def _allowed(
        self, resource: Resource, candidates: Sequence[Candidate], standing: Standing
    ) -> list[Candidate]:
        allowed = []
        for candidate, refused in zip(candidates, standing.refusals(candidates), strict=True):
            if refused:
                self.problems.append(Problem(resource.file, refused, candidate.row.number))
                self._notes.set_aside(resource, candidate.row)
            else:
                standing.put(candidate)
                allowed.append(candidate)
        return allowed

    def _goes_in(self, resource: Resource, candidate: Candidate, also: Sequence[str]) -> bool:
        """Write one record by itself, and say what keeps it out."""
        if candidate.is_new:
            candidate.record.pk = None  # the attempt in bulk may have left one
            candidate.record._state.adding = True
        try:
            candidate.record.validate_unique()
            if broken := records.broken_constraints(resource, candidate.record):
                raise ValidationError(broken)
            with transaction.atomic():
                records.save(resource, [candidate], also)
        except ValidationError as error:
            self._notes.refuse(resource.file, candidate.row.number, error)
        except (IntegrityError, DataError) as error:
            message = f"the database refuses this row: {error}"
            self.problems.append(Problem(resource.file, message, candidate.row.number))
        else:
            return True
        self._notes.set_aside(resource, candidate.row)
        return False


def _texts(
    resource: Resource,
    record: Fact,
    lists: Mapping[str, Iterable[int]],
    columns: Sequence[str],
) -> dict[str, str]:
    held = records.texts(resource, record, lists)
    return {column: held[column] for column in columns}


def _of_row(fates: Iterable[Fate]) -> Fate:
    """A row of which one column is in dispute is not brought in; else what can follow, does."""
    found = set(fates)
    return next((f for f in (Fate.CONFLICT, Fate.CHANGE, Fate.KEEP) if f in found), Fate.LEAVE)


def _conflict(resource: Resource, one: Judged) -> Problem:
    row = one.candidate.row.number
    if one.candidate.stored is None:
        message = "says something new of what was deleted at the desk. It stays deleted"
        return Problem(resource.file, message, row)
    differing = ", ".join(column for column in resource.columns if column in one.columns)
    message = "differs from what stands at the desk. That stays as it is"
    return Problem(resource.file, message, row, differing)


def _parts(product: Product) -> list[ProductIngredient]:
    """The parts of a label, with what their forms can hold."""
    parts = list(product.ingredients.all())
    for part in parts:
        # Derived only when the recording closes; here a form may be new or have a new formula.
        formula = part.form.formula
        part.form.elemental_fraction = chemistry.elemental_fraction(formula) if formula else None
    return parts
