"""Names at the head of a comparison: short, and never two alike."""

import pytest

from compare.comparison import names
from products.models import Product
from tests import cast
from tests.factories import BrandFactory, ProductFactory, ProductIngredientFactory

pytestmark = pytest.mark.django_db


def product(brand: str, name: str, form: str | None = "citrate", **more) -> Product:
    made: Product = ProductFactory(
        brand=BrandFactory(slug=brand.lower(), name=brand), name=name, **more
    )
    if form:
        ProductIngredientFactory(product=made, form=cast.form(form))
    return made


@pytest.mark.parametrize(
    ("brand", "name", "form", "short"),
    [
        ("Extension", "Neuro-Mag Magnesium L-Threonate", "l-threonate", "Neuro-Mag"),
        ("NOW", "Magnesium Citrate Veg Capsules", "citrate", "NOW Citrate"),
        ("Mag-Ox", "Mag-Ox 400", "oxide", "Mag-Ox 400"),
        ("Mega", "Magnesium 300 mg", None, "Mega Magnesium 300 mg"),
        ("Calm", "Calm Gummies", "citrate", "Calm Gummies"),
        ("Plain", "Sleepy", "citrate", "Sleepy"),
    ],
)
def test_short(brand, name, form, short):
    assert names.of_products([product(brand, name, form)]) == [short]


def test_alike_ones_are_told_apart():
    some = [
        product("NOW", "Magnesium Citrate", container_units=60),
        product("NOW", "Magnesium Citrate", container_units=120),
        product("NOW", "Magnesium Citrate", container_units=120),
        product("NOW", "Magnesium Citrate Plus"),
    ]
    found = names.of_products(some)
    assert len(set(found)) == 4
    assert found[0] == "NOW Magnesium Citrate, 60 capsules"
    assert found[2] == "NOW Magnesium Citrate, 120 capsules (2)"
    assert len(set(names.in_full(some))) == 4


def test_in_a_sentence():
    assert names.listed(["A", "B", "C"]) == "A, B and C"
    assert (
        names.forms_listed(["Citrate", "L-threonate", "Oxide"]) == "Citrate, L-threonate and oxide"
    )
    assert names.listed([]) == ""
    assert names.of_products([]) == names.in_full([]) == []
