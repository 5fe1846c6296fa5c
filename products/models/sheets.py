"""A file of an editor between its preview and its confirmation, and what was found in it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.uploads import Upload


class SheetUpload(Upload):
    """A sheet of one subject, and what was found when it was looked through."""

    subject = models.CharField(max_length=40)
    """Name of the resource."""
    sha256 = models.CharField(max_length=64)
    overwrite = models.BooleanField(default=False)
    """Whether the file has the last word, also where an editor changed or deleted something."""
    counts = models.JSONField(default=dict)
    """How many rows have which fate."""
    problems = models.JSONField(default=list)
    """The first of them, each as row, column and message."""
    problem_count = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    """Of all differences; blank until somebody has looked, or when the file is refused."""

    @property
    def is_looked_through(self) -> bool:
        return bool(self.digest or self.problem_count)


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
