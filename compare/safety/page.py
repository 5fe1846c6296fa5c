"""All that the safety page shows, read in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from compare.comparison.yardsticks import SHORT_NAMES
from compare.known_cautions import (
    cautions_on_record,
    interactions_on_record,
    side_effects_on_record,
)
from compare.links import Option, Query
from compare.notes import Ignored, Note
from compare.references import References
from compare.safety import body, limits, medicines, needs, people
from compare.safety.amounts import USUAL_AGE, Amounts
from compare.safety.answers import number
from compare.safety.limits import Plot
from compare.safety.medicines import Hours
from compare.safety.reader import OLDEST, STAGES, Reader
from compare.safety.strip import Held, other_share
from products.models import (
    Authority,
    BodyFunction,
    Caution,
    DeficiencySign,
    FoodSource,
    Interaction,
    ReferenceIntake,
    SideEffect,
    Source,
    UpperLevel,
)
from products.rules.intake import LifeStage, Sex
from products.rules.interaction import GRAVITY, Reason

KEYS = ("authority", "age", "sex", "stage")


@dataclass(frozen=True)
class Asked:
    """Whose figures the address asks for. `stage` is understood in a link, and never written into one."""

    age: Decimal | None = None
    sex: Sex = Sex.ALL
    stage: LifeStage | None = None
    notes: tuple[Note, ...] = ()

    @classmethod
    def read(cls, query: Query) -> Asked:
        notes: list[Note] = []
        age = number(text, OLDEST) if (text := query.get("age")) else None
        if text and age is None:
            notes.append(Note(Ignored.OUT_OF_BOUNDS, "age", text, f"0 to {OLDEST} years"))
        sex = query.get("sex")
        if sex and sex not in list(Sex):
            notes.append(Note(Ignored.UNKNOWN_VALUE, "sex", sex))
        stage = query.get("stage")
        if stage and stage not in list(LifeStage):
            notes.append(Note(Ignored.UNKNOWN_VALUE, "stage", stage))
        return cls(
            age,
            Sex(sex) if sex in list(Sex) else Sex.ALL,
            LifeStage(stage) if stage in STAGES else None,
            tuple(notes),
        )

    def or_of(self, reader: Reader) -> Reader:
        """Whoever the address asks for, who may be somebody else; the reader when it asks for nobody."""
        asked = Reader(age=self.age, sex=self.sex, stage=self.stage)
        return asked if asked.is_known else reader


@dataclass(frozen=True)
class SafetyPage:
    """Read from the rows that `load` fetches. `shown` is the reader whose figures are marked."""

    authority: Authority
    asked: Asked
    reader: Reader
    shown: Reader
    amounts: Amounts
    interactions: Sequence[Interaction]
    caution_rows: Sequence[Caution]
    effects: Sequence[SideEffect]
    signs: Sequence[DeficiencySign]
    functions: Sequence[BodyFunction]
    portions: Sequence[body.Portion]
    references: References = field(default_factory=References)

    @classmethod
    def load(cls, authority: Authority, asked: Asked, reader: Reader) -> SafetyPage:
        """Three queries, and six the first time in a state of the catalogue."""
        foods = FoodSource.objects.select_related("source")
        return cls(
            authority=authority,
            asked=asked,
            reader=reader,
            shown=asked.or_of(reader),
            amounts=Amounts.load(),
            interactions=interactions_on_record(),
            caution_rows=cautions_on_record(),
            effects=side_effects_on_record(),
            signs=list(DeficiencySign.objects.published().select_related("source")),
            functions=list(BodyFunction.objects.select_related("source")),
            portions=body.portions(foods),
        )

    @cached_property
    def limits(self) -> list[limits.Limit]:
        return limits.limits(self.amounts, self.shown, self.authority)

    @property
    def plots(self) -> list[Plot]:
        return [limits.plot(self.limits, narrow=False), limits.plot(self.limits, narrow=True)]

    @property
    def limits_in_words(self) -> str:
        return "; ".join(f"{one.name} {one.row.amount_mg.normalize():f} mg" for one in self.limits)

    @cached_property
    def _own(self) -> Amounts:
        return self.amounts.of(self.authority)

    @cached_property
    def bands(self) -> list[needs.Band]:
        return needs.bands(self._own, self.shown)

    @property
    def columns(self) -> Sequence[needs.Column]:
        return needs.COLUMNS

    @property
    def needs_sources(self) -> list[Source]:
        """Where the authority's figures come from, each source once."""
        needed = [row.source for row in self._own.needs]
        return list(dict.fromkeys([*needed, *(row.source for row in self._own.limits)]))

    @property
    def kinds(self) -> list[str]:
        """What the authority calls its figures: recommended dietary allowance, adequate intake …"""
        kinds = dict.fromkeys(row.kind for row in self._own.needs)
        return [f"{kind}: {ReferenceIntake.Kind(kind).label}" for kind in kinds]

    @property
    def your_needs(self) -> list[ReferenceIntake]:
        """The figures of whoever is asked for; none when nobody is."""
        if not (self.shown.age is not None or self.shown.stage or self.shown.sex is not Sex.ALL):
            return []
        return self._own.needs_of(self.shown)

    @property
    def your_limit(self) -> UpperLevel | None:
        return self._own.limit_of(self.shown)[0]

    @property
    def age_shown(self) -> Decimal:
        return USUAL_AGE if self.shown.age is None else self.shown.age

    @property
    def medicines(self) -> list[medicines.Group]:
        return medicines.groups(self.interactions, self.reader)

    @property
    def yours(self) -> list[Held]:
        """What is held against magnesium by the reader's medicines and conditions, the gravest first."""
        rows: list[tuple[Interaction | Caution, str]] = [
            (one.row, one.forms) for group in self.medicines for one in group.rows if one.is_yours
        ]
        rows += [
            (one.row, one.row.form.short_name if one.row.form else "")
            for one in self.cautions
            if one.is_yours
        ]
        held = [Held(row, Reason(row.key, row.row.says), forms) for row, forms in rows]
        return sorted(held, key=lambda one: GRAVITY.index(one.reason.standing), reverse=True)

    @property
    def hours_key(self) -> Hours:
        return medicines.LONGEST_GAP

    @cached_property
    def cautions(self) -> list[people.Person]:
        return people.cautions(self.caution_rows, self.reader)

    @property
    def other_share(self) -> tuple[UpperLevel, Decimal] | None:
        return other_share(self.reader, self._own)

    @property
    def side_effects(self) -> people.SideEffects:
        return people.SideEffects.of(self.effects)

    @property
    def stages(self) -> list[body.Stage]:
        return body.stages(self.signs)

    def authority_options(self, query: Query) -> list[Option]:
        """Authorities with figures on record, as links that keep the rest."""
        held = {row.authority for row in (*self.amounts.needs, *self.amounts.limits)}
        query = query.only(*KEYS)
        return [
            Option(
                SHORT_NAMES[one],
                f"{query.replace('authority', one.value)}#needs",
                one is self.authority,
            )
            for one in Authority
            if one in held or one is self.authority
        ]
