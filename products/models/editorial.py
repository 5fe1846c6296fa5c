"""Where a record stands on its way to the reader, and the state of the catalogue as a whole."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Visitors see published records only."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


PERMISSIONS = ("add", "change", "delete", "view", "publish")
"""Of a record with a status: who may publish it is asked apart from who may change it."""


class CatalogueState(models.Model):
    """One row: the version moves on with every recorded change, so that caches know what is old."""

    version = models.PositiveBigIntegerField(default=0)
    stamp = models.CharField(max_length=16, blank=True, default="")
    """Drawn anew with every version. A change that is taken back gives its number to the next one,
    which is another catalogue, and a restored copy goes on counting by itself: same version and
    same stamp is the same catalogue."""
    changed_at = models.DateTimeField(null=True)
    rules = models.JSONField(default=dict)
    """The version of each rule by which the derived columns were last worked out as a whole."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="catalogue_state_is_one_row")
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def current(cls) -> CatalogueState:
        """The state, version 0 when nothing was ever recorded. One query, never a write."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class RuleChange(models.Model):
    """A new version of a rule, and the grades that a rebuild under it moved."""

    MOST_TOLD = 200

    rule = models.CharField(max_length=60)
    from_version = models.CharField(max_length=20)
    to_version = models.CharField(max_length=20)
    at = models.DateTimeField()
    total = models.PositiveIntegerField()
    moved = models.JSONField(default=list)
    """The first `MOST_TOLD`: kind, subject, column, old, new."""

    class Meta:
        ordering = ["-at", "rule"]

    def __str__(self) -> str:
        return f"{self.rule} {self.from_version} to {self.to_version}"


class CatalogueChange(models.Model):
    """Which products one recording touched, so that what is held in memory can catch up.

    Not history: only the last `KEPT` versions stay, and whoever is further behind reads everything.
    """

    KEPT = 1_000
    MOST_PRODUCTS = 2_000

    version = models.PositiveBigIntegerField(primary_key=True)
    stamp = models.CharField(max_length=16)
    products = models.JSONField(null=True)
    """Primary keys; null when there are more than `MOST_PRODUCTS`."""

    def __str__(self) -> str:
        return f"change to version {self.version}"
