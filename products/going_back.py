"""The way back: the state of a record at a time, a whole set of changes undone.

Going back is a change like any other: it is worked out as steps, one for each record, that an editor
looks through, and then goes through the one door with a set of changes of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from graphlib import TopologicalSorter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from products import workflow
from products.changes import recording
from products.history import of_record
from products.models import Change, ChangeSet, Product, ProductIngredient, Reviewed, states
from products.models.base import Fact
from products.models.history import key_of, model_of, name_of
from products.models.states import State
from products.models.vetting import vet_label

Action = Change.Action
WHOLE = ""
"""Stands for a record as a whole where a field is asked for."""


class DoesNotFit(Exception):
    """The state cannot be had any more; `sentences` say why. Nothing was changed."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class ChangedMeanwhile(Exception):
    """The steps are no longer those that were looked through. Nothing was changed."""


@dataclass(frozen=True)
class Step:
    """One record on its way from what it says now to what it shall say; `None` is not there."""

    record: str
    whole: str
    name: str
    now: State | None
    then: State | None
    later: Mapping[str, ChangeSet] = field(default_factory=dict)
    """Fields that a later set changed again, or `WHOLE`, with that set. They stay unless wanted."""

    @property
    def model(self) -> type[Fact]:
        return model_of(self.record)

    @property
    def is_possible(self) -> bool:
        """Not so for a change of a record that is gone since."""
        return not (self.now is None and self.then is None)

    @property
    def changed(self) -> list[str]:
        """Fields that differ, of a record that comes or goes all."""
        now, then = self.now or {}, self.then or {}
        return [
            name
            for name in {**now, **then}
            # A column that came or went since says nothing of a record that stays.
            if (self.now is None or self.then is None or (name in now and name in then))
            and now.get(name) != then.get(name)
        ]

    def stays(self, also: Collection[str]) -> bool:
        """Whether nothing is done to the record, since it came or went otherwise later."""
        return not self.is_possible or (WHOLE in self.later and f"{self.record}:" not in also)

    def wanted(self, also: Collection[str]) -> Step | None:
        """The step without what was changed later, but for `also`; none when nothing is left to do."""
        if self.stays(also):
            return None
        if self.now is None or self.then is None:
            return self
        kept = {name for name in self.later if f"{self.record}:{name}" not in also}
        then = {name: self.now[name] if name in kept else self.then[name] for name in self.then}
        step = replace(self, then=then)
        return step if step.changed else None


def settled(steps: Sequence[Step], also: Collection[str]) -> list[Step]:
    """What is done of steps: a whole that stays keeps its parts.

    `also` names what is put back though a later set changed it: `offer:3:price`, or `offer:3:` for
    the record as a whole.
    """
    staying = {step.record for step in steps if step.stays(also)}
    going = [step.wanted(also) for step in steps if step.whole not in staying]
    return [step for step in going if step is not None]


def restoring(record: Fact, change_set: ChangeSet, *, before: bool) -> list[Step]:
    """Steps back to what a record and its parts said before a set of changes, or after it.

    Where they stand on their way to the reader is moved by its own rules and stays; what needs a
    second pair of eyes needs it again.
    """
    since = {"set__gte" if before else "set__gt": change_set}
    steps = _steps(of_record(record).filter(**since).order_by("-set_id", "-pk"))
    return [step for step in map(_standing, steps) if step.changed]


def undoing(change_set: ChangeSet) -> list[Step]:
    """Steps that take one set of changes back, each with what was changed again later."""
    steps = _steps(change_set.changes.order_by("-pk"), with_gone=True)
    later = _later(change_set, steps)
    return [replace(step, later=_in_the_way(step, later[step.record])) for step in steps]


def digest(steps: Iterable[Step]) -> str:
    """Equal for equal steps: what was looked through is what is done."""
    told = [(step.record, step.now, step.then, sorted(step.later)) for step in steps]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def go_back(
    plan: Callable[[], list[Step]],
    looked_through: str,
    *,
    also: Collection[str] = (),
    by: Any,
    reason: str,
    kind: str,
    undoes: ChangeSet | None = None,
) -> ChangeSet | None:
    """Do what was looked through, all of it or nothing; gives the set that was written down.

    Raises `ChangedMeanwhile` when `plan` gives other steps by now than those of the digest
    `looked_through`, and `DoesNotFit` when a step is refused by a rule or by the database.
    """
    try:
        with recording(by=by, reason=reason, kind=kind, undoes=undoes) as touched:
            steps = plan()
            if digest(steps) != looked_through:
                raise ChangedMeanwhile
            wanted = settled(steps, also)
            _take(wanted, author=by if kind == ChangeSet.Kind.RESTORE else None)
            _vet(wanted)
    except ProtectedError as error:
        raise DoesNotFit(sorted(_held(one) for one in error.protected_objects)) from error
    except (IntegrityError, DataError) as error:
        raise DoesNotFit([_("The database refuses it as contradicting another record.")]) from error
    return touched.change_set


def _steps(changes: Iterable[Change], *, with_gone: bool = False) -> list[Step]:
    """Walk back through changes, the newest first, from what the records say now."""
    changes = [change for change in changes if change.is_known]
    now = _now(change.record for change in changes)
    then: dict[str, State | None] = {}
    told: dict[str, tuple[str, str]] = {}
    for change in changes:
        told.setdefault(change.record, (change.whole, change.name))
        here = then.setdefault(change.record, now.get(change.record))
        match change.action:
            case Action.ADDED:
                then[change.record] = None
            case Action.DELETED:
                then[change.record] = change.before
            case Action.CHANGED if here is not None:
                then[change.record] = here | (change.before or {})
    steps = [Step(name, *told[name], now.get(name), state) for name, state in then.items()]
    return [step for step in steps if step.changed or (with_gone and not step.is_possible)]


