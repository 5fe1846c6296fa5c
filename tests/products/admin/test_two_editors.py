"""Two editors on one record: the second to save sees what the first one did, and undoes nothing."""

from decimal import Decimal

import pytest

from products.models import Offer, ReferenceIntake
from tests import cast, factories
from tests.products.admin.desk import add_line, address, opened, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return cast.neuro_mag()


def test_the_second_is_told_what_has_changed(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"label_elemental_mg": "150"}).status_code == 302
    answer = bob.post(path, by_bob | {"name": "Neuro-Mag Caps"})
    words = said(answer)[""]
    assert "Somebody changed this record after you opened it" in words
    assert "elemental magnesium per serving (mg): 144 → 150" in words
    assert "in a new tab" in words
    assert f"href='{path}'" in answer.text
    assert 'value="Neuro-Mag Caps"' in answer.text
    product.refresh_from_db()
    assert (product.name, product.label_elemental_mg) == ("Neuro-Mag", 150)


def test_sending_the_old_page_again_does_not_help(ada, bob, product) -> None:
    path = address(product, "change")
    by_bob = opened(bob, path)
    ada.post(path, opened(ada, path) | {"label_elemental_mg": "150"})
    bob.post(path, by_bob)
    assert "150" in said(bob.post(path, by_bob))[""]
    assert bob.post(path, opened(bob, path) | {"name": "Caps"}).status_code == 302
    product.refresh_from_db()
    assert (product.name, product.label_elemental_mg) == ("Caps", 150)


def test_a_change_of_a_line_counts(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"offers-0-price": "29.00"}).status_code == 302
    words = said(bob.post(path, by_bob | {"offers-0-price": "33.00"}))[""]
    assert "price: 31.5 → 29" in words
    assert Offer.objects.get().price == Decimal("29.00")


def test_a_new_line_counts_and_only_the_second_is_refused(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    source = factories.SourceFactory()
    price = {"price": "20", "currency": "USD", "source": source}
    assert ada.post(path, add_line(by_ada, "offers", seller="A", **price)).status_code == 302
    words = said(bob.post(path, add_line(by_bob, "offers", seller="B", **price)))[""]
    assert "blank → seller A" in words
    assert set(Offer.objects.values_list("seller", flat=True)) == {"Vitacost", "A"}


def test_a_line_that_is_gone_is_named_and_does_not_come_back(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"offers-0-DELETE": "on"}).status_code == 302
    words = said(bob.post(path, by_bob | {"offers-0-price": "33.00"}))[""]
    assert "seller Vitacost" in words
    assert "→ blank" in words
    assert not Offer.objects.exists()


def test_a_price_changed_on_its_own_page_counts_on_the_product(ada, bob, product) -> None:
    path = address(product, "change")
    by_bob = opened(bob, path)
    offer = address(Offer.objects.get(), "change")
    assert ada.post(offer, opened(ada, offer) | {"price": "29.00"}).status_code == 302
    assert "price: 31.5 → 29" in said(bob.post(path, by_bob))[""]


def test_a_record_without_revision_is_guarded_too(ada, bob) -> None:
    path = address(factories.ReferenceIntakeFactory(), "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"amount_mg": "320"}).status_code == 302
    assert "amount mg: 310 → 320" in said(bob.post(path, by_bob | {"amount_mg": "300"}))[""]
    assert ReferenceIntake.objects.get().amount_mg == 320


def test_sources_of_a_form_count(ada, bob) -> None:
    path = address(cast.form("oxide"), "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    source = factories.SourceFactory(key="usp-oxide")
    assert ada.post(path, by_ada | {"sources": [str(source.pk)]}).status_code == 302
    assert "sources: blank → usp-oxide" in said(bob.post(path, by_bob))[""]


def test_another_record_is_no_conflict(ada, bob, product) -> None:
    path = address(product, "change")
    by_bob = opened(bob, path)
    cast.plain_oxide()
    assert bob.post(path, by_bob | {"name": "Caps"}).status_code == 302


@pytest.mark.parametrize("loaded", ["", "1", "no:such:signature"])
def test_a_page_without_its_token_is_refused(ada, product, loaded) -> None:
    path = address(product, "change")
    words = said(ada.post(path, opened(ada, path) | {"loaded": loaded, "name": "Caps"}))
    assert "Open the record again" in words[""]


def test_the_token_of_another_record_is_refused(ada, product) -> None:
    other = opened(ada, address(cast.plain_oxide(), "change"))
    path = address(product, "change")
    words = said(ada.post(path, opened(ada, path) | {"loaded": other["loaded"]}))
    assert "Open the record again" in words[""]


def test_a_record_deleted_meanwhile(ada, bob) -> None:
    brand = factories.BrandFactory()
    path = address(brand, "change")
    by_bob = opened(bob, path)
    assert ada.post(address(brand, "delete"), {"post": "yes"}).status_code == 302
    answer = bob.post(path, by_bob, follow=True)
    assert "Perhaps it was deleted?" in answer.text
