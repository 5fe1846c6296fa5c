"""The files of the catalogue, brought in together or not at all.

Files are taken in the order of `RESOURCES`, each as a whole: its cells become records, the records
are held against each other and against the database, and those that are new or differ are written
in bulk. A row that cannot be taken is set aside with its reason, and so are rows that refer to it;
with one such row nothing stays written. However many rows there are, the number of queries grows
only by one for some hundreds of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from products.changes import recording
from products.importing import tables, values
from products.importing.problems import Problem, Refused, in_order
from products.importing.resources import REFERRED_BY, RESOURCES, Resource
from products.importing.tables import Row, Table
from products.models import Product, ProductIngredient
from products.models.base import Fact, Touched
from products.models.vetting import vet_label
from products.rules import chemistry

CHUNK = 500
"""Keys in one query. SQLite takes a bounded number of parameters."""


@dataclass
class Count:
    """What became of the rows of one file."""

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass
class Candidate:
    """A row as a record; `lists` are the keys of the records that it names in list columns."""

    row: Row
    record: Fact
    lists: dict[str, frozenset[int]]
    is_new: bool = True


def load_folder(folder: Path) -> list[Count]:
    """Bring in every file of a folder in one recording; raises `Refused` and then nothing changed."""
    files = {
        resource.name: tables.read(folder / resource.file, resource.columns)
        for resource in RESOURCES
    }
    if not all(table.is_whole for table in files.values()):
        raise Refused(problem for table in files.values() for problem in table.problems)
    with recording(by=None, reason="load_catalogue") as touched:
        return load(files, touched)


def load(files: Mapping[str, Table], touched: Touched) -> list[Count]:
    """Bring in tables by the name of their resource, inside an open recording.

    Raises `Refused` with every problem of every file, in the order of files and rows. Whoever
    opened the recording must let it pass, so that what was already written is taken back.
    """
    loading = Loading()
    counts = [
        loading.take(resource, files[resource.name])
        for resource in RESOURCES
        if resource.name in files
    ]
    loading.vet(touched, files)
    if loading.problems:
        raise Refused(in_order(loading.problems, [resource.file for resource in RESOURCES]))
    return counts


@dataclass
class References:
    """Keys of records by the names that cells give them."""

    _keys: dict[type[models.Model], dict[str, int]] = field(default_factory=dict)
    _set_aside: set[tuple[type[models.Model], str]] = field(default_factory=set)

    def fetch(self, model: type[models.Model], names: Iterable[str]) -> None:
        """Look names up that are not known yet; one query for some hundreds of them."""
        known = self._keys.setdefault(model, {})
        column = REFERRED_BY[model]
        for some in _chunks(sorted({name for name in names if name} - known.keys())):
            found = model._base_manager.filter(**{f"{column}__in": some})
            known.update(found.values_list(column, "pk"))

    def find(self, model: type[models.Model], name: str) -> int | None:
        return self._keys[model].get(name)

    def set_aside(self, model: type[models.Model], name: str) -> None:
        """Remember a record that its file names and that could not be taken."""
        self._set_aside.add((model, name))

    def is_set_aside(self, model: type[models.Model], name: str) -> bool:
        return (model, name) in self._set_aside


class LeadsNowhere(Exception):
    """A row refers to one that was set aside. It has been said there what is wrong."""


class Loading:
    """One run over some files. Writes as it goes; the caller's transaction takes it back."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._references = References()
        self._incomplete: set[str] = set()
        """Slugs of products of which a row was set aside: what is left says nothing of the label."""

    def take(self, resource: Resource, table: Table) -> Count:
        """Bring in one file."""
        self.problems += table.problems
        for column in resource.columns:
            if (model := _referred(resource, column)) is not None:
                names = (name for row in table.rows for name in _names(resource, column, row))
                self._references.fetch(model, names)
        candidates = self._without_doubles(resource, self._candidates(resource, table))
        count = Count(resource.file)
        stored = _stored(resource, candidates)
        listed = _listed(resource, stored.values())
        to_write = []
        for candidate in candidates:
            record = stored.get(_key(resource, candidate.record))
            if record is None:
                count.added += 1
            elif _carry_over(resource, candidate, record, listed):
                count.changed += 1
            else:
                count.unchanged += 1
                continue
            to_write.append(candidate)
        self._write(resource, to_write)
        return count

    def vet(self, touched: Touched, files: Mapping[str, Table]) -> None:
        """Hold each label that was touched against itself, with all its parts."""
        rows = {row.cells["slug"]: row.number for row in _rows_of(files, "products")}
        made_of = ProductIngredient._base_manager.filter(form__in=touched.forms)
        keys = touched.products | set(made_of.values_list("product", flat=True))
        for some in _chunks(sorted(keys)):
            products = Product._base_manager.filter(pk__in=some)
            for product in products.prefetch_related("ingredients__form"):
                if product.slug in self._incomplete:
                    continue
                parts = list(product.ingredients.all())
                for part in parts:
                    # Derived only when the recording closes, and a new form is looked at before.
                    formula = part.form.formula
                    part.form.elemental_fraction = (
                        chemistry.elemental_fraction(formula) if formula else None
                    )
                try:
                    vet_label(product, parts)
                except ValidationError as error:
                    self._refuse("products.csv", rows.get(product.slug), error, product.slug)

    # From cells to records

    def _candidates(self, resource: Resource, table: Table) -> Iterator[Candidate]:
        for row in table.rows:
            try:
                candidate = self._candidate(resource, row)
            except LeadsNowhere:
                candidate = None
            if candidate is None:
                self._set_aside(resource, row)
            else:
                yield candidate

    def _candidate(self, resource: Resource, row: Row) -> Candidate | None:
        """The record of a row, checked by itself; `None` when it cannot be taken."""
        wrong: dict[str, str] = {}
        plain: dict[str, Any] = {}
        lists: dict[str, frozenset[int]] = {}
        for column in resource.columns:
            text = row.cells[column]
            try:
                if column in resource.lists:
                    lists[column] = frozenset(
                        self._refer(resource, column, name) for name in values.parts(text)
                    )
                elif text and _referred(resource, column) is not None:
                    plain[resource.field(column).attname] = self._refer(resource, column, text)
                elif column in resource.lines:
                    plain[column] = "\n".join(values.parts(text))
                else:
                    plain[resource.field(column).attname] = values.read(
                        resource.field(column), text
                    )
            except values.NotReadable as error:
                wrong[column] = str(error)
        if wrong:
            self.problems += [
                Problem(resource.file, message, row.number, column)
                for column, message in wrong.items()
            ]
            return None
        record = resource.model(**plain)
        try:
            _check(resource, record)
        except ValidationError as error:
            self._refuse(resource.file, row.number, error)
            return None
        return Candidate(row, record, lists)

    def _refer(self, resource: Resource, column: str, name: str) -> int:
        model = _referred(resource, column)
        assert model is not None  # noqa: S101 - callers look first
        key = self._references.find(model, name)
        if key is not None:
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
        first: dict[tuple[Any, ...], Candidate] = {}
        for candidate in candidates:
            there = first.setdefault(_key(resource, candidate.record), candidate)
            if there is not candidate:
                same = ", ".join(resource.key)
                message = f"has the same {same} as row {there.row.number}. Leave one of them"
                self.problems.append(Problem(resource.file, message, candidate.row.number))
        return list(first.values())

    # Into the database

    def _write(self, resource: Resource, candidates: Sequence[Candidate]) -> None:
        try:
            with transaction.atomic():
                _save(resource, candidates)
        except (IntegrityError, DataError):
            # Something that only the database sees. Row by row it is found out which.
            candidates = [c for c in candidates if self._goes_in(resource, c)]
        column = REFERRED_BY.get(resource.model)
        if column is not None:
            self._references.fetch(resource.model, [c.row.cells[column] for c in candidates])
        _write_lists(resource, candidates)

    def _goes_in(self, resource: Resource, candidate: Candidate) -> bool:
        """Write one record by itself, and say what keeps it out."""
        try:
            candidate.record.validate_unique()
            candidate.record.validate_constraints()
            with transaction.atomic():
                _save(resource, [candidate])
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


