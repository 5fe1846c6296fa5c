"""Evidence: results of studies, and what they say of a use and a form. Claims are elsewhere."""

from __future__ import annotations

from rest_framework import serializers

from compare.api.fields import Code, Day, EmptyMap, Flag, Json, Number, Text, Whole
from compare.api.serializers.sources import SourceRef
from compare.evidence import Cell, Effect, Study
from products.models import (
    Confidence,
    EmptyKind,
    Evidence,
    PublishedRating,
    Source,
    Species,
    Verified,
)
from products.rules.evidence import Kind, Status

KINDS = {
    Kind.PEOPLE.value: "people, by mouth, magnesium alone: speaks for a supplement",
    Kind.ANIMALS.value: "animals, by mouth",
    Kind.IN_VITRO.value: "in the laboratory",
    Kind.INJECTION.value: "by drip or injection: says nothing about supplements",
    Kind.FOOD.value: "magnesium in food: says nothing about supplements",
    Kind.COMBINATION.value: "with another active ingredient: magnesium gets no credit",
    Kind.OTHERWISE.value: "given otherwise: says nothing about supplements",
}
STATUSES = {
    Status.TESTED_IN_FORM.value: "this form was tested in people, by mouth, alone",
    Status.ANIMALS_ONLY.value: "this form was tested in animals or in the laboratory only",
    Status.ONLY_OTHER_FORMS.value: "only other or mixed forms were tested; nothing is borrowed from them",
    Status.NOT_TESTED.value: "no study is known",
}
_MAY_BE_BLANK = ("n", "population", "comparator", "effect", "p_value")
ANY_FORM = "Slug of the form; null: the studies mixed forms or did not say."


class EffectAnswer(serializers.Serializer[Effect]):
    """The size of an effect as published. Sizes are never pooled here."""

    value = Number(help_text="In `unit`.")
    unit = Text(
        help_text="`mmHg`, `min`, `%` …; `RR`, `OR` and `HR` are ratios, of which 1 is none."
    )
    low = Number(allow_null=True, help_text="95 % interval, from, in `unit`. Null: not known.")
    high = Number(allow_null=True, help_text="95 % interval, to, in `unit`. Null: not known.")
    is_ratio = Flag()


class EvidenceAnswer(serializers.Serializer[Study]):
    """One outcome of one study. Direction, size and certainty stand apart."""

    key = Text(source="row.key")
    kind = Code(KINDS, help_text="What it can speak for; follows from species, route and the rest.")
    form = Text(source="row.form.slug", allow_null=True, help_text=ANY_FORM)
    design = Code(Source.Kind, source="row.design")
    species = Code(Species, source="row.species")
    route = Code(Evidence.Route, source="row.route")
    is_combination = Flag(
        source="row.is_combination",
        help_text="Given with another active ingredient: magnesium gets no credit.",
    )
    population = Text(source="row.population", allow_null=True)
    n = Whole(source="row.n", allow_null=True, help_text="Number of people or animals.")
    dose_elemental_mg = Number(
        source="row.dose_elemental_mg",
        allow_null=True,
        help_text="Elemental magnesium a day, mg. Of several studies together there is none.",
    )
    duration = Text(source="row.duration", allow_null=True)
    comparator = Text(source="row.comparator", allow_null=True)
    outcome = Text(source="row.outcome", help_text="What was measured.")
    direction = Code(Evidence.Direction, source="row.direction")
    effect = EffectAnswer(read_only=True, allow_null=True, help_text="Null: no size is on record.")
    p_value = Text(source="row.p_value", allow_null=True, help_text="As published.")
    comparable_group = Text(
        source="row.comparable_group",
        allow_null=True,
        help_text="Results with the same word here and the same unit may share an axis.",
    )
    certainty = Code(
        Confidence,
        help_text="How sure it is: as judged, held down to what design and species allow.",
    )
    certainty_held_down = Flag(source="held_down", help_text="It was judged surer than that.")
    certainty_reason = Text(source="row.certainty_reason")
    note = Text(source="row.note", allow_null=True)
    verified = Code(Verified, source="row.verified")
    source = SourceRef(source="row.source", read_only=True)  # type: ignore[assignment]
    empty = EmptyMap()

    def to_representation(self, study: Study) -> Json:
        """Of several studies together there is no one dose or length; the rest can be looked up."""
        shown: Json = super().to_representation(study)
        kinds = dict.fromkeys(_MAY_BE_BLANK, EmptyKind.NOT_LOOKED_UP)
        kinds |= dict.fromkeys(("dose_elemental_mg", "duration"), study.empty)
        shown["empty"] = {field: kind for field, kind in kinds.items() if shown[field] is None}
        return shown


class FormEvidenceAnswer(EvidenceAnswer):
    """One outcome of one study of a form, and the use that it is about."""

    use = Text(source="row.use.slug", help_text="Slug of the use (`/api/v1/uses/<slug>/`).")


class UseCellAnswer(serializers.Serializer[Cell]):
    """What is known of one form for a use, from studies of this very form."""

    form = serializers.SerializerMethodField(help_text=ANY_FORM)
    name = Text(source="form.name")
    status = Code(STATUSES)
    direction = Code(
        Evidence.Direction,
        allow_null=True,
        help_text="Of studies in people, by mouth, of magnesium alone. Null: there is none.",
    )
    certainty = Code(
        Confidence, allow_null=True, help_text="How sure that direction is. Null: there is none."
    )
    human_studies = serializers.SerializerMethodField(
        help_text="Studies that direction and certainty rest on."
    )
    laboratory_studies = Whole(
        source="verdict.laboratory",
        help_text="Studies of this form in animals or in vitro; they lift no certainty.",
    )
    other_studies = Whole(
        source="verdict.elsewhere", help_text="Studies by mouth of other or mixed forms."
    )
    apart = serializers.ListField(
        source="verdict.apart",
        child=Code(
            {kind: KINDS[kind] for kind in ("injection", "food", "combination", "otherwise")}
        ),
        read_only=True,
        help_text="What else was done with this form, and says nothing about supplements.",
    )

    def get_form(self, cell: Cell) -> str | None:
        return None if cell.is_mixed else cell.form.slug

    def get_human_studies(self, cell: Cell) -> int:
        return cell.verdict.judgement.studies if cell.verdict.judgement else 0


class UseRatingAnswer(serializers.Serializer[PublishedRating]):
    """How an outside body rates a use: a fact about that body, never our own grade."""

    rater = Text()
    rating = Text(help_text="What it says, in our words.")
    as_told = Text(help_text="The step of its own scale, as the source tells it.")
    form = Text(
        source="form.slug",
        allow_null=True,
        help_text="Slug of the form; null: magnesium in general, or not told.",
    )
    is_second_hand = Flag(help_text="The source is not the body itself but tells of it.")
    rated_on = Day(allow_null=True, help_text="Null: the day is not known.")
    told_on = Day(allow_null=True, help_text="At second hand, the day on which it was told.")
    is_retired = Flag(help_text="The body has withdrawn it and put nothing in its place.")
    note = Text(allow_null=True)
    verified = Code(Verified)
    source = SourceRef(read_only=True)  # type: ignore[assignment]
