"""A file of labels, from the upload over its preview into the catalogue.

The file waits in the database, where every web node sees it, and is gone when it has been taken,
thrown away or forgotten for a day.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from products.importing.labels import files
from products.importing.labels.files import LabelFiles
from products.importing.labels.planning import SKIPPED, Fate, Plan
from products.importing.labels.report import FATES, Tally, said_of, shown
from products.importing.labels.taking import preview as planned
from products.importing.labels.taking import take
from products.importing.problems import Refused
from products.models import LabelUpload

MOST_MB = 10
SHOWN = 200
"""So many labels are shown one by one; the counts are of all."""


class UploadForm(forms.Form):
    file = forms.FileField(
        label="File of labels",
        help_text=(
            "DSLD records or Open Food Facts products as JSON or JSON Lines, or DSLD's table "
            f"ProductOverview as CSV: at most {MOST_MB} MB. Larger ones, and several tables that "
            "belong together, go through manage.py import_dsld."
        ),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1_000_000:
            raise ValidationError(
                f"The file has more than {MOST_MB} MB: use manage.py import_dsld."
            )
        self.data_read = file.read()
        try:
            files.uploaded(file.name, self.data_read)
        except Refused as refused:
            raise ValidationError(str(refused)) from None
        return file


def upload(desk: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a file, and keep one that can be read for its preview."""
    LabelUpload.forget_old()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name[:255]
        kept = LabelUpload.objects.create(
            name=name, data=form.data_read, by=cast(Any, request.user)
        )
        return HttpResponseRedirect(reverse("admin:products_importedlabel_preview", args=[kept.pk]))
    return _page(desk, request, "upload", "Import labels", {"form": form})


def preview(desk: ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """Show what a kept file would do; take it, or throw it away, when that is asked for."""
    kept = get_object_or_404(LabelUpload, pk=key, by=request.user.pk)
    records = files.uploaded(kept.name, bytes(kept.data))
    if request.method == "POST":
        if "take" in request.POST:
            _take(desk, request, records)
        kept.delete()
        return HttpResponseRedirect(reverse("admin:products_importedlabel_changelist"))
    tally = Tally()
    plans: list[Plan] = []
    for chunk in planned(records):
        tally.add(chunk)
        telling = (plan for plan in chunk if plan.fate not in (Fate.NO_MAGNESIUM, Fate.UNCHANGED))
        plans += islice(telling, SHOWN - len(plans))
    context = {
        "name": kept.name,
        "counts": list(tally.lines()),
        "labels": [_shown(plan) for plan in plans],
        "most": SHOWN,
        "does_something": any(
            number for fate, number in tally.fates.items() if fate not in {*SKIPPED, Fate.UNCHANGED}
        ),
    }
    return _page(desk, request, "preview", f"Import labels: {kept.name}", context)


def _take(desk: ModelAdmin, request: HttpRequest, records: LabelFiles) -> None:
    tally = Tally()
    for plans in take(records, by=request.user, file=records.name):
        tally.add(plans)
    said = "; ".join(line.strip() for line in tally.lines())
    desk.message_user(request, f"{records.name}: {said}", messages.SUCCESS)


def _shown(plan: Plan) -> dict[str, Any]:
    return {
        "row": plan.found.row,
        "name": plan.name or "?",
        "fate": FATES[plan.fate],
        "changes": [
            (one.name.replace("_", " "), shown(one.holds), shown(one.says)) for one in plan.followed
        ],
        "said": list(said_of(plan)),
    }


def _page(
    desk: ModelAdmin, request: HttpRequest, name: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    return TemplateResponse(
        request,
        f"admin/products/importedlabel/{name}.html",
        {
            **desk.admin_site.each_context(request),
            "title": title,
            "opts": desk.opts,
            "media": desk.media,
            **context,
        },
    )
