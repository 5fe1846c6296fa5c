"""Products: what labels say, what follows from it, and why a fact is blank."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from compare.api.fields import (
    Code,
    Day,
    EmptyMap,
    Flag,
    Json,
    Link,
    Number,
    PageUrl,
    Range,
    Text,
    Whole,
    number,
    rounded_number,
)
from compare.api.product_facts import (
    Facts,
    detail_facts,
    empties,
    ingredient_empty,
    list_facts,
    own_sources,
)
from compare.api.serializers.claims import ClaimAnswer
from compare.api.serializers.envelope import BasisAnswer, FilteredPage, Notes
from compare.api.serializers.matching import GroupCount, MatchAnswer
from compare.api.serializers.sources import SourceRef
from compare.basis import Basis
from compare.links import Query
from compare.rows import ProductRow
from compare.wishes import MOST_COUNTED, Wishes
from products.models import (
    Bioavailability,
    Brand,
    Certification,
    Currency,
    DosageForm,
    LabelCheck,
    Laxative,
    Offer,
    Product,
    ProductIngredient,
    RatingSummary,
    Verified,
)
from products.rules import cost, label_check
from products.rules.dose import Amount

STALE = f"Seen more than {cost.STALE_AFTER_DAYS} days ago, or on a day that is not known."
REASONS = {
    label_check.Reason.ELEMENTAL_UNKNOWN.value: "the magnesium in a serving is not known",
    label_check.Reason.FORM_UNKNOWN.value: "the form is not known",
    label_check.Reason.COMPOUND_UNKNOWN.value: "the mass of the compound is not known",
    label_check.Reason.FRACTION_UNKNOWN.value: "a form has no formula",
}
SOURCES_HELP = "Sources of fields that do not come from `source`, by the name of the field."


class BrandAnswer(serializers.Serializer[Brand]):
    """Who puts its name on the bottle."""

    slug = Text(help_text="As the filter `brand` takes it.")
    name = Text()
    website = Link()


class IngredientAnswer(serializers.Serializer[ProductIngredient]):
    """One magnesium form in one serving."""

    form = Text(source="form.slug", help_text="Slug of the magnesium form.")
    name = Text(source="form.name")
    amounts = Code(
        ProductIngredient.Amounts, help_text="Whether the amounts are stated; if not, why not."
    )
    compound_mg = Number(allow_null=True, help_text="Mass of the compound per serving, mg.")
    elemental_mg = Number(
        allow_null=True, help_text="Magnesium itself from this form per serving, mg."
    )
    as_printed = Text(allow_null=True, help_text="The words on the label.")
    empty = EmptyMap()

    def to_representation(self, part: ProductIngredient) -> Json:
        shown: Json = super().to_representation(part)
        blank = [field for field in ("compound_mg", "elemental_mg") if shown[field] is None]
        shown["empty"] = dict.fromkeys(blank, ingredient_empty(part))
        return shown


class LabelCheckAnswer(serializers.Serializer[Product]):
    """Whether the compound on the label can hold the magnesium that the label claims."""

    code = Code(LabelCheck, source="label_check")
    reason = Code(
        REASONS,
        source="label_check_reason",
        allow_null=True,
        help_text="What is missing, when it cannot be checked.",
    )
    capacity_mg = Number(
        source="label_capacity_mg",
        allow_null=True,
        help_text="The most magnesium that the compounds of a serving can hold, mg. Null when it cannot be checked.",
    )


class OfferAnswer(serializers.Serializer[Any]):
    """A price at a seller on a day."""

    seller = Text()
    price = Number(help_text="For the whole pack, in `currency`.")
    currency = Code(Currency)
    price_per_100_mg = serializers.SerializerMethodField(
        help_text="Price of 100 mg elemental magnesium, in `currency`."
    )
    seen_on = Day(allow_null=True, help_text="Null: the day is not known.")
    is_stale = serializers.SerializerMethodField(help_text=STALE)
    is_current = serializers.SerializerMethodField(
        help_text="The offer that speaks for the product in lists and comparisons."
    )
    link = Link(source="url", help_text="Page where it can be bought.")
    source = SourceRef(read_only=True)  # type: ignore[assignment]

    @extend_schema_field(Number(allow_null=True))
    def get_price_per_100_mg(self, offer: Offer) -> int | float | None:
        product: Product = self.context["product"]
        price = cost.price_per_100_mg(
            offer.price, product.elemental_mg_per_serving, product.pack_servings
        )
        return None if price is None else number(price)

    def get_is_stale(self, offer: Offer) -> bool:
        return cost.is_stale(offer.seen_on, self.context["at"])

    def get_is_current(self, offer: Offer) -> bool:
        return offer.pk == self.context["product"].current_offer_id


class RatingAnswer(serializers.Serializer[RatingSummary]):
    """What buyers gave it at one place: how it was liked, not whether it works."""

    average = Number(help_text="From 0 to `scale_max`.")
    scale_max = Whole(help_text="Highest mark possible.")
    count = Whole(help_text="Number of ratings behind the average.")
    seen_on = Day(allow_null=True, help_text="Null: the day is not known.")
    source = SourceRef(read_only=True)  # type: ignore[assignment]


class CertificationAnswer(serializers.Serializer[Certification]):
    """What a named body says of a product, or the brand says that it says."""

    body = Text(help_text="As the filter `certification` takes it.")
    state = Code(Certification.State)
    register_link = Link(source="register_url", help_text="Entry in the body's own register.")
    source = SourceRef(read_only=True)  # type: ignore[assignment]


@extend_schema_field(serializers.DictField(child=SourceRef()))
class SourceMap(serializers.Field):
    """Sources by field. Filled by the serializer."""

    def __init__(self) -> None:
        super().__init__(source="*", read_only=True, help_text=SOURCES_HELP)

    def to_representation(self, product: Product) -> Json:
        return {}


class ProductSummary(serializers.Serializer[Product]):
    """A product as a list shows it: the label, what follows from it, and why a fact is blank."""

    slug = Text()
    name = Text(help_text="As on the label, without the brand.")
    brand = BrandAnswer(read_only=True)
    url = PageUrl()
    market = Text(allow_null=True, help_text="Country whose label it is, two letters.")
    dosage_form = Code(DosageForm, allow_null=True)
    serving_units = Number(allow_null=True, help_text="Capsules, tablets, scoops … in a serving.")
    serving_measure = Text(
        allow_null=True,
        help_text="What a unit is, when it is not one piece of the dosage form: 1 scoop.",
    )
    daily_servings = Range(
        allow_null=True, read_only=True, help_text="Servings a day as the label suggests."
    )
    servings_per_container = Number(
        source="pack_servings",
        allow_null=True,
        help_text="Servings in a pack, as stated, else its units by the units of a serving.",
    )
    container_units = Number(allow_null=True, help_text="Capsules, tablets … in the pack.")
    container_measure = Text(allow_null=True, help_text="For powders and liquids, as 227 g.")
    elemental_mg_per_serving = Number(
        allow_null=True, help_text="Magnesium itself in one serving, mg."
    )
    elemental_mg_per_day = serializers.SerializerMethodField(
        help_text="Magnesium itself in the label's day, mg. Unknown when the label names no day."
    )
    compound_mg_per_serving = Number(
        source="compound_mg",
        allow_null=True,
        help_text="All magnesium compounds of a serving together, mg.",
    )
    units_per_100_mg = Number(
        allow_null=True, help_text="Pieces that bring 100 mg of elemental magnesium."
    )
    dose_elemental_mg = serializers.SerializerMethodField(
        help_text="Magnesium itself in the dose of `basis`, mg."
    )
    dose_servings = serializers.SerializerMethodField(
        help_text="Servings that make the dose of `basis`."
    )
    dose_units = serializers.SerializerMethodField(
        help_text="Pieces that make the dose of `basis`; does not apply to powders and liquids."
    )
    price = Number(
        source="current_offer.price",
        allow_null=True,
        help_text="Of the whole pack, in `price_currency`: the offer that speaks for the product.",
    )
    price_currency = Code(Currency, allow_null=True, help_text="Never converted.")
    price_per_100_mg = Number(
        allow_null=True, help_text="Price of 100 mg elemental magnesium, in `price_currency`."
    )
    price_seen_on = Day(allow_null=True, help_text="Null beside a price: the day is not known.")
    price_is_stale = serializers.SerializerMethodField(help_text=STALE)
    label_check = LabelCheckAnswer(source="*", read_only=True)
    bioavailability = Code(
        Bioavailability, allow_null=True, help_text="Grade of its forms, when they agree."
    )
    bioavailability_differs = serializers.SerializerMethodField(
        help_text="Its forms have different grades, so that it has none."
    )
    laxative = Code(Laxative, allow_null=True, help_text="Grade of its forms, when they agree.")
    laxative_differs = serializers.SerializerMethodField(
        help_text="Its forms have different grades, so that it has none."
    )
    ingredients = IngredientAnswer(many=True, read_only=True)
    vegan = Flag(allow_null=True)
    vegetarian = Flag(allow_null=True)
    gluten_free = Flag(allow_null=True)
    non_gmo = Flag(allow_null=True)
    is_medicine = Flag(help_text="Licensed or sold as a medicine, not as a supplement.")
    is_laxative = Flag(help_text="Sold to loosen the bowel.")
    verified = Code(Verified)
    source = SourceRef(read_only=True, help_text="Where every fact comes from that has no own.")  # type: ignore[assignment]
    sources = SourceMap()
    empty = EmptyMap()

    @cached_property
    def facts(self) -> Facts:
        return list_facts(self.context["basis"])

    def to_representation(self, product: Product) -> Json:
        """Why a field is blank is read off what is shown, so that no blank goes unexplained."""
        self.row = ProductRow(product, self.context["basis"], self.context["at"], Query())
        shown: Json = super().to_representation(product)
        sources = own_sources(product, self.facts)
        shown["sources"] = {
            field: self.source_ref.to_representation(source) for field, source in sources.items()
        }
        shown["empty"] = empties(shown, self.row, self.facts)
        return shown

    @cached_property
    def source_ref(self) -> SourceRef:
        """Tells of one source after the other: a serializer of its own for each costs more than it tells."""
        return SourceRef(context=self.context)

    @extend_schema_field(Range(allow_null=True))
    def get_elemental_mg_per_day(self, product: Product) -> Json | None:
        low, high = product.elemental_mg_per_day_low, product.elemental_mg_per_day_high
        return None if low is None or high is None else _range(Amount(low, high))

    @extend_schema_field(Range(allow_null=True))
    def get_dose_elemental_mg(self, product: Product) -> Json | None:
        return _range(self.row.magnesium)

    @extend_schema_field(Range(allow_null=True))
    def get_dose_servings(self, product: Product) -> Json | None:
        basis: Basis = self.context["basis"]
        return _range(basis.servings(product))

    @extend_schema_field(Range(allow_null=True))
    def get_dose_units(self, product: Product) -> Json | None:
        return _range(self.row.units)

    def get_price_is_stale(self, product: Product) -> bool | None:
        return self.row.is_stale if product.current_offer_id else None

    def get_bioavailability_differs(self, product: Product) -> bool:
        return not product.bioavailability and self.row.grade_empty is None

    def get_laxative_differs(self, product: Product) -> bool:
        return not product.laxative and self.row.laxative_empty is None


class ProductDetail(ProductSummary):
    """One product with all that is known of it."""

    checked_on = Day(
        allow_null=True, help_text="Day on which the record was last held against the label."
    )
    other_ingredients = Text(allow_null=True)
    allergens = Text(allow_null=True)
    directions = Text(allow_null=True, help_text="How the label says to take it, in our words.")
    with_food = Code(Product.WithFood, allow_null=True)
    combined_with = Text(
        allow_null=True,
        help_text="Other active ingredients. Magnesium gets no credit for what they do.",
    )
    gtin = Text(allow_null=True, help_text="Barcode: UPC, EAN or GTIN, digits alone.")
    dsld_id = Text(allow_null=True, help_text="Number of the label in the NIH database.")
    other_identifier = Text(allow_null=True, help_text="A national number, as an NDC or PZN.")
    offers = serializers.SerializerMethodField(help_text="Prices seen, newest first.")
    ratings = RatingAnswer(many=True, read_only=True)
    certifications = CertificationAnswer(many=True, read_only=True)
    claims = ClaimAnswer(many=True, read_only=True, help_text="What makers say; no evidence.")
    basis = serializers.SerializerMethodField(help_text="What the figures of the dose stand on.")
    notes = Notes()

    @cached_property
    def facts(self) -> Facts:
        return detail_facts(self.context["basis"])

    @extend_schema_field(OfferAnswer(many=True))
    def get_offers(self, product: Product) -> Any:
        context = {**self.context, "product": product}
        return OfferAnswer(product.offers.all(), many=True, context=context).data

    @extend_schema_field(BasisAnswer)
    def get_basis(self, product: Product) -> Json:
        return BasisAnswer(self.context["basis"]).data


class ListedProduct(ProductSummary):
    """A product of a list, and how it stands to what is wanted."""

    match = serializers.SerializerMethodField(help_text="Null unless something is wanted (`want`).")

    @extend_schema_field(MatchAnswer(allow_null=True))
    def get_match(self, product: Product) -> Any:
        wishes: Wishes = self.context["wishes"]
        return MatchAnswer(wishes.placed(self.row)).data if wishes else None


class ProductPage(FilteredPage):
    """One page of products."""

    groups = GroupCount(
        many=True,
        read_only=True,
        help_text="Groups of the whole answer by what is wanted (`want`), the best first. Empty "
        f"where nothing is, and where more than {MOST_COUNTED} products are found.",
    )
    results = ListedProduct(many=True, read_only=True)


def _range(amount: Amount | None) -> Json | None:
    """A range; quotients without end are rounded."""
    if amount is None:
        return None
    return {"low": rounded_number(amount.low), "high": rounded_number(amount.high)}
