"""Magnesium forms: the compounds that supply the magnesium."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from stdnum import casrn
from stdnum.exceptions import ValidationError as NotANumber

from products.models.base import FactQuerySet, Revised
from products.models.editorial import PERMISSIONS, Status
from products.models.reviewed import published_parts
from products.models.sources import Source, Verified
from products.rules import chemistry

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class Bioavailability(models.TextChoices):
    HIGH = "high", _("High")
    MODERATE = "moderate", _("Moderate")
    LOW = "low", _("Low")
    UNCLEAR = "unclear", _("Unclear")


class Laxative(models.TextChoices):
    LOW = "low", _("Low")
    MILD = "mild", _("Mild")
    MARKED = "marked", _("Marked")
    OSMOTIC_LAXATIVE = "osmotic_laxative", _("Osmotic laxative")


class Confidence(models.TextChoices):
    """How sure something is; for certainty and confidence alike."""

    HIGH = "high", _("High")
    MODERATE = "moderate", _("Moderate")
    LOW = "low", _("Low")
    VERY_LOW = "very_low", _("Very low")


class MagnesiumFormQuerySet(FactQuerySet["MagnesiumForm"]):
    def published(self) -> MagnesiumFormQuerySet:
        return self.filter(status=Status.PUBLISHED)

    def for_list(self) -> MagnesiumFormQuerySet:
        """With the number of published products made of each form, in one query."""
        return self.annotate(
            product_count=models.Count(
                "ingredients__product",
                filter=models.Q(ingredients__product__status=Status.PUBLISHED),
                distinct=True,
            )
        )

    def with_findings(self) -> MagnesiumFormQuerySet:
        """With published findings, of the form and against it, and their studies: 2 queries."""
        return self.prefetch_related(
            published_parts(MagnesiumForm, "findings", "source", "comparator"),
            published_parts(MagnesiumForm, "findings_as_comparator", "source", "form"),
        )

    def for_comparison(self) -> MagnesiumFormQuerySet:
        """With all that the rows of a comparison read: a bounded number of queries."""
        return self.for_list().with_findings().prefetch_related("sources")

    def for_detail(self) -> MagnesiumFormQuerySet:
        """With all that a form's page and a comparison of forms show; a bounded number of queries."""
        return (
            self.for_list()
            .with_findings()
            .prefetch_related(
                "sources",
                published_parts(MagnesiumForm, "laxative_observations", "source"),
                published_parts(MagnesiumForm, "evidence", "use", "source"),
            )
        )


