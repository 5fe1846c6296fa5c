"""How much is enough, and how much is too much."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.editorial import PERMISSIONS
from products.models.reviewed import Reviewed
from products.models.sources import Source, Verified
from products.rules import intake


class Authority(models.TextChoices):
    """Bodies whose intakes and limits are held, by the name that stands in addresses."""

    US = "us", _("United States (NASEM)")
    EFSA = "efsa", _("European Union (EFSA)")
    UK = "uk", _("United Kingdom")
    DE = "de", _("Germany, Austria, Switzerland")
    NORDIC = "nordic", _("Nordic countries")
    NO = "no", _("Norway")
    AU_NZ = "au-nz", _("Australia and New Zealand")
    JP = "jp", _("Japan")
    WHO = "who", _("WHO and FAO")


class LifeStage(models.TextChoices):
    INFANT = "infant", _("infant")
    CHILD = "child", _("child")
    ADULT = "adult", _("adult")
    PREGNANCY = "pregnancy", _("pregnant")
    LACTATION = "lactation", _("breastfeeding")


class Sex(models.TextChoices):
    ALL = "all", _("all")
    FEMALE = "female", _("female")
    MALE = "male", _("male")


def age(**kwargs: Any) -> models.DecimalField:
    return models.DecimalField(max_digits=5, decimal_places=2, **kwargs)


def ages_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(age_from_years__isnull=True)
        | models.Q(age_to_years__isnull=True)
        | models.Q(age_from_years__lt=models.F("age_to_years")),
        name=name,
        violation_error_message=_(
            "The age from which it holds lies below the one up to which it does."
        ),
    )


class IntakeRow(Reviewed):
    """Abstract: an amount by authority and age. `age_from_years` is included, `age_to_years` is not.

    A blank end is open: some authorities give no ages for a stage of life.
    """

    authority = models.CharField(max_length=8, choices=Authority)
    issued_by = models.CharField(
        max_length=20, help_text=_("Code of the issuing body, as nasem_us.")
    )
    life_stage = models.CharField(max_length=10, choices=LifeStage)
    age_from_years = age(null=True, blank=True)
    age_to_years = age(null=True, blank=True)
    amount_mg = models.DecimalField(max_digits=7, decimal_places=2)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        abstract = True

    @property
    def ages(self) -> str:
        """As an editor reads them: 19-31, 31+, or nothing."""
        if self.age_from_years is None:
            return ""
        until = "+" if self.age_to_years is None else f"-{self.age_to_years.normalize():f}"
        return f"{self.age_from_years.normalize():f}{until}"


class ReferenceIntake(IntakeRow):
    """A recommended or adequate intake from all sources, food included."""

    class Kind(models.TextChoices):
        RDA = "RDA", _("recommended dietary allowance")
        AI = "AI", _("adequate intake")
        RNI = "RNI", _("reference nutrient intake")
        DV = "DV", _("daily value on labels")
        NRV = "NRV", _("nutrient reference value on labels")

    kind = models.CharField(max_length=4, choices=Kind)
    sex = models.CharField(max_length=6, choices=Sex)
    source = models.ForeignKey(Source, models.PROTECT, related_name="reference_intakes")

    class Meta:
        ordering = ["authority", "issued_by", "life_stage", "age_from_years", "sex"]
        default_permissions = PERMISSIONS
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_mg__gt=0), name="intake_positive"),
            models.UniqueConstraint(
                fields=["issued_by", "kind", "sex", "life_stage", "age_from_years"],
                name="intake_once",
            ),
            # In SQL two open ends are different ends, so they need a constraint of their own.
            models.UniqueConstraint(
                fields=["issued_by", "kind", "sex", "life_stage"],
                condition=models.Q(age_from_years__isnull=True),
                name="intake_of_all_ages_once",
            ),
            ages_in_order("intake_ages_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.issued_by} {self.life_stage} {self.sex} {self.ages}".strip()

    @property
    def is_for_labels(self) -> bool:
        """One figure for all packs, not a need of a person."""
        return self.kind in (self.Kind.DV, self.Kind.NRV)

    @property
    def reference(self) -> intake.Reference:
        """As the rules take it."""
        return intake.Reference(
            authority=self.issued_by,
            kind=self.kind,
            sex=intake.Sex(self.sex),
            life_stage=intake.LifeStage(self.life_stage),
            age_from_years=self.age_from_years,
            age_to_years=self.age_to_years,
            amount_mg=self.amount_mg,
        )


class UpperLevel(IntakeRow):
    """The most that an authority holds safe from supplements (and, for some, added magnesium)."""

    class Kind(models.TextChoices):
        UL = "UL", _("tolerable upper intake level")
        GUIDANCE = "guidance_level", _("guidance level")

    class AppliesTo(models.TextChoices):
        SUPPLEMENTS = "supplements_only", _("supplements only")
        ADDED = "added_and_supplements", _("supplements and added magnesium")

    kind = models.CharField(max_length=14, choices=Kind)
    applies_to = models.CharField(max_length=24, choices=AppliesTo)
    basis = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="upper_levels")

    class Meta:
        ordering = ["authority", "issued_by", "life_stage", "age_from_years"]
        default_permissions = PERMISSIONS
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_mg__gt=0), name="upper_level_positive"
            ),
            models.UniqueConstraint(
                fields=["issued_by", "life_stage", "age_from_years"], name="upper_level_once"
            ),
            models.UniqueConstraint(
                fields=["issued_by", "life_stage"],
                condition=models.Q(age_from_years__isnull=True),
                name="upper_level_of_all_ages_once",
            ),
            ages_in_order("upper_level_ages_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.issued_by} {self.life_stage} {self.ages}".strip()

    @property
    def level(self) -> intake.UpperLevel:
        """As the rules take it."""
        return intake.UpperLevel(
            authority=self.issued_by,
            kind=self.kind,
            life_stage=intake.LifeStage(self.life_stage),
            age_from_years=self.age_from_years,
            age_to_years=self.age_to_years,
            amount_mg=self.amount_mg,
        )
