"""`manage.py import_sheet SUBJECT FILE`: bring in a CSV or XLSX file of one subject."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from products.importing import sheets
from products.importing.differences import Line
from products.importing.load import Progress
from products.importing.problems import Refused
from products.importing.resources import BY_NAME
from products.importing.sheets import Sheet
from products.importing.taking import Count


class Command(BaseCommand):
    help = (
        "Bring in a CSV or XLSX file, all of it or nothing. Columns that it lacks stay as they are. "
        "What is new is a draft; what an editor changed or deleted is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("subject", choices=BY_NAME, metavar="SUBJECT", help=", ".join(BY_NAME))
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change and write nothing"
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="also where an editor changed or deleted something: the file has the last word",
        )
        parser.add_argument(
            "--why", default="", help="kept in the history; the file's name if not given"
        )

    def handle(self, *args: Any, subject: str, file: Path, **options: Any) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        try:
            count = self._take(subject, data, options["why"] or f"import of {file.name}", options)
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            raise CommandError("Nothing was brought in.") from None
        for conflict in count.conflicts:
            self.stdout.write(str(conflict))
        self.stdout.write(
            f"{count.added} new, {count.changed} changed, {count.unchanged} unchanged, "
            f"{count.kept} kept as edited, {len(count.conflicts)} in conflict."
        )

    def _take(self, subject: str, data: bytes, why: str, options: dict[str, Any]) -> Count:
        table = sheets.read(BY_NAME[subject], data)
        sheet = Sheet(BY_NAME[subject], table, overwrite=options["overwrite"])
        watch = self._tell if options["verbosity"] > 1 else None
        running: Any = sheet.look(watch) if options["dry_run"] else sheet.take(why, watch=watch)
        while True:
            try:
                self._progress(next(running))
            except StopIteration as end:
                count: Count = end.value if options["dry_run"] else end.value[0]
                return count

    def _progress(self, progress: Progress) -> None:
        if progress.of > 1_000:
            self.stderr.write(f"{progress.done:,} of {progress.of:,} {progress.what}")

    def _tell(self, lines: list[Line]) -> None:
        for line in lines:
            changes = "; ".join(f"{c}: {now} → {then}" for c, (now, then) in line.cells.items())
            self.stdout.write(f"row {line.row}, {line.name}, {line.fate}: {changes}")
