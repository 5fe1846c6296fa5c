"""Every row of a comparison of products, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from compare.basis import Basis
from compare.comparison import (
    care_rows,
    claim_rows,
    dose_rows,
    evidence_rows,
    fact_rows,
    form_facts,
    limit_rows,
    price_rows,
)
from compare.comparison.care_rows import Care
from compare.comparison.claim_rows import NO_CLAIMS, Claims
from compare.comparison.evidence_rows import Studied
from compare.comparison.groups import ProductGroup
from compare.comparison.row import Row
from compare.comparison.yardsticks import Yardsticks
from compare.known_forms import with_forms
from compare.ledger import Ledger
from products.models import Product

ProductRow = Row[Product]
WHOSE = "What its maker, shops and reviews say that it does. What names several uses can stand under several verdicts."


def product_rows(
    basis: Basis,
    yardsticks: Yardsticks,
    tested: Sequence[Studied],
    claims: Claims = NO_CLAIMS,
    care: Care | None = None,
) -> tuple[ProductRow, ...]:
    """All rows; those of limits follow the authority, those of evidence what has been tested."""
    return (
        *dose_rows.MAGNESIUM[:1],
        *limit_rows.needs(basis, yardsticks),
        *dose_rows.MAGNESIUM[1:],
        *limit_rows.limits(basis, yardsticks),
        *form_facts.ROWS,
        *evidence_rows.rows(tested, evidence_rows.forms_of_product),
        *evidence_rows.rated(tested, evidence_rows.forms_of_product),
        *claim_rows.rows(claims, ProductGroup.CLAIMED, WHOSE),
        claim_rows.not_judged(claims, ProductGroup.CLAIMED),
        *care_rows.rows(care or Care(), ProductGroup.CARE, evidence_rows.forms_of_product),
        *dose_rows.TAKING,
        *price_rows.ROWS,
        *fact_rows.MADE,
        *fact_rows.LABEL,
    )


def rows_for(products: Sequence[Product], basis: Basis) -> tuple[ProductRow, ...]:
    """The rows of these products, with what they are held against; gives the products their forms."""
    with_forms(products)
    forms = {part.form_id for product in products for part in product.ingredients.all()}
    claims = {key: ledger.own for key, ledger in Ledger.of_many(products).items()}
    yardsticks, tested = Yardsticks.of(basis.authority), evidence_rows.tested(forms)
    return product_rows(basis, yardsticks, tested, claims, Care.on_record())
