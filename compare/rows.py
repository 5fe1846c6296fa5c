"""A product as a row of a list: the figures of one basis, each known or empty for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from compare.basis import Basis
from compare.charts.strip import STRIP_MG, Strip, dose_strip
from compare.comparison.form_facts import least_sure
from compare.comparison.reading import forms_of
from compare.comparison.yardsticks import SHORT_NAMES
from compare.links import Query
from compare.safety.strip import SafetyStrip, Strips
from products.models import DosageForm, EmptyKind, LabelCheck, MagnesiumForm, Product, UpperLevel
from products.rules import cost, intake
from products.rules.dose import Amount, Kind


@dataclass(frozen=True)
class Tick:
    """Whether a row is ticked for comparison, and the address where it is the other way."""

    slug: str
    name: str
    is_on: bool
    toggle_url: str

    @classmethod
    def of(cls, query: Query, slug: str, name: str) -> Tick:
        if slug in query.all("item"):
            return cls(slug, name, True, str(query.remove("item", slug)))
        return cls(slug, name, False, query.adding("item", slug))


class MagnesiumCell(NamedTuple):
    """All that the partial of this cell says: rows with the same are drawn once."""

    amount: Amount | None
    kind: Kind
    limit_mg: Decimal | None
    limit_name: str
    of_limit: Amount | None
    units: Amount | None
    dosage_form: str
    serving_mg: Decimal | None
    empty: EmptyKind | None

    @property
    def units_noun(self) -> str:
        return DosageForm(self.dosage_form).noun(self.units != Amount.exactly(Decimal(1)))

    @property
    def strip(self) -> Strip | None:
        """Hatched above the limit; without one, nothing is."""
        return dose_strip(self.amount, self.limit_mg or STRIP_MG) if self.amount else None


class GradeCell(NamedTuple):
    """A grade of the forms, or why there is none; `confidence` is blank where none is said."""

    grade: str
    confidence: str
    empty: EmptyKind | None
    forms: int


class CheckCell(NamedTuple):
    """Whether the label adds up, and the figures or the reason behind it."""

    code: str
    reason: str
    elemental_mg: Decimal | None
    capacity_mg: Decimal | None

    @property
    def is_known(self) -> bool:
        return self.code != LabelCheck.CANNOT_BE_CHECKED


@dataclass(frozen=True)
class ProductRow:
    """What a list shows of one product. Reads prefetched rows only; costs no query.

    `limit` is that of the basis's authority for an adult, `None` where it has given none. `strips`
    are there for a reader who has said what holds for them.
    """

    product: Product
    basis: Basis
    at: date
    query: Query
    limit: UpperLevel | None = None
    strips: Strips | None = None

    @cached_property
    def magnesium(self) -> Amount | None:
        return self.basis.magnesium(self.product)

    @property
    def magnesium_empty(self) -> EmptyKind:
        needed = ["label_elemental_mg"]
        if self.basis.dose.kind is Kind.DAY:
            needed.append("daily_servings")
        return self.product.empty_of(*needed)

    @cached_property
    def units(self) -> Amount | None:
        """Pieces in the dose, for what is taken by the piece."""
        return self.basis.units(self.product) if self.product.is_counted else None

    @property
    def of_limit(self) -> Amount | None:
        """Share of the limit, only where the day is known: the limit is one for a day."""
        if self.basis.dose.kind is not Kind.DAY or self.magnesium is None or self.limit is None:
            return None
        return intake.share_of(self.magnesium, self.limit.amount_mg)

    @property
    def magnesium_cell(self) -> MagnesiumCell:
        known = self.magnesium is not None
        return MagnesiumCell(
            self.magnesium,
            self.basis.dose.kind,
            self.limit.amount_mg if self.limit else None,
            SHORT_NAMES[self.basis.authority],
            self.of_limit,
            self.units if known else None,
            self.product.dosage_form,
            None if known else self.product.elemental_mg_per_serving,
            None if known else self.magnesium_empty,
        )

    @property
    def grade_cell(self) -> GradeCell:
        if grade := self.product.bioavailability:
            return GradeCell(grade, self.confidence, None, 0)
        return GradeCell("", "", self.grade_empty, len(self.forms))

    @property
    def laxative_cell(self) -> GradeCell:
        if grade := self.product.laxative:
            return GradeCell(grade, "", None, 0)
        return GradeCell("", "", self.laxative_empty, len(self.forms))

    @property
    def check_cell(self) -> CheckCell:
        product = self.product
        return CheckCell(
            product.label_check,
            product.label_check_reason,
            product.elemental_mg_per_serving,
            product.label_capacity_mg,
        )

    @cached_property
    def forms(self) -> list[str]:
        return [part.form.short_name for part in self.product.ingredients.all()]

    @property
    def grade_empty(self) -> EmptyKind | None:
        """Why there is no grade; `None` when the forms are known and merely differ."""
        if not self.forms:
            return self.product.empty_of("forms")
        parts = self.product.ingredients.all()
        if any(part.amounts == EmptyKind.WITHHELD for part in parts):
            return EmptyKind.WITHHELD
        return None if len(self.forms) > 1 else EmptyKind.NOT_LOOKED_UP

    @property
    def laxative_empty(self) -> EmptyKind | None:
        """Like `grade_empty`; a form that has not been graded leaves it not looked up yet."""
        graded = [part.form.laxative for part in self.product.ingredients.all()]
        return EmptyKind.NOT_LOOKED_UP if "" in graded else self.grade_empty

    @property
    def price_empty(self) -> EmptyKind:
        return self.product.empty_of("price")

    @property
    def confidence(self) -> str:
        """How sure the grade is; of several forms with one grade, the least sure."""
        return least_sure(forms_of(self.product)).confidence

    @property
    def is_stale(self) -> bool:
        return cost.is_stale(self.product.price_seen_on, self.at)

    @cached_property
    def safety(self) -> SafetyStrip | None:
        """What the reader's own answers say of it."""
        return self.strips.of(self.product) if self.strips else None

    @cached_property
    def tick(self) -> Tick:
        return Tick.of(self.query, self.product.slug, str(self.product))


@dataclass(frozen=True)
class FormRow:
    """What a list shows of one magnesium form."""

    form: MagnesiumForm
    query: Query

    @property
    def tick(self) -> Tick:
        return Tick.of(self.query, self.form.slug, self.form.name)

    @property
    def compound_for_100_mg(self) -> Decimal | None:
        """mg of the compound that bring 100 mg of magnesium, by the formula."""
        fraction = self.form.elemental_fraction
        return Decimal(100) / fraction if fraction else None
