"""Checks at the desk: a record is looked at as a whole before it is published, and its page says what
was found."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from products import attention, workflow
from products.admin.base import FactAdmin, PartInline
from products.admin.editing import FactForm, PlainFigures
from products.admin.market import OfferFormSet
from products.attention.looking import names_by_gtin
from products.models import (
    Evidence,
    Offer,
    OpenRemark,
    Product,
    ProductIngredient,
    Reviewed,
    Source,
)
from products.models.vetting import (
    evidence_record,
    product_record,
    refuse,
    source_record,
    unanswered,
)
from products.models.vetting_words import WORDS
from products.rules import gtin
from products.rules.vetting import (
    CHECKS,
    Kind,
    Remark,
    Severity,
    vet_evidence,
    vet_product,
    vet_source,
)
from products.rules.workflow import Action, Status, status_after

INGREDIENT_FIELDS = ["form", "compound_mg", "elemental_mg", "amounts", "as_printed", "position"]
NOTE = "warning_note"

IngredientFormSet = forms.inlineformset_factory(
    Product, ProductIngredient, form=PlainFigures, fields=INGREDIENT_FIELDS
)
EnteredOffers = forms.inlineformset_factory(
    Product,
    Offer,
    form=PlainFigures,
    formset=OfferFormSet,
    fields=["seller", "price", "currency", "seen_on", "source"],
)


class IngredientInline(PartInline):
    model = ProductIngredient
    fields = [*INGREDIENT_FIELDS]
    autocomplete_fields = ["form"]
    extra = 1
    verbose_name = "magnesium form"
    verbose_name_plural = "magnesium forms in one serving"


class GtinField(forms.CharField):
    """A barcode as it is typed or pasted: spaces and hyphens go before its length is measured."""

    def to_python(self, value: Any) -> str:
        return gtin.normalised(super().to_python(value) or "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "maxlength": "40", "inputmode": "numeric"}


class NoteField(forms.CharField):
    """No fact of the record, so that it never counts as a change of it."""

    widget = forms.Textarea(attrs={"rows": 2})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class VettedForm(FactForm):
    """Refuses to publish what a check calls an error, or warns of and nobody has noted.

    A draft is saved as it is; its page says what is still wrong.
    """

    kind: ClassVar[Kind]

    warning_note = NoteField(
        label=_("Note to the warnings"),
        required=False,
        help_text=_(
            "When a check warns and the record is right all the same: why. It is kept with your name, for as long as the figures stay."
        ),
    )

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors and self._is_public():
            try:
                refuse(self._unanswered(), self.fields)
            except ValidationError as refused:
                self.add_error(None, refused)

    def remarks(self) -> list[Remark]:
        """What the checks say of the record as it was entered."""
        raise NotImplementedError

    def _is_public(self) -> bool:
        """Whether visitors will see it, once it is saved and moved as was asked."""
        if not workflow.has_status(type(self.instance)):
            return True
        status = status_after(
            self.asked or Action.CHANGE,
            Status(self.instance.status),
            needs_second_eyes=isinstance(self.instance, Reviewed),
        )
        return status is Status.PUBLISHED

    def _unanswered(self) -> list[Remark]:
        """Errors, and warnings without a note of now or of these very figures."""
        rows = OpenRemark.objects.filter(kind=self.kind, record_id=self.instance.pk)
        left = unanswered(self.remarks(), rows if self.instance.pk else ())
        noted_now = bool(self.cleaned_data.get(NOTE, "").strip())
        return [one for one in left if not (noted_now and one.severity is Severity.WARNING)]


class ProductForm(VettedForm):
    """Looks at the label with its ingredients and prices as they were entered."""

    kind = Kind.PRODUCT

    class Meta:
        field_classes = {"gtin": GtinField}

    def remarks(self) -> list[Remark]:
        # Lines are read a second time here: the page checks them after this form, too late for a
        # message at one of its fields. One that is wrong by itself is told at its own line first.
        parts = self._entered(IngredientFormSet, "ingredients", "form")
        offers = self._entered(EnteredOffers, "offers", "price")
        if parts is None or offers is None:
            return []
        product = self.instance
        stored = product.pk is not None
        record = product_record(
            product,
            parts,
            offers,
            product.ratings.all() if stored else (),
            product.certifications.select_related("source") if stored else (),
            attention.medians({part.form.slug for part in parts}),
            names_by_gtin([product.gtin]).get(product.gtin, ""),
        )
        return vet_product(record)

    def _entered(self, formset: Any, prefix: str, needed: str) -> list[Any] | None:
        """The lines as they will be left; `None` when one of them cannot be."""
        entered = formset(self.data, instance=self.instance, prefix=prefix)
        if not entered.is_valid():
            return None
        return [
            form.instance
            for form in entered.forms
            if form.cleaned_data.get(needed) and not form.cleaned_data.get("DELETE")
        ]


class EvidenceForm(VettedForm):
    kind = Kind.EVIDENCE
    instance: Evidence

    def remarks(self) -> list[Remark]:
        return vet_evidence(evidence_record(self.instance))


class SourceForm(VettedForm):
    kind = Kind.SOURCE
    instance: Source

    def remarks(self) -> list[Remark]:
        return vet_source(source_record(self.instance, attention.doi_answer(self.instance.doi)))


class VettedAdmin(FactAdmin):
    """A list and form whose records are looked at by checks; `form` names their kind."""

    form: type[VettedForm] = VettedForm

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [*super().get_list_filter(request), RemarkFilter]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The note to the warnings comes last, where what it answers has been read."""
        fieldsets = list(super().get_fieldsets(request, obj))
        if self.has_change_permission(request, obj):
            fieldsets.append((_("Checks"), {"fields": [NOTE]}))
        return fieldsets

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Notes what was answered, once all lines are written."""
        super().save_related(request, form, formsets, change)
        kind, key = self.form.kind, form.instance.pk
        text = form.cleaned_data.get(NOTE, "").strip()
        attention.look_at(kind, [key])
        if text:
            attention.note(kind, [key], text, request.user)
        waiting = list(OpenRemark.objects.waiting().filter(kind=kind, record_id=key))
        if waiting:
            say = ngettext("%d check still asks: ", "%d checks still ask: ", len(waiting))
            names = ", ".join(str(remark.words.name) for remark in waiting)
            self.message_user(request, say % len(waiting) + names, messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """With what the checks say of the record as it is stored. One query."""
        record = kwargs.get("obj")
        if record is not None:
            rows = OpenRemark.objects.filter(kind=self.form.kind, record_id=record.pk)
            context["found"] = sorted(rows.select_related("noted_by"), key=_worst_first)
        return super().render_change_form(request, context, *args, **kwargs)


def _worst_first(remark: OpenRemark) -> tuple[bool, int]:
    return not remark.is_waiting, list(Severity).index(Severity(remark.severity))


class RemarkFilter(admin.SimpleListFilter):
    """Records at which a check fires: any that still asks for something, or one by its code.

    A code with `OPEN` behind it leaves out records where it was noted; only links lead there.
    """

    title = _("check")
    parameter_name = "remark"
    ANY = "any"
    OPEN = ":open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kind = model_admin.form.kind
        names = [
            (entry.check.value, str(WORDS[entry.check].name))
            for entry in CHECKS
            if entry.kind is kind
        ]
        if (asked := request.GET.get(self.parameter_name, "")).endswith(self.OPEN):
            names = [
                (asked, gettext("%s, not noted") % name)
                if asked == code + self.OPEN
                else (code, name)
                for code, name in names
            ]
        return [(self.ANY, gettext("Any that asks for something")), *names]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        code = self.value()
        if not code:
            return queryset
        rows = OpenRemark.objects.filter(kind=attention.kind_of(queryset.model))
        if code == self.ANY or code.endswith(self.OPEN):
            rows = rows.waiting()
        if code != self.ANY:
            rows = rows.filter(code=code.removesuffix(self.OPEN))
        return queryset.filter(pk__in=rows.values("record_id"))
