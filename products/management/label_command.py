"""What the two commands that bring in label records have in common."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from products.importing.labels import files, open_food_facts
from products.importing.labels.files import Found, LabelFiles
from products.importing.labels.planning import Plan
from products.importing.labels.record import Origin
from products.importing.labels.report import FATES, Tally, said_of
from products.importing.labels.taking import preview, take
from products.importing.problems import Refused

PROGRESS_EVERY = 2_000


class LabelCommand(BaseCommand):
    """Base of a command that takes a path and `--dry-run`."""

    origin: ClassVar[Origin]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="file, folder or zip")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )

    def handle(self, *args: Any, path: Path, dry_run: bool, **options: Any) -> None:
        try:
            records = files.at(path)
        except Refused as refused:
            said = str(refused).rstrip(".")
            raise CommandError(f"{said}. Nothing was brought in.") from None
        ours = self._ours(records)
        tally = Tally()
        for plans in preview(ours) if dry_run else take(ours, by=None, file=records.name):
            before = tally.records
            tally.add(plans)
            for plan in plans:
                self._tell(plan, options["verbosity"])
            if tally.records // PROGRESS_EVERY > before // PROGRESS_EVERY:
                self.stderr.write(f"{tally.records:,} records read")
        done = "Nothing was written. An import would give:" if dry_run else "Brought in:"
        self.stdout.write("\n".join([done, *tally.lines()]))

    def _ours(self, records: LabelFiles) -> Iterator[Found]:
        """Records of this command's database; others are another command's."""
        for found in records:
            is_food = open_food_facts.is_one(found.raw)
            if is_food == (self.origin is Origin.OPEN_FOOD_FACTS):
                yield found

    def _tell(self, plan: Plan, verbosity: int) -> None:
        said = list(said_of(plan))
        if verbosity > 1 or (said and verbosity > 0):
            where = f"{plan.found.file}, row {plan.found.row}"
            name = f" {plan.name}:" if plan.name else ""
            self.stdout.write(f"{where}:{name} {FATES[plan.fate]}")
            for line in said:
                self.stdout.write(f"    {line}")
