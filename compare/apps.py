"""The public site as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings


class CompareConfig(AppConfig):
    name = "compare"
    verbose_name = "Public site"

    def ready(self) -> None:
        from products.changes import much_changed

        if settings.FACETS == "bitmaps":
            much_changed.connect(write_index, dispatch_uid="compare.facets")


def write_index(**signal: Any) -> None:
    """Write the facet index anew after an import; what goes wrong stands in the log."""
    from compare.facets import keeping

    keeping.write_file()
