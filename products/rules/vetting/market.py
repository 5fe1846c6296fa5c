"""Whether prices, ratings, certifications, barcodes and days of a product can be."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from products.rules import gtin
from products.rules.vetting.facts import ProductRecord, SourceRecord
from products.rules.vetting.registry import Figure, Found

LEAST_SHARE_OF_MEDIAN = Decimal("0.1")
MOST_OF_MEDIAN = Decimal(10)
"""A price of 100 mg outside a tenth to ten times the median of its form is a slip more often than a
bargain. A house rule."""

LEAST_PRICES = 5
"""Fewer prices than this have no middle worth speaking of."""

UNNAMED_BODIES = frozenset(
    {"third party", "third-party", "independent", "independent lab", "independent laboratory"}
    | {"lab tested", "laboratory", "lab", "gmp", "various", "n/a", "unknown", "yes"}
)
"""What stands where a body should be named, and names none."""

_TOMORROW_SOMEWHERE = timedelta(days=1)


def price_near_median(record: ProductRecord) -> Iterator[Found]:
    """Far from the middle of each of its forms whose middle is known."""
    quote = record.derived.offer
    if quote is None or quote.per_100_mg is None:
        return
    medians = [
        median
        for form in sorted(record.forms)
        if (median := record.medians.get((form, quote.currency))) and median.prices >= LEAST_PRICES
    ]
    if medians and all(_far(quote.per_100_mg, one.price_per_100_mg) for one in medians):
        figures: dict[str, Figure] = {
            "price": quote.per_100_mg,
            "currency": quote.currency,
            "median": medians[0].price_per_100_mg,
        }
        yield Found("offers", figures)


def _far(price: Decimal, median: Decimal) -> bool:
    return not median * LEAST_SHARE_OF_MEDIAN <= price <= median * MOST_OF_MEDIAN


def no_day_in_future(record: ProductRecord) -> Iterator[Found]:
    days = [("checked_on", record.checked_on)]
    days += [("offers", offer.seen_on) for offer in record.label.offers]
    days += [("ratings", rating.seen_on) for rating in record.ratings]
    latest: dict[str, date] = {}
    for field, day in days:
        if day is not None and _is_in_future(day, record.today):
            latest[field] = max(day, latest.get(field, day))
    for field, day in latest.items():
        yield Found(field, {"day": day.isoformat()})


def source_not_in_future(record: SourceRecord) -> Iterator[Found]:
    if record.seen_from is not None and _is_in_future(record.seen_from, record.today):
        yield Found("seen_on", {"day": record.seen_from.isoformat()})


def _is_in_future(day: date, today: date) -> bool:
    """What is tomorrow in Greenwich may still be today for the editor."""
    return day > today + _TOMORROW_SOMEWHERE


def ratings_have_count(record: ProductRecord) -> Iterator[Found]:
    if any(not rating.count for rating in record.ratings):
        yield Found("ratings", {})


def certified_by_register(record: ProductRecord) -> Iterator[Found]:
    for one in record.certifications:
        if one.certified and not one.register_url:
            yield Found("certifications", {"body": one.body})
            return


def certification_is_named(record: ProductRecord) -> Iterator[Found]:
    """Some body, that can be asked, and a page to read it on."""
    for one in record.certifications:
        named = one.body.strip() and one.body.strip().casefold() not in UNNAMED_BODIES
        if not named or not (one.register_url or one.link):
            yield Found("certifications", {"body": one.body})
            return


def gtin_check_digit(record: ProductRecord) -> Iterator[Found]:
    if record.gtin and not gtin.is_valid(record.gtin):
        yield Found("gtin", {"gtin": record.gtin})


def gtin_once(record: ProductRecord) -> Iterator[Found]:
    if record.gtin_shared_with:
        yield Found("gtin", {"gtin": record.gtin, "other": record.gtin_shared_with})
