"""What every fact has in common, and how a write of one is noticed.

A fact is written inside `products.changes.recording(...)` and nowhere else. Whatever way it is
written (`save`, `delete`, `bulk_create`, `bulk_update`, `update`), the open recording is told which
forms and products it bears on, so that their derived columns can be made true again before the
transaction closes. A write outside a recording is refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, cast

from django.db import models

_Row = TypeVar("_Row", bound="Fact", covariant=True)


class NotRecording(RuntimeError):
    """A fact was written outside `products.changes.recording(...)`."""


@dataclass
class Touched:
    """What the writes of one recording bear on, as primary keys."""

    by: Any = None
    reason: str = ""

    forms: set[int] = field(default_factory=set)
    products: set[int] = field(default_factory=set)
    revised: defaultdict[type[Revised], set[int]] = field(default_factory=lambda: defaultdict(set))
    """Records that were changed themselves, or in a part of theirs."""
    wrote: bool = False


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
        # A chunk at a time: SQLite takes a bounded number of parameters in one statement.
        keys = list(keys)
        for start in range(0, len(keys), 500):
            self.model._default_manager.filter(pk__in=keys[start : start + 500])._report(touched)

    def update(self, **values: Any) -> int:
        touched = _recording()
        keys = list(self.values_list("pk", flat=True))
        self._report_keys(touched, keys)
        rows = super().update(**values)
        self._report_keys(touched, keys)
        return rows

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        touched = _recording()
        created: list[Any] = super().bulk_create(list(objs), *args, **kwargs)
        self._report_keys(touched, [row.pk for row in created])
        return created

    def delete(self) -> tuple[int, dict[str, int]]:
        self._report(_recording())
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
            self._report(touched)
        super().save(*args, **kwargs)
        self._report(touched)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._report(_recording())
        return super().delete(*args, **kwargs)

    def _report(self, touched: Touched) -> None:
        type(self)._default_manager.filter(pk=self.pk)._report(touched)

    @classmethod
    def wholes(cls) -> list[str]:
        """Foreign keys to the records that it is entered with, which change when it does."""
        return [name for name in (cls.part_of, cls.entered_under) if name]


class Revised(Fact):
    """A fact that is opened and saved as a whole, with its parts, by one editor at a time."""

    revision = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Moves on with every recorded change of this record or a part of it.",
    )

    class Meta:
        abstract = True
