"""The forms behind the desk: figures as an editor types them, and no silent overwriting."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from products import workflow
from products.admin.snapshots import Change, Snapshot
from products.admin.wording import REFUSED
from products.models import Status
from products.rules.workflow import Action, Refusal

LOADED, WHY = "loaded", "why"
MOST_OF_WHY = 300
NOTHING = _("blank")


class Beside(forms.CharField):
    """What is sent along with a record and is no fact of it, so it never counts as changed."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class PlainFigures(forms.ModelForm):
    """Shows 144 where the column holds 144.0000. Money keeps its two places. What is new is a draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and workflow.has_status(type(self.instance)):
            self.instance.status = Status.DRAFT

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        value = super().get_initial_for_field(field, field_name)
        if isinstance(value, Decimal) and (getattr(field, "decimal_places", 0) or 0) > 2:
            return _trimmed(value)
        return value


class FactForm(PlainFigures):
    """Refuses to save a record that somebody else has changed since it was opened."""

    loaded = Beside(required=False, widget=forms.HiddenInput)
    """The snapshot of the record as it was opened."""
    why = Beside(
        label=_("Why (comment)"),
        required=False,
        max_length=MOST_OF_WHY,
        help_text=_("Stands in the history, and readers see it on the page, without your name."),
        widget=AdminTextInputWidget,
    )
    by: Any = None
    """Who saves; set by the page."""
    asked: Action | None = None
    """What they want to do with its status, if anything."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields[LOADED]
        elif not self.is_bound:
            self.initial[LOADED] = Snapshot.of(self.instance).signed()

    def clean(self) -> dict[str, Any] | None:
        """Locks the row until the transaction of the request ends."""
        cleaned = super().clean()
        if self.instance.pk is not None:
            self._refuse_if_changed_meanwhile()
        self._refuse_a_move()
        return cleaned

    def _post_clean(self) -> None:
        """A part of something published is refused to whoever may not change that."""
        super()._post_clean()  # type: ignore[misc]
        if self.by and not self.errors and not workflow.has_status(type(self.instance)):
            self._refuse(workflow.refusal(Action.CHANGE, self.instance, self.by))

    def _refuse_a_move(self) -> None:
        if self.asked:
            rewritten = bool(self.changed_data) or self.instance.pk is None
            self._refuse(workflow.refusal(self.asked, self.instance, self.by, rewritten=rewritten))

    def _refuse(self, refused: Refusal | None) -> None:
        if refused:
            self.add_error(None, ValidationError(REFUSED[refused], code=refused.value))

    def _refuse_if_changed_meanwhile(self) -> None:
        # Not `self.instance`: that was read before the lock, and may be old already.
        rows = self.instance.__class__._base_manager.select_for_update()
        row = rows.filter(pk=self.instance.pk).first()
        if row is None:
            raise ValidationError(_("This record was deleted meanwhile."), code="deleted")
        now = Snapshot.of(row)
        try:
            loaded = Snapshot.read(self.cleaned_data.get(LOADED, ""))
        except (signing.BadSignature, TypeError):
            loaded = None
        if loaded is None or not loaded.same_record(now):
            raise ValidationError(
                _("This page is incomplete. Open the record again and enter the change there."),
                code="incomplete",
            )
        if loaded.is_outdated_by(now):
            raise ValidationError(_conflict(row, list(loaded.changes(now))), code="changed")


def _conflict(row: models.Model, changes: list[Change]) -> SafeString:
    """What happened, what is otherwise now, and the way on."""
    link = reverse(admin_urlname(row._meta, "change"), args=[row.pk])  # type: ignore[arg-type]
    lines = format_html_join(
        "",
        "<li>{}: {} → <strong>{}</strong></li>",
        ((change.what, change.was or NOTHING, change.now or NOTHING) for change in changes),
    )
    return format_html(
        "{}<ul>{}</ul>{} <a href='{}' target='_blank' rel='noopener'>{}</a>",
        _(
            "Somebody changed this record after you opened it, so nothing was saved. Changed meanwhile:"
        ),
        lines or format_html("<li>{}</li>", _("nothing that can be seen: it was saved as it is")),
        _("What you typed is still below."),
        link,
        _("Open the record as it is now in a new tab, and carry your changes over."),
    )


def _trimmed(value: Decimal) -> Decimal:
    shortest = value.normalize()
    # 2000 would be shortened to 2E+3, which no one types.
    return shortest.quantize(Decimal(1)) if shortest == shortest.to_integral() else shortest
