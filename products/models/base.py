"""What every fact has in common, and how a write of one is noticed.

A fact is written inside `products.changes.recording(...)` and nowhere else. Whatever way it is
written (`save`, `delete`, `bulk_create`, `bulk_update`, `update`, or the list of a many-to-many
field), the open recording is told which forms and products it bears on, so that their derived
columns can be made true again before the transaction closes, and it holds what each row said before
the first write of it, so that its history can be written. A write outside a recording is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, cast

from django.db import NotSupportedError, models
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from products.models import bulk, states

_Row = TypeVar("_Row", bound="Fact", covariant=True)


class NotRecording(RuntimeError):
    """A fact was written outside `products.changes.recording(...)`."""


@dataclass
class Touched:
    """What the writes of one recording bear on, as primary keys, and what was there before them."""

    by: Any = None
    reason: str = ""
    kind: str = ""
    undoes: Any = None
    """The set of changes that is taken back."""
    history: bool = True
    """Whether it is written down who changed what."""

    forms: set[int] = field(default_factory=set)
    products: set[int] = field(default_factory=set)
    revised: defaultdict[type[Revised], set[int]] = field(default_factory=lambda: defaultdict(set))
    """Records that were changed themselves, or in a part of theirs."""
    wrote: bool = False
    before: defaultdict[type[Fact], dict[Any, states.Seen | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """What each row said before the first write of it; `None` when it was not there."""
    change_set: Any = None
    """What was written down when it closed; `None` when nothing is otherwise than before."""

    def keep(self, model: type[Fact], keys: Collection[Any]) -> None:
        """Hold what rows say before they are written. A query for 500 that are not held yet."""
        if not self.history:
            return
        held = self.before[model]
        new = [key for key in keys if key not in held]
        found = states.read(model, new)
        held.update((key, found.get(key)) for key in new)

    def keep_new(self, model: type[Fact], keys: Collection[Any]) -> None:
        """Hold that rows were not there before. No query."""
        if self.history:
            for key in keys:
                self.before[model].setdefault(key, None)

    def keep_falling(self, model: type[Fact], keys: Collection[Any]) -> None:
        """Hold rows that are about to be deleted, their parts, and what will no longer name them."""
        self.keep(model, keys)
        for relation in model._meta.related_objects:
            other, rule = relation.related_model, getattr(relation, "on_delete", None)
            by_list = relation.many_to_many
            if not (issubclass(other, Fact) and relation.field.editable):
                continue
            if not by_list and rule not in (models.CASCADE, models.SET_NULL):
                continue
            for some in states.chunks(keys):
                rows = other._default_manager.filter(**{f"{relation.field.name}__in": some})
                theirs = list(rows.order_by().values_list("pk", flat=True))
                if rule is models.CASCADE and not by_list:
                    self.keep_falling(other, theirs)
                elif theirs:
                    self.keep(other, theirs)
                    rows._report(self)


open_recording: ContextVar[Touched | None] = ContextVar("open_recording", default=None)


def _recording() -> Touched:
    touched = open_recording.get()
    if touched is None:
        raise NotRecording(
            "Facts are written inside products.changes.recording(by=..., reason=...)."
        )
    touched.wrote = True
    return touched


class FactQuerySet(models.QuerySet[_Row]):
    """Reports what its writes bear on to the open recording."""

    def _report(self, touched: Touched) -> None:
        """Costs one query for each lookup that the model names."""
        model = self.model
        for lookup in model.bears_on_forms:
            touched.forms |= self._keys(lookup)
        for lookup in model.bears_on_products:
            touched.products |= self._keys(lookup)
        for name in model.wholes():
            whole = cast("type[Revised]", model._meta.get_field(name).related_model)
            touched.revised[whole] |= self._keys(name)
        if not model.part_of and issubclass(model, Revised):
            touched.revised[model] |= self._keys("pk")

    def _keys(self, lookup: str) -> set[int]:
        return {pk for pk in self.order_by().values_list(lookup, flat=True) if pk is not None}

    def _report_keys(self, touched: Touched, keys: Collection[Any]) -> None:
        for some in states.chunks(keys):
            self.model._default_manager.filter(pk__in=some)._report(touched)

    def update(self, **values: Any) -> int:
        touched = _recording()
        keys = list(self.values_list("pk", flat=True))
        touched.keep(self.model, keys)
        self._report_keys(touched, keys)
        rows = super().update(**values)
        self._report_keys(touched, keys)
        return rows

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        touched = _recording()
        if kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
            raise NotSupportedError("Which rows it wrote is not told, so none could be recorded.")
        rows = list(objs)
        touched.keep(self.model, [row.pk for row in rows if row.pk is not None])
        bulk.insert(self.model, rows)
        keys = [row.pk for row in rows]
        touched.keep_new(self.model, keys)
        self._report_keys(touched, keys)
        return rows

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *_: Any, **__: Any) -> int:
        """In one statement for each row, so that a `batch_size` is of no use."""
        touched = _recording()
        rows = list(objs)
        keys = [row.pk for row in rows]
        touched.keep(self.model, keys)
        self._report_keys(touched, keys)
        bulk.update(self.model, rows, list(fields))
        self._report_keys(touched, keys)
        return len(rows)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        touched = _recording()
        if touched.history:
            touched.keep_falling(self.model, list(self.order_by().values_list("pk", flat=True)))
        self._report(touched)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Fact(models.Model):
    """Abstract base of everything that an editor enters."""

    bears_on_forms: ClassVar[tuple[str, ...]] = ()
    """Lookups from this model to the keys of forms whose derived columns it bears on."""
    bears_on_products: ClassVar[tuple[str, ...]] = ()
    """Likewise for products."""
    part_of: ClassVar[str] = ""
    """Name of the foreign key to the record that this one is a part of."""
    entered_under: ClassVar[str] = ""
    """Name of a second one, on whose page it is entered as well."""

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        touched = _recording()
        if self.pk:
            touched.keep(type(self), [self.pk])
            self._report(touched)
        super().save(*args, **kwargs)
        touched.keep_new(type(self), [self.pk])
        self._report(touched)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        touched = _recording()
        touched.keep_falling(type(self), [self.pk])
        self._report(touched)
        return super().delete(*args, **kwargs)

    def _report(self, touched: Touched) -> None:
        type(self)._default_manager.filter(pk=self.pk)._report(touched)

    @classmethod
    def wholes(cls) -> list[str]:
        """Foreign keys to the records that it is entered with, which change when it does."""
        return [name for name in (cls.part_of, cls.entered_under) if name]


@receiver(m2m_changed)
def _list_changes(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    model: type[models.Model],
    pk_set: set[Any] | None,
    **_: Any,
) -> None:
    """A list is a fact of the record that has it, from whichever end it is written."""
    owner = model if reverse else type(instance)
    if not (issubclass(owner, Fact) and action.startswith("pre_")):
        return
    touched = _recording()
    if not reverse:
        keys = {instance.pk}
    elif pk_set is not None:
        keys = pk_set
    else:
        field = next(f for f in owner._meta.many_to_many if f.remote_field.through is sender)
        keys = set(owner.objects.filter(**{field.name: instance.pk}).values_list("pk", flat=True))
    touched.keep(owner, keys)
    owner.objects.all()._report_keys(touched, keys)


class Revised(Fact):
    """A fact that is opened and saved as a whole, with its parts, by one editor at a time."""

    revision = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Moves on with every recorded change of this record or a part of it.",
    )

    class Meta:
        abstract = True
