"""One FilterSet for a thing, shared by its page, its API and its CSV: products, and magnesium forms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, When

from compare import search
from compare.asking import End, Many, Question, Vocabulary, Words, column, words_of
from compare.notes import Ignored, Note
from products.models import (
    Bioavailability,
    Certification,
    DosageForm,
    Evidence,
    LabelCheck,
    Laxative,
    MagnesiumForm,
    Product,
    ProductIngredient,
    Use,
)
from products.rules.dose import Kind

UNGRADED = "unknown, or differs between its forms"
"""A product of several forms has a grade only where they agree."""
DOLLARS = "USD"
"""Prices are filtered in one currency: none is converted, and unlike ones are never ranked together."""
RELEVANCE = "relevance"
"""An order of what a search finds; of everything it means nothing."""
DIETS = {
    "vegan": "Vegan",
    "vegetarian": "Vegetarian",
    "gluten_free": "Gluten free",
    "non_gmo": "Non-GMO",
}

# Products -------------------------------------------------------------------------------------


def _ingredients(**lookups: Any) -> Exists:
    return Exists(ProductIngredient.objects.filter(product=OuterRef("pk"), **lookups))


def _certified(**lookups: Any) -> Exists:
    named = Certification.objects.exclude(state=Certification.State.NOT_FOUND)
    return Exists(named.filter(product=OuterRef("pk"), **lookups))


def speaking_evidence() -> QuerySet[Evidence]:
    """Evidence that can speak for a supplement of the form that was tested."""
    rows: QuerySet[Evidence] = (
        Evidence.objects.published()
        .in_people_by_mouth()
        .filter(form__isnull=False, use__hospital_only=False)
    )
    return rows


def _form_words() -> Vocabulary:
    return dict(MagnesiumForm.objects.published().values_list("slug", "short_name"))


def _use_words() -> Vocabulary:
    return dict(Use.objects.published().for_supplements().values_list("slug", "name"))


def _brand_words() -> Vocabulary:
    brands = Product.objects.published().order_by().values_list("brand__slug", "brand__name")
    return dict(sorted(brands.distinct(), key=lambda brand: brand[1]))


def _certification_words() -> Vocabulary:
    bodies = Certification.objects.exclude(state=Certification.State.NOT_FOUND).order_by("body")
    return {body: body for body in bodies.values_list("body", flat=True).distinct()}


def _tested_for(uses: Collection[str]) -> Q:
    forms = speaking_evidence().filter(use__slug__in=uses).values("form")
    return Q(_ingredients(form__in=forms))


def _any_diet(diets: Collection[str]) -> Q:
    found = Q()
    for diet in diets:
        found |= Q(**{diet: True})
    return found


NO_DIET_KNOWN = Q(**dict.fromkeys((f"{diet}__isnull" for diet in DIETS), True))


class ByCodePoint(Func):
    """A text in the order of its code points, whatever language a PostgreSQL was set up for.

    It is the order of SQLite, and of the index in memory.
    """

    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = '%(expressions)s COLLATE "C"'
        return self.as_sql(compiler, connection, template=template, **context)


PRICE_RANK = Case(
    When(price_per_100_mg__isnull=True, then=2),
    When(price_currency=DOLLARS, then=0),
    default=1,
    output_field=IntegerField(),
)
"""Dollars first, then the other currencies one after the other, then what has no price."""


def _said_of(understood: search.Understood) -> Iterator[Note]:
    """What a reader must know of how the search was read."""
    for typed, word in zip(understood.typed, understood.words, strict=True):
        if typed != word:
            yield Note(Ignored.CORRECTED, "q", typed, word)
    for word in understood.unknown:
        yield Note(Ignored.NO_SUCH_WORD, "q", word)


class ProductFilter(Question):
    """What can be asked of the catalogue of products."""

    has_basis = True

    q = Words(matching=search.matching_products, label="Search")
    form = Many(
        vocabulary=_form_words,
        condition=lambda chosen: Q(_ingredients(form__slug__in=chosen)),
        unknown=~Q(_ingredients()),
        label="Magnesium form",
    )
    dosage_form = Many(
        vocabulary=words_of(DosageForm),
        condition=column("dosage_form"),
        unknown=Q(dosage_form=""),
        label="Taken as",
    )
    bioavailability = Many(
        vocabulary=words_of(Bioavailability),
        condition=column("bioavailability"),
        unknown=Q(bioavailability=""),
        unknown_words=UNGRADED,
        label="Bioavailability",
    )
    laxative = Many(
        vocabulary=words_of(Laxative),
        condition=column("laxative"),
        unknown=Q(laxative=""),
        unknown_words=UNGRADED,
        label="Laxative effect",
    )
    label_check = Many(
        vocabulary=words_of(LabelCheck), condition=column("label_check"), label="Label check"
    )
    use = Many(vocabulary=_use_words, condition=_tested_for, label="Form tested for")
    certification = Many(
        vocabulary=_certification_words,
        condition=lambda chosen: Q(_certified(body__in=chosen)),
        unknown=~Q(_certified()),
        label="Certification",
    )
    diet = Many(
        vocabulary=lambda: dict(DIETS), condition=_any_diet, unknown=NO_DIET_KNOWN, label="Diet"
    )
    brand = Many(vocabulary=_brand_words, condition=column("brand__slug"), label="Brand")
    elemental_min = End(places=2, most=Decimal(5000), label="From, mg")
    elemental_max = End(places=2, most=Decimal(5000), label="To, mg")
    price_min = End(places=4, most=Decimal(1000), label="From, dollars")
    price_max = End(places=4, most=Decimal(1000), label="To, dollars")

    ranges = {
        "elemental": ("elemental_min", "elemental_max"),
        "price": ("price_min", "price_max"),
    }
    sorts = {
        "brand": "Brand and name",
        "name": "Name",
        "price_per_100_mg": "Price per 100 mg, lowest first",
        "pills": "Pills for 100 mg, fewest first",
        "elemental": "Elemental magnesium, least first",
        "-elemental": "Elemental magnesium, most first",
        RELEVANCE: "Best match",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vocabulary: search.Vocabulary = search.StoredVocabulary()
        """What the search is understood by; whoever holds the same in memory may put it here."""

    @cached_property
    def understood(self) -> search.Understood:
        """What is searched for."""
        return search.understood(self.values.get("q", ""), self.vocabulary)

    @property
    def remarks(self) -> tuple[Note, ...]:
        return tuple(_said_of(self.understood))

    @property
    def orders(self) -> dict[str, str]:
        others = {key: words for key, words in self.sorts.items() if key != RELEVANCE}
        return {RELEVANCE: self.sorts[RELEVANCE], **others} if "q" in self.values else others

    def condition(self, name: str, value: Any) -> Q:
        return search.matching(self.understood) if name == "q" else super().condition(name, value)

    @property
    def elemental_columns(self) -> tuple[str, str]:
        """Low and high end of elemental mg at the basis; at a fixed dose, of the serving."""
        if self.basis.dose.kind is Kind.DAY:
            return "elemental_mg_per_day_low", "elemental_mg_per_day_high"
        return "elemental_mg_per_serving", "elemental_mg_per_serving"

    def range_q(self, name: str, low: Decimal | None, high: Decimal | None) -> Q:
        """A label's range of a day fits when it overlaps the range asked for."""
        if name == "price":
            bottom = top = "price_per_100_mg"
            found = Q(price_currency=DOLLARS)
        else:
            bottom, top = self.elemental_columns
            found = Q()
        if low is not None:
            found &= Q(**{f"{top}__gte": low})
        if high is not None:
            found &= Q(**{f"{bottom}__lte": high})
        return found

    def order_by(self) -> Iterable[Any]:
        low, high = self.elemental_columns
        brand, name = ByCodePoint("brand__name"), ByCodePoint("name")
        orders: dict[str, tuple[Any, ...]] = {
            "brand": (brand, name),
            "name": (name, brand),
            "price_per_100_mg": (PRICE_RANK, "price_currency", "price_per_100_mg"),
            "pills": (F("units_per_100_mg").asc(nulls_last=True),),
            "elemental": (F(low).asc(nulls_last=True), brand),
            "-elemental": (F(high).desc(nulls_last=True), brand),
            RELEVANCE: (search.rank(self.understood), name),
        }
        return orders[self.sort]


