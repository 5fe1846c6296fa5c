"""What makers claim, with what an editor or the rule says of it. None of it is evidence."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from compare.api.fields import Code, Text, Texts, Whole
from compare.api.serializers.sources import SourceRef
from compare.ledger import Found
from products.models import Claim, Judgement, Status, Verified
from products.rules.verdicts import Verdict

_WORDS = dict(Judgement.Verdict.choices)


class FoundAnswer(serializers.Serializer[Found]):
    """What follows by rule for a use and a form, from published results alone."""

    use = Text(source="use.slug", help_text="Slug of the use (`/api/v1/uses/<slug>/`).")
    form = Text(
        source="form.slug",
        allow_null=True,
        help_text="Slug of the form; null: none of its forms has a study that counts.",
    )
    verdict = Code({verdict.value: str(_WORDS[verdict.value]) for verdict in Verdict})
    evidence = serializers.SerializerMethodField(
        help_text="Keys of the results that it follows from, as under the use."
    )
    other_studies = Whole(
        source="elsewhere",
        help_text="Studies by mouth of other or mixed forms: told, never borrowed. Counted where no form has one of its own.",
    )

    @extend_schema_field(Texts())
    def get_evidence(self, found: Found) -> list[str]:
        return [row.key for row in found.evidence]


class ClaimJudgementAnswer(serializers.Serializer[Judgement]):
    """What the evidence for the form says of a claim. The results stand under the use."""

    key = Text()
    verdict = Code(Judgement.Verdict)
    reason = Text(help_text="Why, in a sentence or two.")
    form = Text(source="form.slug", allow_null=True, help_text="Slug of the form that was judged.")
    use = serializers.SerializerMethodField(
        help_text="Slug of the use (`/api/v1/uses/<slug>/`) that the claim is about. Null: none that is published."
    )
    evidence = serializers.SerializerMethodField(
        help_text="Keys of the results that the verdict rests on, as under the use."
    )
    verified = Code(Verified)

    def get_use(self, judgement: Judgement) -> str | None:
        use = judgement.use
        return use.slug if use and use.status == Status.PUBLISHED else None

    @extend_schema_field(Texts())
    def get_evidence(self, judgement: Judgement) -> list[str]:
        return [row.key for row in judgement.evidence.all()]


class ClaimAnswer(serializers.Serializer[Claim]):
    """What a maker or shop says. It is no evidence."""

    is_evidence = serializers.SerializerMethodField(help_text="Always false.")
    text = Text(help_text="In our words.")
    basis = Code(Claim.Basis, help_text="Where it is said.")
    verified = Code(Verified)
    note = Text(allow_null=True)
    judgement = ClaimJudgementAnswer(
        read_only=True, allow_null=True, help_text="Null: it has not been judged yet."
    )
    by_rule = serializers.SerializerMethodField(
        help_text="What follows from all that was found for the uses that it names, while nobody has judged it. Empty where it has been judged, names no use, or the form is not known."
    )
    uses = serializers.SerializerMethodField(
        help_text="Slugs of the uses that it names, where its words leave no doubt. What was found for a form stands under the use."
    )
    about = Code(
        Claim.About, allow_null=True, help_text="What it speaks of instead of a use, where known."
    )
    source = SourceRef(read_only=True)  # type: ignore[assignment]

    def get_is_evidence(self, claim: Claim) -> bool:
        return False

    @extend_schema_field(FoundAnswer(many=True))
    def get_by_rule(self, claim: Claim) -> Any:
        return FoundAnswer(self.context["by_rule"].get(claim.pk, ()), many=True).data

    @extend_schema_field(Texts())
    def get_uses(self, claim: Claim) -> list[str]:
        return [use.slug for use in claim.uses.all() if use.status == Status.PUBLISHED]
