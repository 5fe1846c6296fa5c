"""Every fact of a written review of a product, with what is loose in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.base import Fact
from products.models.labels import Product
from products.models.sources import Source, Species, Verified


class ReviewFact(Fact):
    """One thing that a review says of a product: a fact about the review, not about magnesium."""

    class Section(models.TextChoices):
        PRODUCT = "product", _("The product")
        DOSE = "dose", _("Dose")
        CHEMISTRY = "chemistry", _("Magnesium and its forms")
        BENEFITS_CLAIMED = "benefits_claimed", _("What it is said to do")
        RESEARCH = "research", _("Research it tells of")
        DEFICIENCY_SIGNS = "deficiency_signs", _("Signs of a lack")
        FUNCTIONS = "functions", _("What magnesium does")
        EFFECTIVENESS = "effectiveness_ratings", _("Published ratings it tells of")
        USER_RATING = "user_rating", _("Users' rating")
        PRAISE = "praise", _("Praise")
        CRITICISM = "criticism", _("Criticism")
        HOW_TO_TAKE = "how_to_take", _("How to take it")
        SIDE_EFFECTS = "side_effects", _("Side effects")
        FIRST_WEEK = "first_week", _("The first week")
        WHO_SHOULD_ASK = "who_should_ask", _("Who should ask first")
        WHERE_TO_BUY = "where_to_buy", _("Where to buy")
        REFERENCES = "references", _("Its references")
        DATES = "dates", _("Its dates")

    class Basis(models.TextChoices):
        REVIEW = "review", _("said by the review")
        LABEL = "label", _("from the label")
        MAKER = "maker", _("said by the maker")
        CALCULATED = "calculated", _("worked out")
        SECOND_HAND = "second_hand", _("told at second hand")
        SHOP = "shop", _("from a shop")
        USERS = "users", _("said by users")
        OUR_NOTE = "our_note", _("our note")

    part_of: ClassVar[str] = "product"

    product = models.ForeignKey(
        Product, models.CASCADE, db_index=False, related_name="review_facts"
    )
    section = models.CharField(max_length=24, choices=Section)
    position = models.PositiveSmallIntegerField(default=0)
    fact = models.CharField(max_length=120)
    value = models.CharField(max_length=200, help_text=_("A figure as told, or a few words."))
    unit = models.CharField(
        max_length=20, blank=True, help_text=_("Of a figure, as mg, capsules or percent.")
    )
    basis = models.CharField(max_length=12, choices=Basis)
    species = models.CharField(
        max_length=10,
        choices=Species,
        blank=True,
        help_text=_("For a result: in whom. An animal figure is shown as one."),
    )
    is_loose = models.BooleanField(
        default=False,
        help_text=_("The review says more than its source does, or leaves open what matters."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="review_facts")
    note = models.TextField(blank=True, help_text=_("What is loose in it, or what to mind."))
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        ordering = ["product", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "section", "fact"],
                name="review_fact_once",
                violation_error_message=_("This section has this fact already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(is_loose=True) | ~models.Q(note=""),
                name="review_fact_loose_says_why",
                violation_error_message=_("Say in the note what is loose."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"
