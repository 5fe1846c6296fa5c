"""What magnesium costs, and which of several offers speaks for a product.

Money is a `Decimal` in the currency of its offer, which no rule here converts: a
rate of exchange would be one more figure without a source. Prices to 4 places, since
a mg of magnesium costs hundredths of a cent. Unknown or zero in, `None` out.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from products.rules.empties import is_known
from products.rules.units import rounded

VERSION = "1"

STALE_AFTER_DAYS = 90
"""A price seen longer ago is still shown, and never marked best. A house rule."""

DAYS_A_MONTH = 30
"""A month is 30 days on every page, so that months can be compared."""

FIRST_CURRENCY = "USD"
"""Most of the catalogue is sold in it."""


@dataclass(frozen=True)
class Quote:
    """One offer, as far as choosing needs it; `key` is handed back to tell which it was."""

    price: Decimal
    currency: str
    seen_on: date | None
    per_100_mg: Decimal | None
    key: Hashable


def price_per_100_mg(
    price: Decimal | None,
    elemental_mg_per_serving: Decimal | None,
    servings: Decimal | None,
) -> Decimal | None:
    """Give the price of 100 mg of elemental magnesium, from a pack of so many servings."""
    if not (is_known(price) and is_known(elemental_mg_per_serving) and is_known(servings)):
        return None
    return rounded(100 * price / (elemental_mg_per_serving * servings), 4)


def per_day(
    price: Decimal | None,
    servings_in_pack: Decimal | None,
    servings_a_day: Decimal | None,
) -> Decimal | None:
    """Give the price of a day's servings."""
    return _for_days(1, price, servings_in_pack, servings_a_day)


def per_month(
    price: Decimal | None,
    servings_in_pack: Decimal | None,
    servings_a_day: Decimal | None,
) -> Decimal | None:
    """Give the price of the servings of `DAYS_A_MONTH` days, rounded once."""
    return _for_days(DAYS_A_MONTH, price, servings_in_pack, servings_a_day)


def days_per_pack(servings: Decimal | None, servings_a_day: Decimal | None) -> Decimal | None:
    """Give how many days a pack lasts, to 1 place."""
    if not (is_known(servings) and is_known(servings_a_day)):
        return None
    return rounded(servings / servings_a_day, 1)


def pack_servings(
    servings_per_container: Decimal | None,
    units_per_container: Decimal | None,
    serving_units: Decimal | None,
) -> Decimal | None:
    """Give the servings in a pack: as stated, else its units by the units of a serving.

    A remainder counts in full (100 capsules by threes are 33.3333 servings): it is
    paid for, and is taken the day after.
    """
    if is_known(servings_per_container):
        return servings_per_container
    if not (is_known(units_per_container) and is_known(serving_units)):
        return None
    return rounded(units_per_container / serving_units, 4)


def is_stale(seen: date | None, at: date) -> bool:
    """Tell whether a price is too old on the day `at`; one of an unknown day is."""
    return seen is None or (at - seen).days > STALE_AFTER_DAYS


def pick_offer(offers: Sequence[Quote]) -> Quote | None:
    """Choose the offer that speaks for a product; `None` when there is none.

    In this order: dated offers before undated ones; only those seen within
    `STALE_AFTER_DAYS` of the newest; one currency, US dollars first, else the one
    with most of these offers, else by its code; the cheapest per 100 mg, unknown last;
    the lowest price; the first given.

    Age is counted from the newest offer and not from today, so that the answer can be
    stored and does not change overnight.
    """
    if not offers:
        return None
    recent = _recent(offers)
    currency = _currency(recent)
    return min((offer for offer in recent if offer.currency == currency), key=_cheapness)


def _for_days(
    days: int,
    price: Decimal | None,
    servings_in_pack: Decimal | None,
    servings_a_day: Decimal | None,
) -> Decimal | None:
    if not (is_known(price) and is_known(servings_in_pack) and is_known(servings_a_day)):
        return None
    return rounded(days * servings_a_day * price / servings_in_pack, 4)


def _recent(offers: Sequence[Quote]) -> Sequence[Quote]:
    days = [offer.seen_on for offer in offers if offer.seen_on]
    if not days:
        return offers
    since = max(days) - timedelta(days=STALE_AFTER_DAYS)
    return [offer for offer in offers if offer.seen_on and offer.seen_on >= since]


def _currency(offers: Sequence[Quote]) -> str:
    counted = Counter(offer.currency for offer in offers)
    return min(counted, key=lambda code: (code != FIRST_CURRENCY, -counted[code], code))


def _cheapness(offer: Quote) -> tuple[bool, Decimal, Decimal]:
    unknown = offer.per_100_mg is None
    return unknown, offer.per_100_mg or Decimal(0), offer.price
