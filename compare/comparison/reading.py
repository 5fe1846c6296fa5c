"""What rows of products share: pieces with their noun, forms and their sources, sentences without keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from compare import figures
from compare.basis import Basis
from compare.comparison.cell import Cell, unknown
from compare.comparison.remarks import Remark, Said, remark
from products.models import DosageForm, FactNote, LabelCheck, MagnesiumForm, Product, Source
from products.rules.dose import Amount, Kind

FactName = FactNote.FactName

_KEY = r"[a-z]+(?:-[a-z0-9]+){2,}"
_KEYS_IN_BRACKETS = re.compile(rf"\s*\({_KEY}(?:[,;]\s*{_KEY})*\)|[,;]\s*{_KEY}(?=\))")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def pieces(product: Product, basis: Basis) -> tuple[Remark, ...]:
    """What the dose is in the hand: 3 capsules, 2 × 1 scoop; nothing where it is not known."""
    servings = basis.servings(product)
    if servings is None:
        return ()
    if product.is_counted and (units := basis.units(product)):
        noun = piece_noun(product, plural=units != Amount.exactly(Decimal(1)))
        return (remark(Said.PIECES, figures.amount(units), noun),)
    if measure := product.serving_measure:
        times = figures.amount(servings)
        return (remark(Said.TEXT, measure if times == "1" else f"{times} × {measure}"),)
    return ()


def piece_noun(product: Product, plural: bool = True) -> str:
    return DosageForm(product.dosage_form).noun(plural)


def forms_of(product: Product) -> list[MagnesiumForm]:
    return [part.form for part in product.ingredients.all()]


def day_facts(basis: Basis, *facts: str) -> tuple[str, ...]:
    """The facts that a figure at the basis rests on: the label's day too, when that is the basis."""
    return (*facts, FactName.DAILY_SERVINGS) if basis.dose.kind is Kind.DAY else facts


def of_facts(product: Product, *facts: str) -> tuple[Source, ...]:
    """Sources of facts, each once."""
    return tuple(dict.fromkeys(product.source_of(fact) for fact in facts))


def missing(product: Product, *facts: str, remarks: tuple[Remark, ...] = ()) -> Cell:
    """A cell that is empty for the first of its facts that is not known."""
    return unknown(product.empty_of(*facts), *remarks)


def named_in(text: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Those of the sources whose key an editor's text names, in the order of the text."""
    placed = {source: text.find(source.key) for source in sources}
    return tuple(sorted((s for s, at in placed.items() if at >= 0), key=lambda s: placed[s]))


def first_sentence(text: str) -> str:
    """The first sentence of an editor's text, without the source keys in brackets."""
    plain = _KEYS_IN_BRACKETS.sub("", text.strip())
    return _END_OF_SENTENCE.split(plain, maxsplit=1)[0] if plain else ""


def cannot_be_pure(product: Product) -> bool:
    """The label claims more magnesium than its compound can hold: what is reckoned from it is too good."""
    return product.label_check == LabelCheck.CANNOT_BE_PURE
