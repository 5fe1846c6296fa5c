"""Rows as plain values for the rules, and the rules' remarks in words for an editor."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from products.models.evidence import Finding
from products.models.forms import MagnesiumForm
from products.models.labels import Product
from products.models.market import Offer
from products.models.parts import ProductIngredient
from products.rules import derive, grading
from products.rules.units import rounded
from products.rules.vetting import Check, Remark, Severity, vet

MESSAGES = {
    Check.ELEMENTAL_ABOVE_CAPACITY: _(
        "The label claims %(claimed_mg)s mg of magnesium; so much of the compound can hold at most %(capacity_mg)s mg. "
        "Look whether compound and elemental mg are swapped, or a serving and a single piece."
    ),
    Check.ELEMENTAL_EQUALS_COMPOUND: _(
        "Elemental magnesium and compound are both %(elemental_mg)s mg: no compound is all magnesium. "
        "Leave the one that the label does not give blank."
    ),
    Check.ELEMENTAL_ABOVE_COMPOUND: _(
        "%(elemental_mg)s mg of magnesium cannot come out of %(compound_mg)s mg of compound: are the two swapped?"
    ),
    Check.SERVINGS_DO_NOT_MULTIPLY_OUT: _(
        "%(serving_units)s a serving × %(servings)s servings is %(product)s, but the pack holds %(pack)s. Check the three numbers."
    ),
    Check.PARTS_DO_NOT_ADD_UP: _(
        "The forms add up to %(parts_mg)s mg of magnesium, the label's total is %(elemental_mg)s mg."
    ),
    Check.AMOUNT_IMPLAUSIBLE: _(
        "%(elemental_mg)s mg of magnesium in one serving is more than %(most_mg)s mg: check the unit."
    ),
    Check.FIGURE_TOO_LARGE: _(
        "What follows from this (mg a serving or a day, or pieces for 100 mg) comes to %(figure)s, and %(most)s is too much: check magnesium, pieces and servings a day."
    ),
}
TURNED = {"higher": "lower", "lower": "higher"}
"""Which way a finding points for the form that was compared with."""
WAY_OUT = _("If the label really says so, say it in the editor's note and save again.")


def form_findings(form: MagnesiumForm) -> list[derive.FindingFacts]:
    """A form's findings as plain values, those included in which it was what another was compared with.

    A catch-all has none: what holds for one compound says nothing of the next.
    """
    if form.is_catch_all:
        return []
    own = [_finding_facts(finding, finding.comparator) for finding in form.findings.all()]
    others = [
        _finding_facts(finding, finding.form, turned=True)
        for finding in form.findings_as_comparator.all()
    ]
    return own + others


def _finding_facts(
    finding: Finding, other: MagnesiumForm | None, turned: bool = False
) -> derive.FindingFacts:
    source = finding.source
    return derive.FindingFacts(
        study=grading.Study(
            source_id=source.key,
            design=grading.Design(source.kind),
            species=finding.species,
            compares_forms=finding.against != Finding.Against.BASELINE,
            independent=None if source.industry_funded is None else not source.industry_funded,
            n=finding.n,
        ),
        comparator=other.slug if other else None,
        direction=TURNED.get(finding.direction, finding.direction) if turned else finding.direction,
    )


def product_facts(
    product: Product, ingredients: Iterable[ProductIngredient], offers: Iterable[Offer] = ()
) -> derive.ProductFacts:
    """A label as plain values. Its parts are handed in, so that unsaved ones can be looked at too."""
    return derive.ProductFacts(
        elemental_mg=product.label_elemental_mg,
        compound_mg=product.label_compound_mg,
        serving_units=product.serving_units,
        servings_per_container=product.servings_per_container,
        container_units=product.container_units,
        daily_servings=product.daily_servings,
        is_counted=product.is_counted,
        ingredients=[_ingredient_facts(part) for part in ingredients],
        offers=[
            derive.OfferFacts(offer.pk, offer.price, offer.currency, offer.seen_on)
            for offer in offers
        ],
    )


def _ingredient_facts(part: ProductIngredient) -> derive.IngredientFacts:
    graded = not part.form.is_catch_all
    return derive.IngredientFacts(
        fraction=part.form.elemental_fraction,
        bioavailability=(part.form.bioavailability or None) if graded else None,
        laxative=(part.form.laxative or None) if graded else None,
        compound_mg=part.compound_mg,
        elemental_mg=part.elemental_mg,
    )


def vet_label(product: Product, ingredients: Iterable[ProductIngredient]) -> None:
    """Refuse a label that cannot be, or that had better be looked at again and has no note yet.

    Raises `ValidationError` with a message for each field; call it after the fields and the parts
    are valid by themselves.
    """
    refused: dict[str, list[ValidationError]] = {}
    for remark in vet(product_facts(product, ingredients)):
        if remark.severity is Severity.ERROR or not product.editor_note.strip():
            refused.setdefault(remark.field, []).extend(_in_words(remark))
    if refused:
        raise ValidationError(refused)


def _in_words(remark: Remark) -> list[ValidationError]:
    figures = {name: _plain(figure) for name, figure in remark.figures.items()}
    said = [ValidationError(MESSAGES[remark.check], code=remark.check.value, params=figures)]
    if remark.severity is Severity.WARNING:
        said.append(ValidationError(WAY_OUT, code="way_out"))
    return said


def _plain(figure: Decimal) -> str:
    return f"{rounded(figure, 2).normalize():f}"