def _referred(resource: Resource, column: str) -> type[models.Model] | None:
    """The model that a column refers to, if it refers to one."""
    return resource.field(column).related_model  # type: ignore[return-value]


def _names(resource: Resource, column: str, row: Row) -> list[str]:
    text = row.cells[column]
    return values.parts(text) if column in resource.lists else [text]


def _rows_of(files: Mapping[str, Table], name: str) -> list[Row]:
    return files[name].rows if name in files else []


def _check(resource: Resource, record: Fact) -> None:
    """What can be said of a record by itself, without a query."""
    ours = {column for column in resource.plain if _referred(resource, column) is None}
    record.clean_fields(exclude={f.name for f in record._meta.fields} - ours)
    record.clean()


def _key(resource: Resource, record: Fact) -> tuple[Any, ...]:
    return tuple(getattr(record, resource.field(column).attname) for column in resource.key)


def _stored(resource: Resource, candidates: Sequence[Candidate]) -> dict[tuple[Any, ...], Fact]:
    """Records of the database by their key, among them all that the candidates name."""
    first = resource.field(resource.key[0]).attname
    wanted = {getattr(candidate.record, first) for candidate in candidates}
    return {
        _key(resource, record): record
        for some in _chunks(sorted(wanted))
        for record in resource.model._base_manager.filter(**{f"{first}__in": some})
    }


