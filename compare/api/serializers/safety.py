"""Safety: how much is enough and too much, and with what and for whom magnesium needs care."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from compare.api.fields import Code, Flag, Number, Text, Texts, Whole
from compare.api.serializers.envelope import Notes
from compare.api.serializers.sources import SourceRef
from compare.safety.amounts import body_name
from products.models import (
    Authority,
    BodyFunction,
    Caution,
    DeficiencySign,
    FoodSource,
    Interaction,
    LifeStage,
    ReferenceIntake,
    Sex,
    SideEffect,
    UpperLevel,
    Verified,
)

OF_FORM = "Slug of the form that it holds for; null: any form."


class AmountAnswer(serializers.Serializer[Any]):
    """Abstract: an amount by authority, stage of life and age."""

    authority = Code(Authority, help_text="As the key `authority` takes it.")
    issued_by = Text(help_text="Code of the body that issued it.")
    issued_by_name = serializers.SerializerMethodField()
    life_stage = Code(LifeStage)
    age_from_years = Number(allow_null=True, help_text="Years, included. Null: open.")
    age_to_years = Number(allow_null=True, help_text="Years, not included. Null: open.")
    amount_mg = Number(help_text="Magnesium a day, mg.")
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]

    def get_issued_by_name(self, row: ReferenceIntake | UpperLevel) -> str:
        return body_name(row)


class IntakeAnswer(AmountAnswer):
    """A recommended or adequate intake from all sources, food included."""

    kind = Code(ReferenceIntake.Kind)
    sex = Code(Sex)
    is_for_labels = Flag(help_text="One figure for all packs, not a need of a person.")


class UpperLevelAnswer(AmountAnswer):
    """The most that an authority holds safe from supplements."""

    kind = Code(UpperLevel.Kind)
    applies_to = Code(UpperLevel.AppliesTo)
    basis = Text(allow_null=True, help_text="What it rests on.")


class InteractionAnswer(serializers.Serializer[Interaction]):
    """What a class of medicines and magnesium do to each other, and what to do about it."""

    key = Text()
    code = Text(help_text="Names the class; it has a row for each form that it is known of.")
    medicine_class = Text()
    examples = Text(help_text="Active substances.")
    form = Text(source="form.slug", allow_null=True, help_text=OF_FORM)
    effect = Code(Interaction.Effect)
    mechanism = Text()
    action = Code(Interaction.Action)
    what_to_do = Text()
    hours_before = Whole(
        allow_null=True, help_text="Least hours between, when the medicine is taken first."
    )
    hours_after = Whole(
        allow_null=True, help_text="Least hours between, when magnesium is taken first."
    )
    severity = Code(Interaction.Severity)
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class CautionAnswer(serializers.Serializer[Caution]):
    """Who should take care, ask first or leave magnesium alone."""

    key = Text()
    code = Text(help_text="Names the condition; it has a row for each form that it is known of.")
    condition = Text()
    synonyms = Texts(source="synonym_list")
    form = Text(source="form.slug", allow_null=True, help_text=OF_FORM)
    who = Text()
    why = Text()
    what_to_do = Text()
    severity = Code(Caution.Severity)
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class SideEffectAnswer(serializers.Serializer[SideEffect]):
    """What magnesium may do to anyone who takes it."""

    key = Text()
    effect = Text()
    form = Text(source="form.slug", allow_null=True, help_text=OF_FORM)
    how_common = Text(allow_null=True, help_text="As the source puts it.")
    rate_percent = Number(allow_null=True, help_text="Share of those who took it, %.")
    dose_elemental_mg = Number(
        allow_null=True, help_text="Elemental magnesium a day, mg, at which it was seen."
    )
    in_first_week = Flag(help_text="Felt at the start, and usually gone after the first week.")
    is_emergency = Flag(help_text="Needs medical help at once.")
    advice = Text(allow_null=True)
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class DeficiencySignAnswer(serializers.Serializer[DeficiencySign]):
    """A sign that can come with a lack of magnesium. Each has other, commoner causes."""

    sign = Text()
    stage = Code(DeficiencySign.Stage)
    body_system = Text()
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class BodyFunctionAnswer(serializers.Serializer[BodyFunction]):
    """Something in the body that needs magnesium. No promise that more of it does more."""

    name = Text()
    detail = Text()
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class FoodSourceAnswer(serializers.Serializer[FoodSource]):
    """A food with the magnesium in one household serving."""

    food = Text()
    serving = Text(help_text="A household measure.")
    magnesium_mg = Number(help_text="Magnesium in this serving, mg.")
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class SafetyAnswer(serializers.Serializer[Any]):
    """All of it, whole. General information, not medical advice."""

    intakes = IntakeAnswer(many=True, read_only=True)
    upper_levels = UpperLevelAnswer(many=True, read_only=True)
    interactions = InteractionAnswer(many=True, read_only=True)
    cautions = CautionAnswer(many=True, read_only=True)
    side_effects = SideEffectAnswer(many=True, read_only=True)
    deficiency_signs = DeficiencySignAnswer(many=True, read_only=True)
    body_functions = BodyFunctionAnswer(many=True, read_only=True)
    foods = FoodSourceAnswer(many=True, read_only=True)
    notes = Notes()
