"""Import of a sheet at the desk: choose a subject and a file, look through what it would do, confirm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products import workflow
from products.admin.downloads import answer
from products.admin.progress import Outcome, Work, short, streamed
from products.desk import Desk
from products.importing import sheets
from products.importing.meanings import meanings
from products.importing.problems import Refused
from products.importing.resources import BY_NAME, RESOURCES, Resource
from products.models import SheetUpload
from products.rules.workflow import Power

LINES_A_PAGE = 100
LONG = 100_000
"""Bytes, from which on a page that grows says how far it has come."""


class SheetForm(forms.Form):
    """A file of one subject. What cannot be read as its table is refused, with the reasons."""

    file = forms.FileField(label=gettext_lazy("File (CSV or XLSX)"))

    def __init__(self, *args: Any, resource: Resource, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._resource, self._by = resource, by
        self.upload: SheetUpload | None = None

    def clean(self) -> dict[str, Any]:
        file = self.cleaned_data.get("file")
        if file is None:
            return self.cleaned_data
        if file.size > settings.IMPORT_MOST_BYTES:
            most = settings.IMPORT_MOST_BYTES // 1_000_000
            raise ValidationError(
                f"The file is larger than {most} MB. Divide it into several files."
            )
        try:
            self.upload = sheets.receive(self._resource, file.name, file.read(), self._by)
        except Refused as refused:
            raise ValidationError([_sentence(problem) for problem in refused.problems]) from None
        return self.cleaned_data


class Sheets:
    """The pages, below `import/`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        for address, view, name in (
            ("import/", self.subjects, "import"),
            ("import/file/<int:pk>/", self.preview, "import_preview"),
            ("import/<slug:subject>/", self.upload, "import_subject"),
            ("import/<slug:subject>/<str:rows>.<str:kind>", self.download, "import_download"),
        ):
            desk.pages.append(path(address, desk.admin_view(view), name=name))

    def subjects(self, request: HttpRequest) -> HttpResponse:
        """What may be brought in."""
        found = [resource for resource in RESOURCES if may_import(request, resource)]
        if not found:
            raise PermissionDenied
        waiting = SheetUpload.objects.filter(by=_user(request)).order_by("-pk").defer("data")
        return self._page(
            request,
            "import_subjects",
            _("Import a sheet"),
            subjects=[(resource, _name(resource)) for resource in found],
            waiting=[(upload, _name(BY_NAME[upload.subject])) for upload in waiting],
        )

    def upload(self, request: HttpRequest, subject: str) -> HttpResponseBase:
        """Choose a file of a subject; one that can be read is looked through."""
        resource = _permitted(request, subject)
        form = SheetForm(
            request.POST or None, request.FILES or None, resource=resource, by=_user(request)
        )
        if request.method == "POST" and form.is_valid() and form.upload is not None:
            return self._work(request, form.upload, _looking(form.upload))
        return self._page(
            request,
            "import_upload",
            _("Import %s") % _name(resource).lower(),
            form=form,
            resource=resource,
            subject=_name(resource),
            columns=[(c, meaning, c in resource.key) for c, meaning in meanings(resource)],
            most_mb=settings.IMPORT_MOST_BYTES // 1_000_000,
            most_rows=settings.IMPORT_MOST_ROWS,
            may_look=request.user.has_perm(_permission(resource, Power.VIEW)),
        )

    def preview(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What a file would do; on POST do it, look again, or throw the file away."""
        found = SheetUpload.objects.filter(by=_user(request))
        upload = get_object_or_404(
            found if request.method == "POST" else found.defer("data"), pk=pk
        )
        resource = _permitted(request, upload.subject)
        if request.method == "POST":
            return self._answer(request, upload)
        lines = upload.lines.all()
        chosen = request.GET.get("fate", "")
        if chosen in upload.counts:
            lines = lines.filter(fate=chosen)
        page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("p"))
        return self._page(
            request,
            "import_preview",
            _("Import of %s") % upload.name,
            upload=upload,
            subject=_name(resource),
            page=page,
            lines=[
                (line, _in_order(resource, line.cells), _in_order(resource, line.kept))
                for line in page.object_list
            ],
            chosen=chosen,
            tallies=_tallies(upload),
            problems_not_shown=upload.problem_count - len(upload.problems),
            in_dispute=upload.counts.get("conflict", 0) + upload.counts.get("keep", 0),
            does_something=upload.counts.get("add", 0) + upload.counts.get("change", 0) > 0,
        )

    def download(
        self, request: HttpRequest, subject: str, rows: str, kind: str
    ) -> HttpResponseBase:
        """An empty sheet with the columns (`template`), or all records (`all`), as CSV or XLSX."""
        if subject not in BY_NAME or rows not in ("template", "all"):
            raise Http404
        resource = BY_NAME[subject]
        records = resource.model._base_manager.order_by("pk")
        if rows == "template":
            _permitted(request, subject)
            return answer(resource, records.none(), kind)
        if not request.user.has_perm(_permission(resource, Power.VIEW)):
            raise PermissionDenied
        return answer(resource, records, kind)

    def _answer(self, request: HttpRequest, upload: SheetUpload) -> HttpResponseBase:
        match request.POST.get("do"):
            case "take" if upload.digest:
                why = request.POST.get("why", "").strip() or _("import of %s") % upload.name
                return self._work(request, upload, _bringing_in(upload, why))
            case "overwrite" | "respect" | "look" as how:
                upload.overwrite = how == "overwrite" or (how == "look" and upload.overwrite)
                return self._work(request, upload, _looking(upload))
            case "drop":
                upload.delete()
                messages.info(request, _("The file was thrown away. Nothing was brought in."))
                return HttpResponseRedirect(reverse("admin:import_subject", args=[upload.subject]))
        return HttpResponseRedirect(_address(upload))

    def _work(self, request: HttpRequest, upload: SheetUpload, work: Work) -> HttpResponseBase:
        """Do a short work at once; say of a long one how far it has come."""
        if len(upload.data) < LONG:
            outcome = short(work)
            if outcome.sentence:
                messages.add_message(request, outcome.level, outcome.sentence)
            return HttpResponseRedirect(outcome.address)
        page = self._page(
            request, "import_progress", _("Import of %s") % upload.name, upload=upload
        )
        return streamed(page, work)

    def _page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> TemplateResponse:
        whole = {**self._desk.each_context(request), "title": title, **context}
        return TemplateResponse(request, f"admin/products/{template}.html", whole)


def _looking(upload: SheetUpload) -> Work:
    try:
        yield from sheets.look_through(upload)
    except DatabaseError:
        return _busy(_("Nobody has looked through the file: the database was busy."), upload)
    return Outcome("", messages.INFO, _address(upload), _("See what it would change"))


def _bringing_in(upload: SheetUpload, why: str) -> Work:
    try:
        return (yield from _brought_in(upload, why))
    except DatabaseError:
        return _busy(_("Nothing was brought in: the database was busy."), upload)


def _busy(say: str, upload: SheetUpload) -> Outcome:
    return Outcome(
        f"{say} {_('Try again.')}", messages.ERROR, _address(upload), _("Back to the file")
    )


def _brought_in(upload: SheetUpload, why: str) -> Work:
    try:
        change_set = yield from sheets.bring_in(upload, why)
    except sheets.NotThere:
        there = reverse("admin:import")
        say = _("This file was brought in already, or was thrown away.")
        return Outcome(say, messages.WARNING, there, _("Import a sheet"))
    except (sheets.ChangedMeanwhile, Refused):
        yield from sheets.look_through(upload)
        say = _(
            "Nothing was brought in: the catalogue changed since you looked through the file. This "
            "is what it comes to now."
        )
        return Outcome(say, messages.WARNING, _address(upload), _("See what it would change now"))
    if change_set is None:
        say = _("Nothing was to be changed: all of it was so already.")
        return Outcome(say, messages.INFO, reverse("admin:import"), _("Import a sheet"))
    say = _("Brought in: %s.") % upload.name
    if not upload.by.has_perm("products.view_changeset"):
        return Outcome(say, messages.SUCCESS, reverse("admin:import"), _("Import a sheet"))
    there = reverse("admin:products_changeset_change", args=[change_set.pk])
    return Outcome(say, messages.SUCCESS, there, _("See what was changed, or undo it"))


def may_import(request: HttpRequest, resource: Resource) -> bool:
    powers = workflow.powers_of(request.user, resource.model)
    return bool(powers & {Power.ADD, Power.CHANGE})


def _permitted(request: HttpRequest, subject: str) -> Resource:
    if subject not in BY_NAME:
        raise Http404
    if not may_import(request, BY_NAME[subject]):
        raise PermissionDenied
    return BY_NAME[subject]


def _permission(resource: Resource, power: Power) -> str:
    return f"{resource.model._meta.app_label}.{power}_{resource.model._meta.model_name}"


def _user(request: HttpRequest) -> Any:
    return cast(Any, request.user)


def _name(resource: Resource) -> str:
    return capfirst(str(resource.model._meta.verbose_name_plural))


def _address(upload: SheetUpload) -> str:
    return reverse("admin:import_preview", args=[upload.pk])


def _sentence(problem: Any) -> str:
    place = [f"row {problem.row}"] if problem.row is not None else []
    place += [problem.column] if problem.column else []
    said = f"{', '.join(place)}: {problem.message}" if place else f"The file {problem.message}"
    return f"{capfirst(said)}."


def _tallies(upload: SheetUpload) -> Iterator[tuple[str, int, str]]:
    words = {
        "add": _("new"),
        "change": _("changed"),
        "leave": _("unchanged"),
        "keep": _("kept as edited"),
        "conflict": _("in conflict"),
    }
    for fate, word in words.items():
        number = upload.counts.get(fate, 0)
        yield fate if fate != "leave" and number else "", number, word


def _in_order(resource: Resource, sides: dict[str, list[str]]) -> list[tuple[str, str, str]]:
    """Column, what stands and what the file says; no database keeps the order of a JSON object."""
    return [(column, *sides[column]) for column in resource.columns if column in sides]  # type: ignore[misc]
