"""What is suggested while one types, and with the answer."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import UseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("way")]


def suggested(client, text):
    response = client.get(reverse("suggest"), {"q": text})
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_a_product_its_brand_and_its_form_are_suggested(client):
    product = cast.neuro_mag()
    assert product.get_absolute_url() in suggested(client, "neuro")
    assert f"?brand={product.brand.slug}" in suggested(client, "lif")
    assert "/forms/l-threonate/" in suggested(client, "magtein")


def test_a_use_is_suggested_though_it_is_mistyped(client):
    use = UseFactory(slug="constipation", name="Constipation")
    assert use.get_absolute_url() in suggested(client, "constpation")


def test_nothing_is_suggested_for_nothing(client):
    cast.neuro_mag()
    assert suggested(client, "").strip() == suggested(client, "!").strip() == ""


def test_what_was_typed_is_text(client):
    cast.neuro_mag()
    assert "<b>" not in suggested(client, "neuro <b>")


def test_without_script_the_answer_brings_brands_and_says_what_was_read(client):
    product = cast.neuro_mag()
    html = client.get(reverse("products"), {"q": "extenson"}).content.decode()
    assert f"?brand={product.brand.slug}" in html
    assert "begins “extenson”: this is what was found for “extension”." in html


def test_few_queries_a_letter(client, way, django_assert_max_num_queries):
    cast.everyone()
    suggested(client, "mag")
    with django_assert_max_num_queries(9 if way == "bitmaps" else 12):
        suggested(client, "magn")
