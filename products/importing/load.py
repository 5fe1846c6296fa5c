"""The files of the catalogue, brought in together or not at all.

Files are taken in the order of `RESOURCES`, each as a whole: its cells become records, the records
are held against each other and against the database, and those that are new or differ are written
in bulk. A row that cannot be taken is set aside with its reason, and so are rows that refer to it;
with one such row nothing stays written. However many rows there are, the number of queries grows
only by one for some hundreds of them.

What an editor changed or took out since it was loaded is left alone, see `memory`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from products.changes import recording
from products.importing import records, tables, values
from products.importing.memory import Fate, Memory, fate, name_of
from products.importing.problems import Problem, Refused, in_order
from products.importing.records import Candidate, References, chunks, key_of
from products.importing.resources import REFERRED_BY, RESOURCES, Resource
from products.importing.tables import Row, Table
from products.models import ChangeSet, Product, ProductIngredient
from products.models.base import Touched
from products.models.vetting import vet_label
from products.rules import chemistry

REASON = "files of the catalogue"
FILES = [resource.file for resource in RESOURCES]


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


def load_folder(folder: Path, *, overwrite: bool = False) -> list[Count]:
    """Bring in every file of a folder in one recording; raises `Refused` and then nothing changed.

    With `overwrite` the files have the last word, also where an editor changed or deleted something.
    """
    files = {
        resource.name: tables.read(folder / resource.file, resource.columns)
        for resource in RESOURCES
    }
    if not all(table.is_whole for table in files.values()):
        # Half of what could be said of the rows would follow from what is missing.
        raise Refused(problem for table in files.values() for problem in table.problems)
    with recording(by=None, reason=REASON, kind=ChangeSet.Kind.IMPORT) as touched:
        return load(files, touched, overwrite=overwrite)


def load(files: Mapping[str, Table], touched: Touched, *, overwrite: bool = False) -> list[Count]:
    """Bring in tables by the name of their resource, inside an open recording.

    Raises `Refused` with every problem of every file, in the order of files and rows. Whoever
    opened the recording must let it pass, so that what was already written is taken back.
    """
    loading = Loading(overwrite)
    counts = [
        loading.take(resource, files[resource.name])
        for resource in RESOURCES
        if resource.name in files
    ]
    loading.vet(touched, files["products"].rows if "products" in files else ())
    if loading.problems:
        raise Refused(in_order(loading.problems, FILES))
    return counts


class LeadsNowhere(Exception):
    """A row refers to one that was set aside: what is wrong was said there, or an editor deleted it."""


class Loading:
    """One run over some files. Writes as it goes; the caller's transaction takes it back."""

    def __init__(self, overwrite: bool = False) -> None:
        self._overwrite = overwrite
        self._left_out = 0
        """Rows of the file at hand that lead to one that was set aside."""
        self.problems: list[Problem] = []
        self._references = References()
        self._incomplete: set[str] = set()
        """Slugs of products of which a row was set aside: what is left says nothing of the label."""

    def take(self, resource: Resource, table: Table) -> Count:
        """Bring in one file."""
        self.problems += table.problems
        for column in resource.columns:
            if (model := resource.referred(column)) is not None:
                names = (name for row in table.rows for name in _names(resource, column, row))
                self._references.fetch(model, names)
        self._left_out = 0
        candidates = self._without_doubles(resource, self._candidates(resource, table))
        count = Count(resource.file, kept=self._left_out)
        stored = records.stored(resource, candidates)
        held = records.listed(resource, stored.values())
        memory = Memory(resource)
        to_write = []
        for candidate in candidates:
            record = stored.get(key_of(resource, candidate.record))
            holds = None
            if record is not None:
                holds = records.texts(resource, record, held.get(record.pk, {}))
            what = self._fate(resource, candidate, holds, memory, count)
            if what is Fate.CHANGE and record is not None:
                records.carry_over(resource, candidate, record)
            if what in (Fate.ADD, Fate.CHANGE):
                to_write.append(candidate)
        self._write(resource, to_write)
        memory.write()
        return count

    def _fate(
        self,
        resource: Resource,
        candidate: Candidate,
        holds: Mapping[str, str] | None,
        memory: Memory,
        count: Count,
    ) -> Fate:
        """Tell what becomes of a row, and count it; `holds` is what the database has."""
        says = records.texts(resource, candidate.record, candidate.lists)
        name = name_of(resource, candidate, says)
        what = fate(says, holds, memory.last(name))
        if self._overwrite and what in (Fate.KEEP, Fate.CONFLICT):
            what = Fate.ADD if holds is None else Fate.CHANGE
        match what:
            case Fate.ADD:
                count.added += 1
            case Fate.CHANGE:
                count.changed += 1
            case Fate.LEAVE:
                count.unchanged += 1
            case Fate.KEEP:
                count.kept += 1
            case Fate.CONFLICT:
                count.conflicts.append(_conflict(resource, candidate, says, holds))
        if what not in (Fate.KEEP, Fate.CONFLICT):
            memory.hold(name, says)
        elif holds is None:
            self._set_aside(resource, candidate.row)
        return what

    def vet(self, touched: Touched, rows: Iterable[Row]) -> None:
        """Hold each label that was touched against itself, with all its parts."""
        numbers = {row.cells["slug"]: row.number for row in rows}
        made_of = ProductIngredient._base_manager.filter(form__in=touched.forms)
        keys = touched.products | set(made_of.values_list("product", flat=True))
        for some in chunks(sorted(keys)):
            products = Product._base_manager.filter(pk__in=some)
            for product in products.prefetch_related("ingredients__form"):
                if product.slug in self._incomplete:
                    continue
                try:
                    vet_label(product, _parts(product))
                except ValidationError as error:
                    self._refuse("products.csv", numbers.get(product.slug), error, product.slug)

    # From cells to records

    def _candidates(self, resource: Resource, table: Table) -> Iterator[Candidate]:
        for row in table.rows:
            try:
                yield self._candidate(resource, row)
            except LeadsNowhere:
                self._left_out += 1
                self._set_aside(resource, row)
            except ValidationError as error:
                self._refuse(resource.file, row.number, error)
                self._set_aside(resource, row)

    def _candidate(self, resource: Resource, row: Row) -> Candidate:
        """The record of a row, checked by itself: without a query, and all columns at once."""
        plain: dict[str, Any] = {}
        lists: dict[str, frozenset[int]] = {}
        wrong: dict[str, str] = {}
        lost = False
        for column in resource.columns:
            text = row.cells[column]
            try:
                if column in resource.lists:
                    names = values.parts(text)
                    lists[column] = frozenset(self._refer(resource, column, n) for n in names)
                else:
                    plain[resource.field(column).attname] = self._value(resource, column, text)
            except values.NotReadable as error:
                wrong[column] = str(error)
            except LeadsNowhere:
                lost = True
        if wrong:
            raise ValidationError(wrong)
        if lost:
            raise LeadsNowhere
        record = resource.model(**plain)
        ours = {column for column in resource.plain if resource.referred(column) is None}
        record.clean_fields(exclude={field.name for field in record._meta.fields} - ours)
        record.clean()
        return Candidate(row, record, lists)

    def _value(self, resource: Resource, column: str, text: str) -> Any:
        if column in resource.lines:
            return "\n".join(values.parts(text))
        if text and resource.referred(column) is not None:
            return self._refer(resource, column, text)
        return values.read(resource.field(column), text)

    def _refer(self, resource: Resource, column: str, name: str) -> int:
        model = resource.referred(column)
        assert model is not None  # noqa: S101 - callers look first
        if (key := self._references.find(model, name)) is not None:
            return key
        if self._references.is_set_aside(model, name):
            raise LeadsNowhere
        what = model._meta.verbose_name
        raise values.NotReadable(
            f"there is no {what} “{name}”. Add it to its file or mend the name"
        )

    def _without_doubles(
        self, resource: Resource, candidates: Iterable[Candidate]
    ) -> list[Candidate]:
        first: dict[records.Key, Candidate] = {}
        for candidate in candidates:
            there = first.setdefault(key_of(resource, candidate.record), candidate)
            if there is not candidate:
                same = ", ".join(resource.key)
                message = f"has the same {same} as row {there.row.number}. Leave one of them"
                self.problems.append(Problem(resource.file, message, candidate.row.number))
        return list(first.values())

    # Into the database

    def _write(self, resource: Resource, candidates: Sequence[Candidate]) -> None:
        try:
            with transaction.atomic():
                records.save(resource, candidates)
        except (IntegrityError, DataError):
            # Something that only the database sees. Row by row it is found out which.
            candidates = [c for c in candidates if self._goes_in(resource, c)]
        column = REFERRED_BY.get(resource.model)
        if column is not None:
            names = [candidate.row.cells[column] for candidate in candidates]
            self._references.fetch(resource.model, names)
        records.save_lists(resource, candidates)

    def _goes_in(self, resource: Resource, candidate: Candidate) -> bool:
        """Write one record by itself, and say what keeps it out."""
        if candidate.is_new:
            candidate.record.pk = None  # the attempt in bulk may have left one
            candidate.record._state.adding = True
        try:
            candidate.record.validate_unique()
            if broken := records.broken_constraints(resource, candidate.record):
                raise ValidationError(broken)
            with transaction.atomic():
                records.save(resource, [candidate])
        except ValidationError as error:
            self._refuse(resource.file, candidate.row.number, error)
        except (IntegrityError, DataError) as error:
            message = f"the database refuses this row: {error}"
            self.problems.append(Problem(resource.file, message, candidate.row.number))
        else:
            return True
        self._set_aside(resource, candidate.row)
        return False

    def _set_aside(self, resource: Resource, row: Row) -> None:
        column = REFERRED_BY.get(resource.model)
        if column is not None:
            self._references.set_aside(resource.model, row.cells[column])
        self._incomplete.add(row.cells.get("product") or row.cells.get("slug", ""))

    def _refuse(
        self, file: str, row: int | None, error: ValidationError, subject: str = ""
    ) -> None:
        for column, messages in _by_column(error).items():
            message = " ".join(messages)
            if row is None and subject:
                message = f"{subject}: {message}"
            self.problems.append(Problem(file, message, row, column))


def _conflict(
    resource: Resource,
    candidate: Candidate,
    says: Mapping[str, str],
    holds: Mapping[str, str] | None,
) -> Problem:
    if holds is None:
        message = "says something new of what was deleted at the desk. It stays deleted"
        return Problem(resource.file, message, candidate.row.number)
    differing = ", ".join(c for c in resource.columns if says[c] != holds[c])
    message = "differs from what stands at the desk. That stays as it is"
    return Problem(resource.file, message, candidate.row.number, differing)


def _names(resource: Resource, column: str, row: Row) -> list[str]:
    text = row.cells[column]
    return values.parts(text) if column in resource.lists else [text]


def _parts(product: Product) -> list[ProductIngredient]:
    """The parts of a label, with what their forms can hold."""
    parts = list(product.ingredients.all())
    for part in parts:
        # Derived only when the recording closes; here a form may be new or have a new formula.
        formula = part.form.formula
        part.form.elemental_fraction = chemistry.elemental_fraction(formula) if formula else None
    return parts


def _by_column(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return {
            "" if name == "__all__" else name: messages
            for name, messages in error.message_dict.items()
        }
    return {"": error.messages}
