"""What would become of label records, without writing any of it.

Records are held against the database some hundred at a time, in a number of queries that does not
depend on how many they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify

from products.importing.labels import facts, merging, reading
from products.importing.labels.composition import Composition, Placed, compose
from products.importing.labels.files import Found
from products.importing.labels.merging import Field, Word
from products.importing.labels.record import Doubted, LabelRecord, NotALabel, Origin
from products.models import (
    Brand,
    ImportedLabel,
    MagnesiumForm,
    Product,
    Status,
    UnplacedWording,
    Verified,
)
from products.rules import folding

Key = tuple[str, str]


class Fate(StrEnum):
    """What becomes of a record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PROPOSED = "proposed"
    """A product with its number or barcode is here already, and stays as it is."""
    OLDER = "older"
    REMOVED = "removed"
    """An editor deleted its product."""
    NO_MAGNESIUM = "no_magnesium"
    REFUSED = "refused"


SKIPPED = {Fate.OLDER, Fate.REMOVED, Fate.NO_MAGNESIUM, Fate.REFUSED}


@dataclass
class Plan:
    """One record, what it says, and what becomes of it."""

    found: Found
    fate: Fate
    reason: str = ""
    """Why a record is refused, in words."""
    record: LabelRecord | None = None
    made: Composition = field(default_factory=Composition)
    said: facts.Said = field(default_factory=dict)
    digest: str = ""
    raw: str = ""
    label: ImportedLabel | None = None
    product: Product | None = None
    fields: list[Field] = field(default_factory=list)

    @property
    def name(self) -> str:
        if self.record is None:
            return ""
        return f"{self.record.brand}, {self.record.name}"

    @property
    def followed(self) -> list[Field]:
        return [one for one in self.fields if one.word is Word.FOLLOW]

    @property
    def conflicts(self) -> list[Field]:
        return [one for one in self.fields if one.word is Word.CONFLICT]

    @property
    def doubts(self) -> list[Doubted]:
        return [*self.record.doubts, *self.made.doubts] if self.record else []


class Known:
    """What the catalogue knows that records are read with: forms, brands, and placed wordings."""

    def __init__(self) -> None:
        forms = MagnesiumForm.objects.values_list("slug", "pk", "elemental_fraction")
        self.forms: dict[str, int] = {}
        self.fractions: dict[str, Decimal | None] = {}
        for slug, key, fraction in forms:
            self.forms[slug], self.fractions[slug] = key, fraction
        self.placed: Placed = placed_wordings()
        self.brands: dict[str, Brand] = {
            folding.folded(brand.name): brand for brand in Brand.objects.all()
        }


def placed_wordings() -> dict[str, tuple[str, ...]]:
    """Forms by wording, where an editor has placed it."""
    decided = UnplacedWording.objects.exclude(decision=UnplacedWording.Decision.OPEN)
    return {
        one.wording: tuple(sorted(form.slug for form in one.forms.all()))
        for one in decided.prefetch_related("forms")
    }


