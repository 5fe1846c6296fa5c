"""What a label says beyond the rows of a comparison: serving, day, pack, identifiers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from compare.basis import Basis
from compare.comparison.cell import Cell, unknown
from compare.comparison.groups import ProductGroup
from compare.comparison.reading import FactName, missing, of_facts, pieces
from compare.comparison.remarks import Remark, Said, remark
from compare.comparison.row import Kind, Row
from products.models import EmptyKind, Product
from products.rules.dose import Amount

_SERVING = Basis()


def _elemental(product: Product, basis: Basis) -> Cell:
    """A serving's magnesium, whatever the dose of the page is."""
    serving = product.elemental_mg_per_serving
    if serving is None:
        return missing(product, FactName.ELEMENTAL)
    remarks: tuple[Remark, ...] = ()
    units = product.serving_units
    if product.is_counted and units and units != 1:
        each = Amount.exactly(serving / units)
        remarks = (remark(Said.TEXT, f"{Cell(each, 'mg').figure} mg in each piece"),)
    sources = of_facts(product, FactName.ELEMENTAL)
    return Cell(Amount.exactly(serving), "mg", remarks=remarks, sources=sources)


def _serving(product: Product, basis: Basis) -> Cell:
    said = pieces(product, _SERVING)
    if not said:
        return missing(product, FactName.SERVING)
    return Cell(str(said[0]), sources=of_facts(product, FactName.SERVING))


def _daily(product: Product, basis: Basis) -> Cell:
    servings = product.daily_servings
    if servings is None:
        return missing(product, FactName.DAILY_SERVINGS)
    noun = "serving" if servings == Amount.exactly(Decimal(1)) else "servings"
    return Cell(servings, noun, sources=of_facts(product, FactName.DAILY_SERVINGS))


def _pack(product: Product, basis: Basis) -> Cell:
    if not product.pack:
        return missing(product, FactName.CONTAINER)
    remarks: tuple[Remark, ...] = ()
    if product.pack_servings is not None:
        figure = Cell(Amount.exactly(product.pack_servings)).figure
        remarks = (
            remark(Said.TEXT, f"{figure} serving{'' if product.pack_servings == 1 else 's'}"),
        )
    return Cell(product.pack, remarks=remarks, sources=of_facts(product, FactName.CONTAINER))


def _identifier(field: str) -> Callable[[Product, Basis], Cell]:
    def read(product: Product, basis: Basis) -> Cell:
        value = getattr(product, field)
        if not value:
            return missing(product, field) if field == FactName.GTIN else _not_looked_up()
        return Cell(value, sources=(product.source,))

    return read


def _not_looked_up() -> Cell:
    return unknown(EmptyKind.NOT_LOOKED_UP)


def _row(
    key: str,
    label: str,
    read: Callable[[Product, Basis], Cell],
    kind: Kind = Kind.WORDS,
) -> Row[Product]:
    return Row(key, ProductGroup.LABEL, label, "", "", read, kind)


ROWS: tuple[Row[Product], ...] = (
    _row("serving_mg", "Elemental magnesium, a serving", _elemental, Kind.FIGURE),
    _row("serving", "Serving", _serving),
    _row("daily_servings", "Servings a day", _daily, Kind.FIGURE),
    _row("pack", "Pack", _pack),
    _row("gtin", "Barcode", _identifier("gtin")),
)
