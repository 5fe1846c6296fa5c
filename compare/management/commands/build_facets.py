"""`manage.py build_facets`: write the index of the catalogue to its file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from compare.facets import keeping


class Command(BaseCommand):
    help = (
        "Bring the file of the facet index up to the catalogue as it is now. After an import, so that "
        "the first visitor need not wait for it; safe at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.FACETS != "bitmaps":
            self.stdout.write("Nothing to do: products are counted in the database (FACETS).")
            return
        products = keeping.write_file()
        self.stdout.write(
            f"{products:,} products, in {keeping.path()}."
            if keeping.path().exists()
            else f"{products:,} products: too few to need a file."
        )
