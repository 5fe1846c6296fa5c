"""Findings, evidence for uses, and what makers claim."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from products.admin.base import FactAdmin, PartInline
from products.admin.judging import PublishedRatingInline
from products.admin.vetting import EvidenceForm, VettedAdmin
from products.models import Claim, Evidence, Finding, LaxativeObservation, Use

ORIGIN: tuple[str, Any] = (
    "Where this comes from",
    {"fields": ["source", "verified", "url_seen", "note"]},
)


@admin.register(Finding)
class FindingAdmin(FactAdmin):
    list_display = ["key", "form", "measure", "direction", "comparator", "species", "n", "source"]
    list_filter = ["species", "measure", "direction", "against", "verified", "form"]
    list_select_related = ["form", "comparator", "source"]
    search_fields = ["key", "form__name", "source__key", "source__title", "note"]
    search_help_text = "Key, form, study or note"
    autocomplete_fields = ["form", "comparator", "source"]
    fieldsets = [
        (None, {"fields": ["key", "form", ("species", "n"), "population", "duration"]}),
        (
            "What was measured",
            {
                "fields": [
                    "measure",
                    ("against", "comparator"),
                    "direction",
                    ("value", "comparator_value", "unit"),
                    "p_value",
                ]
            },
        ),
        ("Dose", {"fields": ["dose_elemental_mg", "dose_note"]}),
        ORIGIN,
    ]


@admin.register(LaxativeObservation)
class LaxativeObservationAdmin(FactAdmin):
    list_display = ["key", "form", "seen", "threshold_elemental_mg", "threshold_note", "source"]
    list_filter = ["seen", "verified", "form"]
    list_select_related = ["form", "source"]
    search_fields = ["key", "form__name", "source__key", "source__title", "note"]
    search_help_text = "Key, form, study or note"
    autocomplete_fields = ["form", "source"]
    fieldsets = [
        (None, {"fields": ["key", "form", "seen", "comparator"]}),
        (
            "From which dose",
            {
                "fields": [
                    "threshold_elemental_mg",
                    "threshold_note",
                    ("compound_mg_low", "compound_mg_high"),
                    "dose_context",
                ]
            },
        ),
        (
            "How it goes",
            {"fields": [("onset_hours_low", "onset_hours_high"), "diarrhoea_rate_percent"]},
        ),
        ORIGIN,
    ]


def evidence_fieldsets(*wholes: str) -> list[tuple[Any, Any]]:
    """The form of one result; `wholes` are those of use and form that are chosen in it."""
    return [
        (None, {"fields": ["key", wholes, "outcome"]}),
        (
            "The study",
            {
                "fields": [
                    ("design", "species"),
                    ("route", "is_combination"),
                    ("n", "population"),
                    ("dose_elemental_mg", "duration"),
                    "comparator",
                ]
            },
        ),
        (
            "The result",
            {
                "fields": [
                    "direction",
                    ("effect_size", "effect_unit"),
                    ("ci_low", "ci_high", "p_value"),
                    "comparable_group",
                    "certainty",
                    "certainty_reason",
                ]
            },
        ),
        ORIGIN,
    ]


class EvidenceInline(PartInline):
    """Results of studies on the page of their use, or of their form. Each folds away."""

    model = Evidence
    template = "admin/edit_inline/stacked.html"
    show_change_link = True
    classes = ["collapse"]
    verbose_name = _("result of a study")
    verbose_name_plural = _("results of studies")


class ResultsOfUse(EvidenceInline):
    fk_name = "use"
    autocomplete_fields = ["form", "source"]
    fieldsets = evidence_fieldsets("form")


class ResultsOfForm(EvidenceInline):
    fk_name = "form"
    autocomplete_fields = ["use", "source"]
    fieldsets = evidence_fieldsets("use")


@admin.register(Use)
class UseAdmin(FactAdmin):
    list_display = ["name", "status", "group", "direction", "certainty", "hospital_only"]
    list_filter = ["status", "group", "direction", "certainty", "hospital_only"]
    search_fields = ["name", "slug", "synonyms", "question"]
    search_help_text = "Name, synonym or question"
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["results"]
    inlines = [PublishedRatingInline, ResultsOfUse]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("name", "slug"),
                    ("status", "position"),
                    "group",
                    "question",
                    "synonyms",
                    ("laxative_effect_wanted", "hospital_only"),
                ]
            },
        ),
        (
            "What the evidence says",
            {"fields": [("direction", "certainty"), "summary", "results", "note"]},
        ),
    ]

    @admin.display(description="results behind it")
    def results(self, use: Use) -> SafeString | str:
        if not use.pk:
            return "–"
        return format_html(
            "<a href='{}?use__id__exact={}'>{} results of studies</a>",
            reverse("admin:products_evidence_changelist"),
            use.pk,
            use.evidence.count(),
        )


@admin.register(Evidence)
class EvidenceAdmin(VettedAdmin):
    form = EvidenceForm
    list_display = ["key", "use", "form", "design", "species", "direction", "certainty", "source"]
    list_filter = ["direction", "certainty", "species", "design", "route", "verified", "use"]
    list_select_related = ["use", "form", "source"]
    search_fields = ["key", "use__name", "form__name", "outcome", "source__key", "source__title"]
    search_help_text = "Key, use, form, outcome or study"
    autocomplete_fields = ["use", "form", "source"]
    fieldsets = evidence_fieldsets("use", "form")


class ClaimInline(PartInline):
    model = Claim
    fields = ["text", "uses", "about", "judgement", "basis", "source", "verified", "note"]
    autocomplete_fields = ["source", "uses", "judgement"]
    verbose_name_plural = _("what the maker claims")


@admin.register(Claim)
class ClaimAdmin(FactAdmin):
    list_display = ["text", "product", "basis", "verdict", "verified", "source"]
    list_filter = ["about", "uses", ("judgement", admin.EmptyFieldListFilter), "basis", "verified"]
    list_select_related = ["product__brand", "source", "judgement"]
    search_fields = ["text", "product__name", "product__brand__name", "source__key"]
    search_help_text = "Words of the claim, product, brand or source key"
    autocomplete_fields = ["product", "uses", "source", "judgement"]
    fields = [
        "product",
        "text",
        "uses",
        "about",
        "judgement",
        "basis",
        "source",
        "verified",
        "note",
        "position",
    ]

    @admin.display(description="verdict", ordering="judgement__verdict")
    def verdict(self, claim: Claim) -> str:
        return claim.judgement.get_verdict_display() if claim.judgement else "not judged yet"
