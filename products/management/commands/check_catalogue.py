"""`manage.py check_catalogue`: run every check over every record, as once a night."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from products.attention import dois, look_at_everything
from products.attention.summary import Tally, tallies
from products.models import LabelUpload, SheetUpload
from products.rules.vetting import Severity


class Command(BaseCommand):
    help = (
        "Run every check over every record and renew the attention page. Prints how often each "
        "check fires; a warning that an editor has noted no longer counts as open. Forgets files "
        "that editors chose at the desk and did not bring in within a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fail-on",
            choices=[Severity.ERROR.value, Severity.WARNING.value],
            help="end with exit code 1 when something of this severity or worse is open",
        )
        parser.add_argument(
            "--links",
            action="store_true",
            help="first ask doi.org for the DOIs that were not asked for lately (needs the network)",
        )
        parser.add_argument("--resolver", default=dois.RESOLVER, help="instead of %(default)s")

    def handle(
        self, *args: Any, fail_on: str | None, links: bool, resolver: str, **options: Any
    ) -> None:
        if links:
            self._ask_for_dois(resolver)
        look_at_everything()
        for uploads in (SheetUpload, LabelUpload):
            uploads.forget_old()
        found = tallies()
        self.stdout.write("\n".join(_lines(found)))
        counted = {Severity.ERROR.value}
        if fail_on == Severity.WARNING:
            counted.add(Severity.WARNING.value)
        failing = sum(tally.open for tally in found if tally.severity in counted)
        if fail_on and failing:
            raise CommandError(f"{failing} open.")

    def _ask_for_dois(self, resolver: str) -> None:
        again = settings.RECHECK_DAYS["evidence"]
        answers = list(dois.ask_all(timezone.now().date(), again, resolver))
        for answer in answers:
            if answer.found is False:
                self.stderr.write(f"not known to {resolver}: {answer.doi}")
        silent = sum(answer.found is None for answer in answers)
        self.stdout.write(f"{len(answers)} DOIs asked for, {silent} without an answer.")


def _lines(found: list[Tally]) -> list[str]:
    if not found:
        return ["No check fires."]
    width = max(len(tally.code) for tally in found)
    return [
        f"{tally.code:{width}}  {tally.severity:11}  {tally.open:>6} open  {tally.noted:>6} noted"
        for tally in found
    ]
