"""Facts for tests, each valid as it stands: name only what the test is about.

Every row is written inside a recording, as all facts are, and comes back as the database holds it,
with its derived columns. A part (ingredient, offer …) brings the product at hand up to date too:

    product = ProductFactory(label_elemental_mg=100)
    OfferFactory(product=product, price="10.00")
    product.price_per_100_mg   # derived already

Sources, brands, forms and uses are made once for a key, slug or name, and found again after that.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import factory
from django.contrib.auth import get_user_model

from products import models
from products.changes import recording
from products.models.base import Fact


class FactFactory(factory.django.DjangoModelFactory):
    """Abstract base: writes through the one door."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class: type[Fact], *args: Any, **kwargs: Any) -> Any:
        with recording(by=None, reason="made for a test"):
            row = super()._create(model_class, *args, **kwargs)
        whole = getattr(row, model_class.part_of) if model_class.part_of else None
        row.refresh_from_db()
        if whole is not None:
            # The row at the test's hand, not a second one of the same key.
            whole.refresh_from_db()
            setattr(row, model_class.part_of, whole)
        return row


class SourceFactory(FactFactory):
    class Meta:
        model = models.Source
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda n: f"source-{n}")
    kind = models.Source.Kind.LABEL
    title = factory.LazyAttribute(lambda source: f"Title of {source.key}")
    url = factory.LazyAttribute(lambda source: f"https://example.org/{source.key}")
    verified = models.Verified.PAGE
    seen_on = "2026-05-31"


class StudyFactory(SourceFactory):
    """A source that is a randomised trial in people."""

    key = factory.Sequence(lambda n: f"study-{n}")
    kind = models.Source.Kind.RCT
    authors = "Walker AF, Marakis G"
    year = 2003
    published_in = "Magnesium Research"
    species = models.Species.HUMAN
    sample_size = 46


class BrandFactory(FactFactory):
    class Meta:
        model = models.Brand
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"brand-{n}")
    name = factory.LazyAttribute(lambda brand: brand.slug.replace("-", " ").title())


class MagnesiumFormFactory(FactFactory):
    """A salt that holds 10 % and something: citrate's neighbour, graded moderate and mild."""

    class Meta:
        model = models.MagnesiumForm
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"form-{n}")
    short_name = factory.LazyAttribute(lambda form: form.slug.replace("-", " ").capitalize())
    name = factory.LazyAttribute(lambda form: f"Magnesium {form.short_name}")
    category = models.MagnesiumForm.Category.ORGANIC_SALT
    formula = "C6H10MgO6"
    summary = "A compound of magnesium."
    bioavailability = models.Bioavailability.MODERATE
    bioavailability_rationale = "One trial against oxide."
    laxative = models.Laxative.MILD
    verified = models.Verified.PAGE


class ProductFactory(FactFactory):
    """120 capsules, 2 a serving, 1 serving a day, 200 mg; without form or price of its own."""

    class Meta:
        model = models.Product

    slug = factory.Sequence(lambda n: f"product-{n}")
    brand = factory.SubFactory(BrandFactory)
    name = factory.LazyAttribute(lambda product: product.slug.replace("-", " ").capitalize())
    source = factory.SubFactory(SourceFactory)
    market = "US"
    dosage_form = models.DosageForm.CAPSULE
    serving_units = Decimal(2)
    servings_per_container = Decimal(60)
    container_units = Decimal(120)
    daily_servings_low = Decimal(1)
    daily_servings_high = Decimal(1)
    label_elemental_mg = Decimal(200)


class ProductIngredientFactory(FactFactory):
    """One form of a product. Masses are left to the test: many labels give none."""

    class Meta:
        model = models.ProductIngredient

    product = factory.SubFactory(ProductFactory)
    form = factory.SubFactory(MagnesiumFormFactory)


class FactNoteFactory(FactFactory):
    class Meta:
        model = models.FactNote

    product = factory.SubFactory(ProductFactory)
    fact = models.FactNote.FactName.ALLERGENS
    empty = models.EmptyKind.NOT_ON_LABEL


class CertificationFactory(FactFactory):
    class Meta:
        model = models.Certification

    product = factory.SubFactory(ProductFactory)
    body = "NSF"
    state = models.Certification.State.CLAIMED
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.BRAND_PAGE)


