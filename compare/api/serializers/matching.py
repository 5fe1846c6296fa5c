"""How products stand to what a reader wants of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from compare.api.fields import Code, Text, Whole
from compare.wishes import FACTS, MEANINGS, Placed, Stood
from products.rules.wishes import Group, Standing, Weight

WEIGHTS = {
    Weight.MUST.value: "it must hold",
    Weight.MATTERS.value: "it matters",
}
STANDINGS = {
    Standing.MET.value: "it holds",
    Standing.FAILED.value: "it does not",
    Standing.UNKNOWN.value: "it is not known",
}


class StoodAnswer(serializers.Serializer[Stood]):
    """How a product stands to one wish."""

    fact = Code({key: fact.label for key, fact in FACTS.items()}, source="fact.key")
    weight = Code(WEIGHTS)
    standing = Code(STANDINGS)
    said = Text(help_text="What is known of it, in words.")


class MatchAnswer(serializers.Serializer[Placed]):
    """Where a product stands. There is no score, and no order within a group."""

    group = Code({group.value: MEANINGS[group] for group in Group})
    wishes = StoodAnswer(source="stood", many=True, read_only=True)
    why = Text(help_text="All of it in one line.")


class GroupCount(serializers.Serializer[Any]):
    """A group, and how many products of the whole answer are in it."""

    group = Code({group.value: MEANINGS[group] for group in Group})
    count = Whole(help_text="Products on all pages.")