def _listed(resource: Resource, records: Iterable[Fact]) -> dict[tuple[str, int], set[int]]:
    """What the list columns of stored records hold, by column and record."""
    held: dict[tuple[str, int], set[int]] = {}
    keys = sorted(record.pk for record in records)
    for column in resource.lists:
        for some in _chunks(keys):
            through, here, there = _through(resource, column)
            rows = through._base_manager.filter(**{f"{here}__in": some})
            for key, other in rows.values_list(here, there):
                held.setdefault((column, key), set()).add(other)
    return held


def _carry_over(
    resource: Resource,
    candidate: Candidate,
    record: Fact,
    listed: Mapping[tuple[str, int], set[int]],
) -> bool:
    """Put what the file says on the stored record; tells whether anything differed."""
    differs = any(
        listed.get((column, record.pk), set()) != keys for column, keys in candidate.lists.items()
    )
    for column in resource.plain:
        name = resource.field(column).attname
        if getattr(record, name) != (value := getattr(candidate.record, name)):
            setattr(record, name, value)
            differs = True
    candidate.record, candidate.is_new = record, False
    return differs


def _save(resource: Resource, candidates: Sequence[Candidate]) -> None:
    new = [candidate.record for candidate in candidates if candidate.is_new]
    old = [candidate.record for candidate in candidates if not candidate.is_new]
    resource.model.objects.bulk_create(new)
    # All columns, also where only a list differs: the recording notices by them.
    columns = [column for column in resource.plain if column not in resource.key]
    resource.model.objects.bulk_update(old, columns, batch_size=100)


def _write_lists(resource: Resource, candidates: Sequence[Candidate]) -> None:
    keys = [candidate.record.pk for candidate in candidates]
    for column in resource.lists:
        through, here, there = _through(resource, column)
        for some in _chunks(keys):
            through._base_manager.filter(**{f"{here}__in": some}).delete()
        through._base_manager.bulk_create(
            through(**{here: candidate.record.pk, there: key})
            for candidate in candidates
            for key in sorted(candidate.lists[column])
        )


def _through(resource: Resource, column: str) -> tuple[type[models.Model], str, str]:
    """The table behind a list column, and its two columns: the record's and the other's."""
    field = resource.field(column)
    assert isinstance(field, models.ManyToManyField)  # noqa: S101
    through = field.remote_field.through
    here, there = (
        through._meta.get_field(name).attname
        for name in (field.m2m_field_name(), field.m2m_reverse_field_name())
    )
    return through, here, there


def _by_column(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return {
            "" if name == "__all__" else name: texts for name, texts in error.message_dict.items()
        }
    return {"": error.messages}


def _chunks(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
