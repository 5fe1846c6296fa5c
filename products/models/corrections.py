"""What readers report as wrong, for an editor to look into."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CorrectionReportQuerySet(models.QuerySet["CorrectionReport"]):
    def open(self) -> CorrectionReportQuerySet:
        """Those that nobody has settled yet."""
        return self.filter(state=CorrectionReport.State.OPEN)


class CorrectionReport(models.Model):
    """A reader's word on a page. No fact: nothing follows from it until an editor acts.

    Nothing is kept of who sent it, unless they leave an address themselves.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DECLINED = "declined", _("Declined")

    page = models.CharField(max_length=300, help_text=_("Path of the page that it is about."))
    wrong = models.TextField("what is wrong", max_length=2_000)
    source = models.CharField(
        "where it can be looked up", max_length=600, blank=True, help_text=_("Address or title.")
    )
    email = models.EmailField("e-mail", blank=True, help_text=_("Only if the reader gave one."))
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    handled_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer = models.TextField("what was done", blank=True, help_text=_("For editors."))

    objects: ClassVar[Any] = CorrectionReportQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page}: {self.wrong[:60]}"
