"""`manage.py load_catalogue [DIR]`: bring in the curated catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from products import attention
from products.importing.load import load_folder
from products.importing.problems import Refused
from products.importing.taking import Count


class Command(BaseCommand):
    help = (
        "Bring in the catalogue from CSV files, all of it or nothing. Running it again changes only "
        "what differs; records that no file names any more are left alone, and so is what an "
        "editor changed or deleted since it was loaded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path(settings.BASE_DIR) / "products" / "data",
            metavar="DIR",
            help="folder with the files; products/data if not given",
        )

        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="also where an editor changed or deleted something: the files have the last word",
        )

    def handle(self, *args: Any, folder: Path, overwrite: bool, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        started = timezone.now()
        try:
            counts = load_folder(folder, overwrite=overwrite)
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            number = len(refused.problems)
            raise CommandError(
                f"{number} problem{'s' if number > 1 else ''}: nothing was loaded."
            ) from None
        if any(count.added or count.changed for count in counts):
            attention.look_at_everything()
            attention.note_by_file(started)
        self.stdout.write("\n".join(_lines(counts)))


def _lines(counts: list[Count]) -> list[str]:
    conflicts = [conflict for count in counts for conflict in count.conflicts]
    total = Count(
        "all",
        sum(count.added for count in counts),
        sum(count.changed for count in counts),
        sum(count.unchanged for count in counts),
        sum(count.kept for count in counts),
        conflicts,
    )
    width = max(len(count.file) for count in counts)
    head = f"{'':{width}}  {'added':>7}  {'changed':>7}  {'unchanged':>9}  {'kept as edited':>14}  {'conflicts':>9}"
    lines = [head] + [
        f"{count.file:{width}}  {count.added:>7}  {count.changed:>7}  {count.unchanged:>9}"
        f"  {count.kept:>14}  {len(count.conflicts):>9}"
        for count in [*counts, total]
    ]
    if conflicts:
        lines += [
            "",
            "Not loaded, since the record was changed or entered at the desk (--overwrite loads it):",
        ]
        lines += map(str, conflicts)
    return lines
