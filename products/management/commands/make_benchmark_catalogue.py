"""`manage.py make_benchmark_catalogue --products N [--seed S]`: a made catalogue to measure with."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from products.importing.benchmark import HoldsRealData, make


class Command(BaseCommand):
    help = (
        "Fill the database with a made catalogue of any size, the same for the same number and "
        "seed. Takes the place of one that was made before; refuses a database with real products."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--products", type=int, required=True, metavar="N", help="how many")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other rows")

    def handle(self, *args: Any, products: int, seed: int, **options: Any) -> None:
        if products < 1:
            raise CommandError("Ask for one product at least.")
        start = time.monotonic()

        def progress(done: int) -> None:
            seconds = time.monotonic() - start
            self.stdout.write(f"{done:>9,} of {products:,} products  {seconds:6.0f} s")

        try:
            made = make(products, seed, progress)
        except HoldsRealData:
            raise CommandError(
                "This database holds products that were not made by this command, and stays as it "
                "is. Name an empty one: DATABASE_URL=sqlite:////tmp/benchmark.sqlite3"
            ) from None
        self.stdout.write(
            f"{made.products:,} products of {made.brands:,} brands, {made.forms} forms."
        )
