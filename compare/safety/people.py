"""Who should take care, and what magnesium may do to anyone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from compare.links import page_of
from compare.safety.reader import Reader
from products.models import Caution, SideEffect


@dataclass(frozen=True)
class Person:
    """One caution, and whether it holds for the reader."""

    row: Caution
    is_yours: bool


_GRAVEST = [severity.value for severity in Caution.Severity]


def cautions(rows: Iterable[Caution], reader: Reader) -> list[Person]:
    """Those of the reader first, then the gravest, and what holds for any form before one form."""
    codes = reader.all_conditions
    people = [Person(row, row.code in codes) for row in rows]
    return sorted(
        people,
        key=lambda one: (
            not one.is_yours,
            _GRAVEST.index(one.row.severity),
            one.row.form_id is not None,
            one.row.condition,
        ),
    )


@dataclass(frozen=True)
class OfSeverity:
    """Cautions of one severity, those of the reader first."""

    severity: str
    people: tuple[Person, ...]

    @property
    def is_yours(self) -> bool:
        return any(person.is_yours for person in self.people)


def by_severity(people: Iterable[Person]) -> list[OfSeverity]:
    """The gravest first; within one the order given."""
    people = list(people)
    groups = ((one, tuple(p for p in people if p.row.severity == one)) for one in _GRAVEST)
    return [OfSeverity(severity, found) for severity, found in groups if found]


@dataclass(frozen=True)
class OfForm:
    """Side effects of one form; `name` is blank for any, `url` where the form has no page."""

    name: str
    url: str
    rows: tuple[SideEffect, ...]


@dataclass(frozen=True)
class SideEffects:
    """The first week apart, emergencies apart, the rest by form."""

    first_week: tuple[SideEffect, ...]
    emergencies: tuple[SideEffect, ...]
    by_form: tuple[OfForm, ...]

    @property
    def own_first(self) -> list[OfForm]:
        """What holds for one form before what holds for any: the order of a page about one product."""
        return sorted(self.by_form, key=lambda group: not group.name)

    @classmethod
    def of(cls, rows: Iterable[SideEffect]) -> SideEffects:
        """Rows with their forms; any form comes first, then the forms in their order."""
        rows = sorted(rows, key=_place)
        usual = [row for row in rows if not row.in_first_week and not row.is_emergency]
        forms = dict.fromkeys(row.form for row in usual)
        return cls(
            tuple(row for row in rows if row.in_first_week),
            tuple(row for row in rows if row.is_emergency),
            tuple(
                OfForm(
                    form.short_name if form else "",
                    page_of(form) if form else "",
                    tuple(row for row in usual if row.form_id == (form.pk if form else None)),
                )
                for form in forms
            ),
        )


def _place(row: SideEffect) -> tuple[bool, int, str, str]:
    form = row.form
    return (form is not None, form.position if form else 0, form.name if form else "", row.effect)
