"""Where facts come from."""

from django.contrib import admin

from products.admin.base import FactAdmin
from products.models import Source


@admin.register(Source)
class SourceAdmin(FactAdmin):
    list_display = ["key", "title", "kind", "year", "verified", "seen_on"]
    list_filter = ["kind", "verified", "species", "industry_funded"]
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
