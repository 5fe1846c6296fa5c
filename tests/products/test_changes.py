"""The one door for writing: whatever way a fact is written, what follows from it is true at once."""

import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from products.changes import rebuild, recording
from products.models import (
    Brand,
    CatalogueState,
    Finding,
    MagnesiumForm,
    Offer,
    Product,
    ProductIngredient,
)
from products.models.base import NotRecording
from products.models.editorial import CatalogueChange
from tests import cast
from tests.factories import FindingFactory, OfferFactory, ProductFactory, StudyFactory

pytestmark = pytest.mark.django_db


def write():
    return recording(by=None, reason="test")


@pytest.mark.parametrize(
    "write_fact",
    [
        lambda offer: offer.save(),
        lambda offer: offer.delete(),
        lambda offer: Offer.objects.update(price=1),
        lambda offer: Offer.objects.all().delete(),
        lambda offer: Offer.objects.bulk_update([offer], ["price"]),
        lambda offer: Offer.objects.bulk_create([offer], ignore_conflicts=True),
    ],
    ids=["save", "delete", "update", "delete many", "bulk_update", "bulk_create"],
)
def test_no_way_of_writing_goes_past_the_door(write_fact):
    offer = OfferFactory()
    with pytest.raises(NotRecording), transaction.atomic():
        write_fact(offer)
    assert Offer.objects.get() == offer


def test_a_new_price_changes_the_price_of_100_mg():
    product = cast.neuro_mag()
    with write():
        Offer.objects.filter(product=product).update(price=Decimal("43.20"))
    product.refresh_from_db()
    assert product.price_per_100_mg == Decimal("1.0000")


def test_a_deleted_offer_leaves_no_price_behind():
    product = cast.neuro_mag()
    with write():
        Offer.objects.filter(product=product).delete()
    product.refresh_from_db()
    assert (product.price_per_100_mg, product.current_offer, product.price_currency) == (
        None,
        None,
        "",
    )


def test_an_offer_moved_to_another_product_counts_for_both():
    neuro, oxide = cast.neuro_mag(), cast.plain_oxide()
    offer = neuro.offers.get()
    offer.product = oxide
    offer.seller = "Moved"
    with write():
        offer.save()
    neuro.refresh_from_db()
    assert neuro.price_per_100_mg is None
    assert oxide.offers.count() == 2


def test_a_form_s_new_grade_reaches_its_products():
    product = cast.neuro_mag()
    with write():
        MagnesiumForm.objects.filter(slug="l-threonate").update(bioavailability="low")
    product.refresh_from_db()
    assert product.bioavailability == "low"


def test_a_form_s_new_formula_reaches_the_label_check_of_its_products():
    product = cast.neuro_mag()
    form = MagnesiumForm.objects.get(slug="l-threonate")
    form.formula = "C8H14MgO10·30H2O"
    with write():
        form.save()
    product.refresh_from_db()
    assert product.label_check == "cannot_be_pure"


def test_findings_make_a_form_surer():
    form = cast.form("citrate")
    for study in (StudyFactory(), StudyFactory()):
        FindingFactory(
            form=form,
            source=study,
            against="form",
            comparator=cast.form("oxide"),
            direction="higher",
            species="human",
        )
    form.refresh_from_db()
    assert (form.confidence, form.human_comparisons) == ("moderate", 2)
    with write():
        Finding.objects.all().delete()
    form.refresh_from_db()
    assert (form.confidence, form.human_comparisons) == ("very_low", 0)


def test_a_comparison_counts_for_both_forms_and_follows_its_source():
    oxide, study = cast.form("oxide"), StudyFactory()
    FindingFactory(
        form=cast.form("citrate"),
        source=study,
        against="form",
        comparator=oxide,
        direction="higher",
        species="human",
    )
    oxide.refresh_from_db()
    assert oxide.human_comparisons == 1
    study.kind = "narrative_review"
    with write():
        study.save()
    oxide.refresh_from_db()
    assert oxide.human_comparisons == 0


def test_a_renamed_brand_is_found_by_its_new_name():
    product = cast.neuro_mag()
    with write():
        Brand.objects.filter(slug="life-extension").update(name="Vie Prolongée")
    product.refresh_from_db()
    assert "vie prolongee" in product.search_text


