"""Facts that reach a visitor only after a second person has looked at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models.base import Fact, FactQuerySet
from products.models.editorial import Status

_Row = TypeVar("_Row", bound="Reviewed", covariant=True)
_previewing: ContextVar[bool] = ContextVar("previewing", default=False)


@contextmanager
def previewing() -> Iterator[None]:
    """Within it `published()` of reviewed facts gives what is on its way to the reader as well.

    For an editor's preview of a page, which shows what visitors would see if all of it were published.
    A variable of the context, since a page asks for its facts in many places and none of them may
    decide this by itself. What is derived from published facts (a form's confidence) stays as it is.
    """
    token = _previewing.set(True)
    try:
        yield
    finally:
        _previewing.reset(token)


def is_previewing() -> bool:
    """Tell whether more than the published facts is shown, so that nothing of it is kept for others."""
    return _previewing.get()


class ReviewedQuerySet(FactQuerySet[_Row]):
    def published(self) -> Any:
        """What a visitor may see. Every public reader asks for it."""
        if _previewing.get():
            return self.exclude(status=Status.RETIRED)
        return self.filter(status=Status.PUBLISHED)


class Reviewed(Fact):
    """Abstract: evidence, or a fact that somebody's safety hangs on.

    `author` is who last changed its words or figures at the desk; none for rows of a file that was
    loaded. Only somebody else publishes it: see `products.rules.workflow`.
    """

    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        help_text=_("Who last changed it at the desk."),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = ReviewedQuerySet.as_manager()

    class Meta:
        abstract = True


def published_parts(
    of: type[models.Model], relation: str, *related: str
) -> models.Prefetch[Any, Any, Any]:
    """Fetches the published rows of a relation of `of`, with their `related`, by one query."""
    model: Any = of._meta.get_field(relation).related_model
    return models.Prefetch(relation, model.objects.published().select_related(*related))
