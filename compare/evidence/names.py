"""How forms are named beside evidence, and how rows of the database become results of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from products.models import MagnesiumForm, Status

ANY_FORM = "any"
"""Stands for studies that mixed forms or did not say, where a form's slug would."""


@dataclass(frozen=True)
class FormHead:
    """A form as a column or a heading; `url` is blank for mixed forms."""

    slug: str
    name: str
    url: str = ""

    @classmethod
    def of(cls, form: MagnesiumForm) -> FormHead:
        return cls(form.slug, form.short_name, form.get_absolute_url())


MIXED_FORMS = FormHead(ANY_FORM, "Mixed or not stated")


def form_of(head: FormHead) -> str | None:
    """The form as the rules take it."""
    return None if head == MIXED_FORMS else head.slug


def published_forms() -> QuerySet[Any]:
    """Forms that can have been tested: a place for whatever has no page of its own cannot."""
    rows: QuerySet[Any] = MagnesiumForm.objects.published().filter(is_catch_all=False)
    return rows


def on_published_forms(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Evidence on forms that a visitor can see, or on none."""
    return rows.filter(Q(form__isnull=True) | Q(form__status=Status.PUBLISHED))