class Planner:
    """Plans one run. It remembers what it has seen, for a run that writes nothing between chunks."""

    def __init__(self) -> None:
        self._seen: dict[Key, str] = {}
        self._barcodes: dict[str, Key] = {}

    def plan(self, chunk: Sequence[Found], known: Known, again: bool = False) -> list[Plan]:
        """Plans in the order of the records; with `again`, also for those that are as they were."""
        plans = [self._read(found, known) for found in chunk]
        stored = _Stored([plan for plan in plans if plan.record is not None])
        for plan in plans:
            if plan.record is not None:
                self._settle(plan, stored, known, again)
        return plans

    def _read(self, found: Found, known: Known) -> Plan:
        try:
            record = reading.read(found.raw)
        except NotALabel as missing:
            return Plan(found, Fate.REFUSED, str(missing))
        made = compose(record.rows, known.fractions, known.placed)
        if not made.has_magnesium:
            return Plan(found, Fate.NO_MAGNESIUM)
        raw = json.dumps(found.raw, separators=(",", ":"), sort_keys=True)
        return Plan(
            found,
            Fate.NEW,
            record=record,
            made=made,
            said=facts.said(record, made),
            digest=hashlib.sha256(raw.encode()).hexdigest(),
            raw=raw,
        )

    def _settle(self, plan: Plan, stored: _Stored, known: Known, again: bool) -> None:
        record = plan.record
        assert record is not None  # noqa: S101 - the caller looks first
        key = (str(record.origin), record.external_id)
        label = plan.label = stored.labels.get(key)
        if label is None and key in self._seen:
            same = self._seen[key] == plan.digest
            plan.fate = Fate.UNCHANGED if same else Fate.CHANGED
        elif label is None:
            self._settle_new(plan, stored, known)
        elif label.product is None:
            plan.fate = Fate.REMOVED
        elif label.digest == plan.digest and not again:
            plan.fate = Fate.UNCHANGED
        elif record.dated < label.dated:
            plan.fate = Fate.OLDER
        else:
            plan.fate = Fate.CHANGED
            self._compare(plan, label.product, label.as_read)
        if plan.fate not in SKIPPED:
            self._seen[key] = plan.digest

    def _settle_new(self, plan: Plan, stored: _Stored, known: Known) -> None:
        record = plan.record
        assert record is not None  # noqa: S101 - the caller looks first
        key = (str(record.origin), record.external_id)
        product = stored.match(record)
        earlier = self._barcodes.get(record.gtin) if record.gtin else None
        if product is not None:
            plan.fate = Fate.PROPOSED
            self._compare(plan, product, {})
        elif earlier is not None:
            # Two records of one bottle, neither of them written yet.
            plan.fate = Fate.PROPOSED
            plan.product = stored.made.get(earlier)
        else:
            plan.product = _new_product(plan, known)
            try:
                plan.product.clean_fields(exclude=["brand", "source", "current_offer"])
                plan.product.clean()
            except ValidationError as error:
                plan.fate, plan.reason = Fate.REFUSED, _in_words(error)
                return
            stored.made[key] = plan.product
            stored.holds[id(plan.product)] = plan.said
            if record.gtin:
                self._barcodes[record.gtin] = key
            return
        if plan.product is not None and not plan.fields:
            self._compare(plan, plan.product, {}, stored.holds.get(id(plan.product)))

    def _compare(
        self,
        plan: Plan,
        product: Product,
        last: Mapping[str, Any],
        holds: facts.Said | None = None,
    ) -> None:
        assert plan.record is not None  # noqa: S101 - the caller looks first
        plan.product = product
        holds = facts.held(product) if holds is None else holds
        plan.fields = list(merging.fields(plan.said, holds, last, plan.record.is_partial))


class _Stored:
    """What the database has of some records: their labels, and products that may be theirs."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        records = [plan.record for plan in plans if plan.record is not None]
        ids = {record.external_id for record in records}
        barcodes = {record.gtin for record in records} - {""}
        labels = ImportedLabel.objects.filter(external_id__in=ids)
        labels = labels.select_related("product__brand", "product__source")
        labels = labels.prefetch_related("product__ingredients__form")
        self.labels: dict[Key, ImportedLabel] = {
            (label.origin, label.external_id): label for label in labels
        }
        products = Product.objects.filter(Q(dsld_id__in=ids) | Q(gtin__in=barcodes))
        products = products.select_related("brand", "source").prefetch_related("ingredients__form")
        self._by_number: dict[str, Product] = {}
        self._by_barcode: dict[str, Product] = {}
        for product in products:
            self._by_number[product.dsld_id] = product
            self._by_barcode[product.gtin] = product
        self.made: dict[Key, Product] = {}
        self.holds: dict[int, facts.Said] = {}

    def match(self, record: LabelRecord) -> Product | None:
        """A product with the record's number or barcode that was entered otherwise."""
        if record.origin is Origin.DSLD and record.external_id in self._by_number:
            return self._by_number[record.external_id]
        return self._by_barcode.get(record.gtin) if record.gtin else None


def _new_product(plan: Plan, known: Known) -> Product:
    """A draft of what a record says; its source, and a brand that is new, are not saved yet."""
    record = plan.record
    assert record is not None  # noqa: S101 - the caller looks first
    brand = known.brands.setdefault(folding.folded(record.brand), new_brand(record.brand))
    words = slugify(f"{record.brand} {record.name}")[:120].strip("-") or "label"
    product = Product(
        brand=brand,
        slug=f"{words}-{record.origin}-{record.external_id}",
        status=Status.DRAFT,
        verified=Verified.DSLD if record.origin is Origin.DSLD else Verified.PAGE,
    )
    for name in facts.FIELDS:
        if name not in ("brand", "ingredients"):
            facts.put(product, name, plan.said[name])
    return product


def new_brand(name: str) -> Brand:
    """A brand that is not saved yet."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return Brand(name=name, slug=slugify(name)[:90] or f"brand-{digest}")


def _in_words(error: ValidationError) -> str:
    return "; ".join(
        f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()
    )


def found_again(labels: Iterable[ImportedLabel]) -> list[Found]:
    """Records that were brought in before, to be read anew."""
    return [Found(label.file, 0, json.loads(label.raw)) for label in labels]
