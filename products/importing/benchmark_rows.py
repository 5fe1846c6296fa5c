"""Rows of a made catalogue that is shaped like a real one: skewed, with gaps, and the same every time.

A few brands and forms have most of the products and many have a handful (Zipf 1949), prices spread
log-normally, and every fact is missing about as often as on real labels. Everything is drawn from
one seeded generator in one order, so that the same number and seed give the same rows.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import Any, Generic, TypeVar

from products.models import (
    Brand,
    Certification,
    FactNote,
    MagnesiumForm,
    Offer,
    Product,
    ProductIngredient,
    RatingSummary,
    Source,
)
from products.models.base import Fact
from products.rules.units import rounded

MARK = "benchmark-"
"""Begins every key and slug that is made here."""
NAMED = "Benchmark"
"""Begins every name that is made here."""
LAST_DAY = date(2026, 6, 30)
"""No price is newer. A day of its own and not today, so that the rows do not change overnight."""

BRANDS = 2_000
SYLLABLES = (
    "al",
    "bo",
    "cer",
    "dan",
    "el",
    "fi",
    "gra",
    "hel",
    "in",
    "jo",
    "ka",
    "lum",
    "mer",
    "na",
)
SELLERS = (
    "Alpha Shop",
    "Beta Pharmacy",
    "Gamma Market",
    "Delta Vitamins",
    "Epsilon Health",
    "Zeta",
)
BODIES = ("NSF", "USP", "Informed Sport", "ConsumerLab", "IFOS", "Non-GMO Project", "Clean Label")

_T = TypeVar("_T")


class Skewed(Generic[_T]):
    """Draws by Zipf's law: the n-th of the values comes 1/n**s as often as the first."""

    def __init__(self, values: Sequence[_T], s: float = 1.0) -> None:
        self.values = values
        self._weights = list(accumulate(1 / n**s for n in range(1, len(values) + 1)))

    def draw(self, rng: random.Random, k: int = 1) -> list[_T]:
        return rng.choices(self.values, cum_weights=self._weights, k=k)


class Weighted(Skewed[_T]):
    """Draws by given weights."""

    def __init__(self, weights: dict[_T, float]) -> None:
        self.values = list(weights)
        self._weights = list(accumulate(weights.values()))


DOSAGE_FORMS = Weighted(
    {"capsule": 48, "tablet": 22, "powder": 12, "": 6, "gummy": 5, "liquid": 4, "softgel": 2, "effervescent": 1}
)  # fmt: skip
ELEMENTAL_MG = Skewed(
    (
        100,
        200,
        150,
        250,
        400,
        120,
        300,
        125,
        500,
        350,
        133,
        144,
        50,
        60,
        75,
        80,
        140,
        160,
        165,
        180,
        210,
        225,
        240,
        310,
        320,
        375,
        420,
        450,
        600,
        36,
        48,
        55,
        85,
        90,
        110,
        115,
        130,
        170,
        185,
        190,
        220,
        260,
        270,
        280,
        290,
    ),
    s=0.8,
)
SERVINGS = Weighted({60: 30, 30: 28, 90: 14, 120: 9, 45: 6, 100: 6, 180: 4, 50: 2, 25: 1})
MARKETS = Weighted({"US": 68, "GB": 8, "DE": 8, "CA": 6, "AU": 3, "": 7})
CURRENCY = {"GB": "GBP", "DE": "EUR", "CA": "CAD", "AU": "AUD"}
DIET = Weighted({None: 60, True: 36, False: 4})
NUMBER_OF_FORMS = Weighted({1: 76, 2: 12, 3: 5, 0: 7})
NUMBER_OF_OFFERS = Weighted({0: 25, 1: 34, 2: 18, 3: 12, 4: 7, 5: 4})
VARIANTS = Weighted(
    {"": 50, "Complex": 8, "Plus": 6, "High Absorption": 9, "Sleep": 6, "Extra Strength": 5, "Pure": 8, "Vegan": 8}
)  # fmt: skip


