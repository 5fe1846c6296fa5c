"""Parts of a label: the forms in a serving, notes on single facts, and certifications."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.base import Fact
from products.models.columns import MOST_MG, known_and_positive, mass_mg, positive
from products.models.forms import MagnesiumForm
from products.models.knowing import EmptyKind
from products.models.labels import Product
from products.models.sources import Source


class ProductIngredient(Fact):
    """One magnesium form in one serving of a product."""

    bears_on_products: ClassVar[tuple[str, ...]] = ("product_id",)
    part_of: ClassVar[str] = "product"

    class Amounts(models.TextChoices):
        STATED = "stated", _("as stated below")
        NOT_LOOKED_UP = "not_looked_up", _("not looked up yet")
        NOT_ON_LABEL = "not_on_label", _("not on label")
        WITHHELD = "withheld", _("withheld (blend)")

    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="ingredients")
    form = models.ForeignKey(MagnesiumForm, models.PROTECT, related_name="ingredients")
    position = models.PositiveSmallIntegerField(default=0)
    compound_mg = mass_mg(
        verbose_name=_("compound (mg)"),
        validators=[positive, MOST_MG],
        help_text=_("Mass of the compound per serving, mg."),
    )
    elemental_mg = mass_mg(
        verbose_name=_("elemental (mg)"),
        validators=[positive, MOST_MG],
        help_text=_("Magnesium itself from this form per serving, mg."),
    )
    amounts = models.CharField(max_length=14, choices=Amounts, default=Amounts.STATED)
    as_printed = models.CharField(
        max_length=300, blank=True, help_text=_("The words on the label.")
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "form"],
                name="ingredient_form_once",
                violation_error_message=_("This form is already in the product."),
            ),
            models.CheckConstraint(
                condition=known_and_positive("compound_mg"), name="ingredient_compound_positive"
            ),
            models.CheckConstraint(
                condition=known_and_positive("elemental_mg"), name="ingredient_elemental_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(compound_mg__isnull=True)
                | models.Q(elemental_mg__isnull=True)
                | models.Q(elemental_mg__lte=models.F("compound_mg")),
                name="ingredient_elemental_within_compound",
                violation_error_message=_(
                    "Elemental magnesium cannot weigh more than its compound: are the two swapped?"
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(amounts="withheld")
                | models.Q(compound_mg__isnull=True, elemental_mg__isnull=True),
                name="ingredient_withheld_has_no_amount",
                violation_error_message=_("An amount is given, so it is not withheld."),
            ),
        ]

    def __str__(self) -> str:
        return self.form.name


class FactNote(Fact):
    """What is to be known of one fact of a product: why it is empty, or a source of its own."""

    bears_on_products: ClassVar[tuple[str, ...]] = ("product_id",)
    part_of: ClassVar[str] = "product"

    class FactName(models.TextChoices):
        FORMS = "forms", _("magnesium forms")
        FORM_AMOUNTS = "form_amounts", _("amounts of each form")
        DOSAGE_FORM = "dosage_form", _("dosage form")
        SERVING = "serving", _("serving")
        SERVINGS_PER_CONTAINER = "servings_per_container", _("servings per container")
        CONTAINER = "container", _("container")
        DAILY_SERVINGS = "daily_servings", _("servings a day")
        ELEMENTAL = "label_elemental_mg", _("elemental magnesium")
        COMPOUND = "label_compound_mg", _("compound")
        OTHER_INGREDIENTS = "other_ingredients", _("other ingredients")
        ALLERGENS = "allergens", _("allergens")
        VEGAN = "vegan", _("vegan")
        VEGETARIAN = "vegetarian", _("vegetarian")
        GLUTEN_FREE = "gluten_free", _("gluten free")
        NON_GMO = "non_gmo", _("non-GMO")
        DIRECTIONS = "directions", _("directions")
        WITH_FOOD = "with_food", _("with food")
        CERTIFICATION = "certification", _("certification")
        PRICE = "price", _("price")
        RATING = "rating", _("rating")
        GTIN = "gtin", _("GTIN")

    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="fact_notes")
    fact = models.CharField(max_length=24, choices=FactName)
    empty = models.CharField(
        max_length=14,
        choices=EmptyKind,
        blank=True,
        help_text=_("Why the fact is blank; leave it out when the fact is known."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fact_notes",
        help_text=_("Only when it is not the product's own source."),
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["fact"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "fact"],
                name="fact_note_once",
                violation_error_message=_("There is a note on this fact already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_fact_display()


class Certification(Fact):
    """What a named body says of a product, or the brand says that it says."""

    bears_on_products: ClassVar[tuple[str, ...]] = ("product_id",)
    part_of: ClassVar[str] = "product"

    class State(models.TextChoices):
        CERTIFIED = "certified", _("certified: found in the body's register")
        CLAIMED = "claimed", _("claimed by the brand")
        NOT_FOUND = "not_found", _("looked for in the register, not found")

    product = models.ForeignKey(
        Product, models.CASCADE, db_index=False, related_name="certifications"
    )
    body = models.CharField(max_length=80, help_text=_("As NSF, USP, Informed Sport."))
    state = models.CharField(max_length=10, choices=State)
    register_url = models.URLField(
        max_length=300,
        blank=True,
        help_text=_("Entry in the body's own register; needed for certified."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="certifications")

    class Meta:
        ordering = ["body"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "body"],
                name="certification_body_once",
                violation_error_message=_("This body is already listed."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="certified") | ~models.Q(register_url=""),
                name="certified_has_register_entry",
                violation_error_message=_(
                    "Certified needs the link to the body's register. Without it, it is claimed by the brand."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_state_display()}"
