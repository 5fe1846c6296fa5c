"""Rows as plain values for the rules, and the rules' remarks in words for an editor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from products.models.evidence import Evidence, Finding
from products.models.forms import MagnesiumForm
from products.models.knowing import EmptyKind
from products.models.labels import Product
from products.models.market import Offer, RatingSummary
from products.models.parts import Certification, FactNote, ProductIngredient
from products.models.remarks import DoiAnswer, OpenRemark
from products.models.sources import Source, Verified, first_day
from products.models.vetting_words import WORDS
from products.rules import derive, grading
from products.rules.completeness import Completeness, Thing, completeness
from products.rules.units import rounded
from products.rules.vetting import (
    CertificationFacts,
    EvidenceRecord,
    Figure,
    Kind,
    Median,
    ProductRecord,
    RatingFacts,
    Remark,
    Severity,
    SourceRecord,
    vet_product,
)

TURNED = {"higher": "lower", "lower": "higher"}
"""Which way a finding points for the form that was compared with."""
WAY_OUT = _("If the label really says so, say why in the note to the warnings and save again.")


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


def product_record(
    product: Product,
    ingredients: Collection[ProductIngredient],
    offers: Iterable[Offer] = (),
    ratings: Iterable[RatingSummary] = (),
    certifications: Iterable[Certification] = (),
    medians: Mapping[tuple[str, str], Median] | None = None,
    gtin_shared_with: str = "",
) -> ProductRecord:
    """A product with its parts as the checks take it; unsaved parts can be handed in as well."""
    return ProductRecord(
        label=product_facts(product, ingredients, offers),
        today=timezone.now().date(),
        name=product.name,
        forms=frozenset(part.form.slug for part in ingredients if not part.form.is_catch_all),
        has_catch_all=any(part.form.is_catch_all for part in ingredients),
        unexplained_parts=any(
            part.amounts in (part.Amounts.STATED, part.Amounts.NOT_LOOKED_UP)
            for part in ingredients
        ),
        daily_value_percent=product.daily_value_percent,
        label_year=product.label_year,
        checked_on=product.checked_on,
        gtin=product.gtin,
        gtin_shared_with=gtin_shared_with,
        ratings=[RatingFacts(rating.count, rating.seen_on) for rating in ratings],
        certifications=[
            CertificationFacts(
                body=one.body,
                certified=one.state == one.State.CERTIFIED,
                register_url=one.register_url,
                link=one.source.link,
            )
            for one in certifications
        ],
        medians=medians or {},
    )


def evidence_record(evidence: Evidence) -> EvidenceRecord:
    """A result as the checks take it; reads its source."""
    return EvidenceRecord(
        design=evidence.design,
        species=evidence.species,
        certainty=evidence.certainty,
        source=evidence.source.key,
        link=evidence.source.link,
    )


def source_record(source: Source, answer: DoiAnswer | None = None) -> SourceRecord:
    """A source as the checks take it; an answer about another DOI is none."""
    asked = answer is not None and answer.doi == source.doi
    return SourceRecord(
        doi=source.doi,
        today=timezone.now().date(),
        doi_found=answer.found if answer and asked else None,
        doi_asked_on=answer.asked_on if answer and asked else None,
        seen_from=_first_day(source.seen_on),
    )


def _first_day(text: str) -> date | None:
    try:
        return first_day(text) if text else None
    except ValueError:
        return None


def completeness_of(
    product: Product, elemental_mg: Decimal | None, has_price: bool
) -> Completeness:
    """What is left to find out about a product; reads its parts, notes and source.

    Dose and price are handed in as they were just worked out: the columns may not hold them yet.
    """
    known = {
        Thing.ELEMENTAL: elemental_mg is not None,
        Thing.PRICE: has_price,
        Thing.SOURCE: bool(product.source.link),
        Thing.ELEMENTAL_SOURCE: product.verified != Verified.KNOWLEDGE
        or any(note.fact == "label_elemental_mg" and note.source_id for note in _notes(product)),
        Thing.CHECKED: product.checked_on is not None,
        Thing.PACK: product.pack_servings is not None,
        # A powder has no pieces, and its serving is said in words.
        Thing.SERVING: product.serving_units is not None or bool(product.serving_measure),
        **{
            thing: product.knows(thing.value)
            for thing in (
                Thing.FORMS,
                Thing.DOSAGE_FORM,
                Thing.DAILY_SERVINGS,
                Thing.FORM_AMOUNTS,
                Thing.DIRECTIONS,
                Thing.OTHER_INGREDIENTS,
                Thing.ALLERGENS,
                Thing.GTIN,
            )
        },
    }
    return completeness([thing for thing, is_known in known.items() if is_known], _settled(product))


_FACT_OF_THING = {Thing.ELEMENTAL: "label_elemental_mg", Thing.PACK: "servings_per_container"}


def _settled(product: Product) -> set[Thing]:
    """Things of which it is known why they are blank."""
    noted = {
        note.fact
        for note in _notes(product)
        if note.empty and note.empty != EmptyKind.NOT_LOOKED_UP
    }
    settled = {thing for thing in Thing if _FACT_OF_THING.get(thing, thing.value) in noted}
    if product.other_identifier:
        settled.add(Thing.GTIN)
    if any(
        part.amounts in (part.Amounts.NOT_ON_LABEL, part.Amounts.WITHHELD)
        for part in product.ingredients.all()
    ):
        settled.add(Thing.FORM_AMOUNTS)
    return settled


def _notes(product: Product) -> Iterable[FactNote]:
    return product.fact_notes.all()


def unanswered(remarks: Iterable[Remark], notes: Iterable[OpenRemark]) -> list[Remark]:
    """Errors, and warnings of which none of the notes was made for these very figures."""
    noted = {(row.code, row.field): row.figures for row in notes if row.note}
    return [
        remark
        for remark in remarks
        if remark.severity is Severity.ERROR
        or (
            remark.severity is Severity.WARNING
            and noted.get((remark.check.value, remark.field)) != in_figures(remark)
        )
    ]


def vet_label(product: Product, ingredients: Collection[ProductIngredient]) -> None:
    """Refuse a label that cannot be, or that had better be looked at again and has no note.

    For writes without a page to ask on: the editor's note of a file counts, and so does what was
    noted at the desk of these very figures. Raises `ValidationError` with a message for each field;
    call it after the fields and the parts are valid by themselves. One query where a check fires.
    """
    remarks = vet_product(product_record(product, ingredients))
    if product.editor_note.strip():
        remarks = [remark for remark in remarks if remark.severity is Severity.ERROR]
    elif remarks and product.pk:
        notes = OpenRemark.objects.filter(kind=Kind.PRODUCT, record_id=product.pk)
        remarks = unanswered(remarks, notes)
    refuse(remarks)


def refuse(remarks: Iterable[Remark], fields: Collection[str] | None = None) -> None:
    """Raise `ValidationError` for errors and warnings, each at its field; information passes.

    With `fields`, what belongs to none of them is said of the whole record.
    """
    refused: dict[str, list[ValidationError]] = {}
    for remark in remarks:
        if remark.severity is not Severity.INFORMATION:
            at = remark.field if fields is None or remark.field in fields else NON_FIELD_ERRORS
            refused.setdefault(at, []).extend(_in_words(remark))
    if refused:
        raise ValidationError(refused)


def in_words(remark: Remark) -> str:
    """What is wrong, and how to mend it."""
    words = WORDS[remark.check]
    return f"{str(words.message) % in_figures(remark)} {words.mend}"


def _in_words(remark: Remark) -> list[ValidationError]:
    text, code = in_words(remark), remark.check.value
    if remark.severity is Severity.WARNING:
        return [ValidationError(text, code=code), ValidationError(WAY_OUT, code="way_out")]
    return [ValidationError(text, code=code)]


def in_figures(remark: Remark) -> dict[str, str]:
    """The figures of a remark as they are put into its sentence."""
    return {name: _plain(figure) for name, figure in remark.figures.items()}


def _plain(figure: Figure) -> str:
    if isinstance(figure, str):
        return figure
    places = 2 if abs(figure) >= 1 else 4
    return f"{rounded(figure, places).normalize():f}"
