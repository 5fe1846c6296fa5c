"""Two editors on one record: what each changed stands, what both changed is asked, nothing is lost."""

from decimal import Decimal

import pytest

from products.changes import recording
from products.models import Offer, ReferenceIntake
from products.models.history import name_of
from tests import cast, factories
from tests.products.admin.desk import add_line, address, opened, said, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return cast.neuro_mag()


def price_of_offer(name="price"):
    return f"merge:{name_of(Offer, Offer.objects.get().pk)}:{name}"


def test_what_only_the_first_changed_is_taken_over_and_told(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"label_elemental_mg": "150"}).status_code == 302
    answer = bob.post(path, by_bob | {"name": "Neuro-Mag Caps"}, follow=True)
    assert "elemental magnesium per serving (mg): 144 → 150 (ada" in answer.text
    product.refresh_from_db()
    assert (product.name, product.label_elemental_mg) == ("Neuro-Mag Caps", 150)


def test_what_both_changed_is_asked_and_nothing_is_saved(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"name": "Caps", "directions": "At night."})
    answer = bob.post(path, by_bob | {"name": "Tabs", "market": "DE"})
    words = said(answer)[""]
    assert "name (was: Neuro-Mag)" in words
    assert "Theirs (ada, administrator" in words
    assert 'value="Tabs"' in answer.text
    assert " checked" not in answer.text.split('class="merge"')[1].split("</div>")[0]
    product.refresh_from_db()
    assert (product.name, product.market) == ("Caps", "US")


@pytest.mark.parametrize(("choice", "name"), [("theirs", "Caps"), ("mine", "Tabs")])
def test_the_choice_is_saved_with_what_each_of_them_changed(
    ada, bob, product, choice, name
) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"name": "Caps", "directions": "At night."})
    again = shown(bob.post(path, by_bob | {"name": "Tabs", "market": "DE"}))
    radio = f"merge:{name_of(type(product), product.pk)}:name"
    assert bob.post(path, again | {radio: choice}).status_code == 302
    product.refresh_from_db()
    assert (product.name, product.market, product.directions) == (name, "DE", "At night.")


def test_without_a_choice_it_is_asked_again(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"name": "Caps"})
    first = bob.post(path, by_bob | {"name": "Tabs"})
    assert "Theirs" in said(bob.post(path, shown(first)))[""]
    assert "Theirs" in said(bob.post(path, by_bob | {"name": "Tabs"}))[""]


def test_a_second_change_during_the_merging_is_asked_again(ada, bob, product) -> None:
    path = address(product, "change")
    by_bob = opened(bob, path)
    ada.post(path, opened(ada, path) | {"name": "Caps"})
    again = shown(bob.post(path, by_bob | {"name": "Tabs"}))
    ada.post(path, opened(ada, path) | {"name": "Capsules"})
    radio = f"merge:{name_of(type(product), product.pk)}:name"
    words = said(bob.post(path, again | {radio: "mine"}))[""]
    assert "Capsules" in words
    product.refresh_from_db()
    assert product.name == "Capsules"


def test_the_same_change_by_both_is_no_question(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"name": "Caps"})
    assert bob.post(path, by_bob | {"name": "Caps"}).status_code == 302


def test_lines_are_brought_together_field_by_field(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"offers-0-price": "29.00"}).status_code == 302
    assert bob.post(path, by_bob | {"offers-0-seller": "iHerb"}).status_code == 302
    offer = Offer.objects.get()
    assert (offer.price, offer.seller) == (Decimal("29.00"), "iHerb")


@pytest.mark.parametrize(("choice", "price"), [("theirs", 29), ("mine", 33)])
def test_a_field_of_a_line_is_asked(ada, bob, product, choice, price) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"offers-0-price": "29.00"})
    answer = bob.post(path, by_bob | {"offers-0-price": "33.00"})
    assert "price (was: 31.5)" in said(answer)[""]
    assert bob.post(path, shown(answer) | {price_of_offer(): choice}).status_code == 302
    assert Offer.objects.get().price == price


