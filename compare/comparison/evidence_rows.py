"""Rows of evidence: one a use that has been tested in a compared form, in people, by mouth, alone.

Beside them, apart from all evidence, how outside bodies rate those uses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from compare.basis import Basis
from compare.comparison.cell import Cell, Named
from compare.comparison.groups import FormGroup, ProductGroup
from compare.comparison.reading import FactName, forms_of, missing
from compare.comparison.remarks import Remark, Said, counted, remark
from compare.comparison.row import Kind, Row
from compare.kept import kept
from products.models import Evidence, MagnesiumForm, Product, PublishedRating, Status, Use
from products.rules.evidence import judge


class Untested(TextChoices):
    """No study is a statement of its own: neither an effect nor the lack of one."""

    NOT_TESTED = "not_tested", _("Not tested")


class Unrated(TextChoices):
    """A rating of one form says nothing of another."""

    OTHER_FORM = "other_form", _("Not rated in this form")


OF_NO_FORM = "of magnesium, no form named"
"""Said where no rating is of a form: a column of a form must not read as if it were."""


@dataclass(frozen=True)
class Studied:
    """A use with what has been found for each form, by the form's key."""

    use: Use
    by_form: Mapping[int, Sequence[Evidence]]
    ratings: Sequence[PublishedRating] = ()


def tested(forms: Collection[int]) -> tuple[Studied, ...]:
    """Uses in which any of the forms has evidence that can speak for a supplement."""
    rows = (row for row in _evidence() if row.form_id in forms)
    return tuple(
        Studied(use, _by_form(found), list(use.published_ratings.all()))
        for use, found in groupby(rows, lambda row: row.use)
    )


@kept
def _evidence() -> tuple[Evidence, ...]:
    """All of it that can speak for a supplement, by use. Three queries."""
    rows = (
        Evidence.objects.published()
        .in_people_by_mouth()
        .filter(form__isnull=False, use__status=Status.PUBLISHED, use__hospital_only=False)
        .select_related("use", "form", "source")
        .prefetch_related("use__published_ratings__source")
        .order_by("use__position", "use__name", "use_id", "key")
    )
    return tuple(rows)


def rows(
    tested: Sequence[Studied], forms: Callable[[Any], list[MagnesiumForm]]
) -> tuple[Row[Any], ...]:
    """A row for each use; `forms` gives the forms of a subject."""
    group = ProductGroup.EVIDENCE if forms is forms_of_product else FormGroup.EVIDENCE
    return tuple(
        Row(
            f"use_{found.use.slug.replace('-', '_')}",
            group,
            found.use.name,
            "",
            "Direction and certainty of the studies of this form in people, by mouth and alone. Not tested is no finding.",
            _reader(found, forms),
            Kind.DIRECTION,
            more=Named("All studies of this use", found.use.get_absolute_url()),
        )
        for found in tested
    )


def rated(
    tested: Sequence[Studied], forms: Callable[[Any], list[MagnesiumForm]]
) -> tuple[Row[Any], ...]:
    """A row for each of these uses that an outside body rates; they say nothing of our own grades."""
    group = ProductGroup.RATED if forms is forms_of_product else FormGroup.RATED
    return tuple(
        Row(
            f"rating_{found.use.slug.replace('-', '_')}",
            group,
            f"{found.use.name}, rated",
            "",
            "How a named body outside rates magnesium for this use, in the word of its own scale and with its day. It is no evidence and moves no grade here.",
            _rating_reader(found, forms),
            more=Named("All ratings of this use", f"{found.use.get_absolute_url()}#ratings"),
            hint="" if any(row.form_id for row in found.ratings) else OF_NO_FORM,
        )
        for found in tested
        if found.ratings
    )


def _rating_reader(
    found: Studied, forms: Callable[[Any], list[MagnesiumForm]]
) -> Callable[[Any, Basis], Cell]:
    def read(subject: Any, basis: Basis) -> Cell:
        own = {form.pk for form in forms(subject)}
        if not own:
            return missing(subject, FactName.FORMS)
        ratings = [row for row in found.ratings if row.form_id is None or row.form_id in own]
        if not ratings:
            return Cell(Unrated.OTHER_FORM)
        return Cell(
            tuple(row.as_told for row in ratings),
            remarks=tuple(remark(Said.RATED_BY, row.rater, _day(row)) for row in ratings),
            sources=tuple(dict.fromkeys(row.source for row in ratings)),
        )

    return read


def _day(row: PublishedRating) -> str:
    """The day of a rating, or of the telling at second hand; and whether it was taken back."""
    day = row.rated_on or row.told_on
    said = f"{day.day} {day:%B %Y}" if day else "day not known"
    told = "told" if row.rated_on is None and row.told_on else "of"
    said = said if day is None else f"{told} {said}"
    return f"{said}, withdrawn since" if row.is_retired else said


def forms_of_product(product: Product) -> list[MagnesiumForm]:
    return forms_of(product)


def form_itself(form: MagnesiumForm) -> list[MagnesiumForm]:
    return [form]


def _by_form(rows: Any) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.form_id, []).append(row)
    return found


def _reader(
    found: Studied, forms: Callable[[Any], list[MagnesiumForm]]
) -> Callable[[Any, Basis], Cell]:
    def read(subject: Any, basis: Basis) -> Cell:
        own = forms(subject)
        if not own:
            return missing(subject, FactName.FORMS)
        evidence = [row for form in own for row in found.by_form.get(form.pk, ())]
        return _of(evidence, own)

    return read


def _of(evidence: Sequence[Evidence], forms: Sequence[MagnesiumForm]) -> Cell:
    """What the studies say together, by the rule that the matrix of uses goes by too."""
    judgement = judge([row.as_result for row in evidence])
    if judgement is None:
        return Cell(Untested.NOT_TESTED)
    return Cell(
        Evidence.Direction(judgement.direction.value),
        beside=judgement.certainty.value,
        remarks=_studies(evidence, forms),
        sources=tuple(dict.fromkeys(row.source for row in evidence)),
    )


def _studies(evidence: Sequence[Evidence], forms: Sequence[MagnesiumForm]) -> tuple[Remark, ...]:
    """How many studies; of a product with several forms, of which."""
    studies = counted(len({row.source_id for row in evidence}), "study", "studies")
    if len(forms) == 1:
        return (remark(Said.STUDIES, *studies),)
    names = dict.fromkeys(row.form.short_name for row in evidence if row.form)
    return (remark(Said.STUDIES_OF_FORM, *studies, ", ".join(names)),)
