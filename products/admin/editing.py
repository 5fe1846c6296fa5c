"""The forms behind the desk: figures as an editor types them, and no silent overwriting."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from products import workflow
from products.admin.merging import LOADED, Merge
from products.admin.snapshots import Snapshot
from products.admin.wording import REFUSED
from products.models import Status
from products.rules.workflow import Action, Refusal

WHY = "why"
MOST_OF_WHY = 300


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
    """Refuses to save what somebody else has changed otherwise since the record was opened."""

    loaded = Beside(required=False, widget=forms.HiddenInput)
    """The snapshot of the record as it was opened."""
    why = Beside(
        label=_("Why (comment)"),
        required=False,
        max_length=MOST_OF_WHY,
        help_text=_("Stands in the history, and readers see it on the page, without your name."),
        widget=AdminTextInputWidget,
    )
    merge: Merge | None = None
    """What was sent, brought together with what another editor did; set by the page."""
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
        cleaned = super().clean()
        if self.instance.pk is not None and self.merge is not None:
            for refusal in self.merge.refusals():
                self.add_error(None, refusal)
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


def _trimmed(value: Decimal) -> Decimal:
    shortest = value.normalize()
    # 2000 would be shortened to 2E+3, which no one types.
    return shortest.quantize(Decimal(1)) if shortest == shortest.to_integral() else shortest
