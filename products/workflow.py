"""The rules of draft, review and publication, held against rows and people.

Nothing is decided here: `products.rules.workflow` does that.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone

from products.models import Brand, Reviewed, Source
from products.models.base import Fact
from products.rules import workflow
from products.rules.workflow import Action, Kind, Power, Refusal, Status


def has_status(model: type[models.Model]) -> bool:
    try:
        model._meta.get_field("status")
    except FieldDoesNotExist:
        return False
    return issubclass(model, Fact)


def kind_of(model: type[Fact]) -> Kind:
    """How rows of a model come before a visitor."""
    if issubclass(model, Reviewed):
        return Kind.REVIEWED
    if has_status(model):
        return Kind.WHOLE
    if model in (Brand, Source):
        return Kind.SHARED
    return Kind.PART if model.part_of else Kind.PLAIN


def powers_of(user: Any, model: type[models.Model]) -> frozenset[Power]:
    """What somebody may do with rows of a model in general."""
    app, name = model._meta.app_label, model._meta.model_name
    return frozenset(power for power in Power if user.has_perm(f"{app}.{power}_{name}"))


def refusal(action: Action, row: Any, user: Any, *, rewritten: bool = False) -> Refusal | None:
    """Why `user` may not do this with a row; none: they may. `rewritten`: by them, just now.

    A part stands and falls with its whole: who may not change a published product may not change its
    prices. A part without a whole is seen at once, so it counts as one of something published.
    """
    model = type(row)
    powers = powers_of(user, model)
    if has_status(model):
        reviewed = isinstance(row, Reviewed)
        return workflow.refusal(
            action,
            powers,
            Status(row.status),
            needs_second_eyes=reviewed,
            is_author=reviewed and (rewritten or row.author_id == user.pk),
        )
    if row.pk is not None and Power(action) not in powers:
        return Refusal.NO_POWER
    if not model.part_of:
        return None
    field: Any = model._meta.get_field(model.part_of)
    whole = getattr(row, field.name)
    status = Status.PUBLISHED if whole is None else Status(whole.status)
    return workflow.refusal(Action.CHANGE, powers_of(user, field.related_model), status)


def moves(row: Any, user: Any) -> list[Action]:
    """What `user` may do with the status of a row, in the order of its way."""
    return [action for action in workflow.MOVES if refusal(action, row, user) is None]


def moved(action: Action, row: Any, user: Any) -> dict[str, Any]:
    """The columns that an allowed action sets, by name."""
    values: dict[str, Any] = {"status": workflow.status_after(action, Status(row.status)).value}
    if isinstance(row, Reviewed) and action is Action.PUBLISH:
        values |= {"reviewed_by": user, "reviewed_at": timezone.now()}
    return values


def written(row: Any, user: Any) -> dict[str, Any]:
    """The columns that say that `user` has changed the facts of a row, by name."""
    if not isinstance(row, Reviewed):
        return {}
    after = workflow.status_after(Action.CHANGE, Status(row.status), needs_second_eyes=True)
    return {"author": user, "status": after.value}
