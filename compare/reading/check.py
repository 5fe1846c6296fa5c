"""The working of a label check: which compound can hold how much, and what the label claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from compare import figures
from compare.charts.label_bar import LabelBar, label_bar
from products.models import MagnesiumForm, Product
from products.rules import label_check
from products.rules.units import rounded

NARROW = 350


@dataclass(frozen=True)
class Part:
    """So much of a compound, and the most magnesium that it can hold."""

    form: MagnesiumForm
    compound_mg: Decimal
    capacity_mg: Decimal


@dataclass(frozen=True)
class Working:
    """A verdict with its working; `together` when all compounds were taken to be the richest one."""

    check: label_check.LabelCheck
    parts: Sequence[Part] = ()
    together: bool = False
    hydrate_mg: Decimal | None = None

    @property
    def is_checked(self) -> bool:
        return self.check.reason is None

    @property
    def lacking_mg(self) -> Decimal | None:
        """By how much the claim is over what the compounds can hold, where that is the verdict."""
        claimed, capacity = self.check.claimed_mg, self.check.capacity_mg
        is_over = self.check.code is label_check.Code.CANNOT_BE_PURE
        return claimed - capacity if is_over and claimed and capacity else None

    @property
    def fits_hydrate(self) -> bool:
        """The claim would fit the compound with its water too."""
        claimed = self.check.claimed_mg
        return self.hydrate_mg is not None and claimed is not None and claimed <= self.hydrate_mg

    @property
    def wide(self) -> LabelBar | None:
        return self._bar(520, self._label())

    @property
    def narrow(self) -> LabelBar | None:
        return self._bar(NARROW, "")

    def _bar(self, width: int, label: str) -> LabelBar | None:
        claimed, capacity = self.check.claimed_mg, self.check.capacity_mg
        if claimed is None or capacity is None:
            return None
        is_over = self.check.code is label_check.Code.CANNOT_BE_PURE
        return label_bar(
            claimed, capacity, self.hydrate_mg, is_over=is_over, width=width, label=label
        )

    def _label(self) -> str:
        claimed, capacity = self.check.claimed_mg, self.check.capacity_mg
        if claimed is None or capacity is None:
            return ""
        holds, says = figures.significant(capacity), figures.significant(claimed)
        return (
            f"The compound can hold at most {holds} mg of magnesium. The label declares {says} mg."
        )


def working(product: Product) -> Working:
    """Check the label once more, keeping what the verdict was reckoned from. Costs no query."""
    ingredients = list(product.ingredients.all())
    facts = [label_check.Part(one.form.elemental_fraction, one.compound_mg) for one in ingredients]
    check = label_check.check(facts, product.elemental_mg_per_serving, product.label_compound_mg)
    if check.reason is not None:
        return Working(check)
    parts = [_part(one.form, one.compound_mg) for one in ingredients if one.compound_mg is not None]
    if len(parts) == len(ingredients):
        return Working(check, parts, hydrate_mg=_hydrate_mg(parts))
    richest = max((one.form for one in ingredients), key=lambda form: form.elemental_fraction or 0)
    whole = [_part(richest, product.label_compound_mg)] if product.label_compound_mg else []
    return Working(check, whole, together=len(ingredients) > 1, hydrate_mg=_hydrate_mg(whole))


def _part(form: MagnesiumForm, compound_mg: Decimal) -> Part:
    fraction = form.elemental_fraction or Decimal(0)
    return Part(form, compound_mg, rounded(compound_mg * fraction, 4))


def _hydrate_mg(parts: Sequence[Part]) -> Decimal | None:
    """What a single compound holds with its water, where that is known and less."""
    if len(parts) != 1 or not parts[0].form.hydrate_elemental_fraction:
        return None
    return rounded(parts[0].compound_mg * parts[0].form.hydrate_elemental_fraction, 4)
