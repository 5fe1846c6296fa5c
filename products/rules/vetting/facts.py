"""A record as plain values, as far as the checks look at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from products.rules import derive


@dataclass(frozen=True)
class RatingFacts:
    """What buyers said somewhere; `count` is the number of ratings."""

    count: int | None
    seen_on: date | None


@dataclass(frozen=True)
class CertificationFacts:
    """What a body is said to say. `certified`: the record says that it was found in the register."""

    body: str
    certified: bool
    register_url: str
    link: str
    """Where the claim can be read, when it is not the register."""


@dataclass(frozen=True)
class Median:
    """The middle of what 100 mg cost among products of one form in one currency, and how many there are."""

    price_per_100_mg: Decimal
    prices: int


@dataclass(frozen=True)
class ProductRecord:
    """A product with its parts. Masses are mg per serving.

    `forms` are slugs; `has_catch_all` tells of a form that is only a place for others.
    `unexplained_parts`: some form has no amount, and nothing says why.
    `medians` are by form and currency.
    """

    label: derive.ProductFacts
    today: date
    name: str = ""
    forms: frozenset[str] = frozenset()
    has_catch_all: bool = False
    unexplained_parts: bool = False
    daily_value_percent: Decimal | None = None
    label_year: int | None = None
    checked_on: date | None = None
    gtin: str = ""
    gtin_shared_with: str = ""
    ratings: Sequence[RatingFacts] = ()
    certifications: Sequence[CertificationFacts] = ()
    medians: Mapping[tuple[str, str], Median] = field(default_factory=dict)

    @cached_property
    def derived(self) -> derive.ProductDerived:
        """What follows from the label, worked out once for all checks."""
        return derive.product(self.label)


@dataclass(frozen=True)
class EvidenceRecord:
    """One result of a study. `link` is where its source can be read, blank when nowhere."""

    design: str
    species: str
    certainty: str
    source: str
    link: str


@dataclass(frozen=True)
class SourceRecord:
    """A source. `doi_found` is what the register of DOIs answered, `None` when it was not asked.

    `seen_from` is the first day that its partial date can mean.
    """

    doi: str
    today: date
    doi_found: bool | None = None
    doi_asked_on: date | None = None
    seen_from: date | None = None
