"""What the pages of a product and a form say of their own history."""

import pytest
from django.contrib.auth.models import Group

from products.changes import recording
from products.models import MagnesiumForm, Offer, Product
from tests import cast
from tests.factories import EditorFactory

pytestmark = pytest.mark.django_db


def page(client, record):
    return client.get(record.get_absolute_url()).text.split('id="history"')[1]


def test_a_change_is_told_with_role_and_reason_and_without_a_name(client):
    product, ada = cast.neuro_mag(), EditorFactory(username="ada.lovelace")
    ada.groups.add(Group.objects.create(name="Checkers"))
    with recording(by=ada, reason="price list of May", kind="desk"):
        Offer.objects.update(price=5)
        Product.objects.update(checked_on="2026-05-30")
    text = client.get(product.get_absolute_url()).text
    told = text.split('id="history"')[1]
    assert "Checkers: checked on, offer" in told or "Checkers: offer, checked on" in told
    assert "price list of May" in told
    assert "30 May 2026</time>, Checkers." in text
    assert "lovelace" not in text


def test_a_form_tells_its_own(client):
    form = cast.form("oxide")
    with recording(by=EditorFactory(), reason="two new trials", kind="desk"):
        MagnesiumForm.objects.update(bioavailability="high")
    assert "administrator: bioavailability grade" in page(client, form)


def test_after_the_first_load_it_says_that_nothing_was_changed(client):
    with recording(by=None, reason="files", kind="import"):
        product = cast.bare_label()
    assert "nothing was changed since" in page(client, product)
