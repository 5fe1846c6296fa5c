"""The page of one product: each section's figures, counted on the dose of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from compare import figures
from compare.basis import Basis
from compare.charts.day_strip import DayStrip, Mark, day_strip
from compare.charts.price_history import PriceHistory, Seen, price_history
from compare.comparison.evidence_rows import tested
from compare.comparison.product_rows import product_rows
from compare.comparison.reading import piece_noun
from compare.comparison.yardsticks import ALWAYS, SHORT_NAMES, Yardsticks
from compare.known_cautions import cautions_on_record, side_effects_on_record
from compare.known_forms import with_forms
from compare.ledger import Ledger
from compare.links import Query
from compare.reading import check, facts, flags, label
from compare.reading.changes import PageHistory
from compare.reading.facts import Fact
from compare.reading.tested import Place, Tested
from compare.reading.tested import tested as uses_tested
from compare.reading.told import Told
from compare.references import References
from compare.safety.people import (
    OfSeverity,
    Person,
    SideEffects,
    by_severity,
    cautions,
)
from compare.safety.reader import Reader
from compare.safety.strip import SafetyStrip, Strips
from products.history import last_checked_by
from products.models import FactNote, MagnesiumForm, Offer, Product
from products.rules import cost
from products.rules.dose import Amount, Kind

FactName = FactNote.FactName
NARROW = 350
NEED_OF = {"": "yours", "a woman": "women", "a man": "men", "an adult": "adults"}
"""Whose need it is, over a line of the plot."""

PANEL = ("compound_mg", "share_percent", "serving_mg", "serving", "daily_servings", "pack")
BESIDES = (
    *("combined_with", "other_ingredients", "allergens", "vegan", "vegetarian"),
    *("gluten_free", "non_gmo", "gtin"),
)
TAKING = ("directions", "with_food", "pills", "days_a_pack")
NOTED: dict[str, FactName] = {
    "compound_mg": FactName.COMPOUND,
    "serving_mg": FactName.ELEMENTAL,
    "serving": FactName.SERVING,
    "daily_servings": FactName.DAILY_SERVINGS,
    "pack": FactName.CONTAINER,
    **{
        name.value: name
        for name in (
            *(FactName.OTHER_INGREDIENTS, FactName.ALLERGENS, FactName.VEGAN, FactName.VEGETARIAN),
            *(FactName.GLUTEN_FREE, FactName.NON_GMO, FactName.CERTIFICATION, FactName.GTIN),
            *(FactName.DIRECTIONS, FactName.WITH_FOOD),
        )
    },
}
"""Rows under which an editor's note on a fact is printed."""


@dataclass(frozen=True)
class OfferLine:
    """A price with what follows from it; `speaks` is the one that lists and comparisons use."""

    offer: Offer
    per_100_mg: Decimal | None
    a_month: Amount | None
    is_stale: bool
    speaks: bool


@dataclass(frozen=True)
class History:
    """How the price of one seller moved."""

    seller: str
    currency: str
    plot: PriceHistory


@dataclass(frozen=True)
class Limit:
    """A share of a limit, and the limit in few words: `US 350 mg`."""

    fact: Fact
    name: str


