"""What was changed in a record and its parts, and what a visitor is told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from products.models import Change, ChangeSet, Product, Reviewed, Status, states
from products.models.base import Fact
from products.models.history import key_of, name_of

READ = 500


def of_record(record: Fact) -> models.QuerySet[Change]:
    """Changes of a record and of its parts."""
    name = name_of(type(record), record.pk)
    return Change.objects.filter(Q(record=name) | Q(whole=name) | Q(under=name))


@dataclass(frozen=True)
class PublicChange:
    """What a visitor is told of a set of changes to one record: what, when and why, never who."""

    at: datetime
    kind: str
    """A `ChangeSet.Kind`."""
    role: str
    reason: str
    came: bool
    """Whether the record was entered by it."""
    what: tuple[str, ...]
    """Fields of the record and kinds of its parts, as an editor reads them."""


def changes_of(record: Fact, limit: int) -> list[PublicChange]:
    """The newest changes of a record and of what visitors see of its parts.

    Two queries, and one more for each kind of part that has a status. Of a record that was changed
    more often than `READ` times the oldest changes are left out.
    """
    changes = [c for c in of_record(record).order_by("-set_id", "-pk")[:READ] if c.is_known]
    hidden = _unpublished(changes)
    by_set = defaultdict(list)
    for change in changes:
        if change.record not in hidden:
            by_set[change.set_id].append(change)
    newest = list(by_set)[:limit]
    sets = ChangeSet.objects.in_bulk(newest)
    return [_public(record, sets[key], by_set[key]) for key in newest]


def _unpublished(changes: Iterable[Change]) -> set[str]:
    """Records among them that have a status of their own and are not published, or are gone."""
    by_model: defaultdict[type[Reviewed], set[str]] = defaultdict(set)
    for change in changes:
        model = change.model
        if issubclass(model, Reviewed):
            by_model[model].add(change.record)
    hidden = set()
    for kind, records in by_model.items():
        keys = [key_of(record) for record in records]
        published = kind._default_manager.filter(pk__in=keys, status=Status.PUBLISHED)
        seen = {name_of(kind, key) for key in published.values_list("pk", flat=True)}
        hidden |= records - seen
    return hidden


def last_checked_by(product: Product) -> str:
    """Role of who entered the day on which the label was last checked; blank when that is not known.

    One query.
    """
    entered = Change.objects.filter(
        record=name_of(Product, product.pk), after__has_key="checked_on"
    )
    change = entered.select_related("set").order_by("-pk").first()
    is_this_day = change and (change.after or {}).get("checked_on") == states.plain(
        product.checked_on
    )
    return change.set.role if change and product.checked_on and is_this_day else ""


def _public(record: Fact, change_set: ChangeSet, changes: Sequence[Change]) -> PublicChange:
    itself = name_of(type(record), record.pk)
    came = False
    what: dict[str, None] = {}
    for change in changes:
        if change.record != itself:
            what |= dict.fromkeys([str(change.model._meta.verbose_name)] if change.is_known else [])
        elif change.action == Change.Action.CHANGED:
            what |= dict.fromkeys(_labels_of(type(record), change.fields))
        else:
            came = True
    return PublicChange(
        at=change_set.at,
        kind=change_set.kind,
        role=change_set.role,
        reason=change_set.reason,
        came=came,
        what=tuple(what),
    )


def _labels_of(model: type[Fact], names: Iterable[str]) -> list[str]:
    labels = {
        field.name: str(field.verbose_name) for field in states.columns(model) + states.lists(model)
    }
    return [labels[name] for name in names if name in labels]
