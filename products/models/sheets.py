"""A file of an editor between its preview and its confirmation, and what was found in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SheetUpload(models.Model):
    """Held in the database, so that any web node can go on with it. Gone when it is brought in.

    No fact, and so not on the desk; who uploaded it sees it.
    """

    KEPT_FOR = timedelta(days=1)

    subject = models.CharField(max_length=40)
    """Name of the resource."""
    name = models.CharField(max_length=255)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    overwrite = models.BooleanField(default=False)
    """Whether the file has the last word, also where an editor changed or deleted something."""
    counts = models.JSONField(default=dict)
    """How many rows have which fate."""
    problems = models.JSONField(default=list)
    """The first of them, each as row, column and message."""
    problem_count = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    """Of all differences; blank until somebody has looked, or when the file is refused."""

    def __str__(self) -> str:
        return self.name

    @property
    def is_looked_through(self) -> bool:
        return bool(self.digest or self.problem_count)

    @classmethod
    def forget_old(cls) -> None:
        """Delete what nobody confirmed for a day."""
        cls.objects.filter(at__lt=timezone.now() - cls.KEPT_FOR).delete()


class SheetLine(models.Model):
    """One row of a file that says something else than the database."""

    class Fate(models.TextChoices):
        ADD = "add", _("new")
        CHANGE = "change", _("changed")
        KEEP = "keep", _("kept as edited")
        CONFLICT = "conflict", _("conflict")

    upload = models.ForeignKey(SheetUpload, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()
    name = models.TextField()
    fate = models.CharField(max_length=8, choices=Fate)
    cells: Any = models.JSONField()
    """By column: what stands, and what the file says."""
    kept: Any = models.JSONField(default=dict)
    """Likewise, of a changed row, where an editor has the last word."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"row {self.row}: {self.name}"

    @property
    def words(self) -> str:
        """The parts of its name that say something."""
        return ", ".join(part for part in self.name.split("|") if part)
