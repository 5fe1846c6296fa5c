"""What stands of a magnesium form in each column of a list as CSV."""

from __future__ import annotations

from collections.abc import Callable

from compare.rows import FormRow
from products.models import EmptyKind
from products.rules.units import rounded

NOTHING = EmptyKind.DOES_NOT_APPLY
NOT_KNOWN = EmptyKind.NOT_LOOKED_UP

COLUMNS: dict[str, Callable[[FormRow], object]] = {
    "form": lambda row: row.form.name,
    "kind": lambda row: row.form.get_category_display(),
    "formula": lambda row: row.form.formula or NOTHING,
    "magnesium in the salt (%)": lambda row: _percent(row),
    "salt for 100 mg magnesium (mg)": lambda row: _salt(row),
    "bioavailability": lambda row: _graded(row, row.form.get_bioavailability_display()),
    "how sure": lambda row: _graded(row, row.form.get_confidence_display()),
    "laxative effect": lambda row: row.form.get_laxative_display() or NOT_KNOWN,
    "solubility": lambda row: row.form.get_solubility_display() or NOT_KNOWN,
    "human studies against another form": lambda row: row.form.human_comparisons,
    "products": lambda row: row.form.product_count,  # type: ignore[attr-defined]  # by `for_list`
}


def _percent(row: FormRow) -> object:
    fraction = row.form.elemental_fraction
    return rounded(fraction * 100, 2) if fraction else NOTHING


def _salt(row: FormRow) -> object:
    mass = row.compound_for_100_mg
    return rounded(mass, 1) if mass else NOTHING


def _graded(row: FormRow, words: str) -> object:
    """A place for many compounds has no grade: it depends on the compound."""
    return NOTHING if row.form.is_catch_all else words
