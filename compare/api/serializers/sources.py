"""Sources: where facts come from, and what rests on each."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from compare.api.fields import Code, Flag, Link, PageUrl, Text, Texts, Whole
from compare.api.serializers.envelope import Notes, Page
from products.models import Source, Species, Verified

SEEN = (
    "Day, month or year on which it was seen, as 2026-05-31, 2026-05 or 2026. Null: day not known."
)
SUBJECTS = {
    "products": "Products whose label it is",
    "facts": "Single facts of products",
    "offers": "Prices",
    "ratings": "Ratings by buyers",
    "certifications": "Certifications",
    "claims": "Claims of makers",
    "review_facts": "What reviews say of products",
    "forms": "Magnesium forms",
    "findings": "Findings on bioavailability",
    "laxative_observations": "Observations of laxative effect",
    "evidence": "Evidence on uses",
    "published_ratings": "Ratings of uses by outside bodies",
    "judgements": "Claims that were judged",
    "interactions": "Interactions with medicines",
    "cautions": "Cautions",
    "side_effects": "Side effects",
    "reference_intakes": "Recommended intakes",
    "upper_levels": "Upper levels",
    "deficiency_signs": "Signs of a lack of magnesium",
    "body_functions": "What magnesium does in the body",
    "food_sources": "Foods",
}


class SourceRef(serializers.Serializer[Source]):
    """A source, as far as a figure needs it. `/api/v1/sources/<key>/` has the whole."""

    key = Text(help_text="Lasting name of the source.")
    title = Text()
    kind = Code(Source.Kind)
    verified = Code(Verified, help_text="How well what it says is known.")
    seen_on = Text(allow_null=True, help_text=SEEN)
    link = Link(help_text="Where a reader is sent: DOI, else PubMed, else the page itself.")
    url = PageUrl()


class SourceSummary(SourceRef):
    """A label, page, study or authority, with its citation."""

    authors = Text(allow_null=True)
    year = Whole(allow_null=True, help_text="Year of publication.")
    published_in = Text(allow_null=True, help_text="Journal, publisher or site.")
    doi = Text(allow_null=True, help_text="As 10.1000/xyz, without https://doi.org/.")
    pmid = Text(allow_null=True, help_text="PubMed number.")


class RestsOn(serializers.Serializer[Any]):
    """Facts of one kind that rest on a source."""

    subject = Code(SUBJECTS)
    count = Whole(help_text="Number of such facts.")
    keys = Texts(
        help_text="Slugs of products or forms, keys of findings and the like, each once. Of prices, ratings, certifications, claims, reviews and single facts: slugs of their products; of ratings by outside bodies: slugs of uses. Empty for kinds that have no keys, as intakes."
    )


class SourceDetail(SourceSummary):
    """A source with all that rests on it."""

    species = Code(Species, allow_null=True)
    population = Text(allow_null=True, help_text="Who was studied.")
    sample_size = Whole(allow_null=True, help_text="Number of people or animals studied.")
    duration = Text(allow_null=True)
    industry_funded = Flag(allow_null=True, help_text="Paid for by makers. Null: not known.")
    rests_on = serializers.SerializerMethodField(help_text="Kinds without any fact are left out.")
    notes = Notes()

    @extend_schema_field(RestsOn(many=True))
    def get_rests_on(self, source: Source) -> Any:
        return RestsOn(self.context["rests_on"], many=True).data


class SourcePage(Page):
    """One page of sources."""

    results = SourceSummary(many=True, read_only=True)
