"""A comparison as `compare.comparison.as_dict` gives it; described here, not made."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from compare.api.fields import Code, Day, Flag, Link, PageUrl, Text, Texts, Whole
from compare.api.serializers.envelope import BasisAnswer, NoteAnswer
from compare.api.serializers.sources import SEEN
from compare.comparison import Shown
from compare.comparison.marks import NoBest
from compare.comparison.remarks import Said
from compare.comparison.row import Better
from products.models import EmptyKind, Source, Verified

NAMED: dict[str, Any] = {
    "type": "object",
    "description": "A thing with a page of its own.",
    "required": ["name", "url"],
    "properties": {"name": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
}
RANGE: dict[str, Any] = {
    "type": "object",
    "description": "A range; one figure has both ends the same.",
    "required": ["low", "high"],
    "properties": {"low": {"type": "number"}, "high": {"type": "number"}},
}
SCALARS: list[dict[str, Any]] = [{"type": "number"}, {"type": "boolean"}, {"type": "string"}]
NUMBERS = {"type": "array", "items": {"type": "integer"}}


def _codes(values: Any) -> dict[str, str]:
    """A vocabulary whose codes say what they mean."""
    return {one.value: one.value.replace("_", " ") for one in values}


@extend_schema_field(
    {
        "anyOf": [
            RANGE,
            *SCALARS,
            {"type": "array", "items": {"anyOf": [NAMED, {"type": "string"}]}},
            NAMED,
            {"type": "null"},
        ]
    }
)
class CellValue(serializers.Field):
    """A typed value of any kind."""


@extend_schema_field({"anyOf": [RANGE, {"type": "null"}]})
class CellDelta(serializers.Field):
    """A distance."""


@extend_schema_field(NUMBERS)
class Numbers(serializers.Field):
    """Numbers of references."""


class RemarkAnswer(serializers.Serializer[Any]):
    """What stands beside a value."""

    code = Code(_codes(Said))
    text = Text()


class CellAnswer(serializers.Serializer[Any]):
    """What one row says of one item."""

    item = Text(help_text="Slug of the item.")
    value = CellValue(
        read_only=True,
        help_text="Typed: a range or number, a code, text, a list. With the unit `%` a fraction of 1.",
    )
    unit = Text(allow_null=True, help_text="`mg`, `%`, a currency, or the noun behind a figure.")
    text = Text(help_text="The same for people.")
    empty = Code(
        EmptyKind,
        allow_null=True,
        help_text="Why the value is not known; null when it is known.",
    )
    beside = Text(
        allow_null=True,
        help_text="A second code that never goes without the value: the certainty of a direction, the standing against a limit.",
    )
    seen_on = Day(allow_null=True, help_text="Day on which a price or rating was seen.")
    stale = Flag(allow_null=True, help_text="Seen too long ago, or on a day that is not known.")
    notes = RemarkAnswer(many=True, read_only=True)
    best = Flag(help_text="Best of its row, only where that is beyond dispute.")
    delta = CellDelta(
        read_only=True, help_text="Distance from the item named as `base`, in the unit of the cell."
    )
    sources = Numbers(read_only=True, help_text="Numbers in `references`.")


class RowAnswer(serializers.Serializer[Any]):
    """One line of a comparison."""

    key = Text(help_text="Lasting name of the row.")
    label = Text()  # type: ignore[assignment]
    hint = Text(help_text="A few words that belong to the label; may be blank.")
    unit = Text(help_text="May be blank.")
    term = Text(help_text="What the row means, in a sentence.")
    better = Code(
        _codes(Better),
        allow_null=True,
        help_text="Which end is better, where that is beyond dispute.",
    )
    differs = Flag(help_text="At least two known values differ. Unknown is not different.")
    best = Texts(help_text="Slugs of the best items.")
    no_best = Code(_codes(NoBest), allow_null=True, help_text="Why none is marked best.")
    sources = Numbers(read_only=True, help_text="Numbers in `references` of the row itself.")
    cells = CellAnswer(many=True, read_only=True, help_text="One an item, in the order of `items`.")


class GroupAnswer(serializers.Serializer[Any]):
    """Rows under one head."""

    key = Text()
    label = Text()  # type: ignore[assignment]
    rows = RowAnswer(many=True, read_only=True)


class ItemAnswer(serializers.Serializer[Any]):
    """A product or form that is compared."""

    slug = Text()
    name = Text()
    url = PageUrl()


class ReferenceAnswer(serializers.Serializer[Any]):
    """A source with its number in this comparison."""

    number = Whole()
    key = Text()
    title = Text()
    authors = Text(help_text="May be blank.")
    year = Whole(allow_null=True)
    kind = Code(Source.Kind)
    verified = Code(Verified)
    seen_on = Text(allow_null=True, help_text=SEEN)
    link = Link()
    url = PageUrl()


class RowCounts(serializers.Serializer[Any]):
    """Number of rows, shown or not."""

    all = Whole()
    differing = Whole()
    same = Whole()


class ComparisonAnswer(serializers.Serializer[Any]):
    """Items side by side."""

    basis = BasisAnswer(read_only=True)
    rows = Code(_codes(Shown), help_text="Rows shown.")
    base = Text(allow_null=True, help_text="Slug of the item that others are held against.")
    counts = RowCounts(read_only=True)
    items = ItemAnswer(many=True, read_only=True, help_text="In the order asked for.")
    groups = GroupAnswer(many=True, read_only=True)
    references = ReferenceAnswer(many=True, read_only=True)
    notes = NoteAnswer(many=True, read_only=True, help_text="What of the query was ignored.")
