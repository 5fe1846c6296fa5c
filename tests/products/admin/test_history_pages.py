"""The history at the desk: what was changed in words, the way back, and who may go it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from products.changes import recording
from products.models import ChangeSet, Offer, Product
from tests import cast
from tests.factories import SourceFactory
from tests.products.admin.desk import address, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(ada):
    """Named otherwise, and its price raised, at the desk."""
    product = cast.neuro_mag()
    path = address(product, "change")
    fields = opened(ada, path) | {"name": "Caps", "offers-0-price": "33.00", "with_food": "either"}
    assert ada.post(path, fields).status_code == 302
    return product


def restore(product, side="before"):
    args = [product.pk, ChangeSet.objects.first().pk, side]
    return reverse("admin:products_product_restore", args=args)


def undo(change_set):
    return reverse("admin:products_changeset_undo", args=[change_set.pk])


def someone(client, *permissions):
    user = get_user_model().objects.create_user("someone", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return client


def carried_out(client, path, **fields):
    """Look through the page and press its button."""
    page = client.get(path)
    return client.post(path, {"digest": page.context["digest"], **fields})


def test_it_says_who_changed_what_in_words(ada, product):
    page = ada.get(address(product, "history"))
    entry = page.context["entries"][0]
    assert (entry.set.by_name, entry.set.role) == ("ada", "administrator")
    lines = {line.label: (line.was, line.now) for told in entry.told for line in told.lines}
    assert lines == {
        "name": ("Neuro-Mag", "Caps"),
        "with food": ("–", "With or without food"),
        "price": ("31.5", "33"),
    }
    assert "<td>With or without food</td>" in page.text
    assert "Restore the state before this change" in page.text


def test_related_records_are_named(ada, product):
    with recording(by=None, reason="test"):
        Product.objects.update(source=SourceFactory(key="new-label"))
    page = ada.get(address(product, "history"))
    [line] = page.context["entries"][0].told[0].lines
    assert (line.label, line.now) == ("source", "new-label")


def test_the_state_before_is_shown_then_restored(ada, product):
    path = restore(product)
    page = ada.get(path)
    assert "Neuro-Mag" in page.text
    answer = carried_out(ada, path, why="was a slip")
    assert answer["Location"] == address(product, "history")
    product.refresh_from_db()
    assert (product.name, str(Offer.objects.get().price)) == ("Neuro-Mag", "31.50")
    change_set = ChangeSet.objects.first()
    assert (change_set.kind, change_set.by_name, change_set.reason) == (
        "restore",
        "ada",
        "was a slip",
    )


def test_what_was_not_looked_through_is_not_done(ada, product):
    path = restore(product)
    digest = ada.get(path).context["digest"]
    with recording(by=None, reason="test"):
        Offer.objects.update(price=40)
    answer = ada.post(path, {"digest": digest})
    assert "Somebody changed something meanwhile" in answer.text
    assert str(Offer.objects.get().price) == "40.00"


def test_a_state_that_does_not_fit_is_refused_with_a_sentence(ada, product):
    other = SourceFactory()
    old = product.source
    with recording(by=None, reason="test"):
        Product.objects.update(source=other)
        Offer.objects.update(source=other)
    path = restore(product)
    with recording(by=None, reason="test"):
        product.ratings.all().delete()
        old.delete()
    answer = carried_out(ada, path)
    assert "does not fit any more" in answer.text
    product.refresh_from_db()
    assert product.source == other


def test_who_may_look_sees_it_and_cannot_go_back(client, product):
    someone(client, "view_product")
    page = client.get(address(product, "history"))
    assert "Caps" in page.text
    assert "Restore" not in page.text
    assert client.get(restore(product)).status_code == 403
    assert client.post(restore(product), {}).status_code == 403


def test_parts_need_permissions_of_their_own(client, product):
    someone(client, "change_product", "publish_product")
    path = restore(product)
    assert "may not change offers" in client.get(path).text
    assert carried_out(client, path).status_code == 403
    product.refresh_from_db()
    assert product.name == "Caps"


def test_nobody_sees_a_history_without_the_record(client, product):
    someone(client, "view_brand")
    assert client.get(address(product, "history")).status_code == 403


def test_a_set_is_looked_at_and_undone(ada, product):
    change_set = ChangeSet.objects.first()
    assert "Caps" in ada.get(address(change_set, "change")).text
    answer = carried_out(ada, undo(change_set))
    assert answer["Location"] == address(change_set, "change")
    product.refresh_from_db()
    assert product.name == "Neuro-Mag"
    assert "Undone:" in ada.get(address(change_set, "change")).text
    assert "entered at the desk" in ada.get(address(ChangeSet) + "?kind__exact=undo").text


def test_what_was_changed_again_later_is_asked_for(ada, product):
    change_set = ChangeSet.objects.first()
    with recording(by=None, reason="test"):
        Product.objects.update(name="Capsules")
    page = ada.get(undo(change_set))
    [clash] = page.context["clashes"]
    assert clash.later == ChangeSet.objects.first()
    assert "name" in clash.what
    carried_out(ada, undo(change_set), also=clash.token)
    product.refresh_from_db()
    assert product.name == "Neuro-Mag"


def test_undoing_a_set_needs_its_own_permission(client, product):
    change_set = ChangeSet.objects.first()
    someone(client, "view_changeset", "change_product", "change_offer")
    assert "Undo this whole set" not in client.get(address(change_set, "change")).text
    assert client.get(undo(change_set)).status_code == 403


def test_a_longer_history_costs_no_more_queries(ada, product, django_assert_max_num_queries):
    def change(number):
        with recording(by=None, reason="test"):
            Offer.objects.update(price=number, source=SourceFactory())
            Product.objects.update(source=SourceFactory())

    change(1)
    ada.get(address(product, "history"))
    with django_assert_max_num_queries(20) as few:
        ada.get(address(product, "history"))
    for number in range(2, 8):
        change(number)
    with django_assert_max_num_queries(len(few)):
        ada.get(address(product, "history"))
