"""What labels say: brands and products."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from products.models.base import FactQuerySet, Revised
from products.models.columns import (
    MOST_MG,
    count,
    known_and_positive,
    mass_mg,
    not_in_future,
    positive,
)
from products.models.editorial import PERMISSIONS, Status
from products.models.forms import Bioavailability, Laxative
from products.models.knowing import Knowing
from products.models.sources import Source, Verified
from products.rules import cost, gtin
from products.rules.completeness import Thing
from products.rules.dose import Amount


class DosageForm(models.TextChoices):
    CAPSULE = "capsule", _("Capsule")
    TABLET = "tablet", _("Tablet")
    SOFTGEL = "softgel", _("Softgel")
    POWDER = "powder", _("Powder")
    LIQUID = "liquid", _("Liquid")
    GUMMY = "gummy", _("Gummy")
    EFFERVESCENT = "effervescent", _("Effervescent")

    def noun(self, plural: bool) -> str:
        """What one piece, or several, are called within a sentence."""
        word = str(self.label).lower()
        if self is DosageForm.EFFERVESCENT:
            word = f"{word} tablet"
        if not plural:
            return word
        return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"

    @classmethod
    def counted(cls) -> frozenset[str]:
        """Those taken by the piece, so that "how many for 100 mg" has a meaning."""
        return frozenset({cls.CAPSULE, cls.TABLET, cls.SOFTGEL, cls.GUMMY, cls.EFFERVESCENT})


class LabelCheck(models.TextChoices):
    ADDS_UP = "adds_up", _("Adds up")
    TIGHT = "tight", _("Tight")
    CANNOT_BE_PURE = "cannot_be_pure", _("Cannot be pure")
    CANNOT_BE_CHECKED = "cannot_be_checked", _("Cannot be checked")


class Brand(Revised):
    """Who puts its name on the bottle."""

    bears_on_products: ClassVar[tuple[str, ...]] = ("products",)

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=150, unique=True)
    website = models.URLField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ProductQuerySet(FactQuerySet["Product"]):
    def published(self) -> ProductQuerySet:
        return self.filter(status=Status.PUBLISHED)

    def for_rows(self) -> ProductQuerySet:
        """With all that a row of a list shows but the forms: 3 queries, however many rows."""
        return self.select_related("brand", "current_offer").prefetch_related(
            "ingredients", "fact_notes"
        )

    def for_list(self) -> ProductQuerySet:
        """With all that a row of a list shows: 4 queries, however many rows."""
        return self.for_rows().prefetch_related("ingredients__form")

    def for_comparison(self) -> ProductQuerySet:
        """With all that the rows of a comparison read but the forms: a bounded number of queries."""
        return (
            self.for_rows()
            .select_related("source", "current_offer__source")
            .prefetch_related(
                "fact_notes__source",
                "certifications__source",
                "offers",
                "ratings__source",
                "claims__source",
                "claims__uses",
            )
        )

    def for_detail(self) -> ProductQuerySet:
        """With all that a product page shows but the forms: a bounded number of queries."""
        return (
            self.for_rows()
            .select_related("source", "current_offer__source")
            .prefetch_related(
                "fact_notes__source",
                "certifications__source",
                "offers__source",
                "ratings__source",
                "claims__source",
                "claims__uses",
            )
        )


class Product(Knowing, Revised):
    """One label: a product of a brand in one pack size.

    The columns under *as the label states* are facts, entered by an editor. Those under *derived*
    are worked out from the facts by `products.rules.derive` whenever a fact changes, and are never
    written by hand.
    """

    class WithFood(models.TextChoices):
        WITH_FOOD = "with_food", _("With food")
        WITHOUT_FOOD = "without_food", _("Without food")
        EITHER = "either", _("With or without food")

    bears_on_products: ClassVar[tuple[str, ...]] = ("pk",)

    slug = models.SlugField(max_length=150, unique=True)
    brand = models.ForeignKey(Brand, models.PROTECT, related_name="products")
    name = models.CharField(max_length=200, help_text=_("As on the label, without the brand."))
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.PUBLISHED,
        help_text=_("Visitors see published products only."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="labelled_products",
        help_text=_(
            "The label, or the page that shows it. Every figure below comes from here unless a note on a fact says otherwise."
        ),
    )
    verified = models.CharField(max_length=10, choices=Verified, default=Verified.PAGE)
    checked_on = models.DateField(
        null=True,
        blank=True,
        validators=[not_in_future],
        help_text=_("Day on which an editor last held this record against the label."),
    )
    market = models.CharField(
        max_length=2, blank=True, help_text=_("Country where it is sold: two letters, as US.")
    )

    # As the label states
    dosage_form = models.CharField(max_length=12, choices=DosageForm, blank=True)
    serving_units = count(
        verbose_name=_("units per serving"),
        help_text=_("Capsules, tablets, scoops … in one serving, as 3."),
    )
    serving_measure = models.CharField(
        max_length=60,
        blank=True,
        help_text=_(
            "Only when a unit is not one piece of the dosage form: 1 scoop, 15 mL, 1 teaspoon (5 g)."
        ),
    )
    servings_per_container = count()
    container_units = count(
        verbose_name=_("units per container"), help_text=_("Capsules, tablets … in the pack.")
    )
    container_measure = models.CharField(
        max_length=60, blank=True, help_text=_("For powders and liquids, as 227 g.")
    )
    daily_servings_low = count(
        verbose_name=_("servings a day, from"), help_text=_("As the label suggests.")
    )
    daily_servings_high = count(
        verbose_name=_("servings a day, to"),
        help_text=_("The same number again when the label gives no range."),
    )
    label_elemental_mg = mass_mg(
        verbose_name=_("elemental magnesium per serving (mg)"),
        validators=[positive, MOST_MG],
        help_text=_(
            "The figure in the Supplement Facts panel, in mg: magnesium itself, not the compound."
        ),
    )
    label_compound_mg = mass_mg(
        verbose_name=_("compound per serving (mg)"),
        validators=[positive, MOST_MG],
        help_text=_("Mass of all magnesium compounds together in mg, when the label gives it."),
    )
    daily_value_percent = models.DecimalField(
        _("share of the daily value (%)"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[positive],
        help_text=_("The %DV beside magnesium in the panel, when there is one."),
    )
    label_year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1950), MaxValueValidator(2100)],
        help_text=_("Year of this label, when it or its record shows one."),
    )
    other_ingredients = models.TextField(blank=True)
    allergens = models.TextField(blank=True)
    vegan = models.BooleanField(null=True, blank=True)
    vegetarian = models.BooleanField(null=True, blank=True)
    gluten_free = models.BooleanField(null=True, blank=True)
    non_gmo = models.BooleanField("non-GMO", null=True, blank=True)
    directions = models.TextField(
        blank=True, help_text=_("How the label says to take it, in our words.")
    )
    with_food = models.CharField(max_length=12, choices=WithFood, blank=True)
    combined_with = models.CharField(
        max_length=200,
        blank=True,
        help_text=_(
            "Other active ingredients, as vitamin B6. Magnesium gets no credit for what they do."
        ),
    )
    is_medicine = models.BooleanField(
        default=False, help_text=_("Licensed or sold as a medicine, not as a supplement.")
    )
    is_laxative = models.BooleanField(default=False, help_text=_("Sold to loosen the bowel."))
    gtin = models.CharField(
        "GTIN",
        max_length=14,
        blank=True,
        help_text=_("Barcode: UPC, EAN or GTIN. Spaces and hyphens may stay in."),
    )
    dsld_id = models.CharField(
        "DSLD id",
        max_length=12,
        blank=True,
        help_text=_("Number of the label record in the NIH database."),
    )
    other_identifier = models.CharField(
        max_length=60,
        blank=True,
        help_text=_("A national number that is no barcode, as an NDC or PZN."),
    )
    flags = models.CharField(
        max_length=300, blank=True, help_text=_("Short codes of what to mind, separated by spaces.")
    )
    editor_note = models.TextField(
        blank=True,
        help_text=_("What to mind about this label, for other editors."),
    )

    # Derived
    elemental_mg_per_serving = mass_mg(editable=False)
    elemental_mg_per_day_low = mass_mg(editable=False)
    elemental_mg_per_day_high = mass_mg(editable=False)
    units_per_100_mg = models.DecimalField(
        max_digits=12, decimal_places=4, null=True, editable=False
    )
    current_offer = models.ForeignKey(
        "products.Offer", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    price_currency = models.CharField(max_length=3, blank=True, editable=False)
    price_per_100_mg = models.DecimalField(
        max_digits=12, decimal_places=4, null=True, editable=False
    )
    price_seen_on = models.DateField(null=True, editable=False)
    label_check = models.CharField(
        max_length=20, choices=LabelCheck, default=LabelCheck.CANNOT_BE_CHECKED, editable=False
    )
    label_check_reason = models.CharField(max_length=30, blank=True, editable=False)
    label_capacity_mg = mass_mg(editable=False)
    bioavailability = models.CharField(
        max_length=10,
        choices=Bioavailability,
        blank=True,
        editable=False,
        help_text=_("Grade of its forms when they agree; blank when they do not or are not known."),
    )
    laxative = models.CharField(max_length=16, choices=Laxative, blank=True, editable=False)
    # Blank is complete, null is not worked out yet.
    things_left = models.CharField(  # noqa: DJ001
        max_length=300,
        null=True,
        editable=False,
        help_text=_("Codes of what is left to find out, each between spaces; blank: complete."),
    )
    search_text = models.TextField(
        blank=True,
        editable=False,
        help_text=_("Brand and name, forms, and their synonyms, folded, each on a line."),
    )

    objects: ClassVar[Any] = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["brand__name", "name", "pk"]
        default_permissions = PERMISSIONS
        constraints = [
            *(
                models.CheckConstraint(
                    condition=known_and_positive(column),
                    name=f"product_{column}_positive",
                    violation_error_message=_("This must be more than zero."),
                )
                for column in (
                    "serving_units",
                    "servings_per_container",
                    "container_units",
                    "daily_servings_low",
                    "label_elemental_mg",
                    "label_compound_mg",
                    "daily_value_percent",
                )
            ),
            models.CheckConstraint(
                condition=models.Q(
                    daily_servings_low__isnull=True, daily_servings_high__isnull=True
                )
                | models.Q(
                    # In SQL a comparison with an unknown end is unknown, and a check lets that pass.
                    daily_servings_low__isnull=False,
                    daily_servings_high__isnull=False,
                    daily_servings_low__lte=models.F("daily_servings_high"),
                ),
                name="product_daily_servings_in_order",
                violation_error_message=_("Servings a day: give both ends, the lower one first."),
            ),
            models.UniqueConstraint(
                fields=["gtin"],
                name="product_gtin_once",
                condition=~models.Q(gtin=""),
                violation_error_message=_("Another product has this barcode."),
            ),
        ]

    def __str__(self) -> str:
        brand = self.brand.name
        # Some labels carry the brand in the name: "Magonate tablets" by Magonate.
        return (
            self.name
            if self.name.casefold().startswith(brand.casefold())
            else f"{brand} {self.name}"
        )

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        self.gtin = gtin.normalised(self.gtin)
        if self.gtin and not gtin.is_valid(self.gtin):
            errors["gtin"] = _(
                "The check digit of this barcode does not fit. Type it again from the bottle."
            )
        self.market = self.market.upper()
        if (self.daily_servings_low is None) != (self.daily_servings_high is None):
            if self.daily_servings_high is None:
                self.daily_servings_high = self.daily_servings_low
            else:
                errors["daily_servings_low"] = _("Give the lower end too.")
        if errors:
            raise ValidationError(errors)

    @property
    def daily_servings(self) -> Amount | None:
        """Servings a day as the label suggests, `None` when it is not known."""
        if self.daily_servings_low is None or self.daily_servings_high is None:
            return None
        return Amount(self.daily_servings_low, self.daily_servings_high)

    @property
    def is_counted(self) -> bool:
        """Taken by the piece: a serving is a number of capsules, tablets …"""
        return self.dosage_form in DosageForm.counted() and not self.serving_measure

    @property
    def pack(self) -> str:
        """What is in the pack: `90 capsules`, `227 g`; blank when it is not known."""
        if self.container_measure or self.container_units is None or not self.dosage_form:
            return self.container_measure
        several = self.container_units != 1
        word = (
            DosageForm(self.dosage_form).noun(several)
            if self.is_counted
            else f"unit{'s' if several else ''}"
        )
        return f"{self.container_units.normalize():f} {word}"

    @property
    def things_left_list(self) -> list[Thing]:
        """What is left to find out, the most wanted first; nothing as long as it is not worked out."""
        return [Thing(code) for code in (self.things_left or "").split()]

    @property
    def pack_servings(self) -> Decimal | None:
        """Servings in a pack: as stated, else its units by the units of a serving."""
        return cost.pack_servings(
            self.servings_per_container, self.container_units, self.serving_units
        )

    @property
    def compound_mg(self) -> Decimal | None:
        """All magnesium compounds of a serving together: the label's figure, else the sum of the forms.

        Reads `ingredients`: fetch them for more than one product.
        """
        if self.label_compound_mg is not None:
            return self.label_compound_mg
        parts = [part.compound_mg for part in self.ingredients.all()]
        known = [part for part in parts if part is not None]
        return sum(known, start=Decimal(0)) if known and len(known) == len(parts) else None
