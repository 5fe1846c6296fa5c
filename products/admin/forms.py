"""Magnesium forms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from products.admin.base import FactAdmin
from products.admin.evidence import ResultsOfForm
from products.models import MagnesiumForm

DERIVED = ["magnesium_share", "how_sure", "rests_on"]


def percent(fraction: Decimal | None) -> str:
    return "–" if fraction is None else f"{fraction * 100:.2f} %"


@admin.register(MagnesiumForm)
class MagnesiumFormAdmin(FactAdmin):
    list_display = [
        "name",
        "status",
        "category",
        "share_dry",
        "bioavailability",
        "confidence",
        "laxative",
        "verified",
    ]
    list_filter = ["status", "category", "bioavailability", "confidence", "laxative", "verified"]
    search_fields = ["name", "short_name", "slug", "synonyms", "patented_names", "=formula"]
    search_help_text = "Name, synonym, branded ingredient or formula"
    prepopulated_fields = {"slug": ["short_name"]}
    autocomplete_fields = ["sources"]
    readonly_fields = DERIVED
    inlines = [ResultsOfForm]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "name",
                    ("short_name", "slug"),
                    ("status", "position"),
                    ("category", "is_catch_all"),
                    ("synonyms", "patented_names"),
                    "summary",
                ]
            },
        ),
        (
            "Chemistry",
            {
                "fields": [
                    ("formula", "hydrate_formula"),
                    "magnesium_share",
                    ("label_fraction_low_percent", "label_fraction_high_percent"),
                    ("cas_number", "pubchem_cid", "unii"),
                    "solubility",
                    "solubility_note",
                ]
            },
        ),
        (
            "What the body does with it",
            {
                "fields": [
                    "bioavailability",
                    "bioavailability_rationale",
                    "how_sure",
                    "laxative",
                    "laxative_rationale",
                ]
            },
        ),
        ("Where this comes from", {"fields": ["sources", "verified", "note", "rests_on"]}),
    ]

    @admin.display(description="magnesium", ordering="elemental_fraction")
    def share_dry(self, form: MagnesiumForm) -> str:
        return percent(form.elemental_fraction)

    @admin.display(description="share of magnesium")
    def magnesium_share(self, form: MagnesiumForm) -> str:
        if form.elemental_fraction is None:
            return "Worked out from the formula when it is saved."
        dry = f"{percent(form.elemental_fraction)} at most, without water"
        if form.hydrate_elemental_fraction is None:
            return dry
        return f"{dry}; {percent(form.hydrate_elemental_fraction)} with its water"

    @admin.display(description="confidence")
    def how_sure(self, form: MagnesiumForm) -> str:
        return f"{form.get_confidence_display()}: {form.human_comparisons} human comparisons"

    @admin.display(description="what hangs on it")
    def rests_on(self, form: MagnesiumForm) -> SafeString | str:
        """Lists that are entered on pages of their own; a query for each."""
        if not form.pk:
            return "–"
        lists: list[tuple[str, str, str, Any]] = [
            ("finding", "form", "findings", form.findings),
            ("laxativeobservation", "form", "laxative observations", form.laxative_observations),
            ("evidence", "form", "results for uses", form.evidence),
            ("sideeffect", "form", "side effects", form.sideeffects),
            ("interaction", "form", "interactions", form.interactions),
            ("caution", "form", "cautions", form.cautions),
            ("judgement", "form", "verdicts on claims", form.judgements),
            ("product", "ingredients__form", "products", form.ingredients),
        ]
        return format_html_join(
            " · ",
            "<a href='{}?{}__id__exact={}'>{} {}</a>",
            (
                (
                    reverse(f"admin:products_{model}_changelist"),
                    lookup,
                    form.pk,
                    rows.count(),
                    words,
                )
                for model, lookup, words, rows in lists
            ),
        )
