"""Draft, review, publish: what an editor may do on a page, and the buttons for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.forms import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from products import attention, workflow
from products.admin import wording
from products.admin.merging import LOADED, MOVE
from products.admin.snapshots import Snapshot
from products.models import Reviewed
from products.models.vetting import in_words
from products.rules.workflow import MOVES, Action, Refusal, Status

PREVIEWS = {"product": "preview_product", "magnesiumform": "preview_form", "use": "preview_use"}
"""Names of the addresses where a record is seen as visitors would."""
REVIEW = ["author", "reviewed_by", "reviewed_at"]


class Moving(ModelAdmin):
    """Held against the rule on the server, whatever the page shows."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._may(
            Action.CHANGE, request, obj
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may(
            Action.DELETE, request, obj
        )

    def _may(self, action: Action, request: HttpRequest, obj: Any) -> bool:
        return obj is None or workflow.refusal(action, obj, request.user) is None

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by, form.asked = request.user, _asked(request)
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = [*super().get_readonly_fields(request, obj)]
        if workflow.has_status(self.model):
            fields.append("status")
        return [*fields, *REVIEW] if issubclass(self.model, Reviewed) else fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if not issubclass(self.model, Reviewed):
            return fieldsets
        fields = ["status", tuple(REVIEW)] if obj else ["status"]
        review = {"fields": fields, "description": wording.SECOND_EYES}
        return [*fieldsets, (_("Review"), review)]

    def get_list_display(self, request: HttpRequest) -> Any:
        first, *others = super().get_list_display(request)
        return [first, "status", *others] if issubclass(self.model, Reviewed) else [first, *others]

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = super().get_list_filter(request)
        return ["status", *filters] if issubclass(self.model, Reviewed) else filters

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A reviewer who may change no word presses a button on a page that can only be read."""
        if request.method == "POST" and object_id is not None:
            row = self.get_object(request, unquote(object_id))
            if row and not self.has_change_permission(request, row):
                return self._only_moved(request, row)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        row = context.get("original")
        if row and (page := PREVIEWS.get(self.opts.model_name or "")):
            context["preview_url"] = reverse(page, args=[row.slug])
        if workflow.has_status(self.model):
            fresh: Any = self.model(status=Status.DRAFT)
            _set(fresh, workflow.written(fresh, request.user))
            context |= _buttons(row or fresh, request.user)
            if row and not self.has_change_permission(request, row) and context["moves"]:
                context["loaded"] = Snapshot.of(row).signed()
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        was = obj.status if workflow.has_status(self.model) else None
        if form.changed_data or not change:
            _set(obj, workflow.written(obj, request.user))
        asked = getattr(form, "asked", None)  # a list that is edited in place has plain forms
        if asked:
            _set(obj, workflow.moved(asked, obj, request.user))
        super().save_model(request, obj, form, change)
        if was and obj.status != was:
            back = obj.status == Status.IN_REVIEW and was == Status.PUBLISHED
            say = wording.BACK_IN_REVIEW if back else wording.STANDS[Status(obj.status)]
            self.message_user(request, say, messages.WARNING if back else messages.INFO)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool
    ) -> None:
        """Lines that are reviewed go back into review when they are changed, as on their own page."""
        lines: Any = formset
        for line in lines.forms if issubclass(lines.model, Reviewed) else ():
            if not line.has_changed() or line in lines.deleted_forms:
                continue
            row = line.instance
            if row.pk and workflow.refusal(Action.CHANGE, row, request.user):
                raise PermissionDenied
            was = row.status
            _set(row, workflow.written(row, request.user))
            if row.status != was:
                self.message_user(request, f"{row}: {wording.BACK_IN_REVIEW}", messages.WARNING)
        super().save_formset(request, form, formset, change)

    def _only_moved(self, request: HttpRequest, row: Any) -> HttpResponse:
        action = _asked(request)
        if action is None:
            raise PermissionDenied
        # Locked, and read again: a second pair of eyes publishes what it has seen.
        row = self.model._default_manager.select_for_update().get(pk=row.pk)
        if refused := workflow.refusal(action, row, request.user):
            raise PermissionDenied(wording.REFUSED[refused])
        if action is Action.PUBLISH and (wrong := attention.in_the_way(self.model, [row.pk])):
            said = " ".join(in_words(remark) for remark in wrong[row.pk])
            self.message_user(request, said, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        if not _is_as_seen(request, row):
            say = _("Somebody changed this record after you opened it. Look at it again.")
            self.message_user(request, say, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        _set(row, workflow.moved(action, row, request.user))
        row.save()
        self.log_change(request, row, str(wording.DONE[action]))
        self.message_user(request, f"{row}: {wording.DONE[action]}", messages.SUCCESS)
        return self.response_post_save_change(request, row)


def _asked(request: HttpRequest) -> Action | None:
    asked = request.POST.get(MOVE)
    return Action(asked) if asked in {action.value for action in MOVES} else None


def _set(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _is_as_seen(request: HttpRequest, row: Any) -> bool:
    try:
        seen = Snapshot.read(request.POST.get(LOADED, ""))
    except (signing.BadSignature, TypeError):
        return False
    now = Snapshot.of(row)
    return seen.same_record(now) and not seen.is_outdated_by(now)


def _buttons(row: Any, user: Any) -> dict[str, Any]:
    """Where it stands, and a button for each way on."""
    able = workflow.moves(row, user)
    own = workflow.refusal(Action.PUBLISH, row, user) is Refusal.OWN_WORK
    seen = isinstance(row, Reviewed) and Status(row.status) is Status.PUBLISHED
    return {
        "moves": [(action.value, wording.BUTTONS[action]) for action in able],
        "stands": wording.STANDS[Status(row.status)],
        "is_new_or_draft": Status(row.status) is Status.DRAFT,
        "remarks": [
            *([wording.REFUSED[Refusal.OWN_WORK]] if own else []),
            *([wording.CHANGE_NEEDS_REVIEW] if seen else []),
        ],
    }
