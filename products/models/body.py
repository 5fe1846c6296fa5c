"""What magnesium does in the body, what a lack looks like, and which foods bring it."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.base import Fact
from products.models.editorial import PERMISSIONS
from products.models.reviewed import Reviewed
from products.models.sources import Source, Verified


class DeficiencySign(Reviewed):
    """A sign that can come with a lack of magnesium. Each has other, commoner causes."""

    class Stage(models.TextChoices):
        EARLY = "early", _("Early")
        SEVERE = "severe", _("Severe")
        UNSPECIFIED = "unspecified", _("Stage not told")

    sign = models.CharField(max_length=120)
    stage = models.CharField(max_length=12, choices=Stage)
    body_system = models.CharField(max_length=60, help_text=_("As muscle, nervous system, mood."))
    source = models.ForeignKey(Source, models.PROTECT, related_name="deficiency_signs")
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        ordering = ["stage", "body_system", "sign", "pk"]
        default_permissions = PERMISSIONS
        constraints = [
            models.UniqueConstraint(
                fields=["sign", "stage", "source"],
                name="deficiency_sign_once",
                violation_error_message=_("This source's sign is already here."),
            )
        ]

    def __str__(self) -> str:
        return self.sign


class BodyFunction(Fact):
    """Something in the body that needs magnesium. No promise that more of it does more."""

    name = models.CharField(max_length=100, unique=True)
    detail = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=100)
    source = models.ForeignKey(Source, models.PROTECT, related_name="body_functions")
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class FoodSource(Fact):
    """A food with the magnesium in one household serving."""

    food = models.CharField(max_length=120)
    serving = models.CharField(max_length=60, help_text=_("A household measure, as 1/2 cup."))
    magnesium_mg = models.DecimalField(
        "magnesium (mg)",
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("Magnesium in this serving, mg."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="food_sources")
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        ordering = ["-magnesium_mg", "food"]
        constraints = [
            models.UniqueConstraint(
                fields=["food", "serving"],
                name="food_source_once",
                violation_error_message=_("This serving of the food is already here."),
            ),
            models.CheckConstraint(
                condition=models.Q(magnesium_mg__gt=0), name="food_source_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.food
