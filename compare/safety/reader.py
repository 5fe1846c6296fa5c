"""What a reader says of themselves, for one visit.

It lives in the session on the server and nowhere else: never in an address, a cookie's content, a key
of a cache or a log. That is why none of its fields is printed by `repr`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.contrib.sessions.backends.base import SessionBase

from products.rules import interaction
from products.rules.intake import LifeStage, Sex

KEY = "reader"
KEPT = timedelta(hours=12)
"""A visit, at most: a machine at a library is used by others the next day."""

OLDEST = Decimal(120)
MOST_OTHER_MG = Decimal(5000)
"""Beyond twice what a laxative allows in a day it is a slip of the keyboard."""
STAGES = (LifeStage.PREGNANCY, LifeStage.LACTATION)
"""Stages that don't follow from age."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Reader:
    """Nothing is known of a reader who has said nothing."""

    medicines: frozenset[str] = field(default=frozenset(), repr=False)
    conditions: frozenset[str] = field(default=frozenset(), repr=False)
    age: Decimal | None = field(default=None, repr=False)
    sex: Sex = field(default=Sex.ALL, repr=False)
    stage: LifeStage | None = field(default=None, repr=False)
    other_mg: Decimal | None = field(default=None, repr=False)

    @classmethod
    def read(cls, session: SessionBase, at: datetime) -> Reader:
        """What the session holds; whatever cannot be read, or is older than `KEPT`, is nothing."""
        held = session.get(KEY)
        if not isinstance(held, dict):
            return cls()
        said_at = _maybe(datetime.fromisoformat, held.get("at"))
        if said_at is None or not timedelta(0) <= at - said_at < KEPT:
            return cls()
        return cls(
            medicines=_codes(held.get("medicines")),
            conditions=_codes(held.get("conditions")),
            age=_maybe(Decimal, held.get("age")),
            sex=_maybe(Sex, held.get("sex")) or Sex.ALL,
            stage=_maybe(LifeStage, held.get("stage")),
            other_mg=_maybe(Decimal, held.get("other_mg")),
        )

    def keep(self, session: SessionBase, at: datetime) -> None:
        """Put it into the session, in the place of what was there."""
        session[KEY] = {
            "medicines": sorted(self.medicines),
            "conditions": sorted(self.conditions),
            "age": None if self.age is None else str(self.age),
            "sex": self.sex.value,
            "stage": self.stage.value if self.stage else None,
            "other_mg": None if self.other_mg is None else str(self.other_mg),
            "at": at.isoformat(),
        }

    @property
    def is_known(self) -> bool:
        return self != Reader()

    @property
    def all_conditions(self) -> frozenset[str]:
        """With those that follow from age and stage of life."""
        return self.conditions | interaction.implied(self.age, self.stage)

    @property
    def age_typed(self) -> str:
        """As it stands in a field."""
        return _typed(self.age)

    @property
    def other_mg_typed(self) -> str:
        return _typed(self.other_mg)

    @property
    def sex_for_needs(self) -> Sex:
        """Needs in pregnancy and when breastfeeding are given for women."""
        return Sex.FEMALE if self.stage else self.sex

    @property
    def stage_for_needs(self) -> LifeStage:
        """The rules tell infants, children and adults apart by age."""
        return self.stage or LifeStage.ADULT


def _typed(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _codes(held: Any) -> frozenset[str]:
    return (
        frozenset(code for code in held if isinstance(code, str))
        if isinstance(held, list)
        else frozenset()
    )


def _maybe(read: Callable[[str], _T], text: Any) -> _T | None:
    if not isinstance(text, str):
        return None
    try:
        return read(text)
    except (ValueError, InvalidOperation):
        return None
