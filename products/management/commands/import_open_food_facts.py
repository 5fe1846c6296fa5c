"""`manage.py import_open_food_facts PATH`: bring in products of Open Food Facts."""

from __future__ import annotations

from products.importing.labels.record import Origin
from products.management.label_command import LabelCommand


class Command(LabelCommand):
    origin = Origin.OPEN_FOOD_FACTS
    help = (
        "Bring in products of Open Food Facts as drafts: JSON as its API gives it, or JSON Lines. "
        "As with import_dsld, running it again changes only what differs."
    )