@dataclass(frozen=True)
class ProductPage:
    """One product, read off a row with all its parts (`for_detail`). Costs no query once made."""

    product: Product
    basis: Basis
    at: date
    yardsticks: Yardsticks
    facts: dict[str, Fact]
    ledger: Ledger
    told: Told
    strip: SafetyStrip
    effects: SideEffects
    cautions: list[Person]
    history: PageHistory
    checked_by: str
    """Role of who last held it against the label; blank when that is not known."""
    references: References = field(default_factory=References)

    @classmethod
    def of(cls, product: Product, basis: Basis, at: date, reader: Reader) -> ProductPage:
        """A bounded number of queries beside those of the product itself, whatever hangs on it."""
        with_forms([product])
        yardsticks = Yardsticks.of(basis.authority)
        forms = [part.form_id for part in product.ingredients.all()]
        rows = (*product_rows(basis, yardsticks, tested(forms)), *label.ROWS)
        found = facts.read(rows, product, basis, at)
        notes = {note.fact: note.note for note in product.fact_notes.all()}
        noted = {
            key: replace(fact, note=notes.get(NOTED[key], "")) if key in NOTED else fact
            for key, fact in found.items()
        }
        any_or_own = {None, *forms}
        return cls(
            product,
            basis,
            at,
            yardsticks,
            noted,
            Ledger.of(product),
            Told.of(product),
            Strips.load(basis, reader).of(product),
            SideEffects.of(row for row in side_effects_on_record() if row.form_id in any_or_own),
            cautions((row for row in cautions_on_record() if row.form_id in any_or_own), reader),
            PageHistory.of(product),
            last_checked_by(product),
        )

    @property
    def cautions_by_severity(self) -> list[OfSeverity]:
        return by_severity(self.cautions)

    @property
    def tested(self) -> list[tuple[MagnesiumForm, list[Tested]]]:
        """What studies of each form say of tablets: people, combinations, animals; no drips, no food."""
        places = (Place.SWALLOWED, Place.COMBINED, Place.LABORATORY)
        return [
            (form, [group for group in uses_tested(form) if group.place in places])
            for form in self.forms
        ]

    @property
    def forms(self) -> list[MagnesiumForm]:
        return [part.form for part in self.product.ingredients.all()]

    @property
    def form_note(self) -> str:
        return self._note(FactName.FORM_AMOUNTS) or self._note(FactName.FORMS)

    @property
    def rating_note(self) -> str:
        return self._note(FactName.RATING)

    def _note(self, name: str) -> str:
        return next((note.note for note in self.product.fact_notes.all() if note.fact == name), "")

    @property
    def panel(self) -> list[Fact]:
        return [self.facts[key] for key in PANEL]

    @property
    def besides(self) -> list[Fact]:
        return [self.facts[key] for key in BESIDES]

    @property
    def taking(self) -> list[Fact]:
        return [self.facts[key] for key in TAKING]

    @property
    def limits(self) -> list[Limit]:
        """Share of the limits of the page's authority first, then of those that always stand there."""
        found = []
        for authority in dict.fromkeys((self.basis.authority, *ALWAYS)):
            fact = self.facts.get(f"limit_{authority.value.replace('-', '_')}_percent")
            level = self.yardsticks.limit(authority)
            if fact is not None and level is not None:
                mg = figures.number(level.amount_mg)
                found.append(Limit(fact, f"{SHORT_NAMES[authority]} {mg}{figures.NBSP}mg"))
        return found

    @property
    def pieces(self) -> str:
        """What it is taken as: `Capsules`; `Pieces` where that is not known or has no meaning."""
        return piece_noun(self.product).capitalize() if self.product.is_counted else "Pieces"

    @cached_property
    def check(self) -> check.Working:
        return check.working(self.product)

    @cached_property
    def offers(self) -> list[OfferLine]:
        return [self._offer(offer) for offer in self.product.offers.all()]

    @property
    def histories(self) -> list[History]:
        """One a seller and currency with prices of two days or more; undated ones have no place in it."""
        seen: defaultdict[tuple[str, str], list[Seen]] = defaultdict(list)
        for offer in self.product.offers.all():
            if offer.seen_on is not None:
                seen[offer.seller, offer.currency].append(Seen(offer.seen_on, offer.price))
        return [
            History(*of, price_history(prices, *of))
            for of, prices in seen.items()
            if len(prices) > 1
        ]

    def _offer(self, offer: Offer) -> OfferLine:
        product, pack, daily = self.product, self.product.pack_servings, self.product.daily_servings
        ends = (
            [cost.per_month(offer.price, pack, end) for end in (daily.low, daily.high)]
            if daily
            else []
        )
        known = [end for end in ends if end is not None]
        return OfferLine(
            offer=offer,
            per_100_mg=cost.price_per_100_mg(offer.price, product.elemental_mg_per_serving, pack),
            a_month=Amount(*known) if len(known) == 2 else None,
            is_stale=cost.is_stale(offer.seen_on, self.at),
            speaks=offer.pk == product.current_offer_id,
        )

    @property
    def remarks(self) -> list[str]:
        """What was flagged on the label, in words."""
        return flags.in_words(self.product.flags)

    @property
    def per_what(self) -> str:
        """What the amount of the page is: `a serving`, `a day`, or nothing for a fixed dose."""
        return {Kind.SERVING: "a serving", Kind.DAY: "a day", Kind.FIXED: ""}[self.basis.dose.kind]

    @property
    def compare_query(self) -> Query:
        chosen = Query((("item", self.product.slug),))
        return chosen if self.basis == Basis() else chosen.add("dose", self.basis.code)

    @property
    def wide_strip(self) -> DayStrip | None:
        return self._strip(760, self._strip_label())

    @property
    def narrow_strip(self) -> DayStrip | None:
        return self._strip(NARROW, "")

    def _strip(self, width: int, label: str) -> DayStrip | None:
        amount = self.basis.magnesium(self.product)
        if amount is None:
            return None
        words = f"{figures.amount(amount)} mg"
        if width > NARROW:
            words = f"{words} {self.per_what}".strip()
        return day_strip(amount, words, self._limit_marks(), self._need_marks(), width, label)

    def _limit_marks(self) -> Sequence[Mark]:
        levels = {one: self.yardsticks.limit(one) for one in (self.basis.authority, *ALWAYS)}
        return [
            Mark(level.amount_mg, f"limit, {name}", name)
            for authority, level in levels.items()
            if level is not None
            for name in [f"{SHORT_NAMES[authority]} {figures.number(level.amount_mg)}"]
        ]

    def _need_marks(self) -> Sequence[Mark]:
        """The reader's own need, or those of a woman and a man; from all sources, food included."""
        found = []
        for need in self.strip.needs:
            mg, who = figures.number(need.row.amount_mg), NEED_OF.get(need.who, need.who)
            found.append(Mark(need.row.amount_mg, f"{who}: {mg}", f"{who} {mg}"))
        return found

    def _strip_label(self) -> str:
        """The strip in words, for those who do not see it."""
        amount = self.basis.magnesium(self.product)
        if amount is None:
            return ""
        parts = [f"{figures.amount(amount)} mg {self.per_what}".strip()]
        parts += [mark.words for mark in self._limit_marks()]
        parts += [f"need, {mark.words}, from all sources" for mark in self._need_marks()]
        return "; ".join(parts)
