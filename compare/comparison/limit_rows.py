"""Rows that hold the dose against what a body needs and what authorities hold safe."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from compare import figures
from compare.basis import Basis
from compare.comparison.cell import PERCENT, Cell, unknown
from compare.comparison.groups import ProductGroup
from compare.comparison.reading import FactName, day_facts, missing, of_facts
from compare.comparison.remarks import Remark, Said, remark
from compare.comparison.row import Kind, Row
from compare.comparison.yardsticks import ALWAYS, SHORT_NAMES, Yardsticks
from products.models import Authority, EmptyKind, Product, ReferenceIntake, UpperLevel
from products.rules import dose, intake
from products.rules.dose import Amount

_DAY_SAYS = {
    intake.Code.WITHIN: Said.LABEL_DAY_IS,
    intake.Code.CAN_BE_ABOVE: Said.LABEL_DAY_CAN_BE_ABOVE,
    intake.Code.ABOVE: Said.LABEL_DAY_IS_ABOVE,
}
PEOPLE = {intake.Sex.FEMALE: "woman", intake.Sex.MALE: "man"}


def needs(basis: Basis, yardsticks: Yardsticks) -> tuple[Row[Product], ...]:
    """The dose as a share of what a woman and a man over 31 need, by the page's authority."""
    return tuple(_need(sex, basis.authority, yardsticks) for sex in PEOPLE)


def limits(basis: Basis, yardsticks: Yardsticks) -> tuple[Row[Product], ...]:
    """The dose against the US and EU limits, and those of the page's authority if it is another."""
    authorities = dict.fromkeys((*ALWAYS, basis.authority))
    return tuple(_limit(authority, yardsticks) for authority in authorities)


def _need(sex: intake.Sex, authority: Authority, yardsticks: Yardsticks) -> Row[Product]:
    need = yardsticks.need(authority, sex)
    return Row(
        f"need_{PEOPLE[sex]}_percent",
        ProductGroup.MAGNESIUM,
        f"Of a {PEOPLE[sex]}’s daily need",
        PERCENT,
        "Share of the intake that the chosen authority recommends from all sources, food included. It is no target for a supplement.",
        _need_reader(need),
        Kind.SHARE,
        hint=_need_hint(need, authority),
        sources=(need.source,) if need else (),
    )


def _need_hint(need: ReferenceIntake | None, authority: Authority) -> str:
    who = SHORT_NAMES[authority]
    if need is None:
        return f"no {who} figure on record"
    age = figures.number(need.age_from_years)
    return f"{who} {need.kind} {figures.number(need.amount_mg)} mg, from age {age}"


def _need_reader(need: ReferenceIntake | None) -> Callable[[Product, Basis], Cell]:
    def read(product: Product, basis: Basis) -> Cell:
        amount = basis.magnesium(product)
        facts = day_facts(basis, FactName.ELEMENTAL)
        if amount is None:
            return missing(product, *facts)
        if need is None:
            return unknown(EmptyKind.NOT_LOOKED_UP)
        share = intake.share_of(amount, need.amount_mg)
        return Cell(share, PERCENT, sources=of_facts(product, *facts))

    return read


def _limit(authority: Authority, yardsticks: Yardsticks) -> Row[Product]:
    limit = yardsticks.limit(authority)
    name = SHORT_NAMES[authority]
    return Row(
        f"limit_{authority.value.replace('-', '_')}_percent",
        ProductGroup.LIMITS,
        f"{name} limit, {figures.number(limit.amount_mg)} mg" if limit else f"{name} limit",
        PERCENT,
        "Share of the most that this authority holds safe from supplements for healthy adults in one day. Magnesium in food does not count.",
        _limit_reader(limit),
        Kind.LIMIT,
        hint=str(limit.get_applies_to_display()) if limit else "no figure on record",
        sources=(limit.source,) if limit else (),
    )


def _limit_reader(limit: UpperLevel | None) -> Callable[[Product, Basis], Cell]:
    def read(product: Product, basis: Basis) -> Cell:
        serving = product.elemental_mg_per_serving
        amount = basis.magnesium(product)
        if amount is None and serving:  # the day is not known: a serving, and it says so
            amount = Amount.exactly(serving)
        if amount is None:
            return missing(product, FactName.ELEMENTAL)
        if limit is None:
            return unknown(EmptyKind.NOT_LOOKED_UP)
        return Cell(
            intake.share_of(amount, limit.amount_mg),
            PERCENT,
            beside=intake.against_limit(amount, limit.amount_mg).value,
            remarks=_of_which_time(product, basis, limit.amount_mg),
            sources=of_facts(product, FactName.ELEMENTAL),
        )

    return read


def _of_which_time(product: Product, basis: Basis, limit_mg: Decimal) -> tuple[Remark, ...]:
    """A limit is one for a day: say when what is held against it is not the label's day."""
    if basis.dose.kind is dose.Kind.FIXED:
        return ()
    if product.daily_servings is None:
        return (remark(Said.FOR_ONE_SERVING),)
    if basis.dose.kind is dose.Kind.DAY:
        return ()
    if product.daily_servings == Amount.exactly(Decimal(1)):
        return (remark(Said.SERVING_IS_DAY),)
    day = dose.Dose(dose.Kind.DAY)
    taken = dose.magnesium_taken(day, product.elemental_mg_per_serving, product.daily_servings)
    if taken is None:
        return ()
    said = _DAY_SAYS[intake.against_limit(taken, limit_mg)]
    return (remark(said, figures.percent_range(intake.share_of(taken, limit_mg))),)
