"""With what and for whom magnesium needs care, and what it may do to anyone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.models.columns import positive
from products.models.editorial import PERMISSIONS
from products.models.forms import MagnesiumForm
from products.models.reviewed import Reviewed, ReviewedQuerySet
from products.models.sources import Source, Verified
from products.rules.interaction import Row, Standing

MOST_HOURS = 24
"""The longest gap that can be kept to every day."""


class FactOfFormQuerySet(ReviewedQuerySet[Any]):
    def for_page(self) -> FactOfFormQuerySet:
        """With the form and the source that a page names; one query."""
        return self.select_related("form", "source")


class FactOfForm(Reviewed):
    """Abstract: holds for one form, or for any."""

    key = models.SlugField(max_length=100, unique=True)
    form = models.ForeignKey(
        MagnesiumForm,
        models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        help_text=_("Blank: holds for any form."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="%(class)ss")
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = FactOfFormQuerySet.as_manager()

    class Meta:
        abstract = True


def code(**kwargs: Any) -> models.SlugField:
    return models.SlugField(max_length=60, **kwargs)


def once_a_form(name: str) -> list[models.BaseConstraint]:
    """One row for a code and form. In SQL two blanks differ, so "any form" needs its own."""
    again = _("There is a row for this and the form already.")
    return [
        models.UniqueConstraint(
            fields=["code", "form"], name=f"{name}_once", violation_error_message=again
        ),
        models.UniqueConstraint(
            fields=["code"],
            condition=Q(form__isnull=True),
            name=f"{name}_of_any_form_once",
            violation_error_message=again,
        ),
    ]


class Interaction(FactOfForm):
    """What a class of medicines and magnesium do to each other, and what to do about it."""

    class Effect(models.TextChoices):
        MAGNESIUM_LOWERS_MEDICINE = "magnesium_lowers_medicine", _("magnesium weakens the medicine")
        MAGNESIUM_RAISES_MEDICINE = (
            "magnesium_raises_medicine",
            _("magnesium strengthens the medicine"),
        )
        MEDICINE_LOWERS_MAGNESIUM = "medicine_lowers_magnesium", _("the medicine lowers magnesium")
        MEDICINE_RAISES_MAGNESIUM = "medicine_raises_magnesium", _("the medicine raises magnesium")
        ADDITIVE = "additive_effect", _("both act the same way")

    class Action(models.TextChoices):
        AVOID = "avoid", _("Do not combine")
        ASK_FIRST = "ask_first", _("Ask first")
        SPACE = "space_by_hours", _("Keep apart by hours")
        MONITOR = "monitor", _("Have it checked")

    class Severity(models.TextChoices):
        MAJOR = "major", _("major")
        MODERATE = "moderate", _("moderate")
        MINOR = "minor", _("minor")

    code = code(
        help_text=_("Names the class in a reader's ticks, as thyroid-hormone; a row for each form.")
    )
    medicine_class = models.CharField(max_length=120)
    examples = models.CharField(max_length=200, help_text=_("Active substances, with commas."))
    effect = models.CharField("what happens", max_length=26, choices=Effect)
    mechanism = models.CharField(max_length=300, help_text=_("How it comes about."))
    what_to_do = models.CharField(max_length=300, help_text=_("Plain advice, one sentence."))
    action = models.CharField(max_length=16, choices=Action)
    hours_before = models.PositiveSmallIntegerField(
        "medicine before magnesium (hours)",
        null=True,
        blank=True,
        help_text=_("Least gap in hours when the medicine is taken first."),
    )
    hours_after = models.PositiveSmallIntegerField(
        "medicine after magnesium (hours)",
        null=True,
        blank=True,
        help_text=_("Least gap in hours when magnesium is taken first."),
    )
    severity = models.CharField(max_length=8, choices=Severity)

    class Meta:
        ordering = ["medicine_class", "key"]
        default_permissions = PERMISSIONS
        constraints = [
            *once_a_form("interaction"),
            models.CheckConstraint(
                condition=~Q(action="space_by_hours")
                | Q(hours_before__isnull=False, hours_after__isnull=False),
                name="interaction_spacing_has_hours",
                violation_error_message=_("Keeping apart needs the hours before and after."),
            ),
            models.CheckConstraint(
                condition=(Q(hours_before__isnull=True) | Q(hours_before__range=(1, MOST_HOURS)))
                & (Q(hours_after__isnull=True) | Q(hours_after__range=(1, MOST_HOURS))),
                name="interaction_hours_within_a_day",
                violation_error_message=_("A gap lies from 1 to 24 hours."),
            ),
        ]

    def __str__(self) -> str:
        return self.medicine_class

    @property
    def row(self) -> Row:
        """As the rules take it. Reads `form`: fetch it for more than one."""
        form = self.form.slug if self.form else None
        return Row(self.key, self.code, form, Standing(self.action))


class Caution(FactOfForm):
    """Who should take care, ask first or leave magnesium alone."""

    class Severity(models.TextChoices):
        AVOID = "avoid", _("Do not take")
        ASK_FIRST = "ask_first", _("Ask first")
        CAUTION = "caution", _("Take care")

    code = code(
        help_text=_("Names the condition in a reader's ticks, as heart-block; a row for each form.")
    )
    condition = models.CharField(max_length=120)
    synonyms = models.TextField(blank=True, help_text=_("Other names, one a line."))
    who = models.CharField(max_length=200, help_text=_("Whom it concerns."))
    why = models.CharField(max_length=400)
    what_to_do = models.CharField(max_length=300, help_text=_("Plain advice, one sentence."))
    severity = models.CharField(max_length=10, choices=Severity)

    class Meta:
        ordering = ["condition", "key"]
        default_permissions = PERMISSIONS
        constraints = once_a_form("caution")

    def __str__(self) -> str:
        return self.condition

    @property
    def synonym_list(self) -> list[str]:
        return [line for line in self.synonyms.splitlines() if line.strip()]

    @property
    def row(self) -> Row:
        """As the rules take it. Reads `form`: fetch it for more than one."""
        form = self.form.slug if self.form else None
        return Row(self.key, self.code, form, Standing(self.severity))


class SideEffect(FactOfForm):
    """What magnesium may do to anyone who takes it, how often, and what helps."""

    effect = models.CharField(max_length=200)
    how_common = models.CharField(
        max_length=200, blank=True, help_text=_("As the source puts it. Blank: not said.")
    )
    rate_percent = models.DecimalField(
        "how common (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Share of those who took it, in percent, where one figure is given."),
    )
    dose_elemental_mg = models.DecimalField(
        "at a dose of (elemental mg)",
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[positive],
        help_text=_("Elemental magnesium a day, mg, at which it was seen."),
    )
    in_first_week = models.BooleanField(
        default=False, help_text=_("Felt at the start, and usually gone after the first week.")
    )
    is_emergency = models.BooleanField(
        default=False, help_text=_("Needs medical help at once; shown apart from the rest.")
    )
    advice = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["form", "key"]
        default_permissions = PERMISSIONS
        constraints = [
            models.UniqueConstraint(
                fields=["form", "effect", "source"],
                name="side_effect_once",
                violation_error_message=_("This source's effect is already here."),
            ),
            models.UniqueConstraint(
                fields=["effect", "source"],
                condition=Q(form__isnull=True),
                name="side_effect_of_any_form_once",
                violation_error_message=_("This source's effect is already here."),
            ),
            models.CheckConstraint(
                condition=Q(rate_percent__isnull=True) | Q(rate_percent__range=(0, 100)),
                name="side_effect_rate_is_percent",
            ),
            models.CheckConstraint(
                condition=Q(dose_elemental_mg__isnull=True) | Q(dose_elemental_mg__gt=0),
                name="side_effect_dose_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.effect
