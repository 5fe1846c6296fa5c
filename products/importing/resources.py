"""What stands in each file of the catalogue: one small description a file.

A column is named as the field of the model, so how a cell is read follows from the field (see
`values`). A record is named by its key: the same key again is the same record, changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models

from products.models import (
    BodyFunction,
    Brand,
    Caution,
    Certification,
    Claim,
    DeficiencySign,
    Evidence,
    FactNote,
    Finding,
    FoodSource,
    Interaction,
    Judgement,
    LaxativeObservation,
    MagnesiumForm,
    Offer,
    Product,
    ProductIngredient,
    PublishedRating,
    RatingSummary,
    ReferenceIntake,
    ReviewFact,
    SideEffect,
    Source,
    UpperLevel,
    Use,
)
from products.models.base import Fact

REFERRED_BY: dict[type[models.Model], str] = {
    Source: "key",
    MagnesiumForm: "slug",
    Brand: "slug",
    Product: "slug",
    Use: "slug",
    Evidence: "key",
    Judgement: "key",
}
"""How a cell names a record of another file."""

SEPARATOR = "|"
"""Between the parts of a list within one cell."""


@dataclass(frozen=True)
class Resource:
    """One file: which records it holds, what names a record, and the columns in their order.

    `lines` are the columns that hold a list: parts divided by `|` in the cell, one a line in the
    model.
    """

    name: str
    model: type[Fact]
    key: tuple[str, ...]
    columns: tuple[str, ...]
    lines: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def field(self, column: str) -> models.Field[Any, Any]:
        """The model's field that a column fills."""
        return self._fields[column]

    def referred(self, column: str) -> type[models.Model] | None:
        """The model that a column refers to, if it refers to one."""
        return self._referred[column]

    @cached_property
    def _fields(self) -> dict[str, models.Field[Any, Any]]:
        fields = {column: self.model._meta.get_field(column) for column in self.columns}
        # A description that names a reverse relation is a mistake here.
        return {name: field for name, field in fields.items() if isinstance(field, models.Field)}

    @cached_property
    def _referred(self) -> dict[str, type[models.Model] | None]:
        return {name: field.related_model for name, field in self._fields.items()}

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """Columns that name several records of another file."""
        return tuple(c for c in self.columns if self.field(c).many_to_many)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """Columns that the record itself holds."""
        return tuple(c for c in self.columns if not self.field(c).many_to_many)


