"""Two editors on one record: what each of them changed stands, and both are told.

Held against each other field by field are what the second one opened (the `Snapshot` that the page
carries), what the record says now, and what was sent. What only the other changed is put into what
was sent, as if it had been on the page. What both changed is asked; nothing is saved until then.
A line that the other added is shown, one that they deleted goes, and comes back as a new line when
something was typed in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from products.admin.posted import Line, Lines
from products.admin.snapshots import Snapshot
from products.admin.values import Wording
from products.models import Change, ChangeSet
from products.models.base import Fact
from products.models.history import key_of, model_of, name_of
from products.models.states import State

LOADED = "loaded"
MOVE = "_move"
"""Name of the buttons that publish or retire; what is published must have been seen."""
THEIRS, MINE = "theirs", "mine"
WHOLE = ""
"""Stands for a line as a whole where a field is asked for."""


@dataclass(frozen=True)
class Question:
    """A field that both changed, or a line that one deletes and the other changed."""

    name: str
    """Of the radio buttons."""
    what: str
    was: str
    theirs: str
    mine: str
    who: str


class Merge:
    """What was sent (`data`), brought together with what another editor did meanwhile."""

    def __init__(self, posted: QueryDict, now: Snapshot, places: Callable[[], Places]) -> None:
        self.data, self.now = posted.copy(), now
        self._taken: list[tuple[str, str, Any, Any]] = []
        self._asked: list[tuple[str, str, Any]] = []
        self._to_look_at: list[str] = []
        self.loaded = _read(posted.get(LOADED, ""), now)
        if self.loaded is not None and (self.loaded.asked or self.loaded.is_outdated_by(now)):
            self._places = places()
            self._bring_together(self.loaded)
        self.is_to_be_looked_at = bool(self._taken) and MOVE in posted

    @property
    def is_needed(self) -> bool:
        return bool(self._taken or self._asked or self._to_look_at)

    def refusals(self) -> Iterator[ValidationError]:
        """Why nothing is saved yet."""
        if self.loaded is None:
            say = _("This page is incomplete. Open the record again and enter the change there.")
            yield ValidationError(say, code="incomplete")
        if self._asked:
            context = {"questions": list(self.questions())}
            html = render_to_string("admin/products/merge.html", context)
            yield ValidationError(html, code="changed")
        for sentence in self._to_look_at:
            yield ValidationError(sentence, code="deleted")
        if self.is_to_be_looked_at:
            say = _(
                "Somebody changed this record after you opened it. Look at it again, then press."
            )
            yield ValidationError(say, code="unseen")

    def questions(self) -> Iterator[Question]:
        wording, who = self._wording(), self._who()
        for record, name, mine in self._asked:
            now = self.now.states[record]
            was = self.loaded.states.get(record, {}) if self.loaded else {}
            if name == WHOLE:
                changed = [field for field in now if was.get(field, now[field]) != now[field]]
                theirs = ", ".join(
                    f"{wording.label(record, field)} {wording.text(record, field, now[field])}"
                    for field in changed or now
                )
                yield Question(
                    _radio(record, name),
                    self._title(wording, record),
                    "",
                    theirs,
                    _("delete it"),
                    who.get((record, changed[0]), "") if changed else "",
                )
                continue
            yield Question(
                _radio(record, name),
                self._label(wording, record, name),
                wording.text(record, name, was.get(name)),
                wording.text(record, name, now[name]),
                wording.text(record, name, mine),
                who.get((record, name), ""),
            )

    def sentences(self) -> Iterator[str]:
        """What was taken over from the other editor."""
        wording, who = self._wording(), self._who()
        for record, name, was, now in self._taken:
            by = who.get((record, name), "") or _("another editor")
            if name == WHOLE:
                told = wording.told(record, self._name(record), was, now)
                values = ", ".join(
                    f"{line.label} {line.was if now is None else line.now}" for line in told.lines
                )
                yield f"{told.title}: {told.word} ({by}): {values}"
            else:
                old, new = (wording.text(record, name, value) for value in (was, now))
                yield f"{self._label(wording, record, name)}: {old} → {new} ({by})"

    # How it is brought together

    def _bring_together(self, loaded: Snapshot) -> None:
        for record in {**loaded.states, **self.now.states}:
            was, now = loaded.states.get(record), self.now.states.get(record)
            if was is None and now is not None:
                self._added(record, now)
            elif now is None and was is not None:
                self._deleted(record, was)
            elif was is not None and now is not None:
                self._changed(loaded, record, was, now)
        tokens = [f"{record}:{name}" for record, name, _mine in self._asked]
        self.data[LOADED] = self.now.asking(tokens).signed()

    def _added(self, record: str, now: State) -> None:
        if lines := self._places.lines(record, self.data):
            lines.add(key_of(record), now)
        self._taken.append((record, WHOLE, None, now))

    def _deleted(self, record: str, was: State) -> None:
        line, lines = self._places.line(record, self.data), self._places.lines(record, self.data)
        typed = line is not None and not line.goes and line.differs_at_all(was)
        if lines:
            lines.drop(key_of(record), as_new=typed)
        if typed:
            say = _(
                "%s was deleted meanwhile. What you typed in it stands below as a new line: empty it, or save it again."
            )
            self._to_look_at.append(say % self._title(self._wording(), record))
        else:
            self._taken.append((record, WHOLE, was, None))

    def _changed(self, loaded: Snapshot, record: str, was: State, now: State) -> None:
        line = self._places.line(record, self.data)
        others = [name for name in now if name not in was or was[name] != now[name]]
        if line is not None and line.goes:
            self._changed_and_goes(loaded, record, line, now, bool(others))
            return
        for name in now:
            known = line is not None and line.has(name)
            if name in others:
                if known and line and line.differs(name, was.get(name)):
                    if line.differs(name, now[name]):
                        self._asked.append((record, name, line.says(name)))
                    continue
                if known and line:
                    line.put(name, now[name])
                self._taken.append((record, name, was.get(name), now[name]))
            elif known and line and f"{record}:{name}" in loaded.asked:
                self._answered(record, name, line, now)

    def _changed_and_goes(
        self, loaded: Snapshot, record: str, line: Line, now: State, changed: bool
    ) -> None:
        answer = self.data.get(_radio(record, WHOLE))
        if changed or (f"{record}:" in loaded.asked and answer not in (THEIRS, MINE)):
            self._asked.append((record, WHOLE, None))
        elif f"{record}:" in loaded.asked and answer == THEIRS:
            line.stay()
            line.put_all(now)

    def _answered(self, record: str, name: str, line: Line, now: State) -> None:
        answer = self.data.get(_radio(record, name))
        if answer == THEIRS:
            line.put(name, now[name])
        elif answer != MINE and line.differs(name, now[name]):
            self._asked.append((record, name, line.says(name)))

    # Words

    def _wording(self) -> Wording:
        told: list[tuple[str, State | None]] = [*self.now.states.items()]
        told += self.loaded.states.items() if self.loaded else []
        told += [(record, {name: mine}) for record, name, mine in self._asked if name]
        return Wording(told)

    def _name(self, record: str) -> str:
        names = self.loaded.names if self.loaded else {}
        return self.now.names.get(record) or names.get(record, "")

    def _title(self, wording: Wording, record: str) -> str:
        return wording.title(record, self._name(record))

    def _label(self, wording: Wording, record: str, name: str) -> str:
        label = wording.label(record, name)
        return label if record == self.now.record else f"{self._title(wording, record)}, {label}"

    def _who(self) -> dict[tuple[str, str], str]:
        """Who changed a field last since the page was opened, and when. One query."""
        since = self.loaded.since if self.loaded else 0
        records = {record for record, *_rest in (*self._taken, *self._asked)}
        found = Change.objects.filter(set__gt=since, record__in=records).select_related("set")
        return {
            (change.record, name): _by(change.set)
            for change in found.order_by("pk")
            for name in (WHOLE, *change.fields)
        }


class Places:
    """Where on a page each record is entered."""

    def __init__(self, model_admin: admin.ModelAdmin[Any], request: HttpRequest, row: Fact) -> None:
        self._own = name_of(type(row), row.pk)
        self._fields = model_admin.get_form(request, row, change=True).base_fields
        self._inlines: dict[type, tuple[Any, str, str]] = {}
        prefixes: Counter[str] = Counter()
        for formset, _inline in model_admin.get_formsets_with_inlines(request, row):
            # As `ModelAdmin._create_formsets` numbers them.
            prefix = formset.get_default_prefix()
            prefixes[prefix] += 1
            if prefixes[prefix] != 1:
                prefix = f"{prefix}-{prefixes[prefix]}"
            key = formset.model._meta.pk.name
            self._inlines[formset.model] = (formset.form.base_fields, prefix, key)

    def line(self, record: str, data: QueryDict) -> Line | None:
        if record == self._own:
            return Line(self._fields, data)
        lines = self.lines(record, data)
        return lines.of(key_of(record)) if lines else None

    def lines(self, record: str, data: QueryDict) -> Lines | None:
        if record == self._own or model_of(record) not in self._inlines:
            return None
        fields, prefix, key = self._inlines[model_of(record)]
        return Lines(fields, data, prefix, key) if f"{prefix}-TOTAL_FORMS" in data else None


class Merging(admin.ModelAdmin):
    """Brings what is sent together with what another editor did, before the form sees it."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id is not None:
            self._merge(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.merge = getattr(request, "merge", None)
        return form

    def _merge(self, request: HttpRequest, object_id: str) -> None:
        """Within the recording of the request, so that nobody else writes until it is saved."""
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.has_change_permission(request, row):
            return
        sent: Any = request
        # A page that the database refused once is brought together anew, from what was sent.
        posted: Any = getattr(request, "as_posted", request.POST)
        sent.as_posted = posted
        merge = Merge(posted, Snapshot.of(row), partial(Places, self, request, row))
        sent.merge, sent.POST = merge, merge.data
        for sentence in merge.sentences() if merge.is_needed else ():
            text = _("Changed by another editor meanwhile, and taken over: %s") % sentence
            self.message_user(request, text, messages.WARNING)


def _read(signed: str, now: Snapshot) -> Snapshot | None:
    try:
        loaded = Snapshot.read(signed)
    except (signing.BadSignature, TypeError):
        return None
    return loaded if loaded.same_record(now) else None


def _radio(record: str, name: str) -> str:
    return f"merge:{record}:{name}"


def _by(change_set: ChangeSet) -> str:
    who = ", ".join(
        filter(None, [change_set.by_name or change_set.get_kind_display(), change_set.role])
    )
    return f"{who}, {change_set.at:%Y-%m-%d %H:%M}"
