"""Every row of a comparison of magnesium forms, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse, reverse_lazy
from django.utils.text import format_lazy

from compare.basis import Basis
from compare.comparison import care_rows, claim_rows, evidence_rows
from compare.comparison.care_rows import Care
from compare.comparison.cell import PERCENT, Cell, Named, Seen, unknown
from compare.comparison.claim_rows import NO_CLAIMS, Claims
from compare.comparison.evidence_rows import Studied
from compare.comparison.form_facts import bioavailability_sources, laxative_sources
from compare.comparison.groups import FormGroup
from compare.comparison.market import Prices, prices
from compare.comparison.reading import first_sentence, named_in
from compare.comparison.remarks import Remark, Said, counted, remark
from compare.comparison.row import Kind, Row
from compare.ledger import of_forms
from products.models import (
    Bioavailability,
    Confidence,
    EmptyKind,
    Finding,
    Laxative,
    MagnesiumForm,
    Source,
    Species,
)
from products.rules.dose import Amount

FormRow = Row[MagnesiumForm]
WHOSE = "What is said of the form, or of a product of it, and was judged here."
NOT_YET = EmptyKind.NOT_LOOKED_UP
FROM_THE_FORMULA = Named(
    "How it follows from the formula", format_lazy("{}#fraction", reverse_lazy("method"))
)
HOW_SURE = Named("How sureness is graded", format_lazy("{}#confidence", reverse_lazy("method")))
REGISTERS = {
    "cas_number": "https://commonchemistry.cas.org/detail?cas_rn={}",
    "pubchem_cid": "https://pubchem.ncbi.nlm.nih.gov/compound/{}",
    "unii": "https://precision.fda.gov/uniisearch/srs/unii/{}",
}
"""An identifier is its own source: it leads to its entry in the register that gave it."""


def form_rows(
    tested: Sequence[Studied],
    market: Mapping[int, Prices],
    claims: Claims = NO_CLAIMS,
    care: Care | None = None,
) -> tuple[FormRow, ...]:
    return (
        *CHEMISTRY,
        *ABSORPTION,
        *TOLERANCE,
        *evidence_rows.rows(tested, evidence_rows.form_itself),
        *evidence_rows.rated(tested, evidence_rows.form_itself),
        *claim_rows.rows(claims, FormGroup.CLAIMED, WHOSE),
        *care_rows.rows(care or Care(), FormGroup.CARE, evidence_rows.form_itself),
        *_market_rows(market),
        *IDENTIFIERS,
    )


def rows_for(forms: Sequence[MagnesiumForm], basis: Basis) -> tuple[FormRow, ...]:
    """The rows of these forms, with their studies, ratings, prices and claims: eight queries."""
    keys = {form.pk for form in forms}
    tested, market = evidence_rows.tested(keys), prices(keys)
    return form_rows(tested, market, of_forms(forms), Care.on_record())


def _own_sources(form: MagnesiumForm) -> tuple[Source, ...]:
    """What the record of a form rests on, for facts that no text of it gives a source of their own."""
    return tuple(form.sources.all())


def _no_formula(form: MagnesiumForm) -> EmptyKind:
    """A delivery system or a natural mixture has no formula of its own."""
    single = MagnesiumForm.Category.ORGANIC_SALT, MagnesiumForm.Category.INORGANIC_SALT
    has_none = form.is_catch_all or form.category not in (
        *single,
        MagnesiumForm.Category.AMINO_ACID_CHELATE,
    )
    return EmptyKind.DOES_NOT_APPLY if has_none else NOT_YET


def _formula(form: MagnesiumForm, basis: Basis) -> Cell:
    if not form.formula:
        return unknown(_no_formula(form))
    return Cell(form.formula, sources=_own_sources(form))


def _molar_mass(form: MagnesiumForm, basis: Basis) -> Cell:
    mass = form.molar_mass
    return Cell(mass, "g/mol", places=2) if mass is not None else unknown(_no_formula(form))


def _fraction(form: MagnesiumForm, basis: Basis) -> Cell:
    if form.elemental_fraction is None:
        return unknown(_no_formula(form))
    return Cell(Amount.exactly(form.elemental_fraction), PERCENT, places=2)


def _hydrate(form: MagnesiumForm, basis: Basis) -> Cell:
    if form.hydrate_elemental_fraction is None:
        return unknown(NOT_YET if form.formula else _no_formula(form))
    share = Amount.exactly(form.hydrate_elemental_fraction)
    return Cell(share, PERCENT, remarks=(remark(Said.TEXT, form.hydrate_formula),), places=2)


def _salt_for_100_mg(form: MagnesiumForm, basis: Basis) -> Cell:
    if not form.elemental_fraction:
        return unknown(_no_formula(form))
    return Cell(Amount.exactly(100 / form.elemental_fraction), "mg")


def _on_labels(form: MagnesiumForm, basis: Basis) -> Cell:
    low, high = form.label_fraction_low_percent, form.label_fraction_high_percent
    low, high = low or high, high or low
    if low is None or high is None:
        return unknown(NOT_YET)
    return Cell(Amount(low / 100, high / 100), PERCENT, sources=_own_sources(form), places=1)


def _patented(form: MagnesiumForm, basis: Basis) -> Cell:
    names = tuple(form.patented_name_list)
    return Cell(names, sources=_own_sources(form)) if names else unknown(NOT_YET)


def _solubility(form: MagnesiumForm, basis: Basis) -> Cell:
    if not form.solubility:
        return unknown(NOT_YET)
    note = first_sentence(form.solubility_note)
    remarks = (remark(Said.TEXT, note),) if note else ()
    named = named_in(form.solubility_note, form.sources.all())
    return Cell(
        MagnesiumForm.Solubility(form.solubility),
        remarks=remarks,
        sources=named or _own_sources(form),
    )


def _bioavailability(form: MagnesiumForm, basis: Basis) -> Cell:
    if form.is_catch_all:  # many compounds, many grades
        return unknown(EmptyKind.DOES_NOT_APPLY)
    grade = Bioavailability(form.bioavailability)
    return Cell(grade, sources=bioavailability_sources(form))


def _confidence(form: MagnesiumForm, basis: Basis) -> Cell:
    if form.is_catch_all:
        return unknown(EmptyKind.DOES_NOT_APPLY)
    return Cell(Confidence(form.confidence))


def _comparisons(form: MagnesiumForm, basis: Basis) -> Cell:
    """Human studies that compare it with another form; those in animals beside them."""
    compared = [row for row in form.findings.all() if row.against != Finding.Against.BASELINE]
    compared += form.findings_as_comparator.all()
    animals = {row.source_id for row in compared if row.species in (Species.RAT, Species.MOUSE)}
    human = [row.source for row in compared if row.species == Species.HUMAN]
    remarks: tuple[Remark, ...] = ()
    if animals:
        remarks = (remark(Said.ANIMAL_COMPARISONS, len(animals)),)
    return Cell(
        form.human_comparisons, "in people", remarks=remarks, sources=tuple(dict.fromkeys(human))
    )


def _in_short(form: MagnesiumForm, basis: Basis) -> Cell:
    text = first_sentence(form.bioavailability_rationale)
    return Cell(text, sources=bioavailability_sources(form)) if text else unknown(NOT_YET)


def _laxative(form: MagnesiumForm, basis: Basis) -> Cell:
    if not form.laxative:
        return unknown(NOT_YET)
    return Cell(Laxative(form.laxative), sources=laxative_sources(form))


def _seen_at(form: MagnesiumForm, basis: Basis) -> Cell:
    text = first_sentence(form.laxative_rationale)
    return Cell(text, sources=laxative_sources(form)) if text else unknown(NOT_YET)


def _products(form: MagnesiumForm, basis: Basis) -> Cell:
    number = int(getattr(form, "product_count", 0))
    words = " ".join(counted(number, "product", "products"))
    return Cell((Named(words, f"{reverse('products')}?form={form.slug}"),))


def _price_reader(market: Mapping[int, Prices]) -> Callable[[MagnesiumForm, Basis], Cell]:
    def read(form: MagnesiumForm, basis: Basis) -> Cell:
        found = market.get(form.pk)
        if found is None:
            return unknown(NOT_YET)
        words = counted(found.count, "price", "prices")
        return Cell(
            Amount(found.low, found.high),
            found.currency,
            sources=found.sources,
            remarks=(remark(Said.PRICES, *words),),
            # The oldest day speaks for all; one undated price makes the range undated.
            seen=Seen(found.oldest if found.dated == found.count else None),
        )

    return read


def _identifier(field: str) -> Callable[[MagnesiumForm, Basis], Cell]:
    def read(form: MagnesiumForm, basis: Basis) -> Cell:
        value = getattr(form, field)
        if not value:
            return unknown(NOT_YET)
        return Cell((Named(str(value), REGISTERS[field].format(value)),))

    return read


CHEMISTRY: tuple[FormRow, ...] = (
    Row(
        "elemental_percent",
        FormGroup.CHEMISTRY,
        "Magnesium in the salt",
        PERCENT,
        "The share of the pure, dry compound that is magnesium, worked out from its formula: the most that a label can claim.",
        _fraction,
        Kind.SHARE,
        has_delta=True,
        more=FROM_THE_FORMULA,
    ),
    Row(
        "hydrate_percent",
        FormGroup.CHEMISTRY,
        "With its water",
        PERCENT,
        "The same for the hydrate: crystals that hold water hold less magnesium.",
        _hydrate,
        Kind.SHARE,
        has_delta=True,
        more=FROM_THE_FORMULA,
    ),
    Row(
        "on_labels_percent",
        FormGroup.CHEMISTRY,
        "On labels",
        PERCENT,
        "The lowest and highest share seen on labels.",
        _on_labels,
        Kind.SHARE,
        has_delta=True,
    ),
    Row(
        "salt_for_100_mg",
        FormGroup.CHEMISTRY,
        "Salt for 100 mg",
        "mg",
        "The mass of the pure compound that brings 100 mg of magnesium. More of it means more or larger pills.",
        _salt_for_100_mg,
        Kind.FIGURE,
        has_delta=True,
        more=FROM_THE_FORMULA,
    ),
    Row(
        "formula",
        FormGroup.CHEMISTRY,
        "Formula",
        "",
        "What the compound is made of, without water.",
        _formula,
        Kind.FORMULA,
    ),
    Row(
        "molar_mass",
        FormGroup.CHEMISTRY,
        "Molar mass",
        "g/mol",
        "The mass of one mole of the compound without water.",
        _molar_mass,
        Kind.FIGURE,
        more=FROM_THE_FORMULA,
    ),
    Row(
        "solubility",
        FormGroup.CHEMISTRY,
        "Solubility",
        "",
        "How well it dissolves in water. What does not dissolve is not absorbed, but stomach acid helps.",
        _solubility,
    ),
    Row(
        "patented",
        FormGroup.CHEMISTRY,
        "Patented ingredient",
        "",
        "Names under which makers sell this form.",
        _patented,
    ),
)

ABSORPTION: tuple[FormRow, ...] = (
    Row(
        "bioavailability",
        FormGroup.ABSORPTION,
        "Bioavailability",
        "",
        "How much of a dose reaches the body, as a grade. It never stands without how sure it is.",
        _bioavailability,
        Kind.BIOAVAILABILITY,
    ),
    Row(
        "confidence",
        FormGroup.ABSORPTION,
        "How sure",
        "",
        "How far the grade can be trusted, from the number and kind of studies that compare forms.",
        _confidence,
        Kind.CONFIDENCE,
        more=HOW_SURE,
    ),
    Row(
        "comparisons",
        FormGroup.ABSORPTION,
        "Comparisons with other forms",
        "studies",
        "Studies that measured this form against another. Only those in people say what happens in people.",
        _comparisons,
        Kind.FIGURE,
    ),
    Row(
        "in_short",
        FormGroup.ABSORPTION,
        "In short",
        "",
        "What the grade rests on, in a sentence. The form’s page has the whole.",
        _in_short,
    ),
)

TOLERANCE: tuple[FormRow, ...] = (
    Row(
        "laxative",
        FormGroup.TOLERANCE,
        "Laxative effect",
        "",
        "What the form does to the bowel at usual doses. A place on a scale: no end of it is the better one.",
        _laxative,
        Kind.LAXATIVE,
        hint="no best: some want it",
    ),
    Row(
        "laxative_threshold",
        FormGroup.TOLERANCE,
        "Loosens from",
        "",
        "The dose from which an effect on the bowel has been seen, as far as anyone has looked.",
        _seen_at,
    ),
)

IDENTIFIERS: tuple[FormRow, ...] = (
    Row(
        "cas_number",
        FormGroup.IDENTIFIERS,
        "CAS number",
        "",
        "Number of the compound in the CAS Registry of the American Chemical Society.",
        _identifier("cas_number"),
        Kind.LINKS,
    ),
    Row(
        "pubchem_cid",
        FormGroup.IDENTIFIERS,
        "PubChem CID",
        "",
        "Number of the compound in PubChem of the US National Library of Medicine.",
        _identifier("pubchem_cid"),
        Kind.LINKS,
    ),
    Row(
        "unii",
        FormGroup.IDENTIFIERS,
        "UNII",
        "",
        "Code of the substance at the US Food and Drug Administration.",
        _identifier("unii"),
        Kind.LINKS,
    ),
)


def _market_rows(market: Mapping[int, Prices]) -> tuple[FormRow, ...]:
    return (
        Row(
            "products",
            FormGroup.MARKET,
            "Products",
            "",
            "Products of the catalogue that hold this form, alone or with others.",
            _products,
            Kind.LINKS,
        ),
        Row(
            "price_per_100_mg",
            FormGroup.MARKET,
            "100 mg costs",
            "",
            "From the cheapest to the dearest product that holds this form alone, in US dollars for 100 mg of magnesium.",
            _price_reader(market),
            Kind.FIGURE,
            has_delta=True,
        ),
    )
