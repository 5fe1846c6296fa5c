"""What stands around the rows of every answer: the basis, what was ignored, pages, facets."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from compare.api.fields import Code, Flag, Link, Number, Text, Whole
from compare.basis import Basis
from compare.notes import Ignored, Note
from products.models import Authority

IGNORED = {
    Ignored.UNKNOWN_KEY.value: "a key that is not known here",
    Ignored.UNKNOWN_VALUE.value: "a value that is not known; others of the same key still hold",
    Ignored.NOT_A_NUMBER.value: "a number was needed",
    Ignored.OUT_OF_BOUNDS.value: "a number outside its bounds",
    Ignored.GIVEN_TWICE.value: "used once",
    Ignored.ENDS_SWAPPED.value: "the ends of a range were read the other way round",
    Ignored.TOO_MANY.value: "more than fit side by side",
    Ignored.TOO_LONG.value: "cut",
    Ignored.TOO_FINE.value: "a number with more decimal places than are read",
    Ignored.NO_WORD.value: "a search without a word",
    Ignored.LAST_OF_SEVERAL.value: "a key that takes one value had several; the last was used",
    Ignored.CORRECTED.value: "a word of a search that nothing has; the nearest was searched for",
    Ignored.NO_SUCH_WORD.value: "a word of a search that nothing has, and none is near",
}


class BasisAnswer(serializers.Serializer[Basis]):
    """The dose that figures are counted on, and the authority whose limits hold."""

    dose = Text(source="code", help_text="`serving`, `day`, or a number of mg of magnesium.")
    authority = Code(Authority)


class NoteAnswer(serializers.Serializer[Any]):
    """A piece of the query that was ignored or mended. The rest of the query still holds."""

    code = Code(IGNORED)
    key = Text(help_text="Key in the query.")
    value = Text(help_text="Value as it was given; blank where the key itself is meant.")
    message = serializers.SerializerMethodField(help_text="The same as a sentence, in English.")

    def get_message(self, note: Note) -> str:
        return str(note)


@extend_schema_field(NoteAnswer(many=True))
class Notes(serializers.Field):
    """What of the query was ignored, of an answer about one thing: taken from the context."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "What of the query was ignored.")
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, thing: Any) -> Any:
        return NoteAnswer(self.context["notes"], many=True).data


class ChoiceValue(serializers.Serializer[Any]):
    """One value of a filter."""

    value = Text(help_text="As it stands in the query; `unknown` where the fact is not known.")
    label = Text()  # type: ignore[assignment]
    count = Whole(help_text="Rows that choosing this value alone would show, other filters kept.")
    selected = Flag()


class ChoicesFacet(serializers.Serializer[Any]):
    """A filter by values."""

    key = Text(help_text="Key of the filter.")
    kind = Code({"choices": "values to choose from"})
    label = Text()  # type: ignore[assignment]
    values = ChoiceValue(many=True, read_only=True)


class BarAnswer(serializers.Serializer[Any]):
    """Rows from `low` up to, not including, `high`."""

    low = Number()
    high = Number(allow_null=True, help_text="Null: open above.")
    count = Whole()


class RangeFacet(serializers.Serializer[Any]):
    """A filter by two ends."""

    key = Text(help_text="Name of the range; its ends are asked for by `low_key` and `high_key`.")
    kind = Code({"range": "two ends"})
    label = Text()  # type: ignore[assignment]
    unit = Text(help_text="Unit of the ends and bars.")
    low_key = Text()
    high_key = Text()
    unknown = Whole(help_text="Rows that have no value to compare.")
    bars = BarAnswer(many=True, read_only=True)


FACETS = PolymorphicProxySerializer(
    component_name="Facet",
    serializers={"choices": ChoicesFacet, "range": RangeFacet},
    resource_type_field_name="kind",
    many=True,
)


class Page(serializers.Serializer[Any]):
    """One page of a list."""

    count = Whole(help_text="Rows on all pages.")
    page = Whole(help_text="This page, from 1.")
    pages = Whole(help_text="Number of pages.")
    next = Link(help_text="Next page; null on the last.")
    previous = Link(help_text="Previous page; null on the first.")
    notes = NoteAnswer(many=True, read_only=True, help_text="What of the query was ignored.")


@extend_schema_field(FACETS)
class FacetsField(serializers.Field):
    """Facets as `compare.facets` counts them."""

    def to_representation(self, facets: Any) -> Any:
        shown = {"choices": ChoicesFacet, "range": RangeFacet}
        return [shown[facet["kind"]](facet).data for facet in facets]


class FilteredPage(Page):
    """One page of a filtered list."""

    basis = BasisAnswer(read_only=True)
    sort = Text(help_text="Order in force.")
    facets = FacetsField(
        read_only=True,
        help_text="Counts behind every filter value, each ignoring its own selection. Empty unless asked for with `facets=1`.",
    )


class Problem(serializers.Serializer[Any]):
    """Why there is no answer."""

    detail = Text()