def test_new_lines_of_both_stay(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    source = factories.SourceFactory()
    price = {"price": "20", "currency": "USD", "source": source}
    assert ada.post(path, add_line(by_ada, "offers", seller="A", **price)).status_code == 302
    assert bob.post(path, add_line(by_bob, "offers", seller="B", **price)).status_code == 302
    assert set(Offer.objects.values_list("seller", flat=True)) == {"Vitacost", "A", "B"}


def test_a_new_line_of_the_first_is_shown_where_the_second_is_refused(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    price = {"price": "20", "currency": "USD", "source": factories.SourceFactory()}
    ada.post(path, add_line(by_ada, "offers", seller="A", **price))
    wrong = add_line(by_bob, "offers", seller="B", **(price | {"price": "-1"}))
    again = shown(bob.post(path, wrong))
    assert [again[f"offers-{n}-seller"] for n in range(3)] == ["Vitacost", "A", "B"]


def test_the_label_is_vetted_with_the_lines_of_both(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"ingredients-0-compound_mg": "1900"})
    words = said(bob.post(path, by_bob | {"label_elemental_mg": "190"}))
    assert "claims 190 mg" in str(words)


def test_a_line_that_the_first_deleted_goes(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"offers-0-DELETE": "on"}).status_code == 302
    answer = bob.post(path, by_bob | {"name": "Caps"}, follow=True)
    assert "deleted (ada" in answer.text
    assert not Offer.objects.exists()


def test_what_was_typed_in_a_deleted_line_is_kept_as_a_new_one(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"offers-0-DELETE": "on"})
    answer = bob.post(path, by_bob | {"offers-0-price": "33.00"})
    assert "was deleted meanwhile" in said(answer)[""]
    assert not Offer.objects.exists()
    assert bob.post(path, shown(answer)).status_code == 302
    assert Offer.objects.get().price == 33


@pytest.mark.parametrize(("choice", "left"), [("theirs", [29]), ("mine", [])])
def test_deleting_a_line_that_the_first_changed_is_asked(ada, bob, product, choice, left) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"offers-0-price": "29.00"})
    answer = bob.post(path, by_bob | {"offers-0-DELETE": "on"})
    assert "price 29" in said(answer)[""]
    again = shown(answer) | {"offers-0-DELETE": "on", price_of_offer(""): choice}
    assert bob.post(path, again).status_code == 302
    assert list(Offer.objects.values_list("price", flat=True)) == left


def test_a_price_changed_on_its_own_page_counts_on_the_product(ada, bob, product) -> None:
    path = address(product, "change")
    by_bob = opened(bob, path)
    offer = address(Offer.objects.get(), "change")
    assert ada.post(offer, opened(ada, offer) | {"price": "29.00"}).status_code == 302
    assert bob.post(path, by_bob | {"name": "Caps"}).status_code == 302
    assert Offer.objects.get().price == 29


def test_a_record_without_parts_is_guarded_too(ada, bob) -> None:
    path = address(factories.ReferenceIntakeFactory(), "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    assert ada.post(path, by_ada | {"amount_mg": "320"}).status_code == 302
    assert "amount mg (was: 310)" in said(bob.post(path, by_bob | {"amount_mg": "300"}))[""]
    assert ReferenceIntake.objects.get().amount_mg == 320


def test_a_list_is_taken_over_or_asked(ada, bob) -> None:
    form = cast.form("oxide")
    path = address(form, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    source, other = factories.SourceFactory(key="usp-oxide"), factories.SourceFactory()
    assert ada.post(path, by_ada | {"sources": [str(source.pk)]}).status_code == 302
    asked = said(bob.post(path, by_bob | {"sources": [str(other.pk)]}))[""]
    assert "usp-oxide" in asked
    assert bob.post(path, by_bob | {"note": "Dense."}).status_code == 302
    assert form.sources.get() == source


def test_what_is_published_has_been_seen(ada, bob, product) -> None:
    path = address(product, "change")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"directions": "At night."})
    answer = bob.post(path, by_bob | {"_move": "retire"})
    assert "Look at it again" in said(answer)[""]
    assert bob.post(path, shown(answer) | {"_move": "retire"}).status_code == 302
    product.refresh_from_db()
    assert (product.status, product.directions) == ("retired", "At night.")


def test_a_text_with_the_line_ends_of_a_browser_is_no_change(ada, bob, product) -> None:
    path = address(product, "change")
    with recording(by=None, reason="test"):
        type(product).objects.update(directions="One.\nTwo.")
    by_ada, by_bob = opened(ada, path), opened(bob, path)
    ada.post(path, by_ada | {"directions": "One.\r\nTwo.\r\nThree."})
    assert bob.post(path, by_bob | {"directions": "One.\r\nTwo."}).status_code == 302
    product.refresh_from_db()
    assert "Three." in product.directions


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
