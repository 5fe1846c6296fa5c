"""Lists of the desk as files that can be brought in again."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import URLPattern, path, reverse

from products.importing import writing
from products.importing.meanings import meanings
from products.importing.resources import BY_MODEL, Resource

KINDS = ("csv", "xlsx")


def answer(resource: Resource, rows: QuerySet[Any], kind: str) -> HttpResponseBase:
    """Some records as a file: CSV as it is read from the database, XLSX from a temporary file."""
    name = f"{resource.name}.{kind}"
    if kind == "csv":
        lines = StreamingHttpResponse(
            writing.as_csv(resource, rows), content_type="text/csv; charset=utf-8"
        )
        lines["Content-Disposition"] = f'attachment; filename="{name}"'
        return lines
    if kind != "xlsx":
        raise Http404
    from products.importing import written_workbooks  # here: see there

    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    written_workbooks.write_xlsx(file, resource, rows, meanings(resource))
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=written_workbooks.XLSX_TYPE
    )


class Downloadable(ModelAdmin):
    """Puts a list's rows, as they are filtered and searched, into a file: all of them, not one page."""

    change_list_template = "admin/products/list_of_facts.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export.<str:kind>", view, name=name), *super().get_urls()]

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            listed = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            # The list itself says what it makes of them.
            there = admin_urlname(self.opts, "changelist")  # type: ignore[arg-type]
            return HttpResponseRedirect(f"{reverse(there)}?{request.GET.urlencode()}")
        return answer(BY_MODEL[self.model], listed.get_queryset(request), kind)
