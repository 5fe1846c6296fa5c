"""What outside bodies say of a use, and our verdicts on claims."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from products.admin.base import FactAdmin, PartInline
from products.models import Judgement, PublishedRating


class PublishedRatingInline(PartInline):
    model = PublishedRating
    fields = ["rater", "rating", "as_told", "rated_on", "source", "verified"]
    autocomplete_fields = ["source"]
    show_change_link = True
    verbose_name_plural = _("how outside bodies rate it")


@admin.register(PublishedRating)
class PublishedRatingAdmin(FactAdmin):
    list_display = ["use", "rater", "as_told", "is_second_hand", "is_retired", "rated_on", "source"]
    list_filter = ["rater", "is_second_hand", "is_retired", "verified"]
    list_select_related = ["use", "source"]
    search_fields = ["use__name", "rater", "rating", "source__key"]
    search_help_text = "Use, body, words of the rating or source key"
    autocomplete_fields = ["use", "form", "source"]
    date_hierarchy = "rated_on"
    fieldsets = [
        (None, {"fields": [("use", "form"), "rater", "rating", "as_told"]}),
        (
            "When and by whom it was told",
            {"fields": [("rated_on", "is_retired"), ("is_second_hand", "told_on")]},
        ),
        ("Where this comes from", {"fields": ["source", "verified", "url_seen", "note"]}),
    ]


class JudgementInline(PartInline):
    model = Judgement
    fields = ["key", "subject", "claim", "claimed_by", "use", "form", "verdict", "reason", "source"]
    autocomplete_fields = ["use", "form", "source"]
    show_change_link = True
    verbose_name_plural = _("our verdicts on what is said of it")


@admin.register(Judgement)
class JudgementAdmin(FactAdmin):
    list_display = ["claim", "subject", "use", "form", "verdict", "verified", "source"]
    list_filter = ["verdict", "verified", "form", "use"]
    list_select_related = ["use", "form", "source"]
    search_fields = ["key", "claim", "subject", "claimed_by", "use__name", "form__name"]
    search_help_text = "Words of the claim, its subject, use, form or key"
    autocomplete_fields = ["product", "use", "form", "evidence", "source"]
    readonly_fields = ["by_rule"]
    fieldsets = [
        (None, {"fields": ["key", ("subject", "product"), "claim", "claimed_by"]}),
        (
            "What the evidence says of it",
            {"fields": [("use", "form"), "verdict", "reason", "evidence", "by_rule"]},
        ),
        (
            "Where the claim is made",
            {"fields": ["source", "verified", "url_seen", "note", "position"]},
        ),
    ]

    @admin.display(description="what follows from this evidence")
    def by_rule(self, judgement: Judgement) -> str:
        """To hold the verdict against, not to copy: an editor reads what a rule cannot."""
        if not judgement.pk:
            return "–"
        return str(Judgement.Verdict(judgement.verdict_by_rule).label)