@dataclass
class Batch:
    """Unsaved rows that belong together; parts refer to products and brands by the objects."""

    products: list[Product] = field(default_factory=list)
    parts: dict[type[Fact], list[Any]] = field(
        default_factory=lambda: {
            model: []
            for model in (ProductIngredient, Offer, RatingSummary, Certification, FactNote)
        }
    )

    def add(self, part: Fact) -> None:
        self.parts[type(part)].append(part)


def brand_rows(number: int) -> list[Brand]:
    """So many brands, each with a name that can be said."""
    made = []
    for n in range(number):
        first, rest = n % len(SYLLABLES), n // len(SYLLABLES)
        word = SYLLABLES[first] + SYLLABLES[rest % len(SYLLABLES)] + SYLLABLES[(first + rest) % 7]
        name = f"{NAMED} {word.capitalize()} {n + 1}"
        made.append(Brand(slug=f"{MARK}brand-{n + 1}", name=name))
    return made


def source_rows(brands: Sequence[Brand]) -> list[Source]:
    """A label source for each brand, then a page for each seller."""
    labels = [
        _source(f"label-{n}", Source.Kind.LABEL, f"Labels of {brand.name}")
        for n, brand in enumerate(brands, 1)
    ]
    shops = [_source(_slug(name), Source.Kind.SHOP_PAGE, f"{NAMED} {name}") for name in SELLERS]
    return labels + shops


def _source(key: str, kind: Source.Kind, title: str) -> Source:
    url = f"https://{MARK}{key}.example/"
    return Source(
        key=f"{MARK}{key}", kind=kind, title=title, url=url, verified="page", seen_on="2026-06"
    )


def _slug(text: str) -> str:
    return text.lower().replace(" ", "-")


