"""Whether the figures of a label agree with each other and with what its compounds can hold."""

import re
from collections.abc import Iterator
from decimal import Decimal

from products.rules import label_check, units
from products.rules.empties import is_known
from products.rules.label_wording import forms_in
from products.rules.units import rounded
from products.rules.vetting.facts import ProductRecord
from products.rules.vetting.registry import Found

SERVINGS_TOLERANCE = Decimal("0.02")
"""Labels round "about 76 servings"; beyond this share, pack and serving do not belong together."""

IMPLAUSIBLE_MG = Decimal(2000)
"""The most that a US laxative label lets an adult take in a day (21 CFR 334); far above any supplement."""

TRACE_MG = Decimal(1)
"""Less than this in a serving is no supplement of magnesium: a slip of the unit, or a trace element."""

MOST_MG = Decimal(1_000_000)
MOST_UNITS = Decimal(100_000_000)
"""What the columns of masses and of pieces for 100 mg do not hold any more: 1 kg, a hundred million."""

DAILY_VALUE_MG = Decimal(420)
"""Of magnesium, on labels in the US and Canada: 21 CFR 101.9(c)(8)(iv) as of 27 May 2016."""

OLD_DAILY_VALUE_MG = Decimal(400)
"""Before that. Both were in use until the new one was binding."""

NEW_DAILY_VALUE_BINDS_FROM = 2020
"""Year from which labels count by the new daily value (83 FR 19619)."""

DAILY_VALUE_SLACK_PERCENT = Decimal(1)
"""Percentages are whole (21 CFR 101.36(b)(2)(iii)), the mg behind them are rounded too."""

SLIP_FROM, SLIP_TO = Decimal("0.3"), Decimal("1.1")
"""A figure that is a thousand times too large or small comes into this range of what it should be
near, once it is put right. Labels claim a third and more of what their compound can hold."""

_MASS = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(mg|mcg|g)\b", re.IGNORECASE)
_VAGUE = "other"
"""What a name reads as that says "complex" or "liquid": it names no compound."""


def above_capacity(record: ProductRecord) -> Iterator[Found]:
    check = record.derived.label_check
    if (
        check.code is label_check.Code.CANNOT_BE_PURE
        and check.claimed_mg is not None
        and check.capacity_mg is not None
    ):
        figures = {"claimed_mg": check.claimed_mg, "capacity_mg": check.capacity_mg}
        yield Found("label_elemental_mg", figures)


def equals_compound(record: ProductRecord) -> Iterator[Found]:
    elemental, compound = _elemental(record), _compound(record)
    if label_check.elemental_equals_compound(elemental, compound):
        yield Found("label_elemental_mg", _figures(elemental_mg=elemental, compound_mg=compound))


def above_compound(record: ProductRecord) -> Iterator[Found]:
    elemental, compound = _elemental(record), _compound(record)
    if elemental is not None and compound is not None and elemental > compound:
        yield Found("label_elemental_mg", _figures(elemental_mg=elemental, compound_mg=compound))


def servings_multiply_out(record: ProductRecord) -> Iterator[Found]:
    facts = record.label
    pieces, servings, pack = (
        facts.serving_units,
        facts.servings_per_container,
        facts.container_units,
    )
    if not facts.is_counted or pieces is None or servings is None or pack is None:
        return
    product = pieces * servings
    # A last serving that is not full is left out of "servings per container" on some labels.
    if abs(product - pack) > max(pack * SERVINGS_TOLERANCE, pieces - 1):
        figures = _figures(serving_units=pieces, servings=servings, product=product, pack=pack)
        yield Found("servings_per_container", figures)


def parts_add_up(record: ProductRecord) -> Iterator[Found]:
    facts = record.label
    parts = [part.elemental_mg for part in facts.ingredients if part.elemental_mg is not None]
    if facts.elemental_mg is None or not parts:
        return
    total = sum(parts, start=Decimal(0))
    whole = len(parts) == len(facts.ingredients)
    if total > facts.elemental_mg + 1 or (whole and abs(total - facts.elemental_mg) > 1):
        figures = _figures(parts_mg=rounded(total, 1), elemental_mg=facts.elemental_mg)
        yield Found("label_elemental_mg", figures)


def amount_plausible(record: ProductRecord) -> Iterator[Found]:
    amount = record.label.elemental_mg
    if amount is not None and amount > IMPLAUSIBLE_MG:
        yield Found("label_elemental_mg", _figures(elemental_mg=amount, most_mg=IMPLAUSIBLE_MG))


def amount_no_trace(record: ProductRecord) -> Iterator[Found]:
    amount = record.label.elemental_mg
    if is_known(amount) and amount < TRACE_MG:
        yield Found("label_elemental_mg", _figures(elemental_mg=amount, least_mg=TRACE_MG))


