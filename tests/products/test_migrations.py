"""The migrations hold all that the models say."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


# On PostgreSQL the command asks the database which migrations it has.
@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    except (CommandError, SystemExit):
        pytest.fail(f"make one with manage.py makemigrations:\n{out.getvalue()}", pytrace=False)


def at(name: str) -> Any:
    """The database brought to a migration of this app, with the models as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate([("products", name)])
    return executor.loader.project_state([("products", name)]).apps


@pytest.fixture
def before_the_bounds() -> Iterator[Any]:
    """The database before figures that cannot be were refused; the newest again afterwards."""
    yield at("0003_changed_products")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_figures_that_cannot_be_are_mended_before_they_are_refused(before_the_bounds: Any) -> None:
    def model(name: str) -> Any:
        return before_the_bounds.get_model("products", name)

    source = model("Source").objects.create(
        key="label", kind="label", title="Label", verified="page", sample_size=0, note="Seen."
    )
    brand = model("Brand").objects.create(slug="brand", name="Brand")
    for number, values in enumerate(
        [
            {"gtin": "00848998082185", "search_text": "brand one 00848998082185"},
            {"gtin": "00737870160397"},
            {"gtin": "0737870160397"},
            {"daily_servings_low": 2, "elemental_mg_per_serving": 100},
            {"daily_servings_high": 2},
        ]
    ):
        model("Product").objects.create(
            slug=f"p{number}", brand=brand, name=f"P{number}", source=source, **values
        )
    use = model("Use").objects.create(
        slug="use", name="Use", group="other", question="?", summary=".", certainty="low",
        direction="mixed",
    )  # fmt: skip
    model("Evidence").objects.create(
        key="one", use=use, source=source, design="rct", species="human", outcome="Sleep",
        direction="benefit", effect_size=1, effect_unit="RR", ci_low=0, ci_high=2, n=0,
        dose_elemental_mg=-5, certainty="low", certainty_reason=".", verified="page",
    )  # fmt: skip
    model("UpperLevel").objects.create(
        authority="us", issued_by="nasem_us", life_stage="adult", age_from_years=50,
        age_to_years=19, amount_mg=350, kind="UL", applies_to="supplements_only", source=source,
        verified="page",
    )  # fmt: skip
    model("MagnesiumForm").objects.create(
        slug="oxide", name="Oxide", short_name="Oxide", category="inorganic_salt", summary=".",
        bioavailability_rationale=".", verified="page", label_fraction_high_percent=160,
    )  # fmt: skip

    after = at("0004_firm_bounds_and_loaded_rows")

    def rows(name: str, *columns: str) -> list[tuple[Any, ...]]:
        return list(after.get_model("products", name).objects.order_by("pk").values_list(*columns))

    assert rows("Source", "sample_size", "note") == [
        (None, "Seen.\nsample_size was 0, which cannot be, and was taken out.")
    ]
    one, two, three, four, five = rows(
        "Product", "gtin", "daily_servings_low", "daily_servings_high", "elemental_mg_per_day_high"
    )
    assert (one[0], two[0], three[0]) == ("0848998082185", "00737870160397", "0737870160397")
    assert four[1:] == (2, 2, 200)
    assert five[1:] == (None, None, None)
    assert rows("Product", "search_text")[0] == ("brand one 0848998082185",)
    (evidence,) = rows("Evidence", "effect_size", "ci_low", "ci_high", "n", "dose_elemental_mg")
    assert evidence == (1, None, 2, None, None)
    assert rows("UpperLevel", "age_from_years", "age_to_years") == [(50, None)]
    assert rows("MagnesiumForm", "label_fraction_high_percent") == [(None,)]


@pytest.fixture
def before_search() -> Iterator[Any]:
    """The database before it had texts to search in; the newest again afterwards."""
    yield at("0009_imported_labels")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_products_that_are_there_can_be_searched_for(before_search: Any) -> None:
    def make(model: str, **values: Any) -> Any:
        return before_search.get_model("products", model).objects.create(**values)

    source = make("Source", key="label", kind="label", title="Label", verified="page")
    brand = make("Brand", slug="brand", name="Élan")
    form = make(
        "MagnesiumForm",
        slug="oxide", name="Magnesium oxide", short_name="Oxide", category="inorganic_salt",
        summary=".", bioavailability_rationale=".", verified="page", synonyms="magnesia",
    )  # fmt: skip
    for slug, status in (("shown", "published"), ("hidden", "draft")):
        product = make("Product", slug=slug, brand=brand, name="Calm", source=source, status=status)
        make("ProductIngredient", product=product, form=form)

    after = at("0010_searching")

    texts = after.get_model("products", "Product").objects.values_list("slug", "search_text")
    assert dict(texts) == {"shown": "elan calm\nmagnesium oxide\nmagnesia", "hidden": ""}
    with connection.cursor() as cursor:
        cursor.execute("SELECT named, forms, synonyms FROM products_searchtext")
        assert cursor.fetchall() == [("elan calm", "magnesium oxide", "magnesia")]
    words = after.get_model("products", "SearchWord").objects.values_list("word", "products")
    assert dict(words) == dict.fromkeys(("elan", "calm", "magnesium", "oxide", "magnesia"), 1)
