"""Uses: what people take magnesium for."""

from __future__ import annotations

from rest_framework import serializers

from compare.api.fields import Code, Flag, Text
from compare.api.serializers.envelope import Page
from products.models import Confidence, Use


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


class UsePage(Page):
    """One page of uses."""

    results = UseSummary(many=True, read_only=True)
