"""Each check with a record that passes and one that does not: labels as printed, slips as made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from products.rules.chemistry import elemental_fraction
from products.rules.derive import IngredientFacts, OfferFacts, ProductFacts
from products.rules.dose import Amount
from products.rules.vetting import (
    CHECKS,
    CertificationFacts,
    Check,
    EvidenceRecord,
    Median,
    ProductRecord,
    RatingFacts,
    Remark,
    SourceRecord,
    vet_evidence,
    vet_product,
    vet_source,
)

OXIDE, THREONATE = elemental_fraction("MgO"), elemental_fraction("C8H14MgO10")
TODAY = date(2026, 5, 31)
LATER = TODAY + timedelta(days=2)


def part(
    fraction: Decimal | None = None, compound: str | None = None, elemental: str | None = None
) -> IngredientFacts:
    return IngredientFacts(
        fraction=fraction,
        bioavailability=None,
        laxative=None,
        compound_mg=Decimal(compound) if compound else None,
        elemental_mg=Decimal(elemental) if elemental else None,
    )


def label(elemental: str | None, *parts: IngredientFacts, **more: Any) -> ProductFacts:
    """90 capsules, 3 a serving."""
    facts = ProductFacts(
        elemental_mg=Decimal(elemental) if elemental else None,
        compound_mg=None,
        serving_units=Decimal(3),
        servings_per_container=Decimal(30),
        container_units=Decimal(90),
        daily_servings=Amount.exactly(Decimal(1)),
        is_counted=True,
        ingredients=parts,
        offers=[],
    )
    return replace(facts, **more)


NEURO_MAG = label("144", part(THREONATE, "2000"))
BLEND = label("144", part(THREONATE), part(OXIDE), compound_mg=Decimal(2000))


def product(facts: ProductFacts = NEURO_MAG, **more: Any) -> ProductRecord:
    return ProductRecord(label=facts, today=TODAY, **more)


def priced(price: str, seen_on: date = TODAY) -> ProductRecord:
    """30 servings of 100 mg, so that 100 mg cost a thirtieth, among threonates at 0.70 USD."""
    offer = OfferFacts(1, Decimal(price), "USD", seen_on)
    return product(
        label("100", offers=[offer]),
        forms=frozenset({"l-threonate"}),
        medians={("l-threonate", "USD"): Median(Decimal("0.70"), 5)},
    )


def certified(**more: Any) -> ProductRecord:
    usual = {"body": "NSF", "certified": False, "register_url": "", "link": "https://brand.test/"}
    return product(certifications=[CertificationFacts(**(usual | more))])


STUDY = EvidenceRecord("open_trial", "human", "low", "walker-2003", "https://doi.org/10.1000/x")
SOURCE = SourceRecord("10.1000/xyz", TODAY)

CASES: list[tuple[Check, Any, Any]] = [
    # Milk of magnesia: 1,200 mg of the hydroxide cannot hold the 595 mg that the label claims.
    (
        Check.ELEMENTAL_ABOVE_CAPACITY,
        product(label("500", part(elemental_fraction("Mg(OH)2"), "1200"))),
        product(label("595", part(elemental_fraction("Mg(OH)2"), "1200"))),
    ),
    (
        Check.ELEMENTAL_EQUALS_COMPOUND,
        product(),
        product(label("500", part(OXIDE, "500"))),
    ),
    (
        Check.ELEMENTAL_ABOVE_COMPOUND,
        product(),
        product(label("2000", part(THREONATE, "144"))),
    ),
    (
        Check.SERVINGS_DO_NOT_MULTIPLY_OUT,
        product(replace(NEURO_MAG, container_units=Decimal(92))),  # two are left over
        product(replace(NEURO_MAG, container_units=Decimal(120))),
    ),
    (
        Check.SERVINGS_DO_NOT_MULTIPLY_OUT,
        product(replace(NEURO_MAG, is_counted=False, container_units=Decimal(227))),  # g of powder
        product(replace(NEURO_MAG, servings_per_container=Decimal(90))),
    ),
    (
        Check.PARTS_DO_NOT_ADD_UP,
        product(label("144", part(elemental="100"), part(elemental="44"))),
        product(label("144", part(elemental="120"))),
    ),
    (Check.AMOUNT_IMPLAUSIBLE, product(label("2000")), product(label("2500"))),
    (Check.AMOUNT_IS_A_TRACE, product(label("3.82")), product(label("0.1044"))),
    # 144,000 mcg entered as mg, by the compound; 0.4 g, by the name; 0.1 g, by the percentage.
    (Check.UNIT_SLIP, product(), product(label("144000", part(THREONATE, "2000")))),
    (
        Check.UNIT_SLIP,
        product(label("400"), name="Magnesium 400 mg"),
        product(label("0.4"), name="Magnesium 400 mg"),
    ),
    (
        Check.UNIT_SLIP,
        product(label("100"), daily_value_percent=Decimal(24)),
        product(label("0.1"), daily_value_percent=Decimal(24)),
    ),
    (
        Check.FIGURE_TOO_LARGE,
        product(),
        product(replace(NEURO_MAG, daily_servings=Amount.exactly(Decimal(7000)))),
    ),
    (
        Check.DAILY_VALUE_DOES_NOT_FIT,
        product(label("420"), daily_value_percent=Decimal(100)),
        product(label("420"), daily_value_percent=Decimal(50)),
    ),
    (
        Check.DAILY_VALUE_DOES_NOT_FIT,
        product(label("200"), daily_value_percent=Decimal(50), label_year=2019),
        product(label("200"), daily_value_percent=Decimal(50), label_year=2020),
    ),
    (
        Check.DAILY_VALUE_IS_THE_OLD_ONE,
        product(label("200"), daily_value_percent=Decimal(48)),
        product(label("200"), daily_value_percent=Decimal(50)),
    ),
    (
        Check.NAME_SAYS_ANOTHER_FORM,
        product(name="Magnesium Glycinate", forms=frozenset({"bisglycinate", "oxide"})),
        product(name="Magnesium Citrate Powder", forms=frozenset({"carbonate"})),
    ),
    (
        Check.NAME_SAYS_ANOTHER_FORM,
        product(name="Kids Magnesium Complex liquid", forms=frozenset({"citrate"})),
        product(name="Magnesium Malate", forms=frozenset({"oxide"})),
    ),
    (
        Check.BLEND_NOT_SAID_TO_BE_WITHHELD,
        product(BLEND),
        product(BLEND, unexplained_parts=True),
    ),
    (Check.PRICE_FAR_FROM_MEDIAN, priced("210"), priced("211")),
    (Check.PRICE_FAR_FROM_MEDIAN, priced("2.10"), priced("2.09")),
    (Check.DATE_IN_FUTURE, product(checked_on=TODAY), product(checked_on=LATER)),
    (Check.DATE_IN_FUTURE, priced("20", TODAY + timedelta(days=1)), priced("20", LATER)),
    (
        Check.RATING_WITHOUT_COUNT,
        product(ratings=[RatingFacts(129, None)]),
        product(ratings=[RatingFacts(None, None)]),
    ),
    (
        Check.CERTIFIED_WITHOUT_REGISTER,
        certified(certified=True, register_url="https://nsf.test/1"),
        certified(certified=True),
    ),
    (Check.CERTIFICATION_WITHOUT_BODY_OR_LINK, certified(), certified(body="Third party")),
    (Check.CERTIFICATION_WITHOUT_BODY_OR_LINK, certified(), certified(link="")),
    (Check.GTIN_CHECK_DIGIT, product(gtin="0737870160397"), product(gtin="0737870160398")),
    (Check.GTIN_TWICE, product(), product(gtin_shared_with="Neuro-Mag")),
    (Check.EVIDENCE_WITHOUT_SOURCE, STUDY, replace(STUDY, link="")),
    (Check.EVIDENCE_ABOVE_CEILING, STUDY, replace(STUDY, certainty="moderate")),
    (
        Check.EVIDENCE_ABOVE_CEILING,
        replace(STUDY, design="rct", certainty="high"),
        replace(STUDY, design="rct", certainty="low", species="rat"),
    ),
    (Check.DOI_MALFORMED, SOURCE, replace(SOURCE, doi="10.1000")),
    (Check.DOI_DEAD, replace(SOURCE, doi_found=True), replace(SOURCE, doi_found=False)),
    (
        Check.SOURCE_IN_FUTURE,
        replace(SOURCE, seen_from=TODAY),
        replace(SOURCE, seen_from=LATER),
    ),
]


def found(record: Any) -> Mapping[Check, Remark]:
    vet: Any = {
        ProductRecord: vet_product,
        EvidenceRecord: vet_evidence,
        SourceRecord: vet_source,
    }[type(record)]
    return {remark.check: remark for remark in vet(record)}


@pytest.mark.parametrize(("check", "right", "wrong"), CASES, ids=lambda case: str(case)[:40])
def test_a_slip_is_found_and_what_is_right_is_not(check: Check, right: Any, wrong: Any) -> None:
    assert check not in found(right)
    assert check in found(wrong)


def test_every_check_has_such_a_case_and_stands_in_the_list_once() -> None:
    assert {check for check, _, _ in CASES} == set(Check)
    assert sorted(entry.check for entry in CHECKS) == sorted(Check)


def test_a_label_that_adds_up_has_no_remark() -> None:
    assert found(product(name="Neuro-Mag", forms=frozenset({"l-threonate"}))) == {}


def test_few_prices_have_no_middle() -> None:
    record = replace(priced("2.09"), medians={("l-threonate", "USD"): Median(Decimal("0.70"), 4)})
    assert Check.PRICE_FAR_FROM_MEDIAN not in found(record)


def test_a_price_near_the_middle_of_one_of_its_forms_is_no_slip() -> None:
    record = priced("2.09")
    oxide = {("oxide", "USD"): Median(Decimal("0.02"), 9)}
    both = replace(record, forms=record.forms | {"oxide"}, medians={**record.medians, **oxide})
    assert Check.PRICE_FAR_FROM_MEDIAN not in found(both)


def test_a_remark_carries_the_figures_of_its_sentence() -> None:
    remark = found(product(label("595", part(elemental_fraction("Mg(OH)2"), "1200"))))[
        Check.ELEMENTAL_ABOVE_CAPACITY
    ]
    assert remark.field == "label_elemental_mg"
    assert remark.figures == {"claimed_mg": 595, "capacity_mg": Decimal("500.1072")}
