"""Rows of what is known of a product's forms: absorption and tolerance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from compare.basis import Basis
from compare.comparison.cell import Cell
from compare.comparison.groups import ProductGroup
from compare.comparison.reading import FactName, first_sentence, forms_of, missing, named_in
from compare.comparison.remarks import Remark, Said, remark
from compare.comparison.row import Kind, Row
from products.models import Bioavailability, Confidence, Laxative, MagnesiumForm, Product, Source
from products.rules import grading
from products.rules.evidence import LEVELS


class Mixed(TextChoices):
    """Grades are not averaged."""

    DIFFERS_BY_FORM = "differs_by_form", _("Differs by form")


def bioavailability_sources(form: MagnesiumForm) -> tuple[Source, ...]:
    return named_in(form.bioavailability_rationale, form.sources.all())


def laxative_sources(form: MagnesiumForm) -> tuple[Source, ...]:
    return named_in(form.laxative_rationale, form.sources.all())


def least_sure(forms: Sequence[MagnesiumForm]) -> MagnesiumForm:
    """The form whose grade is the least sure: what holds several is no surer than that."""
    return min(forms, key=lambda form: LEVELS.index(grading.Confidence(form.confidence)))


def comparisons(form: MagnesiumForm) -> Remark:
    """In how many human studies the form was compared with another."""
    if not form.human_comparisons:
        return remark(Said.NO_HUMAN_COMPARISON)
    return remark(Said.HUMAN_COMPARISONS, form.human_comparisons)


def _of_forms(
    product: Product,
    grade: Callable[[MagnesiumForm], TextChoices | None],
    sources: Callable[[MagnesiumForm], tuple[Source, ...]],
) -> Cell:
    """One grade where all forms have the same; each form's own where they differ."""
    forms = forms_of(product)
    grades = {form: grade(form) for form in forms}
    known = [found for found in grades.values() if found is not None]
    remarks = tuple(
        remark(Said.BY_FORM, form.short_name, str(found.label).lower())
        for form, found in grades.items()
        if found is not None and len(forms) > 1
    )
    if not known or len(known) < len(forms):
        return missing(product, FactName.FORMS, remarks=remarks)
    found_in = tuple(dict.fromkeys(source for form in forms for source in sources(form)))
    if len(set(known)) == 1:
        return Cell(known[0], sources=found_in)
    return Cell(Mixed.DIFFERS_BY_FORM, remarks=remarks, sources=found_in)


def _bioavailability(product: Product, basis: Basis) -> Cell:
    return _of_forms(
        product, lambda form: Bioavailability(form.bioavailability), bioavailability_sources
    )


def _confidence(product: Product, basis: Basis) -> Cell:
    """Of several forms, the least sure: the product is no surer than that."""
    forms = forms_of(product)
    if not forms:
        return missing(product, FactName.FORMS)
    form = least_sure(forms)
    return Cell(Confidence(form.confidence), remarks=(comparisons(form),))


def _laxative(product: Product, basis: Basis) -> Cell:
    cell = _of_forms(
        product, lambda form: Laxative(form.laxative) if form.laxative else None, laxative_sources
    )
    said = (remark(Said.SOLD_AS_LAXATIVE),) if product.is_laxative else ()
    return Cell(cell.value, empty=cell.empty, remarks=(*cell.remarks, *said), sources=cell.sources)


def _laxative_threshold(product: Product, basis: Basis) -> Cell:
    forms = forms_of(product)
    said = {form: first_sentence(form.laxative_rationale) for form in forms}
    known = {form: text for form, text in said.items() if text}
    if not known:
        return missing(product, FactName.FORMS)
    sources = tuple(dict.fromkeys(s for form in known for s in laxative_sources(form)))
    if len(forms) == 1:
        return Cell(known[forms[0]], sources=sources)
    return Cell(
        " ".join(f"{form.short_name}: {text}" for form, text in known.items()), sources=sources
    )


def _solubility(product: Product, basis: Basis) -> Cell:
    return _of_forms(
        product,
        lambda form: MagnesiumForm.Solubility(form.solubility) if form.solubility else None,
        lambda form: (),
    )


ROWS: tuple[Row[Product], ...] = (
    Row(
        "bioavailability",
        ProductGroup.ABSORPTION,
        "Bioavailability",
        "",
        "How much of a dose reaches the body, as a grade of the form. It never stands without how sure it is.",
        _bioavailability,
        Kind.BIOAVAILABILITY,
    ),
    Row(
        "confidence",
        ProductGroup.ABSORPTION,
        "How sure",
        "",
        "How far the grade can be trusted, from the number and kind of studies that compare forms.",
        _confidence,
        Kind.CONFIDENCE,
        hint="comparisons with other forms",
    ),
    Row(
        "laxative",
        ProductGroup.ABSORPTION,
        "Laxative effect",
        "",
        "What the form does to the bowel at usual doses. A place on a scale: no end of it is the better one.",
        _laxative,
        Kind.LAXATIVE,
        hint="no best: some want it",
    ),
    Row(
        "laxative_threshold",
        ProductGroup.ABSORPTION,
        "Loosens from",
        "",
        "The dose from which an effect on the bowel has been seen, as far as anyone has looked.",
        _laxative_threshold,
    ),
    Row(
        "solubility",
        ProductGroup.ABSORPTION,
        "Solubility",
        "",
        "How well the form dissolves in water. What does not dissolve is not absorbed, but stomach acid helps.",
        _solubility,
    ),
)
