"""What others say of a use or a product, and what the evidence says of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.models.base import Fact, FactQuerySet
from products.models.columns import not_in_future
from products.models.evidence import Evidence, Use
from products.models.forms import MagnesiumForm
from products.models.labels import Product
from products.models.reviewed import published_parts
from products.models.sources import Source, Verified
from products.rules import verdicts


class PublishedRating(Fact):
    """How an outside body rates a use, with its day. A fact about that body, never our own grade."""

    part_of: ClassVar[str] = "use"

    use = models.ForeignKey(Use, models.PROTECT, related_name="published_ratings")
    form = models.ForeignKey(
        MagnesiumForm,
        models.PROTECT,
        related_name="published_ratings",
        null=True,
        blank=True,
        help_text=_("Blank: magnesium in general, or the form is not told."),
    )
    rater = models.CharField(max_length=120, help_text=_("The body that rates, by its full name."))
    rating = models.CharField(max_length=200, help_text=_("What it says, in our words."))
    as_told = models.CharField(
        "word of its scale",
        max_length=120,
        help_text=_("The step of its own scale, as the source tells it."),
    )
    is_second_hand = models.BooleanField(
        default=False, help_text=_("The source is not the body itself but someone who tells of it.")
    )
    rated_on = models.DateField(
        null=True,
        blank=True,
        validators=[not_in_future],
        help_text=_("Day of the rating. Blank: not known."),
    )
    told_on = models.DateField(
        null=True,
        blank=True,
        validators=[not_in_future],
        help_text=_("For a rating at second hand: the day on which the source told it."),
    )
    is_retired = models.BooleanField(
        default=False, help_text=_("The body has withdrawn it since and put nothing in its place.")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="published_ratings")
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        ordering = ["use", "rater", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["use", "rater", "source"],
                name="published_rating_once",
                violation_error_message=_("This body's rating of the use is already here."),
            ),
            models.CheckConstraint(
                condition=Q(is_second_hand=True) | Q(told_on__isnull=True),
                name="published_rating_told_at_second_hand",
                violation_error_message=_("Only a rating at second hand has a day of telling."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rater}: {self.rating}"


class JudgementQuerySet(FactQuerySet["Judgement"]):
    def of_products(self, products: Collection[Product]) -> JudgementQuerySet:
        """Judgements that bear on products: their own, and those of the forms that they are made of.

        What was said of another product does not bear on these. Reads `ingredients`.
        """
        forms = {part.form_id for product in products for part in product.ingredients.all()}
        return self.filter(Q(product__in=products) | Q(product__isnull=True, form__in=forms))

    def for_ledger(self) -> JudgementQuerySet:
        """With all that a ledger of claims shows: 2 queries."""
        return self.select_related("use", "form", "source").prefetch_related(
            published_parts(Judgement, "evidence", "source", "form")
        )


class Judgement(Fact):
    """A claim with our verdict and the evidence that it rests on.

    Of one product where one is named; else of an ingredient or of any product of its form.
    """

    class Verdict(models.TextChoices):
        SUPPORTED = "supported", _("Supported")
        MIXED = "mixed", _("Mixed")
        ANIMALS_ONLY = "animals_only", _("Animals only")
        TESTED_WITHOUT_EFFECT = "tested_without_effect", _("Tested without effect")
        NO_STUDY_FOUND = "no_study_found", _("No study found")
        NOT_TESTABLE = "not_testable", _("Not testable")

    part_of: ClassVar[str] = "product"

    key = models.SlugField(max_length=100, unique=True)
    product = models.ForeignKey(
        Product,
        models.CASCADE,
        related_name="judgements",
        null=True,
        blank=True,
        help_text=_("Only when the claim is made of this one product."),
    )
    subject = models.CharField(
        max_length=120,
        help_text=_(
            "What the claim is made of, as Magtein or Magnesium citrate (typical product)."
        ),
    )
    claim = models.CharField(max_length=300, help_text=_("In our words, short."))
    claimed_by = models.CharField(max_length=120)
    use = models.ForeignKey(Use, models.PROTECT, related_name="judgements", null=True, blank=True)
    form = models.ForeignKey(
        MagnesiumForm,
        models.PROTECT,
        related_name="judgements",
        null=True,
        blank=True,
        help_text=_("The form that was judged. Evidence of another form does not count."),
    )
    verdict = models.CharField(max_length=22, choices=Verdict)
    reason = models.CharField(max_length=400, help_text=_("Why, in a sentence or two."))
    evidence = models.ManyToManyField(
        Evidence,
        related_name="judgements",
        blank=True,
        help_text=_("The results that the verdict rests on."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        related_name="judgements",
        null=True,
        blank=True,
        help_text=_("Where the claim is made. Blank: usual advertising, of no one page."),
    )
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[Any] = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False) | Q(form__isnull=False),
                name="judgement_of_product_or_form",
                violation_error_message=_("Name the product or the form that the claim is about."),
            ),
            models.CheckConstraint(
                condition=Q(product__isnull=True) | Q(source__isnull=False),
                name="judgement_of_product_has_source",
                violation_error_message=_("Say where this claim is made of the product."),
            ),
            models.UniqueConstraint(
                fields=["subject", "claim"],
                name="judgement_once",
                violation_error_message=_("This claim is already judged."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.claim}"

    def clean(self) -> None:
        if self.verdict == self.Verdict.NOT_TESTABLE or self.use_id is not None:
            return
        raise ValidationError(
            {"use": _("Name the use that the claim is about, or say that it is not testable.")}
        )

    @property
    def verdict_by_rule(self) -> str:
        """What follows from the published evidence that is named here. One query."""
        form = self.form.slug if self.form else None
        rows = self.evidence.published().select_related("form")
        return verdicts.of_claim([row.as_result for row in rows], form).value