def test_bulk_created_ingredients_are_derived_too():
    product = ProductFactory(label_elemental_mg=90, label_compound_mg=450)
    with write():
        ProductIngredient.objects.bulk_create(
            [ProductIngredient(product=product, form=cast.form("gluconate"))]
        )
    product.refresh_from_db()
    assert product.label_check == "cannot_be_pure"


def test_an_error_inside_leaves_everything_as_it_was():
    product = cast.neuro_mag()
    version = CatalogueState.current().version

    def write_and_fail():
        with write():
            Offer.objects.update(price=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    product.refresh_from_db()
    assert product.price_per_100_mg == Decimal("0.7292")
    assert CatalogueState.current().version == version


def test_the_version_moves_on_once_a_recording_and_not_for_one_that_wrote_nothing():
    product = cast.neuro_mag()
    before = CatalogueState.current().version
    with write():
        Offer.objects.update(price=2)
        product.save()
    assert CatalogueState.current().version == before + 1
    with write():
        pass
    assert CatalogueState.current().version == before + 1


def test_a_change_of_a_part_alone_moves_the_whole_s_revision_on():
    product, other = cast.neuro_mag(), cast.plain_oxide()
    with write():
        Offer.objects.filter(product=product).update(price=5)
    revisions = dict(Product.objects.values_list("slug", "revision"))
    assert revisions["neuro-mag"] == product.revision + 1
    assert revisions[other.slug] == other.revision


def test_rebuild_mends_what_was_written_behind_the_door_s_back():
    product = cast.neuro_mag()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE products_product SET price_per_100_mg = 99")
    assert rebuild() == 1
    product.refresh_from_db()
    assert product.price_per_100_mg == Decimal("0.7292")
    assert rebuild() == 0


def test_writing_many_rows_costs_no_query_for_each(django_assert_max_num_queries):
    products = [ProductFactory(label_elemental_mg=100) for _ in range(12)]
    oxide = cast.form("oxide")
    with django_assert_max_num_queries(30), write():
        ProductIngredient.objects.bulk_create(
            ProductIngredient(product=product, form=oxide) for product in products
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in at a time by itself"
)
def test_two_editors_of_one_product_leave_it_right():
    """Each adds an offer at the same time; they take turns, and the second sees the first."""
    product = cast.neuro_mag()
    both = threading.Barrier(2)

    def add(price):
        both.wait(10)
        with write():
            Offer(
                product=product,
                seller=f"Shop {price}",
                price=price,
                currency="USD",
                seen_on=product.price_seen_on,
                source=product.source,
            ).save()
        connection.close()

    threads = [threading.Thread(target=add, args=(Decimal(price),)) for price in (20, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    product.refresh_from_db()
    assert product.current_offer.price == Decimal("10.00")


def test_each_recording_says_which_products_it_touched():
    neuro, oxide = cast.neuro_mag(), cast.plain_oxide()
    with write():
        Offer.objects.filter(product=neuro).update(price=5)
    state = CatalogueState.current()
    change = CatalogueChange.objects.get(version=state.version)
    assert (change.products, change.stamp) == ([neuro.pk], state.stamp)
    with write():
        MagnesiumForm.objects.filter(slug="oxide").update(bioavailability="high")
    assert CatalogueChange.objects.latest("version").products == [oxide.pk]


def test_a_deleted_product_is_among_those_touched():
    product = cast.bare_label()
    key = product.pk
    with write():
        product.delete()
    assert key in CatalogueChange.objects.latest("version").products


def test_too_many_products_are_not_named(monkeypatch):
    monkeypatch.setattr(CatalogueChange, "MOST_PRODUCTS", 1)
    cast.neuro_mag(), cast.plain_oxide()
    with write():
        Offer.objects.update(price=5)
    assert CatalogueChange.objects.latest("version").products is None


def test_what_is_far_behind_is_forgotten(monkeypatch):
    monkeypatch.setattr(CatalogueChange, "KEPT", 50)
    brand = cast.neuro_mag().brand
    CatalogueState.objects.update(version=98)
    for _ in range(2):
        with write():
            brand.save()
    kept = CatalogueChange.objects.values_list("version", flat=True)
    assert sorted(kept) == [99, 100]


def test_a_change_taken_back_and_the_next_one_are_told_apart():
    brand = cast.neuro_mag().brand
    stamps = set()
    for _ in range(2):
        with transaction.atomic():
            with write():
                brand.save()
            stamps.add(CatalogueState.current().stamp)
            transaction.set_rollback(True)
    assert len(stamps) == 2
