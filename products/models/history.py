"""Who changed what, when, from what to what, and why.

A recording (`products.changes`) writes one `ChangeSet` with a `Change` for each record that is
otherwise when it closes than when it opened. Two tables of our own and not a library's copy of each
model: parts, bulk writes, the restoring of a whole record and the undoing of a whole import must
all be covered by the one door, and what signals of `save` notice leaves those out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models import bulk, states
from products.models.base import Fact, Touched
from products.models.states import Seen, State

ADMINISTRATOR = "administrator"


class ChangeSet(models.Model):
    """All that one recording changed: a save at the desk with its lines, an import, a command."""

    class Kind(models.TextChoices):
        DESK = "desk", _("entered at the desk")
        IMPORT = "import", _("import")
        COMMAND = "command", _("command")
        RESTORE = "restore", _("earlier state restored")
        UNDO = "undo", _("set of changes undone")

    version = models.PositiveBigIntegerField(help_text=_("Of the catalogue, which it led to."))
    at = models.DateTimeField("when")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="change_sets",
        verbose_name=_("editor"),
    )
    by_name = models.CharField(
        "editor", max_length=150, blank=True, help_text=_("Stays when the account goes.")
    )
    role = models.CharField(max_length=200, blank=True, help_text=_("At that time."))
    reason = models.TextField("why", blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    undoes = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="undone_by", editable=False
    )

    class Meta:
        ordering = ["-pk"]
        permissions = [("undo_changeset", "Can undo a whole set of changes")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}, {self.by_name or self.get_kind_display()}"


class Change(models.Model):
    """What one record said before and after. A record is named by its model and key, `offer:12`.

    Of a record that was changed only the fields that differ are held, of one that came or went all.
    A part that moved from one whole to another went from the one and came to the other.
    """

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        DELETED = "deleted", _("deleted")

    set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="changes")
    action = models.CharField(max_length=7, choices=Action)
    record = models.CharField(max_length=80)
    whole = models.CharField(max_length=80)
    """The record that it is a part of, or itself: the history of a product holds its offers'."""
    under = models.CharField(max_length=80, blank=True)
    """The second record on whose page it is entered, if there is one."""
    name = models.CharField(max_length=200)
    """What the record was called."""
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["record"], name="change_of_record"),
            models.Index(fields=["whole"], name="change_of_whole"),
            models.Index(fields=["under"], name="change_under"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.action}"

    @property
    def model(self) -> type[Fact]:
        """Raises `LookupError` for a model that is no more."""
        return model_of(self.record)

    @property
    def is_known(self) -> bool:
        """Whether its model is still there."""
        try:
            return bool(self.model)
        except LookupError:
            return False

    @property
    def key(self) -> Any:
        return key_of(self.record)

    @property
    def fields(self) -> list[str]:
        """The fields that it tells of, in the order of the record."""
        return list({**(self.before or {}), **(self.after or {})})


def name_of(model: type[models.Model], key: Any) -> str:
    """What names a record here: `offer:12`."""
    return f"{model._meta.model_name}:{key}"


def model_of(name: str) -> type[Fact]:
    """Raises `LookupError` for a model that is no more."""
    return apps.get_model("products", name.partition(":")[0])


def key_of(name: str) -> Any:
    return model_of(name)._meta.pk.to_python(name.partition(":")[2])


def write_down(touched: Touched, version: int, at: Any) -> ChangeSet | None:
    """Write what a recording has changed on the whole; nothing when all is as it was.

    For some hundreds of rows of a model a query to read them and one to write.
    """
    # Some hundreds at a time: the differences of a long import are more than memory should hold.
    change_set, some = None, []
    for change in (c for model, held in touched.before.items() for c in _differences(model, held)):
        if change_set is None:
            change_set = _change_set(touched, version, at)
        change.set = change_set
        some.append(change)
        if len(some) == states.CHUNK:
            bulk.insert(Change, some)
            some = []
    bulk.insert(Change, some)
    return change_set


def _change_set(touched: Touched, version: int, at: Any) -> ChangeSet:
    return ChangeSet.objects.create(
        version=version,
        at=at,
        by=touched.by,
        by_name=touched.by.get_username() if touched.by else "",
        role=_role(touched.by),
        reason=touched.reason,
        kind=touched.kind,
        undoes=touched.undoes,
    )


def _differences(model: type[Fact], held: Mapping[Any, Seen | None]) -> Iterator[Change]:
    for some in states.chunks(held):
        now = states.read(model, some)
        for key in some:
            yield from _difference(model, key, held[key], now.get(key))


def _difference(
    model: type[Fact], key: Any, before: Seen | None, after: Seen | None
) -> Iterator[Change]:
    if before is not None and after is not None and _wholes(model, before) == _wholes(model, after):
        was, says = before.state, after.state
        differing = [name for name in says if says[name] != was[name]]
        if differing:
            old, new = ({name: state[name] for name in differing} for state in (was, says))
            yield _change(model, key, after, Change.Action.CHANGED, old, new)
        return
    if before is not None:
        yield _change(model, key, before, Change.Action.DELETED, before.state, None)
    if after is not None:
        yield _change(model, key, after, Change.Action.ADDED, None, after.state)


def _change(
    model: type[Fact],
    key: Any,
    seen: Seen,
    action: str,
    before: State | None,
    after: State | None,
) -> Change:
    record = name_of(model, key)
    whole, under, *_none = [*_wholes(model, seen), "", ""]
    return Change(
        action=action,
        record=record,
        whole=whole or record,
        under=under,
        name=seen.name[:200],
        before=before,
        after=after,
    )


def _wholes(model: type[Fact], seen: Seen) -> list[str]:
    names = []
    for column in model.wholes():
        whole = model._meta.get_field(column).related_model
        key = seen.state[column]
        names.append("" if key is None else name_of(whole, key))  # type: ignore[arg-type]
    return names


def _role(user: Any) -> str:
    """The groups that an account is in; one query."""
    if user is None:
        return ""
    groups = ", ".join(user.groups.order_by("name").values_list("name", flat=True))
    return (groups or (ADMINISTRATOR if user.is_superuser else ""))[:200]
