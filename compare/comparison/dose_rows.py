"""Rows of what is in the dose, and of taking it."""

from __future__ import annotations

from decimal import Decimal

from compare import figures
from compare.basis import Basis
from compare.comparison.cell import PERCENT, Cell, Named
from compare.comparison.groups import ProductGroup
from compare.comparison.reading import (
    FactName,
    cannot_be_pure,
    day_facts,
    forms_of,
    missing,
    of_facts,
    piece_noun,
    pieces,
)
from compare.comparison.remarks import Remark, Said, remark
from compare.comparison.row import Better, Kind, Row
from compare.links import page_of
from products.models import DosageForm, LabelCheck, Product
from products.models.knowing import PILLS
from products.rules import cost
from products.rules.dose import Amount


def _elemental(product: Product, basis: Basis) -> Cell:
    amount = basis.magnesium(product)
    serving = product.elemental_mg_per_serving
    if amount is None:
        remarks = (remark(Said.IN_ONE_SERVING, _mg(serving)),) if serving else ()
        return missing(product, *day_facts(basis, FactName.ELEMENTAL), remarks=remarks)
    facts = day_facts(basis, FactName.ELEMENTAL)
    return Cell(amount, "mg", remarks=pieces(product, basis), sources=of_facts(product, *facts))


def _forms(product: Product, basis: Basis) -> Cell:
    forms = forms_of(product)
    if not forms:
        return missing(product, FactName.FORMS)
    named = tuple(Named(form.short_name, page_of(form)) for form in forms)
    return Cell(named, sources=of_facts(product, FactName.FORMS))


def _compound(product: Product, basis: Basis) -> Cell:
    if product.compound_mg is None:
        return missing(product, FactName.COMPOUND)
    parts = [part for part in product.ingredients.all() if part.compound_mg is not None]
    remarks = tuple(
        remark(Said.BY_FORM, part.form.short_name, _mg(part.compound_mg))
        for part in parts
        if len(parts) > 1 and part.compound_mg is not None
    )
    amount = Amount.exactly(product.compound_mg)
    return Cell(amount, "mg", remarks=remarks, sources=of_facts(product, FactName.COMPOUND))


def _share(product: Product, basis: Basis) -> Cell:
    forms = forms_of(product)
    pure = forms[0].elemental_fraction if len(forms) == 1 else None
    remarks: tuple[Remark, ...] = ()
    if pure is not None:
        remarks = (remark(Said.PURE_HOLDS, figures.percent(pure, 2)),)
    elemental, compound = product.elemental_mg_per_serving, product.compound_mg
    if not elemental or not compound:
        return missing(product, FactName.ELEMENTAL, FactName.COMPOUND, remarks=remarks)
    share = Amount.exactly(elemental / compound)
    sources = of_facts(product, FactName.ELEMENTAL, FactName.COMPOUND)
    return Cell(share, PERCENT, remarks=remarks, sources=sources, places=1)


def _label_check(product: Product, basis: Basis) -> Cell:
    """The verdict with its working; one that could not be reached is shown, and is not known."""
    verdict = LabelCheck(product.label_check)
    if verdict is LabelCheck.CANNOT_BE_CHECKED:
        empty = product.empty_of(FactName.ELEMENTAL, FactName.FORMS, FactName.COMPOUND)
        reason = product.label_check_reason
        return Cell(verdict, empty=empty, remarks=(remark(Said(reason)),) if reason else ())
    claimed, capacity = product.elemental_mg_per_serving, product.label_capacity_mg
    remarks: tuple[Remark, ...] = ()
    if claimed is not None and capacity is not None:
        shown = figures.significant(claimed), figures.significant(capacity)
        remarks = (remark(Said.OF_AT_MOST, *shown),)
    sources = of_facts(product, FactName.ELEMENTAL, FactName.COMPOUND)
    return Cell(verdict, remarks=remarks, sources=sources)


def _pills_for_dose(product: Product, basis: Basis) -> Cell:
    facts = day_facts(basis, PILLS, FactName.SERVING)
    units = basis.units(product)
    if not product.is_counted or units is None:
        return missing(product, *facts, FactName.ELEMENTAL)
    noun = piece_noun(product, plural=units != Amount.exactly(Decimal(1)))
    return Cell(units, remarks=(remark(Said.TEXT, noun),), sources=of_facts(product, *facts[1:]))


def _pills_per_100_mg(product: Product, basis: Basis) -> Cell:
    if product.units_per_100_mg is None or not product.is_counted:
        return missing(product, PILLS, FactName.ELEMENTAL)
    sources = of_facts(product, FactName.SERVING, FactName.ELEMENTAL)
    noun = remark(Said.TEXT, piece_noun(product))
    return Cell(
        Amount.exactly(product.units_per_100_mg),
        remarks=(noun,),
        sources=sources,
        is_doubtful=cannot_be_pure(product),
    )


