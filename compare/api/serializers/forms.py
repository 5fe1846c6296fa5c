"""Magnesium forms: chemistry, grades, and the findings behind them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from compare.api.fields import Code, EmptyMap, Flag, Json, Number, PageUrl, Text, Texts, Whole
from compare.api.form_facts import form_empties
from compare.api.serializers.envelope import FilteredPage, Notes
from compare.api.serializers.evidence import FormEvidenceAnswer
from compare.api.serializers.sources import SourceRef
from compare.evidence import Study
from products.models import (
    Bioavailability,
    Confidence,
    Finding,
    Laxative,
    LaxativeObservation,
    MagnesiumForm,
    Species,
    Status,
    Verified,
)

ELEMENTAL_DOSE = "Elemental magnesium a day, mg."


class FormSummary(serializers.Serializer[MagnesiumForm]):
    """A compound that supplies magnesium."""

    slug = Text(help_text="As the filter `form` takes it.")
    name = Text()
    short_name = Text()
    category = Code(MagnesiumForm.Category)
    is_catch_all = Flag(
        help_text="Not a chemical form but a place for compounds without a page of their own."
    )
    summary = Text()
    formula = Text(allow_null=True, help_text="Without water, as MgO.")
    elemental_fraction = Number(
        allow_null=True,
        help_text="Share of the pure, dry compound that is magnesium, from its formula: 0 to 1.",
    )
    solubility = Code(MagnesiumForm.Solubility, allow_null=True)
    bioavailability = Code(Bioavailability, help_text="How much of a dose reaches the body.")
    confidence = Code(Confidence, help_text="How sure the bioavailability grade is.")
    human_comparisons = Whole(
        help_text="Studies in people that compare it with another form; the confidence rests on them."
    )
    laxative = Code(Laxative, allow_null=True, help_text="No end of the scale is the better one.")
    product_count = Whole(help_text="Products that hold it.")
    url = PageUrl()
    empty = EmptyMap()

    def to_representation(self, form: MagnesiumForm) -> Json:
        shown: Json = super().to_representation(form)
        shown["empty"] = form_empties(shown, form)
        return shown


class FindingAnswer(serializers.Serializer[Finding]):
    """One measured result of one study."""

    key = Text()
    measure = Code(Finding.Measure, help_text="What was measured.")
    against = Code(Finding.Against, help_text="What it was held against.")
    comparator = Text(
        source="comparator.slug", allow_null=True, help_text="Slug of the form compared with."
    )
    direction = Code(Finding.Direction, help_text="Against the comparator.")
    value = Text(allow_null=True, help_text="As published, so a text; its unit is `unit`.")
    unit = Text(allow_null=True)
    comparator_value = Text(allow_null=True, help_text="As published, in the same unit.")
    p_value = Text(allow_null=True, help_text="As published.")
    species = Code(Species)
    n = Whole(allow_null=True, help_text="Number of people or animals.")
    dose_elemental_mg = Number(allow_null=True, help_text=ELEMENTAL_DOSE)
    dose_note = Text(allow_null=True)
    population = Text(allow_null=True)
    duration = Text(allow_null=True)
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class LaxativeAnswer(serializers.Serializer[LaxativeObservation]):
    """What one study or label reports of the effect on the bowel."""

    key = Text()
    seen = Code(LaxativeObservation.Seen)
    threshold_elemental_mg = Number(
        allow_null=True, help_text="Elemental magnesium from which it was seen, mg."
    )
    threshold_note = Text(allow_null=True)
    compound_mg_low = Number(allow_null=True, help_text="Laxative dose of the compound, from, mg.")
    compound_mg_high = Number(allow_null=True, help_text="Laxative dose of the compound, to, mg.")
    onset_hours_low = Number(allow_null=True, help_text="Hours until it works, from.")
    onset_hours_high = Number(allow_null=True, help_text="Hours until it works, to.")
    diarrhoea_rate_percent = Number(allow_null=True, help_text="People with diarrhoea, %.")
    dose_context = Text(allow_null=True)
    comparator = Text(allow_null=True)
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class FormDetail(FormSummary):
    """A magnesium form with all that is known of it."""

    synonyms = Texts(source="synonym_list")
    patented_names = Texts(source="patented_name_list", help_text="As Magtein.")
    hydrate_formula = Text(allow_null=True, help_text="With its water, as MgCl2·6H2O.")
    hydrate_elemental_fraction = Number(
        allow_null=True, help_text="Share of the hydrate that is magnesium: 0 to 1."
    )
    molar_mass_g_per_mol = Number(source="molar_mass", allow_null=True, help_text="Without water.")
    label_fraction_low_percent = Number(
        allow_null=True, help_text="Lowest share of magnesium seen on labels, %."
    )
    label_fraction_high_percent = Number(
        allow_null=True, help_text="Highest share of magnesium seen on labels, %."
    )
    cas_number = Text(allow_null=True)
    pubchem_cid = Whole(allow_null=True)
    unii = Text(allow_null=True)
    solubility_note = Text(allow_null=True)
    bioavailability_rationale = Text(help_text="What the grade rests on; source keys in brackets.")
    laxative_rationale = Text(allow_null=True, help_text="From which dose it is seen, and why.")
    note = Text(allow_null=True)
    verified = Code(Verified)
    findings = FindingAnswer(many=True, read_only=True)
    laxative_observations = LaxativeAnswer(many=True, read_only=True)
    evidence = serializers.SerializerMethodField(
        help_text="Results of studies of this form for published uses."
    )
    sources = SourceRef(many=True, read_only=True, help_text="What the whole entry rests on.")
    notes = Notes()

    @extend_schema_field(FormEvidenceAnswer(many=True))
    def get_evidence(self, form: MagnesiumForm) -> Any:
        rows = [row for row in form.evidence.all() if row.use.status == Status.PUBLISHED]
        studies: Any = [
            Study(row) for row in sorted(rows, key=lambda row: (row.use.position, row.key))
        ]
        return FormEvidenceAnswer(studies, many=True, context=self.context).data


class FormPage(FilteredPage):
    """One page of magnesium forms."""

    results = FormSummary(many=True, read_only=True)