class MagnesiumForm(Revised):
    """A compound that supplies magnesium: L-threonate, citrate, gluconate, bisglycinate, oxide …"""

    class Category(models.TextChoices):
        ORGANIC_SALT = "organic_salt", _("Organic salt")
        INORGANIC_SALT = "inorganic_salt", _("Inorganic salt")
        AMINO_ACID_CHELATE = "amino_acid_chelate", _("Amino acid chelate")
        DELIVERY_SYSTEM = "delivery_system", _("Delivery system")
        NATURAL_SOURCE = "natural_source", _("Natural source")
        COMPLEX = "complex", _("Complex")

    class Solubility(models.TextChoices):
        HIGH = "high", _("High")
        MODERATE = "moderate", _("Moderate")
        SPARINGLY = "sparingly", _("Sparingly soluble")
        INSOLUBLE = "insoluble", _("Insoluble")

    bears_on_forms: ClassVar[tuple[str, ...]] = ("pk",)

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100, unique=True, help_text=_("As Magnesium L-threonate."))
    short_name = models.CharField(
        max_length=60, help_text=_("As L-threonate, for lists and filters.")
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    position = models.PositiveSmallIntegerField(
        default=100, help_text=_("Place in lists; lower comes first.")
    )
    synonyms = models.TextField(
        blank=True, help_text=_("Other names, one a line. Search finds the form by each of them.")
    )
    patented_names = models.TextField(
        blank=True, help_text=_("Names of branded ingredients, one a line, as Magtein.")
    )
    category = models.CharField(max_length=20, choices=Category)
    is_catch_all = models.BooleanField(
        default=False,
        help_text=_("Not a chemical form but a place for compounds without a page of their own."),
    )

    formula = models.CharField(
        max_length=60,
        blank=True,
        help_text=_(
            "Without water, as C8H14MgO10 or Mg(OH)2. The share of magnesium is worked out from it."
        ),
    )
    hydrate_formula = models.CharField(
        max_length=60, blank=True, help_text=_("With its water, as MgCl2·6H2O.")
    )
    label_fraction_low_percent = models.DecimalField(
        "lowest share on labels (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
        help_text=_("Lowest share of magnesium seen on labels, %."),
    )
    label_fraction_high_percent = models.DecimalField(
        "highest share on labels (%)",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=PERCENT,
        help_text=_("Highest share of magnesium seen on labels, %."),
    )
    cas_number = models.CharField(
        "CAS number", max_length=12, blank=True, help_text=_("As 778571-57-6.")
    )
    pubchem_cid = models.PositiveBigIntegerField("PubChem CID", null=True, blank=True)
    unii = models.CharField(
        "UNII", max_length=10, blank=True, help_text=_("Ten letters and digits, as 1Y26ZZ0OTM.")
    )
    solubility = models.CharField(max_length=10, choices=Solubility, blank=True)
    solubility_note = models.TextField(blank=True)

    summary = models.TextField(help_text=_("Two or three plain sentences."))
    bioavailability = models.CharField(
        "bioavailability grade",
        max_length=10,
        choices=Bioavailability,
        default=Bioavailability.UNCLEAR,
    )
    bioavailability_rationale = models.TextField(
        help_text=_("What the grade rests on, with source keys in brackets.")
    )
    laxative = models.CharField(
        "laxative grade",
        max_length=16,
        choices=Laxative,
        blank=True,
        help_text=_("Blank: not known."),
    )
    laxative_rationale = models.TextField(
        "laxative threshold",
        blank=True,
        help_text=_("From which dose it is seen, and what that rests on."),
    )
    sources = models.ManyToManyField(Source, related_name="forms", blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    note = models.TextField(
        blank=True, help_text=_("Other salts and hydrates, and what labels mean by the name.")
    )

    elemental_fraction = models.DecimalField(
        max_digits=7,
        decimal_places=6,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Theoretical maximum, from the formula."),
    )
    hydrate_elemental_fraction = models.DecimalField(
        max_digits=7, decimal_places=6, null=True, blank=True, editable=False
    )
    confidence = models.CharField(
        max_length=10,
        choices=Confidence,
        default=Confidence.VERY_LOW,
        editable=False,
        help_text=_("How sure the bioavailability grade is, from the findings behind it."),
    )
    human_comparisons = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text=_("Human studies that compare it with another form.")
    )

    objects: ClassVar[Any] = MagnesiumFormQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        default_permissions = PERMISSIONS
        verbose_name = _("magnesium form")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(label_fraction_low_percent__isnull=True)
                | models.Q(label_fraction_high_percent__isnull=True)
                | models.Q(label_fraction_low_percent__lte=models.F("label_fraction_high_percent")),
                name="form_label_fractions_in_order",
                violation_error_message=_("The lowest share on labels is above the highest."),
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(label_fraction_low_percent__isnull=True)
                    | models.Q(label_fraction_low_percent__range=(0, 100))
                )
                & (
                    models.Q(label_fraction_high_percent__isnull=True)
                    | models.Q(label_fraction_high_percent__range=(0, 100))
                ),
                name="form_label_fractions_are_percent",
                violation_error_message=_("A share lies from 0 to 100 %."),
            ),
            models.CheckConstraint(
                condition=models.Q(elemental_fraction__isnull=True)
                | models.Q(elemental_fraction__gt=0, elemental_fraction__lte=1),
                name="form_fraction_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("form", args=[self.slug])

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        for name in ("formula", "hydrate_formula"):
            if text := getattr(self, name):
                try:
                    chemistry.elemental_fraction(text)
                except chemistry.FormulaError:
                    errors[name] = _(
                        "This is not read as a formula with magnesium. Write it as MgO, C12H10Mg3O14 or MgCl2·6H2O, without charges."
                    )
        if self.cas_number:
            try:
                casrn.validate(self.cas_number)
            except NotANumber:
                errors["cas_number"] = _("The check digit of this CAS number does not fit.")
        if self.unii and not (len(self.unii) == 10 and self.unii.isascii() and self.unii.isalnum()):
            errors["unii"] = _("A UNII has ten letters and digits.")
        if errors:
            raise ValidationError(errors)

    @property
    def synonym_list(self) -> list[str]:
        return [line for line in self.synonyms.splitlines() if line.strip()]

    @property
    def patented_name_list(self) -> list[str]:
        return [line for line in self.patented_names.splitlines() if line.strip()]

    @property
    def molar_mass(self) -> Decimal | None:
        """g/mol of the form without water, `None` without a formula."""
        return chemistry.molar_mass(self.formula) if self.formula else None