def _days_a_pack(product: Product, basis: Basis) -> Cell:
    facts = day_facts(basis, FactName.SERVINGS_PER_CONTAINER)
    servings, pack = basis.servings(product), product.pack_servings
    if servings is None or pack is None:
        return missing(product, *facts, FactName.ELEMENTAL)
    least = cost.days_per_pack(pack, servings.high)
    most = cost.days_per_pack(pack, servings.low)
    if least is None or most is None:
        return missing(product, *facts)
    return Cell(
        Amount(least, most), "days", remarks=_pack(product), sources=of_facts(product, *facts)
    )


def _pack(product: Product) -> tuple[Remark, ...]:
    if product.is_counted and product.container_units:
        noun = piece_noun(product)
        return (remark(Said.PACK, f"{figures.number(product.container_units)} {noun}"),)
    return (remark(Said.PACK, product.container_measure),) if product.container_measure else ()


def _taken_as(product: Product, basis: Basis) -> Cell:
    if not product.dosage_form:
        return missing(product, FactName.DOSAGE_FORM)
    form = DosageForm(product.dosage_form)
    return Cell(form, sources=of_facts(product, FactName.DOSAGE_FORM))


def _with_food(product: Product, basis: Basis) -> Cell:
    if not product.with_food:
        return missing(product, FactName.WITH_FOOD)
    choice = Product.WithFood(product.with_food)
    return Cell(choice, sources=of_facts(product, FactName.WITH_FOOD))


def _directions(product: Product, basis: Basis) -> Cell:
    if not product.directions:
        return missing(product, FactName.DIRECTIONS)
    return Cell(product.directions, sources=of_facts(product, FactName.DIRECTIONS))


def _combined_with(product: Product, basis: Basis) -> Cell:
    if not product.combined_with:
        return missing(product, "combined_with")
    return Cell(product.combined_with, sources=of_facts(product, "combined_with"))


def _mg(value: Decimal) -> str:
    return f"{figures.significant(value)}{figures.NBSP}mg"


MAGNESIUM: tuple[Row[Product], ...] = (
    Row(
        "elemental_mg",
        ProductGroup.MAGNESIUM,
        "Elemental magnesium",
        "mg",
        "The mass of magnesium itself, without the rest of its compound. Labels must declare it.",
        _elemental,
        Kind.FIGURE,
        hint="magnesium itself, at this dose",
        has_delta=True,
    ),
    Row(
        "forms",
        ProductGroup.MAGNESIUM,
        "Form",
        "",
        "The compound that supplies the magnesium. It decides how well it dissolves and what the bowel makes of it.",
        _forms,
        Kind.LINKS,
    ),
    Row(
        "compound_mg",
        ProductGroup.MAGNESIUM,
        "Compound a serving",
        "mg",
        "The mass of the whole salt or chelate in one serving. It is always larger than the magnesium in it.",
        _compound,
        Kind.FIGURE,
        has_delta=True,
    ),
    Row(
        "share_percent",
        ProductGroup.MAGNESIUM,
        "Share that is magnesium",
        "%",
        "Elemental magnesium as a share of its compound, beside the most that the pure compound can hold.",
        _share,
        Kind.SHARE,
        has_delta=True,
    ),
    Row(
        "label_check",
        ProductGroup.MAGNESIUM,
        "Label check",
        "",
        "Can so much of the compound hold so much magnesium? Arithmetic on what is printed, not an analysis of the pack.",
        _label_check,
        Kind.LABEL_CHECK,
    ),
)

TAKING: tuple[Row[Product], ...] = (
    Row(
        "pills",
        ProductGroup.TAKING,
        "Pills for this dose",
        "pieces",
        "Capsules, tablets or other pieces that make up the dose of this page.",
        _pills_for_dose,
        Kind.FIGURE,
        has_delta=True,
    ),
    Row(
        "pills_per_100_mg",
        ProductGroup.TAKING,
        "Pills for 100 mg",
        "pieces",
        "Pieces that bring 100 mg of elemental magnesium, whatever a serving is.",
        _pills_per_100_mg,
        Kind.FIGURE,
        better=Better.LOWER,
        has_delta=True,
    ),
    Row(
        "days_a_pack",
        ProductGroup.TAKING,
        "A pack lasts",
        "days",
        "Days that one pack lasts when this dose is taken once a day, or by the label’s day where that is the dose.",
        _days_a_pack,
        Kind.FIGURE,
        hint="at this dose, once a day",
        has_delta=True,
    ),
    Row(
        "dosage_form",
        ProductGroup.TAKING,
        "Taken as",
        "",
        "Capsule, tablet, powder, liquid or another shape.",
        _taken_as,
    ),
    Row(
        "with_food",
        ProductGroup.TAKING,
        "With food",
        "",
        "What the label says about meals. Food slows magnesium down and is kinder to the stomach.",
        _with_food,
    ),
    Row(
        "directions",
        ProductGroup.TAKING,
        "Directions",
        "",
        "How the label says to take it, in our words.",
        _directions,
    ),
    Row(
        "combined_with",
        ProductGroup.TAKING,
        "Other active ingredients",
        "",
        "What else in it has an effect of its own. Magnesium gets no credit for what they do.",
        _combined_with,
    ),
)
