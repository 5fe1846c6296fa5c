"""The safety of one product for one reader: shares of limit and need, and what is held against it.

For the page of a product, a list and a comparison alike. Make `Strips` once a page, then one strip a
product: that costs no query. A product that is ruled out stays in sight, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from compare.basis import Basis
from compare.comparison.yardsticks import SHORT_NAMES
from compare.safety.amounts import Amounts
from compare.safety.reader import Reader
from products.models import Authority, Caution, Interaction, Product, ReferenceIntake, UpperLevel
from products.rules import intake, interaction
from products.rules.dose import Amount, Kind
from products.rules.intake import Code, Sex
from products.rules.interaction import Reason, Standing


@dataclass(frozen=True)
class LimitShare:
    """What is taken as a share of the limit. `for_adults`: none is on record for the reader's stage."""

    row: UpperLevel
    share: Amount
    stands: Code
    for_adults: bool

    @property
    def name(self) -> str:
        return SHORT_NAMES[Authority(self.row.authority)]


@dataclass(frozen=True)
class NeedShare:
    """What is taken as a share of a need. `who` is blank where it is the reader's own."""

    row: ReferenceIntake
    share: Amount
    who: str


@dataclass(frozen=True)
class Held:
    """One thing held against a product: a medicine or a condition of the reader, and what to do."""

    row: Interaction | Caution
    reason: Reason
    forms: str = ""
    """Forms that it is about, where it is not about any."""

    @property
    def name(self) -> str:
        return str(self.row)

    @property
    def anchor(self) -> str:
        """Where the safety page tells of it, with its source."""
        return f"{'medicine' if isinstance(self.row, Interaction) else 'caution'}-{self.row.key}"

    @property
    def form_unknown(self) -> bool:
        return self.reason.form_unknown

    @property
    def rules_out(self) -> bool:
        return self.reason.standing is Standing.AVOID


@dataclass(frozen=True)
class SafetyStrip:
    """What a page shows of one product's safety. `own` is the product's part of `taken`."""

    product: Product
    reader: Reader
    own: Amount | None
    is_serving: bool
    held: tuple[Held, ...]
    standing: Standing
    limit: LimitShare | None = None
    needs: tuple[NeedShare, ...] = ()

    @property
    def is_ruled_out(self) -> bool:
        return self.standing is Standing.AVOID

    @property
    def is_for_others(self) -> bool:
        """A limit is set for the healthy: to a reader who must not or should ask first it says little."""
        return self.standing in (Standing.AVOID, Standing.ASK_FIRST)

    @property
    def taken(self) -> Amount | None:
        """With the other magnesium that the reader takes."""
        if self.own is None or not self.reader.other_mg:
            return self.own
        return intake.with_other(self.own, self.reader.other_mg)

    @property
    def is_above(self) -> bool:
        return self.limit is not None and self.limit.stands is not Code.WITHIN


@dataclass(frozen=True)
class Strips:
    """All that the strips of one page share."""

    basis: Basis
    reader: Reader
    amounts: Amounts
    rows: Mapping[str, Interaction | Caution]

    @classmethod
    def load(cls, basis: Basis, reader: Reader) -> Strips:
        """One query each for medicines and conditions of the reader."""
        rows: dict[str, Interaction | Caution] = {}
        # Keys and codes are unique within each table only, and the rule sees both.
        if reader.medicines:
            medicines = Interaction.objects.published().filter(code__in=reader.medicines)
            for row in medicines.for_page():
                rows[f"medicine {row.key}"] = row
        if reader.all_conditions:
            conditions = Caution.objects.published().filter(code__in=reader.all_conditions)
            for row in conditions.for_page():
                rows[f"condition {row.key}"] = row
        return cls(basis, reader, Amounts.load(basis.authority), rows)

    def of(self, product: Product) -> SafetyStrip:
        """Reads `ingredients`. Costs no query after `for_list()`."""
        own = self.basis.magnesium(product)
        is_serving = self.basis.dose.kind is Kind.SERVING
        if own is None and product.elemental_mg_per_serving:
            # The day is not known: a serving stands for it, and the strip says so.
            own, is_serving = Amount.exactly(product.elemental_mg_per_serving), True
        forms = [part.form.slug for part in product.ingredients.all()] or None
        result = interaction.of_product(self._rules, self.rows, forms)
        strip = SafetyStrip(
            product, self.reader, own, is_serving, self._held(result), result.standing
        )
        if strip.taken is None:
            return strip
        return replace(
            strip,
            limit=self._limit(strip.taken),
            needs=tuple(self._need(row, strip.taken) for row in self._needs),
        )

    @cached_property
    def _rules(self) -> list[interaction.Row]:
        return [
            interaction.Row(key, key, row.row.form, row.row.says) for key, row in self.rows.items()
        ]

    @cached_property
    def _needs(self) -> list[ReferenceIntake]:
        return self.amounts.needs_of(self.reader)

    @cached_property
    def _limit_row(self) -> tuple[UpperLevel | None, bool]:
        return self.amounts.limit_of(self.reader)

    def _held(self, result: interaction.Result) -> tuple[Held, ...]:
        return tuple(Held(self.rows[reason.key], reason) for reason in result.reasons)

    def _limit(self, taken: Amount) -> LimitShare | None:
        row, for_adults = self._limit_row
        if row is None:
            return None
        share = intake.share_of(taken, row.amount_mg)
        return LimitShare(row, share, intake.against_limit(taken, row.amount_mg), for_adults)

    def _need(self, row: ReferenceIntake, taken: Amount) -> NeedShare:
        own = self.reader.age is not None and len(self._needs) == 1
        who = "" if own else _who(row)
        return NeedShare(row, intake.share_of(taken, row.amount_mg), who)


def _who(row: ReferenceIntake) -> str:
    return {Sex.FEMALE: "a woman", Sex.MALE: "a man"}.get(Sex(row.sex), "an adult")


def other_share(reader: Reader, amounts: Amounts) -> tuple[UpperLevel, Decimal] | None:
    """The limit of a reader, and which part of it the other magnesium takes up already."""
    row, _ = amounts.limit_of(reader)
    if row is None or not reader.other_mg:
        return None
    return row, reader.other_mg / row.amount_mg
