"""Why a fact of a magnesium form is blank, as its comparison says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compare.basis import Basis
from compare.comparison.form_rows import CHEMISTRY, IDENTIFIERS, TOLERANCE
from products.models import EmptyKind, MagnesiumForm

_ROWS = {row.key: row for row in (*CHEMISTRY, *TOLERANCE, *IDENTIFIERS)}
_ROW_OF = {
    "formula": "formula",
    "elemental_fraction": "elemental_percent",
    "hydrate_formula": "hydrate_percent",
    "hydrate_elemental_fraction": "hydrate_percent",
    "molar_mass_g_per_mol": "molar_mass",
    "label_fraction_low_percent": "on_labels_percent",
    "label_fraction_high_percent": "on_labels_percent",
    "solubility": "solubility",
    "laxative": "laxative",
    "laxative_rationale": "laxative_threshold",
    "cas_number": "cas_number",
    "pubchem_cid": "pubchem_cid",
    "unii": "unii",
}
"""Fields, and the rows of a comparison that show them."""


def form_empties(shown: Mapping[str, Any], form: MagnesiumForm) -> dict[str, EmptyKind]:
    """The kind of empty of each fact that is shown as null."""
    blank = [field for field in _ROW_OF if field in shown and shown[field] is None]
    return {field: _empty(field, form) for field in blank}


def _empty(field: str, form: MagnesiumForm) -> EmptyKind:
    """Not looked up yet, too, where the row has something else to show."""
    return _ROWS[_ROW_OF[field]].read(form, Basis()).empty or EmptyKind.NOT_LOOKED_UP
