"""A product as a row of a list: the figures of one basis, each known or empty for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

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
    def limit_name(self) -> str:
        """Whose limit it is, in a word."""
        return SHORT_NAMES[self.basis.authority]

    @property
    def strip(self) -> Strip | None:
        """Hatched above the limit; without one, nothing is."""
        if not self.magnesium:
            return None
        return dose_strip(self.magnesium, self.limit.amount_mg if self.limit else STRIP_MG)

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
    def units_noun(self) -> str:
        several = self.units != Amount.exactly(Decimal(1))
        return DosageForm(self.product.dosage_form).noun(several)

    @property
    def confidence(self) -> str:
        """How sure the grade is; of several forms with one grade, the least sure."""
        return least_sure(forms_of(self.product)).confidence

    @property
    def check_is_known(self) -> bool:
        return self.product.label_check != LabelCheck.CANNOT_BE_CHECKED

    @property
    def is_stale(self) -> bool:
        return cost.is_stale(self.product.price_seen_on, self.at)

    @cached_property
    def safety(self) -> SafetyStrip | None:
        """What the reader's own answers say of it."""
        return self.strips.of(self.product) if self.strips else None

    @property
    def is_on(self) -> bool:
        """Ticked for comparison."""
        return self.product.slug in self.query.all("item")

    @property
    def toggle(self) -> Query:
        change = self.query.remove if self.is_on else self.query.add
        return change("item", self.product.slug)


@dataclass(frozen=True)
class FormRow:
    """What a list shows of one magnesium form."""

    form: MagnesiumForm
    query: Query

    @property
    def is_on(self) -> bool:
        return self.form.slug in self.query.all("item")

    @property
    def toggle(self) -> Query:
        change = self.query.remove if self.is_on else self.query.add
        return change("item", self.form.slug)

    @property
    def compound_for_100_mg(self) -> Decimal | None:
        """mg of the compound that bring 100 mg of magnesium, by the formula."""
        fraction = self.form.elemental_fraction
        return Decimal(100) / fraction if fraction else None
