"""Label records of other databases, what was taken over from them, and what an editor has to place.

None of these is a fact: they remember where a draft came from, as `LoadedRow` does for files.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.editorial import Status
from products.models.forms import MagnesiumForm
from products.models.labels import Product
from products.models.uploads import Upload


class ImportedLabelQuerySet(models.QuerySet["ImportedLabel"]):
    def in_conflict(self) -> ImportedLabelQuerySet:
        """Those that say otherwise than their product, where nobody has decided whose word stands."""
        return self.filter(product__isnull=False).exclude(conflicting=[])

    def with_blanks(self) -> ImportedLabelQuerySet:
        """Those of which a figure was left blank, and no editor has looked at it."""
        return self.filter(has_open_doubts=True)

    def without_questions(self) -> ImportedLabelQuerySet:
        """Drafts whose record left nothing to an editor: no conflict, no doubt, no unplaced wording."""
        return self.filter(
            state=ImportedLabel.State.TAKEN,
            conflicting=[],
            has_open_doubts=False,
            product__status=Status.DRAFT,
        ).exclude(wordings__decision=UnplacedWording.Decision.OPEN)


class ImportedLabel(models.Model):
    """One record of another database, as it was last brought in."""

    class Origin(models.TextChoices):
        DSLD = "dsld", _("NIH DSLD")
        OPEN_FOOD_FACTS = "off", _("Open Food Facts")

    class State(models.TextChoices):
        TAKEN = "taken", _("taken: the product follows it")
        PROPOSED = "proposed", _("proposed: the product was here before")
        REMOVED = "removed", _("product deleted at the desk")

    origin = models.CharField(max_length=4, choices=Origin)
    external_id = models.CharField(_("number there"), max_length=20)
    version = models.CharField(max_length=80, blank=True)
    dated = models.CharField(
        max_length=10, blank=True, help_text=_("Day of this version, by the other database.")
    )
    title = models.CharField(max_length=360)
    url = models.URLField(max_length=300)
    file = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    """SHA-256 of the record, so that the same one again costs nothing."""
    raw = models.TextField()
    """The record as compact JSON, to be read again when a wording has been placed."""
    said = models.JSONField(default=dict)
    """What it says, by field of the product."""
    as_read = models.JSONField(default=dict)
    """What of that was last put on the product, or decided on. A product that differs from it was
    changed by an editor since."""
    doubts = models.JSONField(default=list)
    """Figures that were left blank, as pairs of a code and the words of the label."""
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, blank=True, related_name="imported_labels"
    )
    state = models.CharField(max_length=8, choices=State)
    conflicting = models.JSONField(default=list)
    """Names of fields of which record and editor say different things, and nobody has decided."""
    has_open_doubts = models.BooleanField(default=False)
    """Whether there are doubts that no editor has looked at."""
    off_market = models.BooleanField(default=False)
    taken_at = models.DateTimeField()

    objects: Any = ImportedLabelQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-pk"]
        verbose_name = _("imported label")
        constraints = [
            models.UniqueConstraint(fields=["origin", "external_id"], name="imported_label_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_origin_display()} {self.external_id})"


class UnplacedWording(models.Model):
    """Words of labels that no rule could place, once for all labels that have them."""

    class Decision(models.TextChoices):
        OPEN = "open", _("to be placed")
        FORMS = "forms", _("names these forms")
        NO_MAGNESIUM = "no_magnesium", _("is not a source of magnesium")

    wording = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the wording: an index takes no text of any length."""
    labels = models.ManyToManyField(ImportedLabel, related_name="wordings", blank=True)
    decision = models.CharField(max_length=12, choices=Decision, default=Decision.OPEN)
    forms = models.ManyToManyField(MagnesiumForm, blank=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["decision", "wording"]
        verbose_name = _("unplaced wording")

    def __str__(self) -> str:
        return self.wording[:80]


class LabelUpload(Upload):
    """A file of label records."""

    class Meta:
        ordering = ["-at"]
