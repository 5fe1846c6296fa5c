"""The home page: four doses, three forms side by side, the ways in, and what is to be seen nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from compare import figures
from compare.basis import Basis
from compare.charts.doses import Doses, Given, doses
from compare.charts.part import Part, part
from compare.comparison import Comparison, build, form_rows, names
from compare.comparison.yardsticks import ALWAYS, SHORT_NAMES, Yardsticks
from compare.links import Query
from compare.reading import examples, silence
from compare.reading.examples import Masses
from compare.reading.silence import Silence
from compare.reading.ways import Ways
from products.models import Authority, Finding, MagnesiumForm, Product, Source
from products.rules import cost
from products.rules.dose import Amount

ASKED = ("l-threonate", "citrate", "gluconate")
"""The question that the site began with. Where one of them is not here, the first forms stand in."""
ROWS = (
    "bioavailability",
    "confidence",
    "comparisons",
    "laxative",
    "elemental_percent",
    "salt_for_100_mg",
    "price_per_100_mg",
    "products",
)
SHOWN = 4
WIDE, NARROW = 480, 340


@dataclass(frozen=True)
class Label:
    """A product with its short name, its dose in words, and its price for 100 mg."""

    product: Product
    name: str
    form: str
    amount: Amount
    day_known: bool
    stale: bool
    price_bar: Part

    @property
    def words(self) -> str:
        return figures.amount(self.amount)

    @property
    def what(self) -> str:
        """The form, unless the name says it."""
        return "" if self.form.casefold() in self.name.casefold() else self.form

    @property
    def source(self) -> Source:
        return self.product.source_of("label_elemental_mg")


@dataclass(frozen=True)
class DosePlot:
    """Labels with one serving drawn against the limits; the same drawing in two widths."""

    labels: tuple[Label, ...]
    limits: tuple[tuple[str, Decimal, Source], ...]
    wide: Doses
    narrow: Doses

    @property
    def label_sources(self) -> list[Source]:
        return [label.source for label in self.labels]

    @property
    def limit_sources(self) -> list[Source]:
        return [source for _, _, source in self.limits]


@dataclass(frozen=True)
class Home:
    """Everything on the page. Parts for which the catalogue has no example are `None` or empty."""

    ways: Ways
    plot: DosePlot | None
    forms: tuple[MagnesiumForm, ...]
    comparison: Comparison | None
    question: str
    compare_forms_url: str
    salt: Masses | None
    impure: Masses | None
    animals: Finding | None
    silence: list[Silence]
    prices: tuple[Label, ...]
    compare_products_url: str

    @property
    def all_prices_dated(self) -> bool:
        return not any(label.stale for label in self.prices)

    @property
    def is_empty(self) -> bool:
        return not self.ways.products and not self.ways.forms


def read(at: date) -> Home:
    """The page on the day `at`. A bounded number of queries, however large the catalogue."""
    ways = Ways.read()
    labels = _labels(examples.one_of_each_form(SHOWN), at)
    forms = _forms()
    return Home(
        ways=ways,
        plot=_plot(labels) if labels else None,
        forms=tuple(forms),
        comparison=_compared(forms, at),
        question=_question(forms),
        compare_forms_url=_compare_url("compare_forms", [form.slug for form in forms]),
        salt=examples.salt_in_the_name(),
        impure=examples.cannot_be_pure(),
        animals=examples.only_in_animals(),
        silence=silence.read() if ways.products else [],
        prices=_by_price(labels),
        compare_products_url=_compare_url(
            "compare_products", [label.product.slug for label in labels]
        ),
    )


def _labels(products: Sequence[Product], at: date) -> list[Label]:
    dearest = max(
        (product.price_per_100_mg or Decimal(0) for product in products), default=Decimal(1)
    )
    return [
        Label(
            product=product,
            name=name,
            form=product.ingredients.all()[0].form.short_name,
            amount=_serving_to_day(product),
            day_known=product.daily_servings is not None,
            stale=cost.is_stale(product.price_seen_on, at),
            price_bar=part(product.price_per_100_mg or Decimal(0), dearest),
        )
        for product, name in zip(products, names.of_products(products), strict=True)
    ]


def _serving_to_day(product: Product) -> Amount:
    """From one serving up to the label's day, where it states one that is more."""
    serving = product.elemental_mg_per_serving or Decimal(0)
    daily = product.daily_servings
    day = serving * daily.high if daily else serving
    return Amount(serving, max(serving, day))


def _plot(labels: Sequence[Label]) -> DosePlot:
    yardsticks = Yardsticks.of(Authority.US)
    limits = tuple(
        sorted(
            (
                (
                    f"{SHORT_NAMES[level_of]} {figures.number(level.amount_mg)}",
                    level.amount_mg,
                    level.source,
                )
                for level_of in ALWAYS
                if (level := yardsticks.limit(level_of))
            ),
            key=lambda limit: limit[1],
        )
    )
    given = [Given(label.name, label.what, label.amount, label.words) for label in labels]
    lines = [(name, mg) for name, mg, _ in limits]
    wide, narrow = (doses(given, lines, width) for width in (WIDE, NARROW))
    return DosePlot(tuple(labels), limits, wide, narrow)


def _forms() -> list[MagnesiumForm]:
    """The forms asked about; the first ones of the list where not all of them are here."""
    forms = MagnesiumForm.objects.published().filter(is_catch_all=False).for_comparison()
    found = {form.slug: form for form in forms.filter(slug__in=ASKED)}
    if len(found) == len(ASKED):
        return [found[slug] for slug in ASKED]
    return list(forms[: len(ASKED)])


def _compared(forms: Sequence[MagnesiumForm], at: date) -> Comparison | None:
    if len(forms) < 2:
        return None
    basis = Basis()
    rows = {row.key: row for row in form_rows.rows_for(forms, basis)}
    return build(forms, [rows[key] for key in ROWS], basis, at=at)


def _question(forms: Sequence[MagnesiumForm]) -> str:
    """`L-threonate, citrate or gluconate?`"""
    first, _, last = names.forms_listed(names.of_forms(forms)).rpartition(" and ")
    return f"{first} or {last}?" if first else ""


def _by_price(labels: Sequence[Label]) -> tuple[Label, ...]:
    priced = [label for label in labels if label.product.price_per_100_mg is not None]
    return tuple(sorted(priced, key=lambda label: label.price_bar.solid))


def _compare_url(name: str, slugs: Sequence[str]) -> str:
    return f"{reverse(name)}{Query(tuple(('item', slug) for slug in slugs))}"