class ClaimFactory(FactFactory):
    class Meta:
        model = models.Claim

    product = factory.SubFactory(ProductFactory)
    text = factory.Sequence(lambda n: f"supports well-being in {n} ways")
    basis = models.Claim.Basis.BRAND_PAGE
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.BRAND_PAGE)
    verified = models.Verified.PAGE


class OfferFactory(FactFactory):
    """20 dollars, seen today: fresh in every test, whenever it runs."""

    class Meta:
        model = models.Offer

    product = factory.SubFactory(ProductFactory)
    seller = factory.Sequence(lambda n: f"Shop {n}")
    price = Decimal("20.00")
    currency = models.Currency.USD
    seen_on = factory.LazyFunction(lambda: date.today())  # noqa: DTZ011 - a day, as an editor enters it
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.SHOP_PAGE)


class RatingSummaryFactory(FactFactory):
    class Meta:
        model = models.RatingSummary

    product = factory.SubFactory(ProductFactory)
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.SHOP_PAGE)
    average = Decimal("4.40")
    count = 129


class FindingFactory(FactFactory):
    """A human trial of a form against placebo."""

    class Meta:
        model = models.Finding

    key = factory.Sequence(lambda n: f"finding-{n}")
    form = factory.SubFactory(MagnesiumFormFactory)
    source = factory.SubFactory(StudyFactory)
    measure = models.Finding.Measure.URINE_24H
    direction = models.Finding.Direction.HIGHER
    species = models.Species.HUMAN
    n = 46
    verified = models.Verified.PAGE


class LaxativeObservationFactory(FactFactory):
    class Meta:
        model = models.LaxativeObservation

    key = factory.Sequence(lambda n: f"laxative-{n}")
    form = factory.SubFactory(MagnesiumFormFactory)
    source = factory.SubFactory(StudyFactory)
    seen = models.LaxativeObservation.Seen.LOOSE_STOOLS_POSSIBLE
    verified = models.Verified.PAGE


class UseFactory(FactFactory):
    class Meta:
        model = models.Use
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"use-{n}")
    name = factory.LazyAttribute(lambda use: use.slug.replace("-", " ").capitalize())
    group = models.Use.Group.SLEEP_AND_MIND
    question = factory.LazyAttribute(lambda use: f"Does magnesium help with {use.slug}?")
    summary = "Small trials point both ways."
    certainty = models.Confidence.LOW
    direction = models.Use.Overall.MIXED


class EvidenceFactory(FactFactory):
    """A trial in people, by mouth, of magnesium alone."""

    class Meta:
        model = models.Evidence

    key = factory.Sequence(lambda n: f"evidence-{n}")
    use = factory.SubFactory(UseFactory)
    form = factory.SubFactory(MagnesiumFormFactory)
    source = factory.SubFactory(StudyFactory)
    design = models.Source.Kind.RCT
    species = models.Species.HUMAN
    n = 46
    outcome = "Time to fall asleep"
    direction = models.Evidence.Direction.BENEFIT
    certainty = models.Confidence.LOW
    certainty_reason = "One small trial."
    verified = models.Verified.ABSTRACT


class ReferenceIntakeFactory(FactFactory):
    """The US allowance of women from 19 to 30: 310 mg."""

    class Meta:
        model = models.ReferenceIntake

    authority = models.Authority.US
    issued_by = "nasem_us"
    kind = models.ReferenceIntake.Kind.RDA
    life_stage = models.LifeStage.ADULT
    sex = models.Sex.FEMALE
    age_from_years = Decimal(19)
    age_to_years = Decimal(31)
    amount_mg = Decimal(310)
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.AUTHORITY)
    verified = models.Verified.PAGE


class UpperLevelFactory(FactFactory):
    """The US upper level of adults, from supplements: 350 mg."""

    class Meta:
        model = models.UpperLevel

    authority = models.Authority.US
    issued_by = "nasem_us"
    kind = models.UpperLevel.Kind.UL
    applies_to = models.UpperLevel.AppliesTo.SUPPLEMENTS
    life_stage = models.LifeStage.ADULT
    age_from_years = Decimal(19)
    amount_mg = Decimal(350)
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.AUTHORITY)
    verified = models.Verified.PAGE


class PublishedRatingFactory(FactFactory):
    class Meta:
        model = models.PublishedRating

    use = factory.SubFactory(UseFactory)
    rater = "American Academy of Neurology"
    rating = "Probably effective"
    as_told = "Level B"
    rated_on = date(2012, 4, 24)
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.GUIDELINE)
    verified = models.Verified.PAGE


