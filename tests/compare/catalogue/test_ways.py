"""The index in memory gives what the database gives, whatever is in the catalogue and asked of it."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.asking import Many
from compare.facets import PRODUCT_FACETS, answer, sql
from compare.facets.bitmaps import BitmapAnswer
from compare.facets.keeping import keeper
from compare.facets.registry import ChoiceFacet
from compare.filters import ProductFilter
from compare.links import Query
from products.changes import recording
from products.models import (
    Brand,
    Certification,
    Evidence,
    MagnesiumForm,
    Offer,
    Product,
    ProductIngredient,
    Source,
    Use,
)
from tests import cast
from tests.factories import EvidenceFactory, SourceFactory, UseFactory

pytestmark = pytest.mark.django_db

SLOW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BRANDS = ["Acme", "acme", "Äther", "Zeta"]
NAMES = ["Magnesium", "magnesium", "Mag 100", "Élan", "Zinc and magnesium", "Ω"]
AMOUNTS = ["0.0001", "99.99", "100", "100.01", "144", "350", "525", "2000"]
PRICES = ["0.01", "5", "9.99", "10", "31.50"]


def some(values):
    return st.none() | st.sampled_from(values).map(Decimal)


products = st.fixed_dictionaries(
    {
        "brand": st.sampled_from(BRANDS),
        "name": st.sampled_from(NAMES),
        "status": st.sampled_from(["published", "published", "published", "draft", "retired"]),
        "dosage_form": st.sampled_from(["capsule", "powder", ""]),
        "label_elemental_mg": some(AMOUNTS),
        "serving_units": some(["1", "3"]),
        "servings_per_container": some(["30", "90"]),
        "daily_servings": st.sampled_from([None, (1, 1), (1, 3)]),
        "vegan": st.sampled_from([None, True, False]),
        "non_gmo": st.sampled_from([None, True, False]),
        "forms": st.sets(st.sampled_from(list(cast.FORMS)), max_size=3).map(sorted),
        "offers": st.lists(
            st.tuples(st.sampled_from(PRICES), st.sampled_from(["USD", "EUR", "GBP"])), max_size=2
        ),
        "certified": st.sampled_from([None, "claimed", "not_found"]),
    }
)
choices = st.sampled_from(
    [
        ("form", "citrate"), ("form", "oxide"), ("form", "unknown"), ("dosage_form", "capsule"),
        ("dosage_form", "unknown"), ("bioavailability", "low"), ("bioavailability", "unknown"),
        ("laxative", "mild"), ("laxative", "unknown"), ("label_check", "cannot_be_checked"),
        ("label_check", "adds_up"), ("use", "sleep"), ("use", "memory"), ("certification", "NSF"),
        ("certification", "unknown"), ("diet", "vegan"), ("diet", "unknown"), ("brand", "brand-0"),
        ("brand", "brand-3"), ("dose", "day"), ("dose", "100"), ("q", "magnesium"), ("q", "zeta el"),
        ("q", "!"), ("q", "mag cit"), ("q", "magnesum"), ("q", "elan zinc"), ("q", "sleeep"),
        ("q", "threo"), ("q", "1"),
    ]
)  # fmt: skip
ends = st.tuples(
    st.sampled_from(["elemental_min", "elemental_max"]),
    st.sampled_from(["0", "99.99", "100", "144", "350", "525", "5000"]),
) | st.tuples(
    st.sampled_from(["price_min", "price_max"]),
    st.sampled_from(["0", "0.0001", "0.05", "0.3333", "1", "5", "1000"]),
)
orders = st.sampled_from(list(ProductFilter.sorts)).map(lambda order: ("sort", order))
queries = st.tuples(st.lists(choices | ends, unique=True, max_size=6), orders).map(
    lambda parts: (*parts[0], parts[1])
)


class Shelf:
    """Products made and changed in bulk, through the one door."""

    def __init__(self):
        self.source = SourceFactory(key="any")
        self.forms = {slug: cast.form(slug) for slug in cast.FORMS}
        for use, slugs in (("sleep", ["citrate", "oxide"]), ("memory", ["l-threonate"])):
            for slug in slugs:
                EvidenceFactory(use=UseFactory(slug=use), form=self.forms[slug], source=self.source)
        with recording(by=None, reason="test"):
            self.brands = Brand.objects.bulk_create(
                Brand(slug=f"brand-{n}", name=name) for n, name in enumerate(BRANDS)
            )
        self.made = 0

    def add(self, facts):
        with recording(by=None, reason="test"):
            for one in facts:
                self.made += 1
                self._write(Product(slug=f"product-{self.made}"), one)

    def change(self, changes):
        """Each change names a product by its place among all, and what it is to be; `None` deletes."""
        with recording(by=None, reason="test"):
            for place, facts in changes:
                rows = list(Product.objects.order_by("pk"))
                if not rows:
                    return
                product = rows[place % len(rows)]
                if facts is None:
                    product.delete()
                else:
                    for part in (product.ingredients, product.offers, product.certifications):
                        part.all().delete()
                    self._write(product, facts)

    def _write(self, product, facts):
        low, high = facts["daily_servings"] or (None, None)
        product.brand = self.brands[BRANDS.index(facts["brand"])]
        product.source = self.source
        product.daily_servings_low, product.daily_servings_high = low, high
        for name in (
            "name", "status", "dosage_form", "label_elemental_mg", "serving_units",
            "servings_per_container", "vegan", "non_gmo",
        ):  # fmt: skip
            setattr(product, name, facts[name])
        product.save()
        for slug in facts["forms"]:
            ProductIngredient(product=product, form=self.forms[slug]).save()
        for n, (price, currency) in enumerate(facts["offers"]):
            Offer(
                product=product, seller=f"Shop {n}", price=Decimal(price), currency=currency,
                source=self.source,
            ).save()  # fmt: skip
        if facts["certified"]:
            state = facts["certified"]
            Certification(product=product, body="NSF", state=state, source=self.source).save()


@pytest.fixture
def shelf(settings, tmp_path):
    settings.FACETS, settings.FACETS_DIR = "bitmaps", tmp_path
    keeper.forget()
    return Shelf()


def ask(pairs):
    return ProductFilter(Query(tuple(pairs)), Product.objects.published())


def assert_same(pairs):
    """Counts, words, the whole order and a page of it."""
    mine, reference = ask(pairs), ask(pairs)
    found = answer(mine)
    assert isinstance(found, BitmapAnswer)
    counted = found.counts(PRODUCT_FACETS)
    assert counted == sql.counts(reference, PRODUCT_FACETS)
    assert mine.notes == reference.notes
    assert mine.remarks == reference.remarks
    for facet in PRODUCT_FACETS:
        if isinstance(facet, ChoiceFacet):
            mine_words, words = (one.filters[facet.key] for one in (mine, reference))
            assert isinstance(words, Many)
            assert mine_words.vocabulary == words.vocabulary, facet.key
    in_order = sql.ids(reference, 0, counted.total + 1)
    assert found.ids(0, counted.total + 1) == in_order
    assert found.ids(2, 5) == in_order[2:5]
    assert found.ids(counted.total, counted.total + 24) == []


@SLOW
@given(facts=st.lists(products, max_size=12), asked=st.lists(queries, min_size=1, max_size=4))
def test_a_catalogue_read_whole(shelf, facts, asked):
    with transaction.atomic():
        shelf.add(facts)
        for pairs in asked:
            assert_same(pairs)
        transaction.set_rollback(True)


@SLOW
@given(
    facts=st.lists(products, min_size=1, max_size=8),
    changes=st.lists(st.tuples(st.integers(0, 20), st.none() | products), min_size=1, max_size=5),
    more=st.lists(products, max_size=3),
    asked=st.lists(queries, min_size=1, max_size=3),
)
def test_a_catalogue_that_is_edited(shelf, facts, changes, more, asked):
    with transaction.atomic():
        shelf.add(facts)
        before = keeper.current()
        for change in changes:
            shelf.change([change])
        shelf.add(more)
        for pairs in asked:
            assert_same(pairs)
        after = keeper.current()
        assert after.edits > 0, "it was read whole, not brought up to date"
        assert before.state != after.state
        transaction.set_rollback(True)


def test_what_is_no_product_counts_too(shelf):
    """Forms, uses, evidence and brands are changed without a product being touched by name."""
    shelf.add([dict.fromkeys(["status"], "published") | PLAIN])
    assert_same([("use", "sleep")])
    with recording(by=None, reason="test"):
        Evidence.objects.filter(use__slug="sleep").delete()
        Use.objects.filter(slug="memory").update(name="Recall")
        MagnesiumForm.objects.filter(slug="oxide").update(short_name="Oxyde", slug="oxyde")
        Brand.objects.filter(slug="brand-0").update(name="Zzz", slug="zzz")
        Source.objects.update(title="Another")
    for pairs in ([("use", "sleep")], [("form", "oxyde")], [("brand", "zzz"), ("sort", "brand")]):
        assert_same(pairs)


PLAIN = {
    "brand": "Acme", "name": "Magnesium", "status": "published", "dosage_form": "capsule",
    "label_elemental_mg": Decimal(100), "serving_units": Decimal(1),
    "servings_per_container": Decimal(30), "daily_servings": (1, 2), "vegan": True, "non_gmo": None,
    "forms": ["citrate", "oxide"], "offers": [("9.99", "USD")], "certified": "claimed",
}  # fmt: skip
