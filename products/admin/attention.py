"""The attention page: what needs work, with the way to each list; and its counts on the front page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.admin.vetting import RemarkFilter
from products.attention import MODELS
from products.attention.summary import ageing, left_of_products, open_by_kind, tallies
from products.desk import Desk
from products.models import (
    CorrectionReport,
    ImportedLabel,
    Product,
    Source,
    Status,
    UnplacedWording,
)
from products.models.vetting_words import SEVERITIES, THINGS, WORDS
from products.rules.completeness import Thing
from products.rules.vetting import Check, Kind, Severity

AGEING = {
    "price": gettext_lazy("Prices of published products"),
    "label": gettext_lazy("Labels of published products"),
    "evidence": gettext_lazy("Studies behind published evidence"),
}


@dataclass(frozen=True)
class Task:
    """One line: what there is to do, how often, and the list that shows them. `done` is of `of`."""

    what: str
    count: int
    link: str
    done: int
    of: int
    severity: str = ""
    note: str = ""
    mend: str = ""


@dataclass(frozen=True)
class Section:
    """Lines of one kind. `all_done` is said when there is nothing to do."""

    key: str
    title: str
    intro: str
    head: str
    all_done: str
    tasks: list[Task]

    @property
    def waiting(self) -> int:
        return sum(task.count for task in self.tasks)


def sections(user: Any) -> list[Section]:
    """What this user may act on. A number of queries that does not grow with the catalogue."""
    found = [
        _checks(user),
        _reports(user),
        _statuses(user),
        _imports(user),
        _ageing(user),
        _left(user),
    ]
    return [section for section in found if section is not None]


def _may_change(user: Any, model: Any) -> bool:
    return bool(user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"))


def _list(model: Any, **query: Any) -> str:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{urlencode(query)}"


def _checks(user: Any) -> Section | None:
    mine = {kind: model for kind, model in MODELS.items() if _may_change(user, model)}
    if not mine:
        return None
    tasks = [
        Task(
            what=str(WORDS[Check(tally.code)].name),
            count=tally.open,
            link=_list(
                mine[Kind(tally.kind)],
                remark=tally.code + (RemarkFilter.OPEN if tally.open else ""),
            ),
            done=tally.noted,
            of=tally.total,
            severity=str(SEVERITIES[Severity(tally.severity)]),
            note=str(mine[Kind(tally.kind)]._meta.verbose_name_plural),
            mend=str(WORDS[Check(tally.code)].mend),
        )
        for tally in tallies()
        if Kind(tally.kind) in mine
    ]
    return Section(
        "checks",
        _("Failed checks"),
        _(
            "An error keeps a record from being published. A warning wants a note on the record that says why it is right as it is, and counts as done then. Information asks for nothing."
        ),
        _("noted or shown"),
        _("Every check passes."),
        tasks,
    )


def _reports(user: Any) -> Section | None:
    if not _may_change(user, CorrectionReport):
        return None
    count, of = CorrectionReport.objects.open().count(), CorrectionReport.objects.count()
    link = _list(CorrectionReport, state__exact=CorrectionReport.State.OPEN.value)
    return Section(
        "reports",
        _("Reported by readers"),
        _("What somebody found wrong on a page, with where it can be looked up."),
        _("settled"),
        _("No report waits."),
        [Task(_("Reports"), count, link, of - count, of)] if count else [],
    )


def _imports(user: Any) -> Section | None:
    """Who may publish products settles what labels that were brought in leave open."""
    if not user.has_perm("products.publish_product"):
        return None
    tasks = [
        Task(what, count, link, of - count, of) for what, count, link, of in _brought_in() if count
    ]
    return Section(
        "imports",
        _("Brought in, and not done with"),
        _("What labels say that no rule reads for sure, or that an editor entered otherwise."),
        _("done"),
        _("Everything that was brought in has its place."),
        tasks,
    )


def _brought_in() -> list[tuple[str, int, str, int]]:
    """What to do, how often, the list that shows it, and how much there is of it. Six queries."""
    wordings, labels = UnplacedWording.objects, ImportedLabel.objects
    is_open = UnplacedWording.Decision.OPEN
    every, ready = labels.count(), labels.without_questions().count()
    published = labels.filter(product__status=Status.PUBLISHED).count()
    return [
        (
            _("Wordings that name no known form"),
            wordings.filter(decision=is_open).count(),
            _list(UnplacedWording, decision__exact=is_open.value),
            wordings.count(),
        ),
        (
            _("Labels that say otherwise than the desk"),
            labels.in_conflict().count(),
            _list(ImportedLabel, question="conflict"),
            every,
        ),
        (
            _("Labels of which something was left blank"),
            labels.with_blanks().count(),
            _list(ImportedLabel, question="doubt"),
            every,
        ),
        (
            _("Drafts from labels with nothing left to decide"),
            ready,
            _list(ImportedLabel, question="none"),
            ready + published,
        ),
    ]


def _statuses(user: Any) -> Section | None:
    """One query for each kind of record that has a status."""
    mine = [model for model in _with_status() if _may_change(user, model)]
    if not mine:
        return None
    return Section(
        "drafts",
        _("Drafts and reviews"),
        _("What visitors do not see yet."),
        _("published"),
        _("No draft waits, and nothing is in review."),
        [task for model in mine for task in _of(model)],
    )


def _with_status() -> Iterator[Any]:
    for model in admin.site._registry:
        if any(field.name == "status" for field in model._meta.fields):
            yield model


def _of(model: Any) -> Iterable[Task]:
    counts = model._base_manager.aggregate(
        draft=Count("pk", filter=Q(status=Status.DRAFT)),
        in_review=Count("pk", filter=Q(status=Status.IN_REVIEW)),
        published=Count("pk", filter=Q(status=Status.PUBLISHED)),
    )
    of = counts["draft"] + counts["in_review"] + counts["published"]
    for status, words in ((Status.DRAFT, _("drafts")), (Status.IN_REVIEW, _("in review"))):
        if counts[status]:
            name = str(model._meta.verbose_name_plural)
            link = _list(model, status__exact=status.value)
            what = f"{name[:1].upper()}{name[1:]}: {words}"
            yield Task(what, counts[status], link, counts["published"], of)


def _ageing(user: Any) -> Section | None:
    if not _may_change(user, Product) and not _may_change(user, Source):
        return None
    tasks = []
    for facts in ageing(timezone.now().date()):
        model = Source if facts.what == "evidence" else Product
        if not _may_change(user, model):
            continue
        past, never = _ageing_links(facts.what, facts.since.isoformat())
        name = AGEING[facts.what]
        due = _("%(name)s, seen more than %(days)d days ago") % {"name": name, "days": facts.days}
        undated = _("%(name)s, day not known") % {"name": name}
        tasks += [
            Task(due, facts.past, past, facts.fresh, facts.of),
            Task(undated, facts.never, never, facts.of - facts.never, facts.of),
        ]
    return Section(
        "ageing",
        _("Past their re-check date"),
        _("Labels and prices change. Look again, and enter the day."),
        _("done"),
        _("Everything was looked at lately."),
        [task for task in tasks if task.count],
    )


def _ageing_links(what: str, day: str) -> tuple[str, str]:
    if what == "evidence":
        return _list(Source, recheck="past"), _list(Source, recheck="never")
    seen = {"status__exact": Status.PUBLISHED.value}
    column = "checked_on"
    if what == "price":
        column = "price_seen_on"
        seen["current_offer__isnull"] = "False"
    past = _list(Product, **seen, **{f"{column}__lt": day})
    return past, _list(Product, **seen, **{f"{column}__isnull": "True"})


def _left(user: Any) -> Section | None:
    if not _may_change(user, Product):
        return None
    counts = left_of_products()
    of = counts.pop(None)
    published = {"status__exact": Status.PUBLISHED.value}
    tasks = [
        Task(
            what=_("Without %(thing)s") % {"thing": THINGS[thing]},
            count=counts[thing],
            link=_list(Product, left=thing.value, **published),
            done=of - counts[thing],
            of=of,
        )
        for thing in Thing
        if counts[thing]
    ]
    return Section(
        "left",
        _("Products that are not complete"),
        _("A thing is done when it is known, or when a note on the fact says why it cannot be."),
        _("done"),
        _("Every published product is complete."),
        tasks,
    )


def attention(request: HttpRequest) -> HttpResponse:
    """The page."""
    context = admin.site.each_context(request) | {
        "title": _("What needs work"),
        "sections": sections(request.user),
    }
    return TemplateResponse(request, "admin/attention.html", context)


def on_index(request: HttpRequest) -> dict[str, Any]:
    """How many records' checks ask for something, by the kinds that this user may change. One query."""
    counts = open_by_kind()
    mine = [
        {
            "what": str(model._meta.verbose_name_plural),
            "count": counts[kind],
            "link": _list(model, remark=RemarkFilter.ANY),
        }
        for kind, model in MODELS.items()
        if _may_change(request.user, model)
    ]
    return {"attention": mine}


_desk = cast(Desk, admin.site)
_desk.pages.append(path("attention/", _desk.admin_view(attention), name="attention"))
_desk.on_index.append(on_index)
