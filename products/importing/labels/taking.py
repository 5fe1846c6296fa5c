"""Label records into the catalogue, as drafts.

Some hundred records are one recording: all of them or none. A record that was brought in is known
by its number and by what it said, so an import that was interrupted is finished by running it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from products.changes import recording
from products.importing.labels import facts, text
from products.importing.labels.files import Found
from products.importing.labels.merging import Word
from products.importing.labels.planning import (
    SKIPPED,
    Fate,
    Known,
    Plan,
    Planner,
    found_again,
    new_brand,
)
from products.importing.labels.record import LabelRecord, Origin
from products.models import (
    Brand,
    ImportedLabel,
    Product,
    ProductIngredient,
    Source,
    UnplacedWording,
    Verified,
)
from products.models.history import ChangeSet
from products.rules import folding

CHUNK = 200
DATABASES = {
    Origin.DSLD: "Dietary Supplement Label Database, NIH",
    Origin.OPEN_FOOD_FACTS: "Open Food Facts",
}


def preview(records: Iterable[Found]) -> Iterator[list[Plan]]:
    """What `take` would do, chunk by chunk; writes nothing."""
    planner = Planner()
    for chunk in _chunks(records):
        yield planner.plan(chunk, Known())


def take(records: Iterable[Found], *, by: Any, file: str) -> Iterator[list[Plan]]:
    """Bring records in, chunk by chunk; each is committed when its plans come out."""
    for chunk in _chunks(records):
        with recording(by=by, reason=f"label records of {file}", kind=ChangeSet.Kind.IMPORT):
            known = Known()
            plans = Planner().plan(chunk, known)
            write(plans, known)
        yield plans


def read_again(labels: Iterable[ImportedLabel]) -> None:
    """Read records anew that were brought in before; inside an open recording."""
    for chunk in _chunks(found_again(labels)):
        known = Known()
        write(Planner().plan(chunk, known, again=True), known)


def write(plans: Sequence[Plan], known: Known) -> None:
    """Write what was planned, inside an open recording."""
    taken = [plan for plan in plans if plan.fate not in SKIPPED and plan.fate is not Fate.UNCHANGED]
    new = [plan for plan in taken if plan.fate is Fate.NEW]
    _write_new(new, known)
    for plan in taken:
        if plan.fate is Fate.CHANGED:
            _write_changed(plan, known)
    _write_labels(taken)
    _write_wordings(taken)


# Products


def _write_new(plans: Sequence[Plan], known: Known) -> None:
    sources = _sources([plan.record for plan in plans if plan.record])
    for plan in plans:
        product = _product(plan)
        product.brand = _saved(product.brand)
        product.source = sources[_source_key(_record(plan))]
    if not plans:
        return
    Product.objects.bulk_create([_product(plan) for plan in plans])
    parts = [
        part for plan in plans for part in _parts(_product(plan), plan.said["ingredients"], known)
    ]
    if parts:
        ProductIngredient.objects.bulk_create(parts)


def _sources(records: Sequence[LabelRecord]) -> dict[str, Source]:
    """One source a record; one that is here already stays as it is."""
    keys = [_source_key(record) for record in records]
    found = {source.key: source for source in Source.objects.filter(key__in=keys)}
    missing = [record for record in records if _source_key(record) not in found]
    if missing:
        for source in Source.objects.bulk_create([_source(record) for record in missing]):
            found[source.key] = source
    return found


def _source_key(record: LabelRecord) -> str:
    return f"{record.origin}-{record.external_id}"


def _source(record: LabelRecord) -> Source:
    is_dsld = record.origin is Origin.DSLD
    return Source(
        key=_source_key(record),
        kind=Source.Kind.LABEL if is_dsld else Source.Kind.WEB_REVIEW,
        title=f"{record.brand}, {record.name}, label record {record.external_id}",
        published_in=DATABASES[record.origin],
        url=record.url,
        verified=Verified.DSLD if is_dsld else Verified.PAGE,
        seen_on=record.entered_on,
    )


def _saved(brand: Brand) -> Brand:
    """A brand that is in the database; of two names with one slug the later gets a number."""
    if brand._state.adding:
        slug, number = brand.slug, 1
        while Brand.objects.filter(slug=brand.slug).exists():
            number += 1
            brand.slug = f"{slug}-{number}"
        brand.save()
    return brand


def _write_changed(plan: Plan, known: Known) -> None:
    """Let the product follow the record in the fields that no editor has touched."""
    product, followed = _product(plan), plan.followed
    if not followed:
        return
    for one in followed:
        put(product, one.name, one.says, known)
    product.save()
    source, seen_on = product.source, _record(plan).dated
    if source.key == _source_key(_record(plan)) and seen_on and source.seen_on != seen_on:
        source.seen_on = seen_on
        source.save()


def put(product: Product, name: str, value: facts.Value, known: Known) -> None:
    """Put one field of a record on a product. All but the forms still wants `product.save()`."""
    if name == "ingredients":
        product.ingredients.all().delete()
        ProductIngredient.objects.bulk_create(_parts(product, value, known))
    elif name == "brand":
        product.brand = _saved(known.brands.setdefault(folding.folded(value), new_brand(value)))
    else:
        facts.put(product, name, value)


def _parts(
    product: Product, values: Iterable[dict[str, str]], known: Known
) -> list[ProductIngredient]:
    return [
        ProductIngredient(product=product, form_id=known.forms[columns.pop("form")], **columns)
        for columns in facts.ingredients(values)
    ]


# What is remembered


def _write_labels(plans: Sequence[Plan]) -> None:
    now = timezone.now()
    labels = [_label(plan, plan.label or ImportedLabel(), now) for plan in plans]
    for plan, label in zip(plans, labels, strict=True):
        plan.label = label
    old = [label for label in labels if label.pk is not None]
    ImportedLabel.objects.bulk_create([label for label in labels if label.pk is None])
    columns = [
        field.name
        for field in ImportedLabel._meta.concrete_fields
        if field.name not in ("id", "origin", "external_id")
    ]
    ImportedLabel.objects.bulk_update(old, columns, batch_size=50)


def _label(plan: Plan, label: ImportedLabel, now: Any) -> ImportedLabel:
    record = _record(plan)
    doubts = [[str(one.doubt), one.text] for one in plan.doubts]
    label.has_open_doubts = bool(doubts) and (doubts != label.doubts or label.has_open_doubts)
    label.origin, label.external_id = str(record.origin), record.external_id
    label.version, label.dated = record.version, record.dated
    label.title, label.url = plan.name, record.url
    label.file = plan.found.file[:255]
    label.digest, label.raw, label.said = plan.digest, plan.raw, plan.said
    label.as_read = _as_read(plan, label.as_read)
    label.doubts = doubts
    label.product = plan.product
    label.conflicting = [one.name for one in plan.conflicts]
    proposed = plan.fate is Fate.PROPOSED or label.state == ImportedLabel.State.PROPOSED
    is_open = proposed and label.conflicting
    label.state = ImportedLabel.State.PROPOSED if is_open else ImportedLabel.State.TAKEN
    label.off_market = record.off_market
    label.taken_at = now
    return label


def _as_read(plan: Plan, last: dict[str, Any]) -> dict[str, Any]:
    """What of the record is on the product now, field by field."""
    if plan.fate is Fate.NEW:
        return dict(plan.said)
    read = dict(last)
    for one in plan.fields:
        agrees = one.word is Word.SAME and one.says == one.holds
        if one.word is Word.FOLLOW or (agrees and (one.says or one.name in last)):
            read[one.name] = one.says
    return read


def _write_wordings(plans: Sequence[Plan]) -> None:
    """Queue what could not be placed, and take from the queue of a label what was."""
    said = {digest_of(wording): wording for plan in plans for wording in plan.made.unplaced}
    UnplacedWording.objects.bulk_create(
        [UnplacedWording(wording=wording, digest=digest) for digest, wording in said.items()],
        ignore_conflicts=True,
    )
    found = UnplacedWording.objects.filter(digest__in=said)
    keys = dict(found.values_list("digest", "pk"))
    through = UnplacedWording.labels.through
    labels = [plan.label.pk for plan in plans if plan.label]
    still_open = through.objects.filter(
        importedlabel__in=labels, unplacedwording__decision=UnplacedWording.Decision.OPEN
    )
    still_open.delete()
    through.objects.bulk_create(
        [
            through(importedlabel_id=plan.label.pk, unplacedwording_id=keys[digest_of(wording)])
            for plan in plans
            if plan.label
            for wording in dict.fromkeys(plan.made.unplaced)
        ],
        ignore_conflicts=True,
    )

    UnplacedWording.objects.filter(
        decision=UnplacedWording.Decision.OPEN, labels__isnull=True
    ).delete()


def digest_of(wording: str) -> str:
    return hashlib.sha256(wording.encode()).hexdigest()


def _product(plan: Plan) -> Product:
    assert plan.product is not None  # noqa: S101 - a plan that is written has one
    return plan.product


def _record(plan: Plan) -> LabelRecord:
    assert plan.record is not None  # noqa: S101 - a plan that is written has one
    return plan.record


def _chunks(records: Iterable[Found]) -> Iterator[list[Found]]:
    """Some hundred records at a time, none of them twice."""
    chunk: list[Found] = []
    numbers: set[str] = set()
    for found in records:
        number = text.plain(found.raw.get("id") or found.raw.get("code"), 20)
        if len(chunk) == CHUNK or number in numbers:
            yield chunk
            chunk, numbers = [], set()
        chunk.append(found)
        numbers.add(number)
    if chunk:
        yield chunk
