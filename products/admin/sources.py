"""Where facts come from."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from products.admin.filters import RecheckFilter
from products.admin.vetting import SourceForm, VettedAdmin
from products.models import Source, Verified
from products.rules import citation


class NumberedForm(SourceForm):
    """Refuses a DOI or PMID that is here already, and leads to the source that has it."""

    def clean_doi(self) -> str:
        doi: str = self.cleaned_data["doi"]
        with suppress(ValueError):  # the model says what a DOI looks like
            self._refuse_a_second("DOI", doi=citation.normalised_doi(doi))
        return doi

    def clean_pmid(self) -> str:
        pmid: str = self.cleaned_data["pmid"]
        self._refuse_a_second("PMID", pmid=pmid)
        return pmid

    def _refuse_a_second(self, name: str, **number: str) -> None:
        """Raises `ValidationError` when another source has this number."""
        if not any(number.values()):
            return
        there = Source.objects.filter(**number).exclude(pk=self.instance.pk).first()
        if there is None:
            return
        page = reverse("admin:products_source_change", args=[there.pk])
        link = format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', page, there)
        say = _("A source with this {} is already here: {}. Choose that one instead.")
        raise ValidationError(format_html(say, name, link))


@admin.register(Source)
class SourceAdmin(VettedAdmin):
    form = NumberedForm
    list_display = ["key", "title", "kind", "year", "verified", "seen_on"]
    list_filter = ["kind", "verified", "species", "industry_funded", RecheckFilter]
    search_fields = ["key", "title", "authors", "=doi", "=pmid", "url", "=year"]
    prepopulated_fields = {"key": ["title"]}
    search_help_text = "Key, title, authors, DOI, PMID, year or address"
    fieldsets = [
        (None, {"fields": ["title", "key", "kind", ("seen_on", "verified")]}),
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

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        """Who enters a source has it open."""
        today = timezone.now().date().isoformat()
        return {"verified": Verified.PAGE, "seen_on": today} | super().get_changeform_initial_data(
            request
        )

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
