"""Label records of other databases: what came in, what is to be decided, and the wordings to place.

Who may publish products may bring labels in: a newer version changes what is published.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from products.admin import uploading
from products.admin.bulk import BulkMoving
from products.changes import recording
from products.importing.labels import deciding
from products.importing.labels.report import DOUBTS, shown
from products.models import ImportedLabel, Product, UnplacedWording
from products.models.history import ChangeSet
from products.rules.workflow import Action

AT_ONCE = 1_000
"""So many drafts are looked through and published in one go."""


class ForPublishers(admin.ModelAdmin):
    """Seen by who may see products, used by who may publish them."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("products.view_product")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("products.publish_product")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("products.publish_product")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("products.publish_product")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class Questions(admin.SimpleListFilter):
    """Labels that wait for an editor, by what they wait for."""

    title = "to be decided"
    parameter_name = "question"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("conflict", "fields in conflict"),
            ("doubt", "figures left blank"),
            ("wording", "wordings to place"),
            ("none", "nothing: draft can be published"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "conflict":
                return cast("QuerySet[Any]", queryset.in_conflict())  # type: ignore[attr-defined]
            case "doubt":
                return cast("QuerySet[Any]", queryset.with_blanks())  # type: ignore[attr-defined]
            case "wording":
                is_open = UnplacedWording.Decision.OPEN
                return queryset.filter(wordings__decision=is_open).distinct()
            case "none":
                return cast("QuerySet[Any]", queryset.without_questions())  # type: ignore[attr-defined]
        return queryset


@admin.register(ImportedLabel)
class ImportedLabelAdmin(ForPublishers):
    list_display = ["title", "origin", "external_id", "dated", "stands", "questions", "its_product"]
    list_filter = ["origin", "state", Questions, "off_market"]
    list_select_related = ["product__brand"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["title", "=external_id"]
    search_help_text = "Brand, name or number"
    actions = ["doubts_looked_at"]
    change_list_template = "admin/products/importedlabel/list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportedLabel]:
        is_open = models.Q(wordings__decision=UnplacedWording.Decision.OPEN)
        rows = super().get_queryset(request)
        return rows.defer("raw").annotate(open_wordings=models.Count("wordings", filter=is_open))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("publish/", view(self.publish), name="products_importedlabel_publish"),
            path("uploads/<int:key>/", view(self.preview), name="products_importedlabel_preview"),
            *super().get_urls(),
        ]

    @admin.display(description="state", ordering="state")
    def stands(self, label: ImportedLabel) -> str:
        """The first word of what is said of a state: the rest stands on the label's own page."""
        return str(label.get_state_display()).split(":")[0]

    @admin.display(description="to be decided")
    def questions(self, label: Any) -> str:
        said = [f"{len(label.conflicting)} in conflict"] if label.conflicting else []
        if label.has_open_doubts:
            said.append(f"{len(label.doubts)} left blank")
        if label.open_wordings:
            said.append(f"{label.open_wordings} to place")
        return ", ".join(said) or "–"

    @admin.display(description="product")
    def its_product(self, label: ImportedLabel) -> str | SafeString:
        if label.product is None:
            return "–"
        address = reverse("admin:products_product_change", args=[label.product.pk])
        status = label.product.get_status_display()
        return format_html("<a href='{}'>{}</a> ({})", address, label.product, status)

    @admin.action(description="What was left blank is looked at", permissions=["change"])
    def doubts_looked_at(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        keys = list(rows.values_list("pk", flat=True))
        number = ImportedLabel.objects.filter(pk__in=keys).update(has_open_doubts=False)
        self.message_user(request, f"{number} looked at.", messages.SUCCESS)

    # Bringing in

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A label is added by its file."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return uploading.upload(self, request)

    def preview(self, request: HttpRequest, key: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return uploading.preview(self, request, key)

    # One label

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What the record says beside what the product holds, and whose word stands."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        label: Any = self.get_object(request, object_id)
        if label is None:
            raise Http404
        may = self.has_change_permission(request, label)
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            return self._settled(request, label)
        context = {
            **self.admin_site.each_context(request),
            "title": str(label),
            "opts": self.opts,
            "media": self.media,
            "label": label,
            "may": may,
            "conflicts": [
                (one.name, one.name.replace("_", " "), shown(one.holds), shown(one.says))
                for one in deciding.open_conflicts(label)
            ],
            "doubts": [(DOUBTS.get(code, code), text) for code, text in label.doubts],
            "wordings": label.wordings.all(),
            "says": [
                (name.replace("_", " "), shown(value))
                for name, value in label.said.items()
                if value
            ],
        }
        return TemplateResponse(request, "admin/products/importedlabel/label.html", context)

    def _settled(self, request: HttpRequest, label: ImportedLabel) -> HttpResponse:
        said = {name: request.POST.get(f"word-{name}") for name in label.conflicting}
        take = {name for name, word in said.items() if word == "take"}
        keep = {name for name, word in said.items() if word == "keep"}
        try:
            with recording(by=request.user, reason=f"decided on {label}", kind=ChangeSet.Kind.DESK):
                deciding.settle(label, take, keep)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            said_so = f"{len(take)} taken from the record, {len(keep)} kept."
            self.message_user(request, said_so, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    # All that pass

    def publish(self, request: HttpRequest) -> HttpResponse:
        """Ask, then publish drafts that left nothing to decide and pass every check of a label."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        labels = ImportedLabel.objects.without_questions().values("product")
        rows = Product.objects.filter(pk__in=labels, label_elemental_mg__isnull=False)
        rows = rows.select_related("brand").prefetch_related("ingredients__form", "offers")
        products = cast(BulkMoving, self.admin_site._registry[Product])
        list_of_labels = reverse("admin:products_importedlabel_changelist")
        some: Any = rows.order_by("pk")[:AT_ONCE]
        if request.method != "POST":
            page = cast(TemplateResponse, products.move_selected(Action.PUBLISH, request, some))
            page.context_data = {**(page.context_data or {}), "back": list_of_labels}
            return page
        with recording(
            by=request.user,
            reason="imported drafts that pass every check",
            kind=ChangeSet.Kind.DESK,
        ):
            products.move_selected(Action.PUBLISH, request, some)
        return HttpResponseRedirect(list_of_labels)


class WordingForm(forms.ModelForm):
    """A wording that names forms names at least one."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        names_forms = cleaned.get("decision") == UnplacedWording.Decision.FORMS
        if names_forms and not cleaned.get("forms"):
            self.add_error("forms", "Name the form, or say that it is no source of magnesium.")
        if not names_forms and cleaned.get("forms"):
            self.add_error("decision", "Forms are named below: say that the wording names them.")
        return cleaned


@admin.register(UnplacedWording)
class UnplacedWordingAdmin(ForPublishers):
    form = WordingForm
    list_display = ["__str__", "decision", "times_seen", "decided_by", "decided_at"]
    list_filter = ["decision"]
    list_select_related = ["decided_by"]
    search_fields = ["wording"]
    autocomplete_fields = ["forms"]
    fields = ["as_written", "seen_on_labels", "decision", "forms"]
    readonly_fields = ["as_written", "seen_on_labels"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[UnplacedWording]:
        return super().get_queryset(request).annotate(seen=models.Count("labels"))

    @admin.display(description="times seen", ordering="seen")
    def times_seen(self, wording: Any) -> int:
        return cast(int, wording.seen)

    @admin.display(description="as the label has it")
    def as_written(self, wording: UnplacedWording) -> str:
        return wording.wording

    @admin.display(description="seen on")
    def seen_on_labels(self, wording: UnplacedWording) -> str:
        labels = [str(label) for label in wording.labels.defer("raw")[:20]]
        more = wording.labels.count() - len(labels)
        return "; ".join(labels) + (f" and {more} more" if more else "")

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view = super().changeform_view
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with recording(by=request.user, reason="a wording placed", kind=ChangeSet.Kind.DESK):
            return view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """Once placed, it holds for every label that has it."""
        super().save_related(request, form, *args)
        number = deciding.placed(form.instance, request.user)
        self.message_user(request, f"{number} labels read anew with it.", messages.SUCCESS)
