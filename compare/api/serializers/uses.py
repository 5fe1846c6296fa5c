"""Uses: what people take magnesium for, and everything known of one."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from compare.api.fields import Code, Flag, PageUrl, Text, Texts
from compare.api.serializers.envelope import Notes, Page
from compare.api.serializers.evidence import EvidenceAnswer, UseCellAnswer, UseRatingAnswer
from compare.evidence import Gap
from products.models import Confidence, Use

GAPS = {
    Gap.NOTHING_BY_MOUTH.value: "no study in people by mouth of magnesium alone",
    Gap.NO_FORM_ALONE.value: "no study in people says which form it was",
    Gap.NO_RANDOMISED_TRIAL.value: "no study in people is randomised",
    Gap.NO_SIZE_FOR_A_FORM.value: "no study of a form gives a size with its interval",
    Gap.FOUND_ONCE.value: "all results in people come from one study",
}


class UseSummary(serializers.Serializer[Use]):
    """A use, and what is known of it. Direction and certainty are two things."""

    slug = Text(help_text="As the filter `use` takes it.")
    name = Text()
    group = Code(Use.Group)
    question = Text()
    summary = Text(help_text="What the evidence means, in two sentences.")
    certainty = Code(Confidence, help_text="How sure the direction is.")
    direction = Code(Use.Overall, help_text="What studies point to.")
    hospital_only = Flag(
        help_text="Given by drip or injection in hospital: says nothing about supplements, and is no value of the filter `use`."
    )
    url = PageUrl()


class UseDetail(UseSummary):
    """A use with every study of it, and what they say of each form."""

    synonyms = serializers.SerializerMethodField()
    laxative_effect_wanted = Flag(help_text="The laxative effect is the purpose.")
    note = Text(allow_null=True)
    forms = serializers.SerializerMethodField(
        help_text="Every form with what is known of it. Empty for a treatment in hospital."
    )
    evidence = serializers.SerializerMethodField(
        help_text="Results of studies: those in people that speak for supplements, then animals and laboratory, then the rest."
    )
    ratings = serializers.SerializerMethodField(help_text="What outside bodies say of it.")
    gaps = serializers.SerializerMethodField(help_text="What is missing among studies in people.")
    notes = Notes()

    @extend_schema_field(Texts())
    def get_synonyms(self, use: Use) -> list[str]:
        return [line.strip() for line in use.synonyms.splitlines() if line.strip()]

    @extend_schema_field(UseCellAnswer(many=True))
    def get_forms(self, use: Use) -> Any:
        return UseCellAnswer(self.context["known"].cells, many=True, context=self.context).data

    @extend_schema_field(EvidenceAnswer(many=True))
    def get_evidence(self, use: Use) -> Any:
        return EvidenceAnswer(self.context["known"].studies, many=True, context=self.context).data

    @extend_schema_field(UseRatingAnswer(many=True))
    def get_ratings(self, use: Use) -> Any:
        return UseRatingAnswer(self.context["known"].ratings, many=True, context=self.context).data

    @extend_schema_field(serializers.ListField(child=Code(GAPS)))
    def get_gaps(self, use: Use) -> list[str]:
        return [gap.value for gap in self.context["known"].gaps]


class UsePage(Page):
    """One page of uses."""

    results = UseSummary(many=True, read_only=True)
