"""One file of one subject, brought in by somebody at the desk or by a command.

Looking through it is a run that is taken back: what is shown is what the rules and the database say,
and not a guess at it.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from django.db import transaction

from products.changes import recording
from products.importing import tables
from products.importing.differences import Digest, Line
from products.importing.load import Progress, run
from products.importing.problems import Problem, Refused
from products.importing.resources import BY_NAME, Resource
from products.importing.tables import Table
from products.importing.taking import AtDesk, Count, Loading, Watch
from products.models import ChangeSet, SheetLine, SheetUpload
from products.models.base import Touched

PROBLEMS_KEPT = 500
LINES_AT_ONCE = 500
FOUND = ("overwrite", "counts", "problems", "problem_count", "digest")
"""Columns of a held file that are found out by looking through it."""


class ChangedMeanwhile(Exception):
    """The catalogue changed since the file was looked through. Nothing was brought in."""


class NotThere(Exception):
    """The file was brought in already, or is gone."""


class _TakenBack(Exception):
    """Ends a run that was only to find out what a file would do."""


@dataclass(frozen=True)
class Sheet:
    """A file with its subject, who brings it in, and whether it has the last word."""

    resource: Resource
    table: Table
    by: Any = None
    overwrite: bool = False

    def take(
        self,
        reason: str,
        *,
        watch: Watch | None = None,
        finish: Callable[[], None] | None = None,
    ) -> Generator[Progress, None, tuple[Count, ChangeSet | None]]:
        """Bring it in, all of it or nothing; gives what was counted and written down.

        `watch` is told the differences, `finish` is called when all is written and may raise to
        have it taken back. Raises `Refused`.
        """
        with recording(by=self.by, reason=reason, kind=ChangeSet.Kind.IMPORT) as touched:
            count = yield from self._run(touched, watch)
            yield Progress("closing", 0, 0)
            if finish is not None:
                finish()
        return count, touched.change_set

    def look(self, watch: Watch | None = None) -> Generator[Progress, None, Count]:
        """Find out what it would do. Nothing of it stays written. Raises `Refused`."""
        try:
            with recording(by=self.by, reason="looked through", history=False) as touched:
                count = yield from self._run(touched, watch)
                raise _TakenBack
        except _TakenBack:
            return count

    def _run(self, touched: Touched, watch: Watch | None) -> Generator[Progress, None, Count]:
        loading = Loading(overwrite=self.overwrite, at_desk=AtDesk(watch, self.by))
        (count,) = yield from run(loading, {self.resource.name: self.table}, touched)
        return count


def read(resource: Resource, data: bytes) -> Table:
    """The table in a file, which may lack columns that are no part of the key; raises `Refused`."""
    table = tables.parse(resource.file, data, resource.columns, resource.key)
    if not table.is_whole:
        raise Refused(table.problems)
    return table


def receive(resource: Resource, name: str, data: bytes, by: Any) -> SheetUpload:
    """Hold a file until it is confirmed; raises `Refused` for one that is no table of this subject."""
    read(resource, data)
    SheetUpload.forget_old()
    return SheetUpload.objects.create(
        subject=resource.name,
        name=name[:255],
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        by=by,
    )


def look_through(upload: SheetUpload) -> Iterator[Progress]:
    """Find out what a held file would do, and hold that beside it, in the place of what was."""
    digest = Digest()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as found:
        # A file and not a list: of a long import more than memory should hold.
        def watch(lines: list[Line]) -> None:
            digest.add(lines)
            found.writelines(json.dumps(asdict(line)) + "\n" for line in lines)

        problems: list[Problem] = []
        count = None
        try:
            count = yield from _sheet(upload).look(watch)
        except Refused as refused:
            problems = refused.problems
        with transaction.atomic():
            upload.lines.all().delete()
            _keep(upload, found)
            upload.counts = _counted(count) if count else {}
            upload.problem_count = len(problems)
            upload.problems = [[p.row, p.column, p.message] for p in problems[:PROBLEMS_KEPT]]
            upload.digest = "" if problems else digest.value
            upload.save(update_fields=FOUND)


def bring_in(upload: SheetUpload, reason: str) -> Generator[Progress, None, ChangeSet | None]:
    """Bring in a file as it was looked through; gives the set of changes, if anything changed.

    Raises `ChangedMeanwhile`, `NotThere` and `Refused`, and then nothing was brought in.
    """
    digest = Digest()

    def finish() -> None:
        if not SheetUpload.objects.filter(pk=upload.pk).exists():
            raise NotThere
        if digest.value != upload.digest:
            raise ChangedMeanwhile
        SheetUpload.objects.filter(pk=upload.pk).delete()

    _count, change_set = yield from _sheet(upload).take(reason, watch=digest.add, finish=finish)
    return change_set


def _sheet(upload: SheetUpload) -> Sheet:
    resource = BY_NAME[upload.subject]
    return Sheet(resource, read(resource, bytes(upload.data)), upload.by, upload.overwrite)


def _keep(upload: SheetUpload, found: IO[str]) -> None:
    found.seek(0)
    some: list[SheetLine] = []
    for line in found:
        some.append(SheetLine(upload=upload, **json.loads(line)))
        if len(some) == LINES_AT_ONCE:
            SheetLine.objects.bulk_create(some)
            some = []
    SheetLine.objects.bulk_create(some)


def _counted(count: Count) -> dict[str, int]:
    return {
        "add": count.added,
        "change": count.changed,
        "leave": count.unchanged,
        "keep": count.kept,
        "conflict": len(count.conflicts),
    }