def _standing(step: Step) -> Step:
    if step.then is None or not workflow.has_status(step.model):
        return step
    status = (step.now or step.then)["status"]
    kept = replace(step, then=step.then | {"status": status})
    if not kept.changed:
        return kept
    model: Any = step.model
    row = model(status=status)
    return replace(
        kept, then=step.then | {"status": workflow.written(row, None).get("status", status)}
    )


def _now(records: Iterable[str]) -> dict[str, State]:
    """What records say; a query or two for some hundreds of a model."""
    now = {}
    for model, keys in _by_model(set(records)).items():
        for key, seen in states.read(model, keys).items():
            now[name_of(model, key)] = seen.state
    return now


def _by_model(records: Iterable[str]) -> dict[type[Fact], list[Any]]:
    keys = defaultdict(list)
    for record in sorted(records):
        keys[model_of(record)].append(key_of(record))
    return keys


def _later(change_set: ChangeSet, steps: Iterable[Step]) -> dict[str, list[Change]]:
    """What came after a set on its records, and on parts of those that would go, the newest last."""
    found = defaultdict(list)
    after = Change.objects.filter(set__gt=change_set).select_related("set").order_by("set_id", "pk")
    for some in states.chunks(step.record for step in steps):
        for change in after.filter(record__in=some):
            found[change.record].append(change)
    going = {step.record for step in steps if step.then is None}
    for some in states.chunks(going):
        for change in after.filter(whole__in=some).exclude(record__in=some):
            found[change.whole].append(change)
    return found


def _in_the_way(step: Step, later: Iterable[Change]) -> dict[str, ChangeSet]:
    found: dict[str, ChangeSet] = {}
    for change in later:
        comes_or_goes = change.action != Action.CHANGED or step.now is None or step.then is None
        for name in [WHOLE] if comes_or_goes else change.fields:
            if name == WHOLE or name in step.changed:
                found[name] = change.set
    return found


def _take(steps: Sequence[Step], author: Any) -> None:
    """Parts that go make room first; what others lead to comes before them, and goes after them."""
    by_model: dict[type[Fact], list[Step]] = defaultdict(list)
    for step in steps:
        by_model[step.model].append(step)
    order = list(_leading_first(by_model))
    for model in reversed(order):
        if model.part_of:
            _delete(model, by_model[model])
    for model in order:
        _put(model, by_model[model], author)
    for model in reversed(order):
        if not model.part_of:
            _delete(model, by_model[model])


def _leading_first(some: Collection[type[Fact]]) -> Iterator[type[Fact]]:
    """Models so that each comes after those that its columns lead to."""
    sorter: TopologicalSorter[type[Fact]] = TopologicalSorter()
    for model in some:
        related = {column.related_model for column in states.columns(model) if column.is_relation}
        sorter.add(model, *(related & set(some) - {model}))
    return iter(sorter.static_order())


def _delete(model: type[Fact], steps: Iterable[Step]) -> None:
    for keys in states.chunks(key_of(step.record) for step in steps if step.then is None):
        model.objects.filter(pk__in=keys).delete()


def _put(model: type[Fact], steps: Iterable[Step], author: Any) -> None:
    steps = [step for step in steps if step.then is not None]
    there = model.objects.in_bulk([key_of(step.record) for step in steps])
    for step in steps:
        then = step.then or {}
        key = key_of(step.record)
        row: Any = there.get(key) or model(**{model._meta.pk.attname: key})
        states.put(row, then)
        if author and isinstance(row, Reviewed):
            row.author = author
        row.save()
        for many in states.lists(model):
            if many.name in step.changed:
                _put_list(step, many, getattr(row, many.name), then.get(many.name, []))


def _put_list(step: Step, many: Any, linked: Any, keys: Collection[Any]) -> None:
    if many.related_model.objects.filter(pk__in=keys).count() < len(keys):
        what = many.related_model._meta.verbose_name_plural
        raise DoesNotFit([_("%s: some of its %s are gone since.") % (step.name, what)])
    linked.set(keys)


def _vet(steps: Iterable[Step]) -> None:
    """Hold what was written against all that a form of the desk would have held it against."""
    wrong: list[str] = []
    put = [step for step in steps if step.then is not None]
    for model, keys in _by_model(step.record for step in put).items():
        for row in model.objects.filter(pk__in=keys):
            wrong += _errors(row, row.full_clean)
    labels = _labels(steps)
    for product in labels.prefetch_related("ingredients__form").select_related("brand"):
        parts = list(product.ingredients.all())
        wrong += _errors(product, partial(vet_label, product, parts))
    if wrong:
        raise DoesNotFit(wrong)


def _labels(steps: Iterable[Step]) -> models.QuerySet[Product]:
    """Products whose label is not what it was."""
    keys = set()
    for step in steps:
        if step.model is Product and step.then is not None:
            keys.add(key_of(step.record))
        elif step.model is ProductIngredient:
            keys |= {state["product"] for state in (step.now, step.then) if state}
    labels: models.QuerySet[Product] = Product.objects.filter(pk__in=keys)
    return labels


def _errors(row: Fact, check: Callable[[], None]) -> list[str]:
    """What a check has against a row, with the row's name and the field's."""
    try:
        check()
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        labels = {column.name: str(column.verbose_name) for column in row._meta.concrete_fields}
        return [
            ": ".join(filter(None, [str(row), labels.get(name, ""), message]))
            for name, messages in by_field.items()
            for message in messages
        ]
    return []


def _held(row: models.Model) -> str:
    return _("%(what)s “%(row)s” rests on what would go.") % {
        "what": str(row._meta.verbose_name).capitalize(),
        "row": row,
    }
