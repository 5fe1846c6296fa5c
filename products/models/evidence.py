"""What was measured, what studies say of a use, and what makers claim. The three are never mixed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from products.models.base import Fact, FactQuerySet, Revised
from products.models.columns import at_least_one, known_and_positive, positive, positive_check
from products.models.editorial import PERMISSIONS, Status
from products.models.forms import Confidence, MagnesiumForm
from products.models.labels import Product
from products.models.reviewed import Reviewed, ReviewedQuerySet
from products.models.sources import Source, Species, Verified
from products.rules import grading
from products.rules.evidence import Direction, Result

RATIO_UNITS = ("RR", "OR", "HR")
"""Units of effects that are ratios: 1 is no difference, and none is zero or less."""
DOSE_HELP = _(
    "Elemental magnesium a day, mg. Where a study gave only the compound, leave this blank and say so in a note."
)


def dose_mg() -> models.DecimalField:
    return models.DecimalField(
        "dose (elemental mg)",
        max_digits=9,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[positive],
        help_text=DOSE_HELP,
    )


class Finding(Reviewed):
    """One measured result of one study for a form, against a comparator where there was one."""

    class Measure(models.TextChoices):
        FRACTIONAL_ABSORPTION = "fractional_absorption", _("Share absorbed")
        RETENTION = "retention", _("Retention")
        URINE_24H = "urinary_24h_excretion", _("Urine, 24 h")
        URINE_0_4H = "urinary_excretion_0_4h", _("Urine, 0 to 4 h")
        URINE_4_6H = "urinary_excretion_4_6h", _("Urine, 4 to 6 h")
        URINE_4D = "urinary_excretion_4d", _("Urine, 4 days")
        URINE = "urinary_excretion", _("Urine")
        SERUM = "serum_change", _("Blood")
        AUC = "auc", _("Blood, area under the curve")
        IONIZED_AUC = "ionized_magnesium_auc", _("Ionised magnesium, area under the curve")
        TIME_TO_PEAK = "time_to_peak", _("Time to peak")
        RBC = "rbc_change", _("Red cells")
        INTRACELLULAR = "intracellular_change", _("Inside cells")
        CSF = "csf_change", _("Spinal fluid")
        BRAIN = "brain_tissue", _("Brain tissue")
        BODY = "body_magnesium", _("Whole body")
        STATUS = "status_overall", _("Magnesium status")
        OVERALL = "bioavailability_overall", _("Bioavailability, overall")
        DISSOLUTION = "in_vitro_dissolution", _("Dissolving in the laboratory")
        ABSORPTION_IN_VITRO = "in_vitro_absorption", _("Passage through gut cells")
        STOOL = "stool_effect", _("Stool")
        TOLERABILITY = "tolerability", _("Tolerability")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher")
        NO_DIFFERENCE = "no_difference", _("no difference")
        LOWER = "lower", _("lower")
        MIXED = "mixed", _("mixed")
        NONE = "none", _("not compared")

    class Against(models.TextChoices):
        FORM = "form", _("another form")
        SEVERAL_FORMS = "several_forms", _("several other forms")
        BASELINE = "baseline", _("placebo, food or before taking it")

    bears_on_forms: ClassVar[tuple[str, ...]] = ("form_id", "comparator_id")

    key = models.SlugField(max_length=100, unique=True)
    form = models.ForeignKey(
        MagnesiumForm,
        models.PROTECT,
        related_name="findings",
        null=True,
        blank=True,
        help_text=_("Blank: the study mixed forms or did not say."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="findings")
    against = models.CharField(max_length=14, choices=Against, default=Against.BASELINE)
    comparator = models.ForeignKey(
        MagnesiumForm, models.PROTECT, related_name="findings_as_comparator", null=True, blank=True
    )
    measure = models.CharField(max_length=30, choices=Measure)
    direction = models.CharField(
        "direction against the comparator", max_length=14, choices=Direction
    )
    value = models.CharField(max_length=40, blank=True, help_text=_("As published."))
    unit = models.CharField(max_length=150, blank=True)
    comparator_value = models.CharField(max_length=40, blank=True)
    p_value = models.CharField(max_length=20, blank=True)
    species = models.CharField(max_length=10, choices=Species)
    n = models.PositiveIntegerField(
        "people or animals", null=True, blank=True, validators=[at_least_one]
    )
    dose_elemental_mg = dose_mg()
    dose_note = models.CharField(max_length=200, blank=True)
    population = models.CharField(max_length=200, blank=True)
    duration = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        ordering = ["form", "species", "measure", "key"]
        default_permissions = PERMISSIONS
        constraints = [
            models.CheckConstraint(
                condition=models.Q(against="form", comparator__isnull=False)
                | (~models.Q(against="form") & models.Q(comparator__isnull=True)),
                name="finding_comparator_fits",
                violation_error_message=_(
                    "Name the other form, and only when it was compared with one form."
                ),
            ),
            positive_check("finding_dose_positive", "dose_elemental_mg"),
            positive_check("finding_n_positive", "n"),
        ]

    def __str__(self) -> str:
        return self.key


class LaxativeObservation(Reviewed):
    """What one study or label reports of a form's effect on the bowel. The form's grade rests on these."""

    class Seen(models.TextChoices):
        LOW = "low", _("Little or none")
        LOOSE_STOOLS_POSSIBLE = "loose_stools_possible", _("Loose stools possible")
        OSMOTIC_LAXATIVE = "osmotic_laxative", _("Osmotic laxative")
        UNKNOWN = "unknown", _("Nothing to see")

    bears_on_forms: ClassVar[tuple[str, ...]] = ("form_id",)

    form = models.ForeignKey(
        MagnesiumForm,
        models.PROTECT,
        related_name="laxative_observations",
        null=True,
        blank=True,
        help_text=_("Blank: holds for any form."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="laxative_observations")
    key = models.SlugField(max_length=100, unique=True)
    seen = models.CharField(max_length=24, choices=Seen)
    threshold_elemental_mg = models.DecimalField(
        max_digits=9, decimal_places=3, null=True, blank=True, validators=[positive]
    )
    threshold_note = models.CharField(max_length=300, blank=True)
    compound_mg_low = models.DecimalField(
        "laxative dose of the compound, from (mg)",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[positive],
    )
    compound_mg_high = models.DecimalField(
        "laxative dose of the compound, to (mg)",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[positive],
    )
    dose_context = models.CharField(max_length=300, blank=True)
    onset_hours_low = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    onset_hours_high = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    diarrhoea_rate_percent = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True
    )
    comparator = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    class Meta:
        ordering = ["form", "threshold_elemental_mg", "key"]
        default_permissions = PERMISSIONS
        constraints = [
            models.CheckConstraint(
                condition=models.Q(compound_mg_low__isnull=True)
                | models.Q(compound_mg_high__isnull=True)
                | models.Q(compound_mg_low__lte=models.F("compound_mg_high")),
                name="laxative_dose_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(onset_hours_low__isnull=True)
                | models.Q(onset_hours_high__isnull=True)
                | models.Q(onset_hours_low__lte=models.F("onset_hours_high")),
                name="laxative_onset_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(diarrhoea_rate_percent__isnull=True)
                | models.Q(diarrhoea_rate_percent__range=(0, 100)),
                name="laxative_rate_is_percent",
            ),
            positive_check(
                "laxative_doses_positive",
                "threshold_elemental_mg",
                "compound_mg_low",
                "compound_mg_high",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(onset_hours_low__isnull=True) | models.Q(onset_hours_low__gte=0)
                )
                & (models.Q(onset_hours_high__isnull=True) | models.Q(onset_hours_high__gte=0)),
                name="laxative_onset_not_negative",
                violation_error_message=_("It cannot begin before it is taken."),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class UseQuerySet(FactQuerySet["Use"]):
    def published(self) -> UseQuerySet:
        return self.filter(status=Status.PUBLISHED)

    def for_supplements(self) -> UseQuerySet:
        """Without treatments that are given in hospital only: they say nothing about tablets."""
        return self.filter(hospital_only=False)


class Use(Revised):
    """What people take magnesium for: sleep, memory, constipation …"""

    class Group(models.TextChoices):
        SLEEP_AND_MIND = "sleep_and_mind", _("Sleep and mind")
        PAIN_AND_NERVE = "pain_and_nerve", _("Pain and nerve")
        MUSCLE_AND_BONE = "muscle_and_bone", _("Muscle and bone")
        DIGESTION = "digestion", _("Digestion")
        HEART_AND_METABOLISM = "heart_and_metabolism", _("Heart and metabolism")
        WOMENS_HEALTH = "womens_health", _("Women's health")
        RESPIRATORY = "respiratory", _("Breathing")
        OTHER = "other", _("Other")

    class Overall(models.TextChoices):
        BENEFIT = "benefit", _("Benefit")
        PROBABLE_BENEFIT = "probable_benefit", _("Probable benefit")
        MIXED = "mixed", _("Mixed")
        NO_EFFECT = "no_effect", _("No effect")
        UNKNOWN = "unknown", _("Not known")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    position = models.PositiveSmallIntegerField(default=100)
    synonyms = models.TextField(blank=True, help_text=_("One a line."))
    group = models.CharField(max_length=24, choices=Group)
    question = models.CharField(max_length=200, help_text=_("As Does magnesium help people sleep?"))
    summary = models.TextField(help_text=_("What the evidence means, in two sentences."))
    laxative_effect_wanted = models.BooleanField(default=False)
    hospital_only = models.BooleanField(
        default=False, help_text=_("Given by drip or injection in hospital: no use of supplements.")
    )
    certainty = models.CharField("certainty overall", max_length=10, choices=Confidence)
    direction = models.CharField("direction overall", max_length=18, choices=Overall)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = UseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        default_permissions = PERMISSIONS

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("use", args=[self.slug])


NO_RATIO = _("A ratio (RR, OR, HR) is more than zero. For a difference, give its own unit instead.")


class EvidenceQuerySet(ReviewedQuerySet["Evidence"]):
    def in_people_by_mouth(self) -> EvidenceQuerySet:
        """What can speak for a supplement: tested in people, swallowed, magnesium alone."""
        return self.filter(species=Species.HUMAN, route=Evidence.Route.ORAL, is_combination=False)


class Evidence(Reviewed):
    """One outcome of one study of a use. Direction, size and certainty stand apart."""

    class Direction(models.TextChoices):
        BENEFIT = "benefit", _("Benefit")
        NO_DIFFERENCE = "no_difference", _("No difference")
        MIXED = "mixed", _("Mixed")
        HARM = "harm", _("Harm")

    class Route(models.TextChoices):
        ORAL = "oral", _("by mouth")
        INJECTION = "injection", _("by drip or injection")
        INHALED = "inhaled", _("inhaled")
        FOOD = "food", _("magnesium in food")
        OTHER = "other", _("otherwise")

    part_of: ClassVar[str] = "use"
    entered_under: ClassVar[str] = "form"

    key = models.SlugField(max_length=100, unique=True)
    use = models.ForeignKey(Use, models.PROTECT, related_name="evidence")
    form = models.ForeignKey(
        MagnesiumForm,
        models.PROTECT,
        related_name="evidence",
        null=True,
        blank=True,
        help_text=_("Blank: the study mixed forms or did not say."),
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    design = models.CharField(max_length=20, choices=Source.Kind)
    species = models.CharField(max_length=10, choices=Species)
    route = models.CharField(max_length=10, choices=Route, default=Route.ORAL)
    is_combination = models.BooleanField(
        default=False,
        help_text=_("Given with another active ingredient: magnesium gets no credit."),
    )
    population = models.CharField(max_length=300, blank=True)
    n = models.PositiveIntegerField(
        "people or animals", null=True, blank=True, validators=[at_least_one]
    )
    dose_elemental_mg = dose_mg()
    duration = models.CharField(max_length=100, blank=True)
    comparator = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=300)
    direction = models.CharField(max_length=14, choices=Direction)
    effect_size = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    effect_unit = models.CharField(max_length=60, blank=True)
    ci_low = models.DecimalField(
        "95 % interval, from", max_digits=12, decimal_places=4, null=True, blank=True
    )
    ci_high = models.DecimalField(
        "95 % interval, to", max_digits=12, decimal_places=4, null=True, blank=True
    )
    p_value = models.CharField(max_length=20, blank=True)
    comparable_group = models.SlugField(
        max_length=60, blank=True, help_text=_("Results with the same word here may share an axis.")
    )
    certainty = models.CharField(max_length=10, choices=Confidence)
    certainty_reason = models.CharField(max_length=400)
    note = models.TextField(blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    url_seen = models.URLField("URL seen", max_length=600, blank=True)

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["use", "key"]
        default_permissions = PERMISSIONS
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ci_low__isnull=True)
                | models.Q(ci_high__isnull=True)
                | models.Q(ci_low__lte=models.F("ci_high")),
                name="evidence_interval_in_order",
                violation_error_message=_("The interval's ends are the wrong way round."),
            ),
            models.CheckConstraint(
                condition=models.Q(effect_size__isnull=True) | ~models.Q(effect_unit=""),
                name="evidence_effect_has_unit",
                violation_error_message=_("Give the unit of the effect."),
            ),
            models.CheckConstraint(
                condition=~models.Q(effect_unit__in=RATIO_UNITS)
                | (
                    known_and_positive("effect_size")
                    & known_and_positive("ci_low")
                    & known_and_positive("ci_high")
                ),
                name="evidence_ratio_positive",
                violation_error_message=NO_RATIO,
            ),
            positive_check("evidence_dose_positive", "dose_elemental_mg"),
            positive_check("evidence_n_positive", "n"),
        ]

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        if self.effect_unit not in RATIO_UNITS:
            return
        columns = ("effect_size", "ci_low", "ci_high")
        figures = {column: getattr(self, column) for column in columns}
        wrong = [column for column, figure in figures.items() if figure is not None and figure <= 0]
        if wrong:
            raise ValidationError(dict.fromkeys(wrong, NO_RATIO))

    @property
    def as_result(self) -> Result:
        """The row as the rules take it; reads `form`, so select it."""
        return Result(
            source_id=str(self.source_id),
            form=self.form.slug if self.form else None,
            design=self.design,
            species=self.species,
            route=self.route,
            is_combination=self.is_combination,
            direction=Direction(self.direction),
            certainty=grading.Confidence(self.certainty),
        )


class Claim(Fact):
    """What a maker or shop says of a product. It is no evidence."""

    class Basis(models.TextChoices):
        LABEL = "label", _("on the label")
        BRAND_PAGE = "brand_page", _("on the maker's page")
        SHOP_PAGE = "shop_page", _("on a shop's page")

    class About(models.TextChoices):
        UPTAKE = "uptake", _("how well it is taken up or tolerated")
        BODY = "body", _("what magnesium does in the body")
        MAKING = "making", _("what is in it, and how it is made")
        OTHER_INGREDIENT = "other_ingredient", _("another ingredient")

    part_of: ClassVar[str] = "product"

    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="claims")
    text = models.CharField(max_length=400, help_text=_("In our words, short."))
    basis = models.CharField(max_length=10, choices=Basis)
    source = models.ForeignKey(Source, models.PROTECT, related_name="claims")
    verified = models.CharField(max_length=10, choices=Verified)
    note = models.CharField(max_length=300, blank=True)
    judgement = models.ForeignKey(
        "products.Judgement",
        models.SET_NULL,
        related_name="claims",
        null=True,
        blank=True,
        help_text=_("The verdict that answers this claim. Blank: not judged yet."),
    )
    uses = models.ManyToManyField(
        Use,
        related_name="claims",
        blank=True,
        help_text=_(
            "Uses that the claim names, only where its words leave no doubt. What was found for the form of the product follows by rule."
        ),
    )
    about = models.CharField(
        "about, where it names no use",
        max_length=16,
        choices=About,
        blank=True,
        help_text=_("Blank: it names a use, or nobody has read it yet."),
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "text"],
                name="claim_once",
                violation_error_message=_("This claim is already here."),
            )
        ]

    def __str__(self) -> str:
        return self.text