# Forms ----------------------------------------------------------------------------------------


def _tested_with(uses: Collection[str]) -> Q:
    return Q(Exists(speaking_evidence().filter(form=OuterRef("pk"), use__slug__in=uses)))


class FormFilter(Question):
    """What can be asked of the magnesium forms."""

    q = Words(matching=search.matching_forms, label="Search")
    category = Many(
        vocabulary=words_of(MagnesiumForm.Category), condition=column("category"), label="Kind"
    )
    bioavailability = Many(
        vocabulary=words_of(Bioavailability),
        condition=column("bioavailability"),
        label="Bioavailability",
    )
    laxative = Many(
        vocabulary=words_of(Laxative),
        condition=column("laxative"),
        unknown=Q(laxative=""),
        label="Laxative effect",
    )
    solubility = Many(
        vocabulary=words_of(MagnesiumForm.Solubility),
        condition=column("solubility"),
        unknown=Q(solubility=""),
        label="Solubility",
    )
    use = Many(vocabulary=_use_words, condition=_tested_with, label="Tested for")

    sorts = {
        "position": "Usual order",
        "name": "Name",
        "-elemental_fraction": "Magnesium in the salt, most first",
        "elemental_fraction": "Magnesium in the salt, least first",
        "-human_comparisons": "Human comparisons, most first",
        "-products": "Products, most first",
    }

    def order_by(self) -> Iterable[Any]:
        fraction = F("elemental_fraction")
        orders: dict[str, tuple[Any, ...]] = {
            "position": ("position", "name"),
            "name": ("name",),
            "-elemental_fraction": (fraction.desc(nulls_last=True),),
            "elemental_fraction": (fraction.asc(nulls_last=True),),
            "-human_comparisons": ("-human_comparisons", "position"),
            "-products": ("-product_count", "position"),
        }
        return orders[self.sort]
