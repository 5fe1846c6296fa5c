"""Rows of cost, each in the currency of its offer, each with the day on which it was seen."""

from __future__ import annotations

from dataclasses import replace

from compare.basis import Basis
from compare.comparison.cell import Cell, Seen
from compare.comparison.groups import ProductGroup
from compare.comparison.reading import FactName, cannot_be_pure, day_facts, missing, of_facts
from compare.comparison.remarks import Said, remark
from compare.comparison.row import Better, Kind, Row
from products.models import Product
from products.rules import cost
from products.rules.dose import Amount


def _priced(product: Product, amount: Amount) -> Cell:
    return Cell(
        amount,
        product.price_currency,
        sources=of_facts(product, FactName.PRICE),
        seen=Seen(product.price_seen_on),
    )


def _per_100_mg(product: Product, basis: Basis) -> Cell:
    if product.price_per_100_mg is None:
        return missing(product, FactName.PRICE, FactName.ELEMENTAL, FactName.SERVINGS_PER_CONTAINER)
    priced = _priced(product, Amount.exactly(product.price_per_100_mg))
    return replace(priced, is_doubtful=cannot_be_pure(product))


def _of_dose(product: Product, basis: Basis) -> Cell:
    offer, pack, servings = product.current_offer, product.pack_servings, basis.servings(product)
    if offer is None or not pack or servings is None:
        facts = FactName.PRICE, FactName.SERVINGS_PER_CONTAINER, FactName.ELEMENTAL
        return missing(product, *day_facts(basis, *facts))
    return _priced(product, servings.scaled(offer.price / pack))


def _a_month(product: Product, basis: Basis) -> Cell:
    offer, pack, daily = product.current_offer, product.pack_servings, product.daily_servings
    if offer is None or pack is None or daily is None:
        return missing(
            product, FactName.PRICE, FactName.SERVINGS_PER_CONTAINER, FactName.DAILY_SERVINGS
        )
    low = cost.per_month(offer.price, pack, daily.low)
    high = cost.per_month(offer.price, pack, daily.high)
    if low is None or high is None:
        return missing(product, FactName.DAILY_SERVINGS)
    return _priced(product, Amount(low, high))


def _pack(product: Product, basis: Basis) -> Cell:
    offer = product.current_offer
    if offer is None:
        return missing(product, FactName.PRICE)
    more = len(product.offers.all()) - 1
    remarks = [remark(Said.AT_SELLER, offer.seller)]
    if more > 0:
        remarks.append(remark(Said.MORE_OFFERS, more))
    return Cell(
        Amount.exactly(offer.price),
        offer.currency,
        remarks=tuple(remarks),
        sources=of_facts(product, FactName.PRICE),
        seen=Seen(offer.seen_on),
    )


ROWS: tuple[Row[Product], ...] = (
    Row(
        "price_per_100_mg",
        ProductGroup.COST,
        "100 mg of magnesium",
        "",
        "The price of an equal dose: what 100 mg of elemental magnesium cost, whatever a serving is.",
        _per_100_mg,
        Kind.FIGURE,
        better=Better.LOWER,
        has_delta=True,
    ),
    Row(
        "price_of_dose",
        ProductGroup.COST,
        "This dose",
        "",
        "What the dose of this page costs.",
        _of_dose,
        Kind.FIGURE,
        has_delta=True,
    ),
    Row(
        "price_a_month",
        ProductGroup.COST,
        "A month at the label’s day",
        "",
        "Thirty days at the servings a day that the label suggests, whatever the dose of this page is.",
        _a_month,
        Kind.FIGURE,
        has_delta=True,
    ),
    Row(
        "price_of_pack",
        ProductGroup.COST,
        "Pack",
        "",
        "Price of the whole pack, at which seller, on which day.",
        _pack,
        Kind.FIGURE,
        has_delta=True,
    ),
)
