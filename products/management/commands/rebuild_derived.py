"""`manage.py rebuild_derived`: work out every derived column anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from products import changes


class Command(BaseCommand):
    help = (
        "Work out every derived column anew: elemental doses, prices per 100 mg, label checks and "
        "grades. Needed after a change of rule, and then tells on the method page which grades moved; "
        "safe at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = changes.rebuild()
        self.stdout.write(
            f"{wrong} row{'' if wrong == 1 else 's'} had to be put right."
            if wrong
            else "Every row was right."
        )
