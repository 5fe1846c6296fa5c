"""The one door for writing facts.

    with recording(by=request.user, reason="price list of May"):
        offer.save()

Everything inside is one transaction. When it closes, the derived columns of each form and product
that the writes bear on are worked out anew, their revisions and the catalogue's version move on,
and all of it is committed together; an error anywhere leaves everything as it was.

What is otherwise than before is written down as one set of changes (`products.models.history`) with
`by` and `reason`, which are therefore asked for at every write.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from products import rule_changes, search_table
from products.models import (
    CatalogueState,
    MagnesiumForm,
    Product,
    ProductIngredient,
    Status,
    bulk,
)
from products.models.base import Touched, open_recording
from products.models.editorial import CatalogueChange
from products.models.fetching import fetch_parts
from products.models.history import ChangeSet, write_down
from products.models.vetting import completeness_of, form_findings, product_facts
from products.rule_changes import Move
from products.rules import derive, folding

FORM_COLUMNS = [
    "elemental_fraction",
    "hydrate_elemental_fraction",
    "confidence",
    "human_comparisons",
]
PRODUCT_COLUMNS = [
    "elemental_mg_per_serving",
    "elemental_mg_per_day_low",
    "elemental_mg_per_day_high",
    "units_per_100_mg",
    "current_offer",
    "price_currency",
    "price_per_100_mg",
    "price_seen_on",
    "label_check",
    "label_check_reason",
    "label_capacity_mg",
    "bioavailability",
    "laxative",
    "things_left",
    "search_text",
]
CHUNK = 500

recorded = Signal()
"""Sent after the commit of a recording that wrote anything, with what it `touched`."""
much_changed = Signal()
"""Sent after the commit of a change of more products than its log entry names, an import as a rule:
the moment to make anew what takes seconds to make, so that no visitor has to wait for it."""


@contextmanager
def recording(
    *,
    by: Any,
    reason: str,
    kind: str = ChangeSet.Kind.COMMAND,
    undoes: ChangeSet | None = None,
    history: bool = True,
) -> Iterator[Touched]:
    """Open the door for writing facts; one inside another joins it.

    `by` is the user, or `None` for a command; `reason` says why, in a few words, blank
    where an editor does not say; `undoes` is the set
    of changes that it takes back. Made rows that are no facts need no `history`. When it has closed,
    `change_set` of what it gives is what was written down. Raises whatever the body raises, and then
    nothing was written.
    """
    if (outer := open_recording.get()) is not None:
        yield outer
        return
    touched = Touched(by=by, reason=reason, kind=kind, undoes=undoes, history=history)
    with transaction.atomic():
        _take_turn()
        token = open_recording.set(touched)
        try:
            yield touched
            if touched.wrote:
                _close(touched)
                transaction.on_commit(
                    lambda: recorded.send_robust(Touched, touched=touched), robust=True
                )
        finally:
            open_recording.reset(token)


def rebuild(products: models.QuerySet[Product] | None = None) -> int:
    """Work out every derived column anew; gives the number of rows that were not right.

    `products` narrows it; an empty queryset is none of them. Needed after a change of rule. Products
    are read a chunk at a time: all that is held of them at once is their keys, and the grades that
    moved. Without `products` it tells which grades each new version of a rule moved.
    """
    with transaction.atomic():
        _take_turn()
        state = _move_version_on()
        moved: list[Move] = []
        wrong = _derive_forms(MagnesiumForm.objects.values_list("pk", flat=True), moved)
        keys = set((Product.objects if products is None else products).values_list("pk", flat=True))
        wrong += _derive_products(keys, moved)
        if products is None:
            rule_changes.tell(state, moved)
        _log(state, keys)
        return wrong


def _close(touched: Touched) -> None:
    state = _move_version_on()
    rule_changes.remember(state)
    _derive_forms(touched.forms)
    touched.products.update(
        ProductIngredient.objects.filter(form__in=touched.forms).values_list("product", flat=True)
    )
    _derive_products(touched.products)
    for model, keys in touched.revised.items():
        for some in _chunks(sorted(keys)):
            plain(model).filter(pk__in=some).update(revision=F("revision") + 1)
    _log(state, touched.products)
    touched.change_set = write_down(touched, state.version, state.changed_at)


def _take_turn() -> None:
    """Wait until no other recording is open, then keep others waiting until this one is committed.

    Everyone locks the one row of the state before any other, so that two recordings cannot wait for
    each other, and the second derives from what the first has written.
    """
    CatalogueState.objects.select_for_update().get_or_create(pk=1)


def _move_version_on() -> CatalogueState:
    """Move the version on and give the new state."""
    now, stamp = timezone.now(), secrets.token_hex(8)
    row = CatalogueState.objects.filter(pk=1)
    row.update(version=F("version") + 1, stamp=stamp, changed_at=now)
    return row.get()


def _log(state: CatalogueState, products: Collection[int]) -> None:
    """Say which products this version differs in. Old entries go, some hundreds at a time."""
    named = sorted(products) if len(products) <= CatalogueChange.MOST_PRODUCTS else None
    CatalogueChange(version=state.version, stamp=state.stamp, products=named).save()
    if named is None:
        transaction.on_commit(lambda: much_changed.send_robust(CatalogueChange), robust=True)
    if state.version % 100 == 0:
        CatalogueChange.objects.filter(version__lte=state.version - CatalogueChange.KEPT).delete()


def plain(model: type[models.Model]) -> models.QuerySet[Any]:
    """Rows of a model, written without a report: for columns that are not facts."""
    return models.QuerySet(model=model)


def _derive_forms(keys: Iterable[int], moved: list[Move] | None = None) -> int:
    wrong = []
    forms = MagnesiumForm.objects.filter(pk__in=list(keys)).select_for_update().order_by("pk")
    for form in forms.with_findings():
        derived = derive.form(form.formula, form.hydrate_formula, form_findings(form))
        values = {
            "elemental_fraction": derived.elemental_fraction,
            "hydrate_elemental_fraction": derived.hydrate_elemental_fraction,
            "confidence": derived.confidence.level.value,
            "human_comparisons": derived.confidence.human_comparisons,
        }
        if before := _put(form, values):
            wrong.append(form)
            if moved is not None:
                moved += rule_changes.moves(form, before)
    bulk.update(MagnesiumForm, wrong, FORM_COLUMNS)
    return len(wrong)


def _derive_products(keys: Iterable[int], moved: list[Move] | None = None) -> int:
    wrong_total = 0
    for some in _chunks(sorted(keys)):
        rows = Product.objects.filter(pk__in=some).select_for_update().order_by("pk")
        products = list(rows)
        fetch_parts(products, "ingredients", "fact_notes", "offers")
        models.prefetch_related_objects(products, "brand", "source", "ingredients__form")
        wrong = []
        for product in products:
            if before := _put(product, _product_values(product)):
                wrong.append(product)
                if moved is not None:
                    moved += rule_changes.moves(product, before)
        bulk.update(Product, wrong, PRODUCT_COLUMNS)
        search_table.put(dict.fromkeys(some, "") | {row.pk: row.search_text for row in products})
        wrong_total += len(wrong)
    return wrong_total


def _product_values(product: Product) -> dict[str, Any]:
    derived = derive.product(
        product_facts(product, product.ingredients.all(), product.offers.all())
    )
    offer, day, check = derived.offer, derived.elemental_mg_per_day, derived.label_check
    return {
        "elemental_mg_per_serving": derived.elemental_mg_per_serving,
        "elemental_mg_per_day_low": day.low if day else None,
        "elemental_mg_per_day_high": day.high if day else None,
        "units_per_100_mg": derived.units_per_100_mg,
        "current_offer_id": offer.key if offer else None,
        "price_currency": offer.currency if offer else "",
        "price_per_100_mg": offer.per_100_mg if offer else None,
        "price_seen_on": offer.seen_on if offer else None,
        "label_check": check.code.value,
        "label_check_reason": check.reason.value if check.reason else "",
        "label_capacity_mg": check.capacity_mg,
        "bioavailability": derived.bioavailability.code or "",
        "laxative": derived.laxative.code or "",
        "things_left": _things_left(product, derived),
        "search_text": _search_text(product),
    }


def _things_left(product: Product, derived: derive.ProductDerived) -> str:
    """Their codes, each between spaces, so that one can be looked for."""
    whole = completeness_of(
        product, derived.elemental_mg_per_serving, has_price=derived.offer is not None
    )
    return "".join(f" {thing.value} " for thing in whole.left)


def _search_text(product: Product) -> str:
    """What it is found by, a line for each field of `search_table`; blank when nobody may find it."""
    if product.status != Status.PUBLISHED:
        return ""
    forms = [part.form for part in product.ingredients.all()]
    return folding.document(
        f"{product.brand.name} {product.name}",
        " ".join(form.name for form in forms),
        " ".join(f"{form.synonyms} {form.patented_names}" for form in forms),
    )


def _put(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """Set the values that differ; gives the old ones."""
    before = {name: old for name, value in values.items() if (old := getattr(row, name)) != value}
    for name in before:
        setattr(row, name, values[name])
    return before


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