def _columns(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# A file comes after those that it refers to. Editorial columns (`status`) are not here: what a file
# says of a fact must not publish what an editor has taken back.
RESOURCES: tuple[Resource, ...] = (
    Resource(
        "sources",
        Source,
        ("key",),
        _columns(
            "key kind title authors year published_in doi pmid url population sample_size species"
            " duration industry_funded verified seen_on url_seen note"
        ),
    ),
    Resource(
        "forms",
        MagnesiumForm,
        ("slug",),
        _columns(
            "slug name short_name position synonyms patented_names category is_catch_all formula"
            " hydrate_formula label_fraction_low_percent label_fraction_high_percent cas_number"
            " pubchem_cid unii solubility solubility_note summary bioavailability"
            " bioavailability_rationale laxative laxative_rationale sources verified note"
        ),
        lines=frozenset({"synonyms", "patented_names"}),
    ),
    Resource("brands", Brand, ("slug",), _columns("slug name website")),
    Resource(
        "products",
        Product,
        ("slug",),
        _columns(
            "slug brand name source verified checked_on market dosage_form serving_units"
            " serving_measure servings_per_container container_units container_measure"
            " daily_servings_low daily_servings_high label_elemental_mg label_compound_mg"
            " daily_value_percent label_year"
            " other_ingredients allergens vegan vegetarian gluten_free non_gmo directions with_food"
            " combined_with is_medicine is_laxative gtin dsld_id other_identifier flags editor_note"
        ),
    ),
    Resource(
        "ingredients",
        ProductIngredient,
        ("product", "form"),
        _columns("product form position compound_mg elemental_mg amounts as_printed"),
    ),
    Resource(
        "fact_notes",
        FactNote,
        ("product", "fact"),
        _columns("product fact empty source note"),
    ),
    Resource(
        "certifications",
        Certification,
        ("product", "body"),
        _columns("product body state register_url source"),
    ),
    Resource(
        "offers",
        Offer,
        ("product", "seller", "currency", "seen_on"),
        _columns("product seller price currency seen_on url source"),
    ),
    Resource(
        "ratings",
        RatingSummary,
        ("product", "source"),
        _columns("product source average scale_max count seen_on"),
    ),
    Resource(
        "findings",
        Finding,
        ("key",),
        _columns(
            "key form source against comparator measure direction value unit comparator_value"
            " p_value species n dose_elemental_mg dose_note population duration note verified"
            " url_seen"
        ),
    ),
    Resource(
        "laxative_observations",
        LaxativeObservation,
        ("key",),
        _columns(
            "key form source seen threshold_elemental_mg threshold_note compound_mg_low"
            " compound_mg_high dose_context onset_hours_low onset_hours_high"
            " diarrhoea_rate_percent comparator note verified url_seen"
        ),
    ),
    Resource(
        "uses",
        Use,
        ("slug",),
        _columns(
            "slug name position synonyms group question summary laxative_effect_wanted"
            " hospital_only certainty direction note"
        ),
        lines=frozenset({"synonyms"}),
    ),
    Resource(
        "evidence",
        Evidence,
        ("key",),
        _columns(
            "key use form source design species route is_combination population n"
            " dose_elemental_mg duration comparator outcome direction effect_size effect_unit"
            " ci_low ci_high p_value comparable_group certainty certainty_reason note verified"
            " url_seen"
        ),
    ),
    Resource(
        "published_ratings",
        PublishedRating,
        ("use", "rater", "source"),
        _columns(
            "use form rater rating as_told is_second_hand rated_on told_on is_retired source note"
            " verified url_seen"
        ),
    ),
    Resource(
        "judgements",
        Judgement,
        ("key",),
        _columns(
            "key product subject claim claimed_by use form verdict reason evidence source note"
            " verified url_seen position"
        ),
    ),
    Resource(
        "claims",
        Claim,
        ("product", "text"),
        _columns("product position text basis source verified note judgement uses about"),
    ),
    Resource(
        "review_facts",
        ReviewFact,
        ("product", "section", "fact"),
        _columns(
            "product section position fact value unit basis species is_loose source note verified"
            " url_seen"
        ),
    ),
    Resource(
        "reference_intakes",
        ReferenceIntake,
        ("issued_by", "kind", "sex", "life_stage", "age_from_years"),
        _columns(
            "authority issued_by kind sex life_stage age_from_years age_to_years amount_mg source"
            " verified url_seen"
        ),
    ),
    Resource(
        "upper_levels",
        UpperLevel,
        ("issued_by", "life_stage", "age_from_years"),
        _columns(
            "authority issued_by kind life_stage age_from_years age_to_years amount_mg applies_to"
            " basis source verified url_seen"
        ),
    ),
    Resource(
        "interactions",
        Interaction,
        ("key",),
        _columns(
            "key code medicine_class examples effect mechanism what_to_do action hours_before"
            " hours_after severity form source note verified url_seen"
        ),
    ),
    Resource(
        "cautions",
        Caution,
        ("key",),
        _columns(
            "key code condition synonyms who why what_to_do severity form source note verified"
            " url_seen"
        ),
        lines=frozenset({"synonyms"}),
    ),
    Resource(
        "side_effects",
        SideEffect,
        ("key",),
        _columns(
            "key form effect how_common rate_percent dose_elemental_mg in_first_week is_emergency"
            " advice source note verified url_seen"
        ),
    ),
    Resource(
        "deficiency_signs",
        DeficiencySign,
        ("sign", "stage", "source"),
        _columns("sign stage body_system source note verified url_seen"),
    ),
    Resource(
        "body_functions",
        BodyFunction,
        ("name",),
        _columns("name position detail source note verified url_seen"),
    ),
    Resource(
        "food_sources",
        FoodSource,
        ("food", "serving"),
        _columns("food serving magnesium_mg source note verified url_seen"),
    ),
)

BY_NAME = {resource.name: resource for resource in RESOURCES}
BY_MODEL = {resource.model: resource for resource in RESOURCES}
