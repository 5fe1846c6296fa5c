"""The groups that a list is put in, and what explains the place of a product."""

from __future__ import annotations

from dataclasses import dataclass

from compare.rows import ProductRow
from compare.wishes.facts import Fact
from products.rules.wishes import Group, Standing, Weight

WORDS = {
    Group.GOOD: "Good match",
    Group.PARTIAL: "Partial match",
    Group.UNKNOWN: "Not known",
    Group.NO: "Does not match",
}
MEANINGS = {
    Group.GOOD: "All that must hold does, and all that matters.",
    Group.PARTIAL: "All that must hold does; something that matters does not, or is not known.",
    Group.UNKNOWN: "Something that must hold is not known, so nobody can say whether it fits.",
    Group.NO: "Something that must hold does not.",
}


@dataclass(frozen=True)
class Stood:
    """How a product stands to one wish; `said` is what is known of it, in words."""

    fact: Fact
    weight: Weight
    standing: Standing
    said: str


@dataclass(frozen=True)
class Placed:
    """A row with its group, and how it stands to each wish."""

    row: ProductRow
    group: Group
    stood: tuple[Stood, ...]

    @property
    def why(self) -> str:
        """In one line."""
        return "; ".join(f"{one.fact.name}: {one.said}" for one in self.stood)


@dataclass(frozen=True)
class Section:
    """The rows of a page that are in one group. `count` is of the whole answer, where it was counted."""

    group: Group
    rows: tuple[Placed, ...]
    count: int | None

    @property
    def words(self) -> str:
        return WORDS[self.group]

    @property
    def meaning(self) -> str:
        return MEANINGS[self.group]