class JudgementFactory(FactFactory):
    """Of any product of a form: no study was found. Evidence is added by the test."""

    class Meta:
        model = models.Judgement

    key = factory.Sequence(lambda n: f"judgement-{n}")
    subject = "Magnesium (typical product)"
    claim = factory.Sequence(lambda n: f"Helps in {n} ways")
    claimed_by = "Some maker"
    use = factory.SubFactory(UseFactory)
    form = factory.SubFactory(MagnesiumFormFactory)
    verdict = models.Judgement.Verdict.NO_STUDY_FOUND
    reason = "No trial of this form was found."
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.BRAND_PAGE)
    verified = models.Verified.PAGE


class ReviewFactFactory(FactFactory):
    class Meta:
        model = models.ReviewFact

    product = factory.SubFactory(ProductFactory)
    section = models.ReviewFact.Section.RESEARCH
    fact = factory.Sequence(lambda n: f"Gain in memory {n}")
    value = "18"
    unit = "percent"
    basis = models.ReviewFact.Basis.REVIEW
    species = models.Species.RAT
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.WEB_REVIEW)
    verified = models.Verified.PAGE


class InteractionFactory(FactFactory):
    """Thyroid hormone's neighbour: keep 4 hours apart, whatever the form."""

    class Meta:
        model = models.Interaction

    key = factory.Sequence(lambda n: f"medicine-{n}")
    code = factory.LazyAttribute(lambda row: row.key)
    form = None
    medicine_class = factory.LazyAttribute(lambda row: row.code.replace("-", " ").capitalize())
    examples = "levothyroxine"
    effect = models.Interaction.Effect.MAGNESIUM_LOWERS_MEDICINE
    mechanism = "Binds in the gut"
    what_to_do = "Keep at least 4 hours apart"
    action = models.Interaction.Action.SPACE
    hours_before = 4
    hours_after = 4
    severity = models.Interaction.Severity.MODERATE
    source = factory.SubFactory(SourceFactory)
    verified = models.Verified.PAGE


class CautionFactory(FactFactory):
    """A condition in which a doctor is asked first, whatever the form."""

    class Meta:
        model = models.Caution

    key = factory.Sequence(lambda n: f"condition-{n}")
    code = factory.LazyAttribute(lambda row: row.key)
    form = None
    condition = factory.LazyAttribute(lambda row: row.code.replace("-", " ").capitalize())
    who = "People with it"
    why = "Magnesium can build up in the blood"
    what_to_do = "Ask a doctor before any magnesium product"
    severity = models.Caution.Severity.ASK_FIRST
    source = factory.SubFactory(SourceFactory)
    verified = models.Verified.PAGE


class SideEffectFactory(FactFactory):
    class Meta:
        model = models.SideEffect

    key = factory.Sequence(lambda n: f"effect-{n}")
    form = factory.SubFactory(MagnesiumFormFactory)
    effect = "Diarrhoea or loose stools"
    how_common = "Some users"
    advice = "Lower or split the dose"
    source = factory.SubFactory(SourceFactory)
    verified = models.Verified.PAGE


class DeficiencySignFactory(FactFactory):
    class Meta:
        model = models.DeficiencySign

    sign = factory.Sequence(lambda n: f"Sign {n}")
    stage = models.DeficiencySign.Stage.EARLY
    body_system = "muscle"
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.AUTHORITY)
    verified = models.Verified.PAGE


class BodyFunctionFactory(FactFactory):
    class Meta:
        model = models.BodyFunction

    name = factory.Sequence(lambda n: f"Function {n}")
    detail = "Needed for muscles to contract and relax"
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.AUTHORITY)
    verified = models.Verified.PAGE


class FoodSourceFactory(FactFactory):
    class Meta:
        model = models.FoodSource

    food = factory.Sequence(lambda n: f"Food {n}")
    serving = "1 ounce"
    magnesium_mg = Decimal(80)
    source = factory.SubFactory(SourceFactory, kind=models.Source.Kind.AUTHORITY)
    verified = models.Verified.PAGE


class EditorFactory(factory.django.DjangoModelFactory):
    """Someone who may do everything on the desk."""

    class Meta:
        model = get_user_model()
        django_get_or_create = ("username",)

    username = "ada"
    is_staff = True
    is_superuser = True
