"""What every figure of a page is counted on: the dose, and the authority whose limits hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from compare.links import Option, Query
from compare.notes import Ignored, Note, repeated
from products.models import Authority, Product
from products.rules.dose import (
    MAX_MG,
    MIN_MG,
    Amount,
    Dose,
    Kind,
    magnesium_taken,
    servings_taken,
    units_taken,
)

KEYS = ("dose", "authority")
PRESETS = {"serving": "One serving", "day": "Label’s day", "100": "100 mg", "200": "200 mg"}
"""Doses to choose from, and their words."""
BOUNDS = f"{MIN_MG} to {MAX_MG} mg"


@dataclass(frozen=True)
class Basis:
    """One dose and one authority for the whole page."""

    dose: Dose = field(default_factory=lambda: Dose(Kind.SERVING))
    authority: Authority = Authority.US
    notes: tuple[Note, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, query: Query) -> Basis:
        """Read `dose` (`serving`, `day` or mg) and `authority`; what is not understood is noted."""
        notes = [note for key in KEYS for note in repeated(key, query.all(key))]
        dose = _dose(query.get("dose"), notes)
        authority = _authority(query.get("authority"), notes)
        return cls(dose, authority, tuple(notes))

    @property
    def code(self) -> str:
        """As it stands in an address."""
        return f"{self.dose.mg.normalize():f}" if self.dose.mg else self.dose.kind.value

    @property
    def own_mg(self) -> str:
        """The reader's own figure, blank when the dose is one of the presets."""
        return "" if self.code in PRESETS else self.code

    def options(self, query: Query) -> list[Option]:
        """The presets as links that keep the rest of the query."""
        query = query.without("page")
        return [
            Option(words, str(query.replace("dose", code)), code == self.code)
            for code, words in PRESETS.items()
        ]

    def magnesium(self, product: Product) -> Amount | None:
        """Elemental mg in the dose, `None` when the label does not say enough."""
        return magnesium_taken(self.dose, product.elemental_mg_per_serving, product.daily_servings)

    def servings(self, product: Product) -> Amount | None:
        return servings_taken(self.dose, product.elemental_mg_per_serving, product.daily_servings)

    def units(self, product: Product) -> Amount | None:
        """Capsules, tablets, scoops … in the dose."""
        return units_taken(self.servings(product), product.serving_units)


def _dose(text: str, notes: list[Note]) -> Dose:
    serving = Dose(Kind.SERVING)
    if text in ("", Kind.SERVING.value):
        return serving
    if text == Kind.DAY.value:
        return Dose(Kind.DAY)
    # Long digit strings and exponents cost time to convert and mean nothing here.
    if len(text) > 12 or not text.isascii():
        notes.append(Note(Ignored.NOT_A_NUMBER, "dose", text))
        return serving
    try:
        mg = Decimal(text.removesuffix("mg").strip())
    except InvalidOperation:
        notes.append(Note(Ignored.NOT_A_NUMBER, "dose", text))
        return serving
    if not mg.is_finite() or not MIN_MG <= mg <= MAX_MG:
        notes.append(Note(Ignored.OUT_OF_BOUNDS, "dose", text, BOUNDS))
        return serving
    return Dose(Kind.FIXED, mg)


def _authority(text: str, notes: list[Note]) -> Authority:
    if not text:
        return Authority.US
    try:
        return Authority(text)
    except ValueError:
        notes.append(Note(Ignored.UNKNOWN_VALUE, "authority", text))
        return Authority.US
