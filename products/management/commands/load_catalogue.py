"""`manage.py load_catalogue [DIR]`: bring in the curated catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from products.importing.load import Count, load_folder
from products.importing.problems import Refused


class Command(BaseCommand):
    help = (
        "Bring in the catalogue from CSV files, all of it or nothing. Running it again changes only "
        "what differs; records that no file names any more are left alone."
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

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            counts = load_folder(folder)
        except Refused as refused:
            for problem in refused.problems:
                self.stderr.write(str(problem))
            number = len(refused.problems)
            raise CommandError(
                f"{number} problem{'s' if number > 1 else ''}: nothing was loaded."
            ) from None
        self.stdout.write("\n".join(_lines(counts)))


def _lines(counts: list[Count]) -> list[str]:
    total = Count(
        "all",
        sum(count.added for count in counts),
        sum(count.changed for count in counts),
        sum(count.unchanged for count in counts),
    )
    width = max(len(count.file) for count in counts)
    head = f"{'':{width}}  {'added':>7}  {'changed':>7}  {'unchanged':>9}"
    return [head] + [
        f"{count.file:{width}}  {count.added:>7}  {count.changed:>7}  {count.unchanged:>9}"
        for count in [*counts, total]
    ]
