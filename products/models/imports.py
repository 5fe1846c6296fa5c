"""What the files of the catalogue last said, so that an editor's word is told from theirs."""

from __future__ import annotations

from django.db import models


class LoadedRow(models.Model):
    """One row of a file as the loader last found it in the database or wrote it there.

    A record that differs from it was changed by an editor since, and one that is not there any more
    was taken out by one. No fact, and so not on the desk.
    """

    file = models.CharField(max_length=40)
    key = models.CharField(max_length=600)
    """What names the row in its file."""
    values = models.JSONField()
    """Text of each column, as `importing.records.texts` gives it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "key"], name="loaded_row_once")]

    def __str__(self) -> str:
        return f"{self.file}: {self.key}"
