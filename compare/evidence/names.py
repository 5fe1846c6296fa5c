"""How forms are named beside evidence, and how rows of the database become results of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from products.models import Evidence, MagnesiumForm, Status
from products.rules.evidence import Direction, Result
from products.rules.grading import Confidence

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


def result_of(row: Evidence) -> Result:
    """A row as the rules take it; reads `form`, so select it."""
    return Result(
        source_id=str(row.source_id),
        form=row.form.slug if row.form else None,
        design=row.design,
        species=row.species,
        route=row.route,
        is_combination=row.is_combination,
        direction=Direction(row.direction),
        certainty=Confidence(row.certainty),
    )
