"""What the checks found and nobody has put right yet, and what the register of DOIs answered.

Worked out from the facts and renewed by `products.attention`; the notes on it are an editor's.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.vetting_words import SEVERITIES, WORDS
from products.rules.vetting import Check, Kind, Severity


class OpenRemarkQuerySet(models.QuerySet["OpenRemark"]):
    def waiting(self) -> OpenRemarkQuerySet:
        """Those that ask for something: errors, and warnings that nobody has noted."""
        return self.exclude(severity=Severity.INFORMATION).filter(
            models.Q(severity=Severity.ERROR) | models.Q(note="")
        )


class OpenRemark(models.Model):
    """One thing that a check found at one record. A note on it holds as long as its figures do."""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    record_id = models.PositiveBigIntegerField()
    code = models.CharField(
        max_length=40, choices=[(check.value, WORDS[check].name) for check in Check]
    )
    severity = models.CharField(
        max_length=12, choices=[(severity.value, word) for severity, word in SEVERITIES.items()]
    )
    field = models.CharField(max_length=40)
    figures = models.JSONField(default=dict)
    """As they are put into the sentence."""
    since = models.DateTimeField(help_text=_("First found with these figures."))
    note = models.TextField(blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    noted_at = models.DateTimeField(null=True)

    objects = OpenRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "record_id", "code", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id", "code", "field"], name="remark_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "code", "record_id"], name="remark_by_code")]

    def __str__(self) -> str:
        return self.message

    @property
    def words(self) -> Any:
        """Name, sentence and way out of its check."""
        return WORDS[Check(self.code)]

    @property
    def message(self) -> str:
        """What was found, with its figures."""
        return str(self.words.message) % self.figures

    @property
    def is_waiting(self) -> bool:
        """It asks for something: an error, or a warning without a note."""
        return self.severity == Severity.ERROR or (
            self.severity == Severity.WARNING and not self.note
        )


class DoiAnswer(models.Model):
    """Whether doi.org knew a DOI on the day it was asked."""

    doi = models.CharField("DOI", max_length=200, unique=True)
    found = models.BooleanField()
    asked_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.doi}: {'found' if self.found else 'not found'} on {self.asked_on}"
