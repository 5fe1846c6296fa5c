"""The page of one magnesium form: all that its template prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import F, Q

from compare import figures
from compare.basis import Basis
from compare.charts.salts import Salt, SaltPlot, salt_plot
from compare.comparison import form_rows
from compare.comparison.market import Prices, prices
from compare.ledger import Line, of_forms
from compare.links import Query
from compare.reading import bowel, facts, findings, prose, tested
from compare.reading.changes import PageHistory
from compare.reading.facts import Fact
from compare.references import References
from compare.safety.people import Person, cautions
from compare.safety.reader import Reader
from products.models import (
    Caution,
    EmptyKind,
    FactNote,
    Interaction,
    MagnesiumForm,
    Product,
    SideEffect,
    Source,
)
from products.models.forms import MagnesiumFormQuerySet
from products.models.knowing import PILLS
from products.rules import cost

FactName = FactNote.FactName
NEIGHBOURS = 5
"""Forms of the front rows beside which the salt of this one is drawn."""
MOST_PRODUCTS = 6
PART_MG = Decimal(100)
SUBSTANCE = ("formula", "molar_mass", "elemental_percent", "hydrate_percent", "on_labels_percent")
IDENTIFIERS = ("cas_number", "pubchem_cid", "unii", "patented")


@dataclass(frozen=True)
class Made:
    """A product of the form, with the age of its price."""

    product: Product
    is_stale: bool
    with_forms: tuple[str, ...]

    @property
    def elemental_empty(self) -> EmptyKind:
        return self.product.empty_of(FactName.ELEMENTAL)

    @property
    def pieces_empty(self) -> EmptyKind:
        return self.product.empty_of(PILLS, FactName.ELEMENTAL)

    @property
    def price_empty(self) -> EmptyKind:
        return self.product.empty_of(
            FactName.PRICE, FactName.ELEMENTAL, FactName.SERVINGS_PER_CONTAINER
        )


@dataclass(frozen=True)
class FormPage:
    """One form, read off a row with all its parts (`with_parts`). Costs no query once made."""

    form: MagnesiumForm
    facts: dict[str, Fact]
    sources: Sequence[Source]
    findings: findings.Findings
    bowel: bowel.Bowel
    tested: tuple[tested.Tested, ...]
    salts: SaltPlot | None
    products: tuple[Made, ...]
    prices: Prices | None
    prices_stale: bool
    claims: tuple[Line, ...]
    cautions: list[Person]
    medicines: list[Interaction]
    effects: list[SideEffect]
    history: PageHistory
    references: References = field(default_factory=References)

    @classmethod
    def of(cls, form: MagnesiumForm, at: date) -> FormPage:
        """A bounded number of queries, whatever hangs on the form."""
        measured = findings.findings(form)
        market = prices({form.pk}).get(form.pk)
        return cls(
            form=form,
            facts=facts.read(form_rows.form_rows((), {}), form, Basis(), at),
            sources=_sources(form),
            findings=measured,
            bowel=bowel.bowel(form, measured.of_the_bowel),
            tested=tested.tested(form),
            salts=_salts(form),
            products=_products(form, at),
            prices=market,
            prices_stale=market is not None and cost.is_stale(_oldest(market), at),
            claims=of_forms([form])[form.pk],
            cautions=cautions(Caution.objects.published().for_page().filter(form=form), Reader()),
            medicines=list(Interaction.objects.published().for_page().filter(form=form)),
            effects=list(SideEffect.objects.published().for_page().filter(form=form)),
            history=PageHistory.of(form),
        )

    @property
    def substance(self) -> list[Fact]:
        return [self.facts[key] for key in SUBSTANCE]

    @property
    def identifiers(self) -> list[Fact]:
        return [self.facts[key] for key in IDENTIFIERS]

    @property
    def compare_query(self) -> Query:
        return Query((("item", self.form.slug),))

    @property
    def products_query(self) -> Query:
        return Query((("form", self.form.slug),))

    @property
    def prices_text(self) -> str:
        """From the cheapest to the dearest product of this form alone."""
        found = self.prices
        if found is None:
            return ""
        low, high = (figures.money(end, found.currency) for end in (found.low, found.high))
        return low if low == high else f"{low}–{high}"


def with_parts() -> MagnesiumFormQuerySet:
    """Forms with all that their page shows: a bounded number of queries."""
    forms: MagnesiumFormQuerySet = MagnesiumForm.objects.for_detail()
    return forms


def _sources(form: MagnesiumForm) -> Sequence[Source]:
    """The sources that the form's texts name by their keys. One query."""
    texts = (
        form.bioavailability_rationale,
        form.laxative_rationale,
        form.solubility_note,
        form.note,
    )
    return list(Source.objects.filter(key__in=prose.words_in_brackets(*texts)))


def _oldest(market: Prices) -> date | None:
    """The day that speaks for all prices; none when one of them is undated."""
    return market.oldest if market.dated == market.count else None


def _salts(form: MagnesiumForm) -> SaltPlot | None:
    """The salt that brings 100 mg, beside that of the forms of the front rows. One query."""
    if not form.elemental_fraction:
        return None
    others = MagnesiumForm.objects.published().exclude(elemental_fraction=None)
    shown = {one.pk: one for one in [*others[:NEIGHBOURS], form]}.values()
    salts = sorted((_salt(one, form) for one in shown), key=lambda salt: salt.mg)
    words = ", ".join(f"{salt.name} {salt.figure}" for salt in salts)
    return salt_plot(salts, PART_MG, f"Compound for 100 mg of magnesium: {words}.")


def _salt(one: MagnesiumForm, own: MagnesiumForm) -> Salt:
    mg = PART_MG / (one.elemental_fraction or 1)
    figure = f"{figures.significant(mg)} mg"
    return Salt(one.short_name, mg, figure, one.pk == own.pk)


def _products(form: MagnesiumForm, at: date) -> tuple[Made, ...]:
    """Published products with the form, the cheapest 100 mg first: of one currency, then unpriced ones."""
    rows = (
        Product.objects.published()
        .filter(
            Q(price_currency=cost.FIRST_CURRENCY) | Q(price_currency=""), ingredients__form=form
        )
        .for_list()
        .order_by(F("price_per_100_mg").asc(nulls_last=True), "brand__name", "name", "pk")
    )
    return tuple(_made(product, form, at) for product in rows[:MOST_PRODUCTS])


def _made(product: Product, form: MagnesiumForm, at: date) -> Made:
    others = [part.form for part in product.ingredients.all() if part.form_id != form.pk]
    return Made(
        product=product,
        is_stale=cost.is_stale(product.price_seen_on, at),
        with_forms=tuple(one.short_name for one in others),
    )
