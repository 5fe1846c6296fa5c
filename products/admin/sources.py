"""Where facts come from."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from products.admin.filters import RecheckFilter
from products.admin.vetting import SourceForm, VettedAdmin
from products.models import Source
from products.rules import citation


@admin.register(Source)
class SourceAdmin(VettedAdmin):
    form = SourceForm
    list_display = ["key", "title", "kind", "year", "verified", "seen_on"]
    list_filter = ["kind", "verified", "species", "industry_funded", RecheckFilter]
    search_fields = ["key", "title", "authors", "=doi", "=pmid", "url", "=year"]
    search_help_text = "Key, title, authors, DOI, PMID, year or address"
    fieldsets = [
        (None, {"fields": ["key", "kind", "title", ("seen_on", "verified")]}),
        (
            "Where readers find it",
            {"fields": ["authors", ("year", "published_in"), ("doi", "pmid"), "url"]},
        ),
        (
            "What was studied",
            {
                "fields": [
                    "population",
                    ("species", "sample_size"),
                    ("duration", "industry_funded"),
                ],
                "description": "For studies only.",
            },
        ),
        ("For editors", {"fields": ["url_seen", "note"]}),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        """A DOI is found however it was copied: bare, as `doi:`, or as an address."""
        try:
            term = citation.normalised_doi(search_term)
        except ValueError:
            term = search_term
        found: tuple[QuerySet[Source], bool] = super().get_search_results(request, queryset, term)
        return found
