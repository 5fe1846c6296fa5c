"""What follows from the facts of one form or one product, for the columns that lists sort on.

Each function takes all that it needs as plain values and works out the whole set anew, so that
running it again changes nothing and no order of edits matters.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from products.rules import chemistry, cost, dose, grading, label_check
from products.rules.units import rounded

VERSION = "1"

MOST_PRICE = Decimal(100_000_000)
"""From here on a price of 100 mg is a slip in the label or the price, and is not given."""


@dataclass(frozen=True)
class FindingFacts:
    """One finding of a form: its study, and which way it points (`higher`, `lower`, …)."""

    study: grading.Study
    comparator: str | None
    direction: str


@dataclass(frozen=True)
class FormDerived:
    """Fractions from 0 to 1 (`None` without a formula), and how sure the grade is."""

    elemental_fraction: Decimal | None
    hydrate_elemental_fraction: Decimal | None
    confidence: grading.ConfidenceResult


@dataclass(frozen=True)
class IngredientFacts:
    """One form in a serving; masses in mg, `None` where the label does not give them."""

    fraction: Decimal | None
    bioavailability: str | None
    laxative: str | None
    compound_mg: Decimal | None
    elemental_mg: Decimal | None


@dataclass(frozen=True)
class OfferFacts:
    """A price for the whole pack, and the key that tells which offer it was."""

    key: Hashable
    price: Decimal
    currency: str
    seen_on: date | None


@dataclass(frozen=True)
class ProductFacts:
    """A label: masses in mg per serving, counts in units of the dosage form."""

    elemental_mg: Decimal | None
    compound_mg: Decimal | None
    serving_units: Decimal | None
    servings_per_container: Decimal | None
    container_units: Decimal | None
    daily_servings: dose.Amount | None
    is_counted: bool
    ingredients: Sequence[IngredientFacts]
    offers: Sequence[OfferFacts]


@dataclass(frozen=True)
class ProductDerived:
    """The derived columns of one product."""

    elemental_mg_per_serving: Decimal | None
    elemental_mg_per_day: dose.Amount | None
    units_per_100_mg: Decimal | None
    offer: cost.Quote | None
    label_check: label_check.LabelCheck
    bioavailability: grading.ProductGrade
    laxative: grading.ProductGrade


def form(formula: str, hydrate_formula: str, findings: Sequence[FindingFacts]) -> FormDerived:
    """Work out a form's fractions from its formulas and its confidence from its findings.

    Raises `chemistry.FormulaError` for a formula that validation should have refused.
    """
    return FormDerived(
        elemental_fraction=chemistry.elemental_fraction(formula) if formula else None,
        hydrate_elemental_fraction=chemistry.elemental_fraction(hydrate_formula)
        if hydrate_formula
        else None,
        confidence=grading.confidence(
            [finding.study for finding in findings], agree=_agree(findings)
        ),
    )


def product(facts: ProductFacts) -> ProductDerived:
    """Work out every derived column of one product."""
    elemental = _elemental_per_serving(facts)
    day = dose.Dose(dose.Kind.DAY)
    check = label_check.check(
        [label_check.Part(part.fraction, part.compound_mg) for part in facts.ingredients],
        elemental,
        facts.compound_mg,
    )
    return ProductDerived(
        elemental_mg_per_serving=elemental,
        elemental_mg_per_day=_to_four_places(
            dose.magnesium_taken(day, elemental, facts.daily_servings)
        ),
        units_per_100_mg=dose.units_per_100_mg(elemental, facts.serving_units)
        if facts.is_counted
        else None,
        offer=cost.pick_offer([_quote(offer, facts, elemental) for offer in facts.offers]),
        label_check=check,
        bioavailability=grading.of_product([part.bioavailability for part in facts.ingredients]),
        laxative=grading.of_product([part.laxative for part in facts.ingredients]),
    )


def _elemental_per_serving(facts: ProductFacts) -> Decimal | None:
    """The label's total; else the sum of its forms, when it gives each of them."""
    if facts.elemental_mg is not None:
        return facts.elemental_mg
    parts = [part.elemental_mg for part in facts.ingredients if part.elemental_mg is not None]
    if not parts or len(parts) < len(facts.ingredients):
        return None
    return rounded(sum(parts, start=Decimal(0)), 4)


def _to_four_places(amount: dose.Amount | None) -> dose.Amount | None:
    """As it is kept: were the database to round, the same facts would look like a change."""
    return amount and dose.Amount(rounded(amount.low, 4), rounded(amount.high, 4))


def _quote(offer: OfferFacts, facts: ProductFacts, elemental: Decimal | None) -> cost.Quote:
    servings = cost.pack_servings(
        facts.servings_per_container, facts.container_units, facts.serving_units
    )
    per_100_mg = cost.price_per_100_mg(offer.price, elemental, servings)
    return cost.Quote(
        price=offer.price,
        currency=offer.currency,
        seen_on=offer.seen_on,
        per_100_mg=None if per_100_mg is None or per_100_mg >= MOST_PRICE else per_100_mg,
        key=offer.key,
    )


def _agree(findings: Sequence[FindingFacts]) -> bool:
    """Human comparisons with one and the same form do not point both ways."""
    directions: dict[str | None, set[str]] = {}
    for finding in findings:
        if finding.study.compares_forms and finding.study.species == grading.HUMAN:
            directions.setdefault(finding.comparator, set()).add(finding.direction)
    return not any({"higher", "lower"} <= seen for seen in directions.values())
