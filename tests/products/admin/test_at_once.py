"""Two editors press Save in the same moment. Needs a database that lets two write at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from products.models import Brand, MagnesiumForm, Product
from tests import cast
from tests.products.admin.conftest import at_the_desk
from tests.products.admin.desk import Fields, address, opened

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets one write at a time; see DATABASE_URL"
    ),
]


def saved_at_once(*entries: tuple[str, Fields]) -> list[int]:
    """Send each form by an editor of its own at one moment; the status of each answer."""
    together = Barrier(len(entries))
    editors = [at_the_desk(f"editor-{number}") for number in range(len(entries))]

    def save(number: int) -> int:
        path, fields = entries[number]
        try:
            together.wait(timeout=10)
            return editors[number].post(path, fields).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(entries)) as pool:
        return sorted(pool.map(save, range(len(entries))))


@pytest.mark.parametrize("again", range(5))
def test_both_are_saved_where_they_changed_other_fields(again) -> None:
    product = cast.neuro_mag()
    path = address(product, "change")
    fields = opened(at_the_desk("ada"), path)
    answers = saved_at_once(
        (path, fields | {"label_elemental_mg": "150"}), (path, fields | {"name": "Caps"})
    )
    assert answers == [302, 302]
    product.refresh_from_db()
    assert (product.name, product.label_elemental_mg) == ("Caps", 150)


@pytest.mark.parametrize("again", range(5))
def test_one_of_two_is_asked_where_they_changed_the_same(again) -> None:
    product = cast.neuro_mag()
    path = address(product, "change")
    fields = opened(at_the_desk("ada"), path)
    answers = saved_at_once((path, fields | {"name": "Caps"}), (path, fields | {"name": "Tabs"}))
    assert answers == [200, 302]


@pytest.mark.parametrize("again", range(5))
def test_a_slug_is_taken_once(again) -> None:
    path = address(Brand, "add")
    fields = opened(at_the_desk("ada"), path) | {"name": "Nature Made", "slug": "nature-made"}
    assert saved_at_once((path, fields), (path, fields)) == [200, 302]
    assert Brand.objects.count() == 1


@pytest.mark.parametrize("again", range(5))
def test_a_form_and_its_product_are_both_saved(again) -> None:
    """Each of them locks what the other one is about to derive."""
    product = cast.neuro_mag()
    form = MagnesiumForm.objects.get()
    ada = at_the_desk("ada")
    of_form, of_product = address(form, "change"), address(product, "change")
    answers = saved_at_once(
        (of_form, opened(ada, of_form) | {"formula": "MgO"}),
        (of_product, opened(ada, of_product) | {"ingredients-0-compound_mg": "4000"}),
    )
    assert answers == [302, 302]
    assert float(Product.objects.get().label_capacity_mg) == pytest.approx(2412, abs=1)
