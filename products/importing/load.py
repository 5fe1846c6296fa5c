"""The files of the catalogue, brought in together or not at all.

Files are taken in the order of `RESOURCES`: cells become records, the records are held against each
other and against the database, and those that are new or differ are written in bulk. A row that
cannot be taken is set aside with its reason, and so are rows that refer to it; with one such row
nothing stays written. However many rows there are, the number of queries grows only by some for
hundreds of them.

What an editor changed or took out since it was loaded is left alone, see `memory`.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from products.changes import recording
from products.importing import tables
from products.importing.problems import Refused, in_order
from products.importing.resources import RESOURCES
from products.importing.tables import Table
from products.importing.taking import Count, Loading
from products.models import ChangeSet
from products.models.base import Touched

REASON = "files of the catalogue"
READ_FOR_LABELS = {"forms", "products", "ingredients"}
"""Files that say something of labels. A list of prices is not held up by a label it says nothing of."""
FILES = [resource.file for resource in RESOURCES]


@dataclass(frozen=True)
class Progress:
    """How far a run has come: how many of `what` are done."""

    what: str
    done: int
    of: int


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
    running = run(Loading(overwrite=overwrite), files, touched)
    while True:
        try:
            next(running)
        except StopIteration as end:
            counts: list[Count] = end.value
            return counts


def run(
    loading: Loading, files: Mapping[str, Table], touched: Touched
) -> Generator[Progress, Any, list[Count]]:
    """As `load`, telling how far it has come."""
    counts = []
    for resource in RESOURCES:
        if (table := files.get(resource.name)) is not None:
            taking = loading.take(resource, table)
            try:
                while True:
                    yield Progress("rows", next(taking), len(table.rows))
            except StopIteration as end:
                counts.append(end.value)
    labels = files["products"].rows if "products" in files else ()
    vetted = 0
    if not READ_FOR_LABELS.isdisjoint(files):
        for some in loading.vet(touched, labels):
            vetted += some
            yield Progress("labels", vetted, max(vetted, len(touched.products)))
    if loading.problems:
        raise Refused(in_order(loading.problems, FILES))
    return counts
