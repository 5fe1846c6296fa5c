"""What products cost and how buyers rate them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.base import Fact
from products.models.columns import not_in_future, positive
from products.models.labels import Product
from products.models.sources import Source


class Currency(models.TextChoices):
    USD = "USD", _("US dollar")
    EUR = "EUR", _("euro")
    GBP = "GBP", _("pound sterling")
    CAD = "CAD", _("Canadian dollar")
    AUD = "AUD", _("Australian dollar")
    NZD = "NZD", _("New Zealand dollar")
    CHF = "CHF", _("Swiss franc")
    JPY = "JPY", _("yen")


class Offer(Fact):
    """A price at a seller on a day."""

    bears_on_products: ClassVar[tuple[str, ...]] = ("product_id",)
    part_of: ClassVar[str] = "product"

    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="offers")
    seller = models.CharField(max_length=120)
    price = models.DecimalField(
        max_digits=9, decimal_places=2, validators=[positive], help_text=_("For the whole pack.")
    )
    currency = models.CharField(max_length=3, choices=Currency, default=Currency.USD)
    seen_on = models.DateField(
        null=True,
        blank=True,
        validators=[not_in_future],
        help_text=_(
            "Day on which the price was seen. Blank: not known; such a price is shown as undated and never marked best."
        ),
    )
    url = models.URLField(max_length=600, blank=True, help_text=_("Page where it can be bought."))
    source = models.ForeignKey(Source, models.PROTECT, related_name="offers")

    class Meta:
        ordering = ["-seen_on", "price", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gt=0), name="offer_price_positive"),
            models.UniqueConstraint(
                fields=["product", "seller", "currency", "seen_on"],
                name="offer_once_a_day",
                violation_error_message=_("This seller's price of that day is already here."),
            ),
            # In SQL two unknown days are different days, so undated prices need a constraint of their own.
            models.UniqueConstraint(
                fields=["product", "seller", "currency"],
                condition=models.Q(seen_on__isnull=True),
                name="offer_undated_once",
                violation_error_message=_("This seller's undated price is already here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.currency} at {self.seller}"


class RatingSummary(Fact):
    """What buyers said somewhere, in sum."""

    bears_on_products: ClassVar[tuple[str, ...]] = ("product_id",)
    part_of: ClassVar[str] = "product"

    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="ratings")
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="ratings", help_text=_("The page with the ratings.")
    )
    average = models.DecimalField(
        max_digits=4, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    scale_max = models.PositiveSmallIntegerField(
        "highest mark",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Highest mark possible."),
    )
    count = models.PositiveIntegerField(
        validators=[MinValueValidator(1)], help_text=_("Number of ratings behind the average.")
    )
    seen_on = models.DateField(null=True, blank=True, validators=[not_in_future])

    class Meta:
        ordering = ["-count", "pk"]
        verbose_name_plural = _("rating summaries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(average__gte=0, average__lte=models.F("scale_max")),
                name="rating_within_scale",
                violation_error_message=_("The average is above the highest mark of its scale."),
            ),
            models.CheckConstraint(condition=models.Q(count__gt=0), name="rating_has_count"),
            models.UniqueConstraint(
                fields=["product", "source"],
                name="rating_source_once",
                violation_error_message=_("Ratings from this source are already here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.average} of {self.scale_max}, {self.count} ratings"
