"""`manage.py import_dsld PATH`: bring in label records of NIH's DSLD."""

from __future__ import annotations

from products.importing.labels.record import Origin
from products.management.label_command import LabelCommand


class Command(LabelCommand):
    origin = Origin.DSLD
    help = (
        "Bring in label records of NIH's Dietary Supplement Label Database as drafts: JSON, JSON "
        "Lines, or the CSV tables in a file, a folder or a zip. Running it again changes only what "
        "differs, finishes an import that was interrupted, and leaves what an editor corrected."
    )
