"""What stands of a product in each column of a list as CSV: the facts of its label, then what follows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from compare.basis import Basis
from compare.comparison.yardsticks import SHORT_NAMES
from compare.rows import ProductRow
from products.models import (
    Bioavailability,
    Confidence,
    DosageForm,
    EmptyKind,
    FactNote,
    LabelCheck,
    Laxative,
)
from products.models.knowing import PILLS
from products.rules import cost
from products.rules.dose import Kind

Fact = FactNote.FactName
Read = Callable[[ProductRow], object]

DIFFERS = "its forms differ"
NO_DAY = "day not known"
_DOSES = {Kind.SERVING: "one serving", Kind.DAY: "the label's day"}


def columns(basis: Basis, site: str) -> dict[str, Read]:
    """Heads and their readers; the head of what is counted on a dose names the dose."""
    dose = _DOSES.get(basis.dose.kind, f"{basis.code} mg")
    day = (Fact.DAILY_SERVINGS,) if basis.dose.kind is Kind.DAY else ()
    return {
        "brand": lambda row: row.product.brand.name,
        "product": lambda row: row.product.name,
        "market": _fact("market", "market"),
        "forms": lambda row: "; ".join(row.forms) or row.product.empty_of(Fact.FORMS),
        "taken as": _taken_as,
        "pack": lambda row: row.product.pack or row.product.empty_of(Fact.CONTAINER),
        "servings in the pack": _fact("pack_servings", Fact.SERVINGS_PER_CONTAINER),
        "elemental magnesium in one serving (mg)": _fact(
            "elemental_mg_per_serving", Fact.ELEMENTAL
        ),
        "servings a day by the label": _fact("daily_servings", Fact.DAILY_SERVINGS),
        **_on(dose, day),
        **(_of_limit(basis) if day else {}),
        "pieces for 100 mg": _fact("units_per_100_mg", PILLS, Fact.ELEMENTAL),
        "price of the pack": _price,
        "currency": _fact("price_currency", Fact.PRICE),
        "price of 100 mg": _fact(
            "price_per_100_mg", Fact.PRICE, Fact.ELEMENTAL, Fact.SERVINGS_PER_CONTAINER
        ),
        "price seen on": _seen_on,
        f"seen over {cost.STALE_AFTER_DAYS} days ago, or day not known": _stale,
        "label check": lambda row: LabelCheck(row.product.label_check),
        "bioavailability": _bioavailability,
        "how sure": _how_sure,
        "laxative effect": _laxative,
        "vegan": _fact("vegan", Fact.VEGAN),
        "vegetarian": _fact("vegetarian", Fact.VEGETARIAN),
        "gluten free": _fact("gluten_free", Fact.GLUTEN_FREE),
        "non-GMO": _fact("non_gmo", Fact.NON_GMO),
        "combined with": _fact("combined_with", "combined_with"),
        "page": lambda row: site + row.product.get_absolute_url(),
        "source of the label": lambda row: row.product.source.key,
    }


def _fact(column: str, *facts: str) -> Read:
    """A figure, or the kind of empty of the first of its facts that is not known."""

    def read(row: ProductRow) -> object:
        value = getattr(row.product, column)
        return row.product.empty_of(*facts) if value in (None, "") else value

    return read


def _on(dose: str, day: tuple[str, ...]) -> dict[str, Read]:
    """Counted on the dose of the page; what is one serving anyway has its column already."""
    pieces = {
        f"pieces in {dose}": lambda row: (
            row.units or row.product.empty_of(PILLS, Fact.SERVING, *day, Fact.ELEMENTAL)
        )
    }
    if dose == _DOSES[Kind.SERVING]:
        return pieces
    servings = {
        f"servings in {dose}": lambda row: (
            row.basis.servings(row.product) or row.product.empty_of(*day, Fact.ELEMENTAL)
        )
    }
    if not day:
        return servings | pieces
    magnesium = {
        f"elemental magnesium in {dose} (mg)": lambda row: row.magnesium or row.magnesium_empty
    }
    return magnesium | pieces


def _of_limit(basis: Basis) -> dict[str, Read]:
    """The limit is one for a day: of a serving it would say nothing."""

    def read(row: ProductRow) -> object:
        if row.magnesium is None:
            return row.magnesium_empty
        share = row.of_limit
        return EmptyKind.NOT_LOOKED_UP if share is None else share.scaled(Decimal(100))

    return {f"share of the {SHORT_NAMES[basis.authority]} limit for a day (%)": read}


def _taken_as(row: ProductRow) -> object:
    code = row.product.dosage_form
    return DosageForm(code) if code else row.product.empty_of(Fact.DOSAGE_FORM)


def _price(row: ProductRow) -> object:
    offer = row.product.current_offer
    return row.price_empty if offer is None else offer.price


def _seen_on(row: ProductRow) -> object:
    if row.product.current_offer_id is None:
        return row.price_empty
    return row.product.price_seen_on or NO_DAY


def _stale(row: ProductRow) -> object:
    """As everywhere, a price of a day that is not known counts as old."""
    return row.price_empty if row.product.current_offer_id is None else row.is_stale


def _bioavailability(row: ProductRow) -> object:
    code = row.product.bioavailability
    return Bioavailability(code) if code else row.grade_empty or DIFFERS


def _how_sure(row: ProductRow) -> object:
    known = row.product.bioavailability
    return Confidence(row.confidence) if known else row.grade_empty or DIFFERS


def _laxative(row: ProductRow) -> object:
    code = row.product.laxative
    return Laxative(code) if code else row.laxative_empty or DIFFERS
