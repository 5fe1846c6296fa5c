"""How much there is to do: counts for the attention page, each by a query of its own that does not grow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from products.models import Evidence, OpenRemark, Product, Source, Status
from products.rules.completeness import Thing
from products.rules.vetting import Check, Kind, Severity

WORST_FIRST = list(Severity)


@dataclass(frozen=True)
class Tally:
    """How often a check fires: `open` asks for something, `noted` is right as it is, or only shown."""

    kind: str
    code: str
    severity: str
    open: int
    noted: int

    @property
    def total(self) -> int:
        return self.open + self.noted


def tallies() -> list[Tally]:
    """By check, the worst first. One query."""
    waiting = Q(severity=Severity.ERROR) | Q(severity=Severity.WARNING, note="")
    rows = (
        OpenRemark.objects.order_by()
        .values_list("kind", "code", "severity")
        .annotate(open=Count("pk", filter=waiting), noted=Count("pk", filter=~waiting))
    )
    found = [Tally(*row) for row in rows]
    order = {check.value: place for place, check in enumerate(Check)}
    return sorted(
        found, key=lambda t: (WORST_FIRST.index(Severity(t.severity)), -t.open, order[t.code])
    )


@dataclass(frozen=True)
class Ageing:
    """Facts that were once looked at: how many are past their day, never had one, and there are."""

    what: str
    days: int
    since: date
    past: int
    never: int
    of: int

    @property
    def fresh(self) -> int:
        return self.of - self.past - self.never


def studies(sources: QuerySet[Source] | None = None) -> QuerySet[Source]:
    """Sources that published evidence rests on, of all or of `sources`."""
    every = Source.objects.all() if sources is None else sources
    return every.filter(pk__in=Evidence.objects.published().values("source"))


def studies_to_look_at(today: date) -> tuple[Q, Q]:
    """Those seen too long ago, and those of which the day is not known.

    Partial days compare as text: 2024-05 comes before 2024-05-31, as its first day does.
    """
    never = Q(seen_on="")
    return Q(seen_on__lt=since("evidence", today).isoformat()) & ~never, never


def since(what: str, today: date) -> date:
    """The first day that is not yet too long ago."""
    return today - timedelta(days=settings.RECHECK_DAYS[what])


def ageing(today: date) -> list[Ageing]:
    """Prices, labels and studies by the day they were last looked at. Three queries."""
    published = Product.objects.filter(status=Status.PUBLISHED)
    priced = published.filter(current_offer__isnull=False)
    old_price = Q(price_seen_on__lt=since("price", today))
    old_label = Q(checked_on__lt=since("label", today))
    old_study, undated_study = studies_to_look_at(today)
    return [
        _aged("price", today, priced, old_price, Q(price_seen_on__isnull=True)),
        _aged("label", today, published, old_label, Q(checked_on__isnull=True)),
        _aged("evidence", today, studies(), old_study, undated_study),
    ]


def _aged(what: str, today: date, things: QuerySet[Any], past: Q, never: Q) -> Ageing:
    counted = things.aggregate(
        past=Count("pk", filter=past), never=Count("pk", filter=never), of=Count("pk")
    )
    return Ageing(what, settings.RECHECK_DAYS[what], since(what, today), **counted)


def left_of_products() -> dict[Thing | None, int]:
    """How many published products lack each thing, and under `None` how many there are. One query."""
    counts = Product.objects.filter(status=Status.PUBLISHED).aggregate(
        of=Count("pk"),
        **{
            thing.value: Count("pk", filter=Q(things_left__contains=f" {thing.value} "))
            for thing in Thing
        },
    )
    return {None: counts["of"], **{thing: counts[thing.value] for thing in Thing}}


def open_by_kind() -> dict[str, int]:
    """Remarks that ask for something, by kind of record. One query."""
    rows = OpenRemark.objects.waiting().order_by().values_list("kind").annotate(n=Count("pk"))
    return {kind.value: 0 for kind in Kind} | dict(rows)
