"""Rows of side effects, cautions and medicines that are named for a form, not for all magnesium."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compare.basis import Basis
from compare.comparison.cell import Cell, Named, unknown
from compare.comparison.reading import FactName, missing
from compare.comparison.row import Row
from compare.known_cautions import (
    cautions_on_record,
    interactions_on_record,
    side_effects_on_record,
)
from products.models import Caution, EmptyKind, Interaction, MagnesiumForm, SideEffect

Fact = TypeVar("Fact", SideEffect, Caution, Interaction)
Forms = Callable[[Any], list[MagnesiumForm]]

_CAUTIONS = [severity.value for severity in Caution.Severity]
_INTERACTIONS = [severity.value for severity in Interaction.Severity]
"""The gravest first."""


class Beyond(TextChoices):
    """That a form has none of its own says nothing against those that hold for any."""

    NOTHING = "nothing_beyond", _("None on record beyond those of any magnesium")


@dataclass(frozen=True)
class Care:
    """All on record of what one should know before taking it."""

    effects: Sequence[SideEffect] = ()
    cautions: Sequence[Caution] = ()
    interactions: Sequence[Interaction] = ()

    @classmethod
    def on_record(cls) -> Care:
        """Three queries the first time in a state of the catalogue."""
        return cls(side_effects_on_record(), cautions_on_record(), interactions_on_record())


def rows(care: Care, group: TextChoices, forms: Forms) -> tuple[Row[Any], ...]:
    """The three rows; `forms` gives the forms of a subject."""
    return (
        Row(
            "side_effects",
            group,
            "Side effects",
            "",
            "What studies and labels of this very form name. It does not say how often; what any magnesium may do comes on top.",
            _reader(
                care.effects,
                forms,
                _of_effect,
                lambda row: not row.is_emergency,
                unknown(EmptyKind.NOT_LOOKED_UP),
            ),
            more=Named("All side effects", _safety("effects")),
        ),
        Row(
            "cautions",
            group,
            "Who should be careful",
            "",
            "Conditions in which this form needs more care than any magnesium does, with what to do. Those of any magnesium come on top.",
            _reader(
                care.cautions,
                forms,
                _of_caution,
                lambda row: _CAUTIONS.index(row.severity),
                Cell(Beyond.NOTHING),
            ),
            more=Named("Who should be careful with any magnesium", _safety("who")),
            hint=_for_any(care.cautions),
        ),
        Row(
            "interactions",
            group,
            "Medicines",
            "",
            "Medicines with which this form needs more care than any magnesium does, with what to do. Those of any magnesium come on top.",
            _reader(
                care.interactions,
                forms,
                _of_interaction,
                lambda row: _INTERACTIONS.index(row.severity),
                Cell(Beyond.NOTHING),
            ),
            more=Named("Medicines and any magnesium", _safety("medicines")),
            hint=_for_any(care.interactions),
        ),
    )


def _safety(part: str) -> Any:
    return format_lazy("{}#{}", reverse_lazy("safety"), part)


def _for_any(rows: Iterable[Caution | Interaction]) -> str:
    number = sum(row.form_id is None for row in rows)
    return f"beside {number} of any magnesium" if number else ""


def _reader(
    rows: Sequence[Fact],
    forms: Forms,
    words: Callable[[Fact], tuple[str, str]],
    rank: Callable[[Fact], int],
    none: Cell,
) -> Callable[[Any, Basis], Cell]:
    """Rows of the forms, the gravest first; `words` gives the name of one, and what to say behind it."""

    def read(subject: Any, basis: Basis) -> Cell:
        own: dict[int | None, MagnesiumForm] = {form.pk: form for form in forms(subject)}
        if not own:
            return missing(subject, FactName.FORMS)
        found = sorted((row for row in rows if row.form_id in own), key=rank)
        if not found:
            return none
        said = []
        for row in found:
            name, behind = words(row)
            of = own[row.form_id].short_name.lower() if len(own) > 1 else ""
            more = ", ".join(filter(None, (behind, of)))
            said.append(f"{name} ({more})" if more else name)
        return Cell(
            tuple(dict.fromkeys(said)), sources=tuple(dict.fromkeys(row.source for row in found))
        )

    return read


def _of_effect(row: SideEffect) -> tuple[str, str]:
    return row.effect, "get help at once" if row.is_emergency else ""


def _of_caution(row: Caution) -> tuple[str, str]:
    return row.condition, row.get_severity_display().lower()


def _of_interaction(row: Interaction) -> tuple[str, str]:
    return row.medicine_class, row.get_action_display().lower()
