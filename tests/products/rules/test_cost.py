from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.cost import (
    STALE_AFTER_DAYS,
    Quote,
    days_per_pack,
    is_stale,
    pack_servings,
    per_day,
    per_month,
    pick_offer,
    price_per_100_mg,
)

DAY = date(2025, 6, 1)
D = Decimal


def quote(
    key: str,
    price: str = "20",
    per_100: str | None = "0.50",
    seen: date | None = DAY,
    currency: str = "USD",
) -> Quote:
    return Quote(D(price), currency, seen, D(per_100) if per_100 else None, key)


def chosen(*offers: Quote) -> object:
    picked = pick_offer(offers)
    return picked and picked.key


def test_the_price_of_an_equal_dose() -> None:
    # 30 servings of 144 mg at 28 dollars
    assert price_per_100_mg(D(28), D(144), D(30)) == D("0.6481")


def test_prices_of_time_follow_from_servings_a_day() -> None:
    assert per_day(D(28), D(30), D(1)) == D("0.9333")
    assert per_month(D(28), D(30), D(1)) == D("28.0000")  # not 30 times the rounded day
    assert per_day(D(28), D(30), D("0.5")) == D("0.4667")
    assert days_per_pack(D(100), D(3)) == D("33.3")


@pytest.mark.parametrize("missing", [None, D(0)])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_no_price_is_worked_out_from_an_unknown(missing: Decimal | None, place: int) -> None:
    given_: list[Decimal | None] = [D(28), D(144), D(30)]
    given_[place] = missing
    assert price_per_100_mg(*given_) is None
    assert per_day(*given_) is None
    assert per_month(*given_) is None
    if place < 2:
        assert days_per_pack(*given_[:2]) is None


@pytest.mark.parametrize(
    ("stated", "units", "per_serving", "servings"),
    [
        (D(30), D(90), D(3), D(30)),
        (D(76), D(90), D(3), D(76)),  # the label's own word goes first
        (None, D(90), D(3), D(30)),
        (D(0), D(90), D(3), D(30)),
        (None, D(100), D(3), D("33.3333")),
        (None, D(90), None, None),
        (None, None, D(3), None),
        (None, None, None, None),
    ],
)
def test_servings_in_a_pack(
    stated: Decimal | None,
    units: Decimal | None,
    per_serving: Decimal | None,
    servings: Decimal | None,
) -> None:
    assert pack_servings(stated, units, per_serving) == servings


@pytest.mark.parametrize(
    ("seen", "stale"),
    [
        (None, True),
        (DAY - timedelta(days=91), True),
        (DAY - timedelta(days=90), False),
        (DAY, False),
        (DAY + timedelta(days=1), False),  # another time zone
    ],
)
def test_a_price_is_stale_when_old_or_of_an_unknown_day(seen: date | None, stale: bool) -> None:
    assert is_stale(seen, at=DAY) is stale


def test_without_offers_none_is_picked() -> None:
    assert pick_offer([]) is None


def test_the_cheapest_magnesium_speaks_not_the_cheapest_pack() -> None:
    assert chosen(quote("small", "10", "0.90"), quote("large", "30", "0.40")) == "large"


def test_an_unknown_price_of_100_mg_is_last_and_the_lower_price_breaks_ties() -> None:
    assert chosen(quote("unknown", "1", None), quote("known", "30", "9")) == "known"
    assert chosen(quote("dear", "9", None), quote("cheap", "8", None)) == "cheap"
    assert chosen(quote("large", "30", "0.5"), quote("small", "10", "0.5")) == "small"
    assert chosen(quote("first"), quote("second")) == "first"


def test_old_offers_give_way_to_those_near_the_newest() -> None:
    edge, past = (DAY - timedelta(days=STALE_AFTER_DAYS + n) for n in (0, 1))
    assert chosen(quote("now", per_100="0.9"), quote("edge", per_100="0.1", seen=edge)) == "edge"
    assert chosen(quote("now", per_100="0.9"), quote("past", per_100="0.1", seen=past)) == "now"


def test_an_undated_offer_counts_only_when_none_is_dated() -> None:
    undated = quote("undated", per_100="0.1", seen=None)
    assert chosen(undated, quote("dated", per_100="0.9")) == "dated"
    assert chosen(undated, quote("other", per_100="0.2", seen=None)) == "undated"


def test_currencies_are_never_ranked_against_each_other() -> None:
    dollars = quote("dollars", per_100="9")
    euros = [quote(f"euro {n}", per_100="0.1", currency="EUR") for n in (1, 2)]
    pound = quote("pound", per_100="0.01", currency="GBP")
    other = quote("other", per_100="5", currency="AUD")
    assert chosen(*euros, pound, dollars) == "dollars"
    assert chosen(pound, *euros, other) == "euro 1"  # most offers
    assert chosen(pound, other) == "other"  # by its code


offers_strategy = st.lists(
    st.builds(
        Quote,
        price=st.integers(min_value=1, max_value=50).map(D),
        currency=st.sampled_from(["USD", "EUR", "GBP"]),
        seen_on=st.none()
        | st.integers(min_value=0, max_value=200).map(lambda n: DAY - timedelta(days=n)),
        per_100_mg=st.none() | st.integers(min_value=1, max_value=9).map(D),
        key=st.none(),
    ),
    min_size=1,
    max_size=8,
)


@given(offers_strategy, st.randoms())
def test_the_order_of_offers_matters_only_between_equal_ones(
    offers: list[Quote], random: object
) -> None:
    def worth(quote: Quote | None) -> object:
        return quote and (quote.currency, quote.per_100_mg, quote.price)

    shuffled = list(offers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert worth(pick_offer(offers)) == worth(pick_offer(shuffled))


@given(offers_strategy, st.integers(min_value=-1000, max_value=1000))
def test_the_pick_does_not_change_with_time(offers: list[Quote], days: int) -> None:
    later = [
        Quote(
            offer.price,
            offer.currency,
            offer.seen_on and offer.seen_on + timedelta(days=days),
            offer.per_100_mg,
            offer.key,
        )
        for offer in offers
    ]
    picked = pick_offer(offers)
    assert picked is not None
    assert pick_offer(later) == later[offers.index(picked)]
