"""The made catalogue: the same every time, shaped like a real one, and never among real rows."""

import pytest
from django.core.management import CommandError, call_command

from products.changes import rebuild
from products.models import (
    Brand,
    Certification,
    EmptyKind,
    MagnesiumForm,
    Offer,
    Product,
    ProductIngredient,
    RatingSummary,
    Source,
)
from tests import cast

pytestmark = pytest.mark.django_db

COLUMNS = {
    Product: [
        "slug", "name", "brand__slug", "dosage_form", "elemental_mg_per_serving", "price_per_100_mg",
        "label_check", "gtin", "vegan", "checked_on", "search_text",
    ],
    ProductIngredient: ["product__slug", "form__slug", "compound_mg", "amounts"],
    Offer: ["product__slug", "seller", "price", "currency", "seen_on"],
    RatingSummary: ["product__slug", "average", "count"],
    Certification: ["product__slug", "body", "state"],
}  # fmt: skip


def make(products=200, seed=1):
    call_command("make_benchmark_catalogue", products=products, seed=seed, verbosity=0)


def rows():
    return {
        model: list(model.objects.order_by(*names).values_list(*names))
        for model, names in COLUMNS.items()
    }


def test_the_same_number_and_seed_give_the_same_rows():
    make()
    first = rows()
    make()
    assert rows() == first
    make(seed=2)
    assert rows() != first


def test_it_is_shaped_like_a_real_catalogue():
    make(400)
    products = Product.objects.all()
    assert products.count() == 400
    by_brand = sorted((brand.products.count() for brand in Brand.objects.all()), reverse=True)
    assert by_brand[0] > 4 * by_brand[len(by_brand) // 2]
    for column in ("elemental_mg_per_serving", "price_per_100_mg", "daily_servings_low", "vegan"):
        unknown = products.filter(**{f"{column}__isnull": True}).count()
        assert 20 < unknown < 380, column
    numbers = {product.ingredients.count() for product in products}
    assert numbers >= {0, 1, 2}
    assert products.filter(ingredients__amounts=EmptyKind.WITHHELD).exists()
    assert Offer.objects.values("product", "seller").count() > products.exclude(offers=None).count()


def test_derived_columns_are_right():
    make()
    assert rebuild() == 0
    assert Product.objects.exclude(price_per_100_mg=None).exists()


def test_everything_says_that_it_was_made():
    make()
    for model, column in ((Product, "name"), (Brand, "name"), (MagnesiumForm, "name")):
        assert not model.objects.exclude(**{f"{column}__startswith": "Benchmark"}).exists()
    assert not Product.objects.exclude(slug__startswith="benchmark-").exists()
    assert not Source.objects.exclude(key__startswith="benchmark-").exists()


def test_forms_that_are_there_are_used():
    cast.form("oxide")
    make()
    assert {part.form.slug for part in ProductIngredient.objects.all()} == {"oxide"}
    assert "Benchmark Magnesium Oxide" in Product.objects.filter(ingredients__isnull=False)[0].name


def test_a_database_with_a_real_product_stays_as_it_is():
    cast.neuro_mag()
    with pytest.raises(CommandError, match="stays as it is"):
        make()
    assert Product.objects.get().slug == "neuro-mag"


def test_it_says_how_far_it_is(capsys):
    call_command("make_benchmark_catalogue", products=5_001)
    said = capsys.readouterr().out
    assert "5,000 of 5,001" in said
    assert "5,001 products of 1,250 brands, 16 forms." in said