class Drawing:
    """Draws products one after the other. `forms` stand in the order of how common they are."""

    def __init__(
        self,
        seed: int,
        forms: Sequence[MagnesiumForm],
        brands: Sequence[Brand],
        sources: Sequence[Source],
    ) -> None:
        self._rng = random.Random(seed)
        self._forms = Skewed(forms, s=0.9)
        self._brands = Skewed(range(len(brands)), s=0.75)
        self._brand_rows = brands
        self._labels = sources[: len(brands)]
        self._shops = sources[len(brands) :]
        self._made = 0

    def batch(self, number: int) -> Batch:
        """The next so many products with all that belongs to them."""
        batch = Batch()
        for _ in range(number):
            self._made += 1
            forms = self._draw_forms()
            product = self._product(self._made, forms)
            batch.products.append(product)
            self._ingredients(batch, product, forms)
            self._offers(batch, product)
            self._rating(batch, product)
            self._certifications(batch, product)
        return batch

    def _known(self, share: float) -> bool:
        return self._rng.random() < share

    def _draw_forms(self) -> list[MagnesiumForm]:
        number = NUMBER_OF_FORMS.draw(self._rng)[0]
        drawn = self._forms.draw(self._rng, number)
        return list({form.pk: form for form in drawn}.values())

    def _product(self, n: int, forms: list[MagnesiumForm]) -> Product:
        rng = self._rng
        brand = self._brands.draw(rng)[0]
        dosage_form = DOSAGE_FORMS.draw(rng)[0]
        units = Decimal(rng.choices((1, 2, 3, 4), (40, 38, 16, 6))[0])
        servings = Decimal(SERVINGS.draw(rng)[0])
        elemental = self._elemental()
        product = Product(
            slug=f"{MARK}{n}",
            brand=self._brand_rows[brand],
            source=self._labels[brand],
            name=self._name(forms, elemental),
            market=MARKETS.draw(rng)[0],
            dosage_form=dosage_form,
            serving_units=units if self._known(0.93) else None,
            servings_per_container=servings if self._known(0.88) else None,
            container_units=units * servings if self._known(0.8) else None,
            label_elemental_mg=elemental,
            gtin=_gtin(n) if self._known(0.6) else "",
            verified="dsld" if self._known(0.7) else "page",
            checked_on=LAST_DAY - timedelta(days=rng.randrange(700)) if self._known(0.5) else None,
            **dict(zip(("vegan", "vegetarian", "gluten_free", "non_gmo"), DIET.draw(rng, 4), strict=True)),
        )  # fmt: skip
        if self._known(0.6):
            low = rng.choices((1, 2, 3), (80, 15, 5))[0]
            product.daily_servings_low = Decimal(low)
            product.daily_servings_high = Decimal(
                low + (rng.randrange(1, 3) if self._known(0.3) else 0)
            )
        return product

    def _elemental(self) -> Decimal | None:
        if not self._known(0.87):
            return None
        if self._known(0.08):
            return Decimal(self._rng.randrange(200, 6000)) / 10
        return Decimal(ELEMENTAL_MG.draw(self._rng)[0])

    def _name(self, forms: list[MagnesiumForm], elemental: Decimal | None) -> str:
        made_of = " & ".join(form.short_name.removeprefix(f"{NAMED} ") for form in forms[:2])
        strength = f"{elemental:f} mg" if elemental and self._known(0.6) else ""
        parts = (NAMED, "Magnesium", made_of, VARIANTS.draw(self._rng)[0], strength)
        return " ".join(part for part in parts if part)

    def _ingredients(self, batch: Batch, product: Product, forms: list[MagnesiumForm]) -> None:
        withheld = len(forms) > 1 and self._known(0.5)
        for position, form in enumerate(forms):
            part = ProductIngredient(product=product, form=form, position=position)
            if withheld:
                part.amounts = ProductIngredient.Amounts.WITHHELD
            elif not self._known(0.45):
                part.amounts = ProductIngredient.Amounts.NOT_ON_LABEL
            elif product.label_elemental_mg and form.elemental_fraction:
                share = product.label_elemental_mg / len(forms)
                # Most labels add up, some are tight, a few cannot be pure.
                slack = Decimal(self._rng.choices(("1.08", "1.01", "0.7"), (75, 15, 10))[0])
                part.compound_mg = rounded(max(share, share / form.elemental_fraction * slack), 1)
            batch.add(part)
        if withheld:
            batch.add(
                FactNote(product=product, fact=FactNote.FactName.FORM_AMOUNTS, empty="withheld")
            )

    def _offers(self, batch: Batch, product: Product) -> None:
        rng = self._rng
        currency = CURRENCY.get(product.market, "USD")
        base = math.exp(rng.gauss(2.9, 0.45))
        for n in range(NUMBER_OF_OFFERS.draw(rng)[0]):
            seller = rng.randrange(len(SELLERS))
            age = n * 40 + rng.randrange(40)
            seen_on = LAST_DAY - timedelta(days=age) if self._known(0.95) or n else None
            price = Decimal(f"{max(1.0, base * rng.uniform(0.85, 1.2)):.2f}")
            batch.add(
                Offer(
                    product=product,
                    seller=SELLERS[seller],
                    price=price,
                    currency=currency,
                    seen_on=seen_on,
                    source=self._shops[seller],
                )
            )

    def _rating(self, batch: Batch, product: Product) -> None:
        if self._known(0.3):
            count = 1 + int(math.exp(self._rng.gauss(4.2, 1.6)))
            average = Decimal(f"{min(5.0, max(1.0, self._rng.gauss(4.3, 0.4))):.2f}")
            source = self._rng.choice(self._shops)
            batch.add(RatingSummary(product=product, source=source, average=average, count=count))

    def _certifications(self, batch: Batch, product: Product) -> None:
        if self._known(0.08):
            state = self._rng.choices(("claimed", "certified", "not_found"), (60, 30, 10))[0]
            body = BODIES[min(int(self._rng.expovariate(0.6)), len(BODIES) - 1)]
            register = f"https://{MARK}register.example/" if state == "certified" else ""
            batch.add(
                Certification(
                    product=product, body=body, state=state, register_url=register, source=product.source
                )
            )  # fmt: skip


def _gtin(n: int) -> str:
    """A barcode of the range that GS1 keeps free for use within a company (prefix 20 to 29)."""
    digits = f"2{n:011d}"
    odd, even = (sum(int(digit) for digit in digits[i::2]) for i in (0, 1))
    return f"{digits}{-(odd + 3 * even) % 10}"
