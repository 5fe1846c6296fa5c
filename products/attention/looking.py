"""The checks run over stored records, and what they find kept as open remarks.

Records are read some hundreds at a time, so that a run over all of them takes no more memory than one
over a few, and a number of queries that grows by a handful for each chunk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from products.models import (
    DoiAnswer,
    Evidence,
    OpenRemark,
    Product,
    ProductIngredient,
    Source,
    Status,
    Use,
)
from products.models.base import Touched
from products.models.vetting import (
    evidence_record,
    in_figures,
    product_record,
    source_record,
    unanswered,
)
from products.rules import gtin
from products.rules.vetting import (
    Kind,
    Median,
    Remark,
    Severity,
    vet_evidence,
    vet_product,
    vet_source,
)
from products.rules.vetting.market import LEAST_PRICES

CHUNK = 500
AT_ONCE = 500
"""Products of one change that are looked at again at once: about a millisecond each."""
MODELS: dict[Kind, type[models.Model]] = {
    Kind.PRODUCT: Product,
    Kind.EVIDENCE: Evidence,
    Kind.SOURCE: Source,
}
Medians = dict[tuple[str, str], Median]
Remarks = dict[int, list[Remark]]
Kept = defaultdict[int, dict[tuple[str, str], OpenRemark]]
"""Remarks that are written down, by the key of their record, their code and their field."""


def remarks_of(kind: Kind, keys: Iterable[int]) -> Iterator[tuple[list[int], Remarks]]:
    """What the checks say of records now, a chunk at a time: the keys that were asked for, and the
    remarks by the key of each record that is there."""
    keys = sorted(keys)
    look = _LOOKS[kind]()
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        yield some, look(some)


def failed_errors(record: models.Model) -> list[Remark]:
    """The errors that keep a stored record from being published; none for a kind without checks."""
    found = in_the_way(type(record), [record.pk]).get(record.pk, [])
    return [remark for remark in found if remark.severity is Severity.ERROR]


def in_the_way(model: type[models.Model], keys: Collection[int]) -> Remarks:
    """What keeps records from being published: errors, and warnings that nobody has noted.

    By key, of those only that something is in the way of. A bounded number of queries a chunk.
    """
    kind = kind_of(model)
    if kind is None:
        return {}
    found: Remarks = {}
    for some, remarks in remarks_of(kind, keys):
        notes: defaultdict[int, list[OpenRemark]] = defaultdict(list)
        for row in OpenRemark.objects.filter(kind=kind, record_id__in=some).exclude(note=""):
            notes[row.record_id].append(row)
        for key, said in remarks.items():
            if left := unanswered(said, notes[key]):
                found[key] = left
    return found


def kind_of(model: type[models.Model]) -> Kind | None:
    """What its records are to the checks; none: nothing is checked of them."""
    return next((kind for kind, one in MODELS.items() if one is model), None)


def look_again(touched: Touched, **signal: Any) -> None:
    """Renew the remarks on what a recording wrote, after its commit.

    What follows for others (a median that moved) waits for the nightly run, and so does an import of
    more than `AT_ONCE` products.
    """
    if len(touched.products) > AT_ONCE:
        return
    sources = touched.revised.get(Source, set())
    evidence = Evidence._base_manager.filter(
        models.Q(use__in=touched.revised.get(Use, set())) | models.Q(source__in=sources)
    )
    look_at(Kind.PRODUCT, touched.products)
    look_at(Kind.EVIDENCE, evidence.values_list("pk", flat=True))
    look_at(Kind.SOURCE, sources)
    _forget_deleted()


def look_at_everything() -> None:
    """Renew the remarks on every record."""
    for kind, model in MODELS.items():
        look_at(kind, model._base_manager.values_list("pk", flat=True))
    _forget_deleted()


def look_at(kind: Kind, keys: Iterable[int]) -> None:
    """Renew the remarks on records of one kind."""
    keys = set(keys)
    if not keys:
        return
    for some, found in remarks_of(kind, keys):
        kept: Kept = defaultdict(dict)
        for row in OpenRemark.objects.filter(kind=kind, record_id__in=some):
            kept[row.record_id][row.code, row.field] = row
        _keep(kind, found, kept)


def note(kind: Kind, keys: Collection[int], text: str, by: Any) -> int:
    """Say why the warnings on some records are right as they are; gives how many it holds for.

    Warnings that have a note keep it. A note falls away with the figures that it was made for.
    """
    waiting = OpenRemark.objects.filter(
        kind=kind, record_id__in=keys, severity=Severity.WARNING, note=""
    )
    return waiting.update(note=text, noted_by=by, noted_at=timezone.now())


def note_by_file(since: datetime) -> None:
    """Take the editor's note of products that came from a file as the note to their warnings.

    For those first found `since` a load began: what is found later wants a note of its own.
    """
    waiting = OpenRemark.objects.filter(
        kind=Kind.PRODUCT, severity=Severity.WARNING, note="", since__gte=since
    )
    noted = Product._base_manager.exclude(editor_note="").filter(pk__in=waiting.values("record_id"))
    for key, text in list(noted.values_list("pk", "editor_note")):
        note(Kind.PRODUCT, [key], text, by=None)


def medians(forms: Collection[str] | None = None) -> Medians:
    """The middle price of 100 mg by form and currency, of `forms` or of all.

    Of published products; one query, and one for each form and currency with enough prices.
    """
    priced = ProductIngredient._base_manager.filter(
        product__status=Status.PUBLISHED, product__price_per_100_mg__isnull=False
    )
    if forms is not None:
        priced = priced.filter(form__slug__in=forms)
    groups = priced.values_list("form__slug", "product__price_currency").order_by()
    found = {}
    for slug, currency, prices in groups.annotate(prices=models.Count("pk")):
        if prices >= LEAST_PRICES:
            group = priced.filter(form__slug=slug, product__price_currency=currency)
            ordered = group.order_by("product__price_per_100_mg", "pk")
            middle = ordered.values_list("product__price_per_100_mg", flat=True)[prices // 2]
            found[slug, currency] = Median(middle, prices)
    return found


def doi_answer(doi: str) -> DoiAnswer | None:
    """What doi.org said of it, if it was asked."""
    return DoiAnswer.objects.filter(doi=doi).first() if doi else None


def names_by_gtin(numbers: Iterable[str]) -> dict[str, str]:
    """Products whose barcode is that of what is in a case, by the barcode of the case. One query."""
    inside = {number: piece for number in numbers if (piece := gtin.of_one_piece(number))}
    if not inside:
        return {}
    products = Product._base_manager.filter(gtin__in=inside.values()).select_related("brand")
    names = {product.gtin: str(product) for product in products}
    return {number: names[piece] for number, piece in inside.items() if piece in names}


def _products() -> Callable[[list[int]], Remarks]:
    middle = medians()

    def look(keys: list[int]) -> Remarks:
        products = list(
            Product._base_manager.filter(pk__in=keys).prefetch_related(
                "ingredients__form", "offers", "ratings", "certifications__source"
            )
        )
        shared = names_by_gtin(product.gtin for product in products)
        return {
            product.pk: vet_product(
                product_record(
                    product,
                    list(product.ingredients.all()),
                    product.offers.all(),
                    product.ratings.all(),
                    product.certifications.all(),
                    middle,
                    shared.get(product.gtin, ""),
                )
            )
            for product in products
        }

    return look


def _evidence() -> Callable[[list[int]], Remarks]:
    def look(keys: list[int]) -> Remarks:
        rows = Evidence._base_manager.filter(pk__in=keys).select_related("source")
        return {row.pk: vet_evidence(evidence_record(row)) for row in rows}

    return look


def _sources() -> Callable[[list[int]], Remarks]:
    def look(keys: list[int]) -> Remarks:
        rows = list(Source._base_manager.filter(pk__in=keys))
        answers = DoiAnswer.objects.filter(doi__in={row.doi for row in rows if row.doi})
        by_doi = {answer.doi: answer for answer in answers}
        return {row.pk: vet_source(source_record(row, by_doi.get(row.doi))) for row in rows}

    return look


_LOOKS = {Kind.PRODUCT: _products, Kind.EVIDENCE: _evidence, Kind.SOURCE: _sources}


def _keep(kind: Kind, found: Remarks, kept: Kept) -> None:
    """Write what differs between what is found and what is kept; what is still so stays untouched."""
    new, changed = [], []
    now = timezone.now()
    for key, remarks in found.items():
        rows = kept[key]
        for remark in remarks:
            row = rows.pop((remark.check.value, remark.field), None)
            figures = in_figures(remark)
            if row is None:
                row = OpenRemark(kind=kind, record_id=key, code=remark.check, field=remark.field)
                new.append(row)
            elif (row.severity, row.figures) != (remark.severity, figures):
                row.note, row.noted_by, row.noted_at = "", None, None
                changed.append(row)
            else:
                continue
            row.severity, row.figures, row.since = remark.severity.value, figures, now
    columns = ["severity", "figures", "since", "note", "noted_by", "noted_at"]
    gone = [row.pk for rows in kept.values() for row in rows.values()]
    if not (new or changed or gone):
        return
    # A chunk by itself: SQLite lets nobody else write meanwhile, and a whole run takes its time.
    with transaction.atomic():
        OpenRemark.objects.bulk_create(new, ignore_conflicts=True)
        OpenRemark.objects.bulk_update(changed, columns)
        OpenRemark.objects.filter(pk__in=gone).delete()


def _forget_deleted() -> None:
    for kind, model in MODELS.items():
        there = model._base_manager.values("pk")
        OpenRemark.objects.filter(kind=kind).exclude(record_id__in=there).delete()