def unit_slip(record: ProductRecord) -> Iterator[Found]:
    """A thousand times more or less than compound, percentage or name would have it."""
    amount = record.label.elemental_mg
    if not is_known(amount):
        return
    for expected in _expectations(record):
        for meant in (amount * 1000, amount / 1000):
            if SLIP_FROM <= meant / expected <= SLIP_TO:
                figures = _figures(elemental_mg=amount, expected_mg=rounded(expected, 4))
                yield Found("label_elemental_mg", figures)
                return


def _expectations(record: ProductRecord) -> Iterator[Decimal]:
    capacity = record.derived.label_check.capacity_mg
    if is_known(capacity):
        yield capacity
    if is_known(record.daily_value_percent):
        yield record.daily_value_percent * DAILY_VALUE_MG / 100
    for amount, unit in _MASS.findall(record.name):
        if is_known(mass := units.to_mg(Decimal(amount.replace(",", "")), unit)):
            yield mass


def figures_fit(record: ProductRecord) -> Iterator[Found]:
    """What is worked out from the label can be written down at all."""
    derived = record.derived
    day = derived.elemental_mg_per_day
    found = (
        ("label_elemental_mg", derived.elemental_mg_per_serving, MOST_MG),
        ("daily_servings_high", day.high if day else None, MOST_MG),
        ("label_compound_mg", derived.label_check.capacity_mg, MOST_MG),
        ("serving_units", derived.units_per_100_mg, MOST_UNITS),
    )
    for field, figure, most in found:
        if figure is not None and figure >= most:
            yield Found(field, _figures(figure=figure, most=most))


def daily_value_fits(record: ProductRecord) -> Iterator[Found]:
    fitting = _daily_values(record)
    if fitting is None or fitting & _allowed(record.label_year):
        return
    elemental, percent = _elemental(record), record.daily_value_percent
    if fitting:
        # It fits a daily value, of another time.
        figures = _figures(elemental_mg=elemental, percent=percent, daily_value_mg=min(fitting))
    else:
        figures = _figures(elemental_mg=elemental, percent=percent, daily_value_mg=DAILY_VALUE_MG)
    yield Found("daily_value_percent", figures)


def daily_value_is_new(record: ProductRecord) -> Iterator[Found]:
    fitting = _daily_values(record)
    if fitting == {OLD_DAILY_VALUE_MG} and fitting & _allowed(record.label_year):
        figures = _figures(percent=record.daily_value_percent, daily_value_mg=OLD_DAILY_VALUE_MG)
        yield Found("daily_value_percent", figures)


def _daily_values(record: ProductRecord) -> set[Decimal] | None:
    """The daily values by which the percentage can have been reckoned; `None` when it is not known."""
    elemental, percent = _elemental(record), record.daily_value_percent
    if not (is_known(elemental) and is_known(percent)):
        return None
    return {
        value
        for value in (OLD_DAILY_VALUE_MG, DAILY_VALUE_MG)
        if abs(100 * elemental / value - percent) <= DAILY_VALUE_SLACK_PERCENT
    }


def _allowed(label_year: int | None) -> set[Decimal]:
    if label_year is not None and label_year >= NEW_DAILY_VALUE_BINDS_FROM:
        return {DAILY_VALUE_MG}
    return {OLD_DAILY_VALUE_MG, DAILY_VALUE_MG}


def name_says_its_forms(record: ProductRecord) -> Iterator[Found]:
    """Each compound that the name names is among the ingredients."""
    if not record.forms or record.has_catch_all:
        return
    named = set(forms_in(record.name).forms) - {_VAGUE}
    if missing := named - record.forms:
        figures = {
            "named": ", ".join(sorted(missing)),
            "ingredients": ", ".join(sorted(record.forms)),
        }
        yield Found("name", figures)


def blend_is_withheld(record: ProductRecord) -> Iterator[Found]:
    """A mass for several forms together, none apart: that the parts are withheld must be said."""
    facts = record.label
    apart = any(part.compound_mg or part.elemental_mg for part in facts.ingredients)
    if (
        facts.compound_mg is not None
        and len(facts.ingredients) > 1
        and not apart
        and record.unexplained_parts
    ):
        yield Found("label_compound_mg", _figures(compound_mg=facts.compound_mg))


def _elemental(record: ProductRecord) -> Decimal | None:
    return record.derived.elemental_mg_per_serving


def _compound(record: ProductRecord) -> Decimal | None:
    facts = record.label
    parts = [part.compound_mg for part in facts.ingredients if part.compound_mg is not None]
    if parts and len(parts) == len(facts.ingredients):
        return sum(parts, start=Decimal(0))
    return facts.compound_mg


def _figures(**figures: Decimal | None) -> dict[str, Decimal | str]:
    return {name: figure for name, figure in figures.items() if figure is not None}
