"""What no record may say, and what an editor reads when one does."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.changes import plain, rebuild, recording
from products.models import Product, Source
from products.models.vetting import vet_label
from products.rules.grading import Design
from tests import cast
from tests.factories import (
    FindingFactory,
    MagnesiumFormFactory,
    OfferFactory,
    ProductFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def said_of(record: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    return refused.value.message_dict


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2026-02-31", "There is no such day"),
        ("2023-02-29", "There is no such day"),
        ("0000", "There is no such day"),
        ("2024-13", "Write a year"),
        ("31.5.2024", "Write a year"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused(text: str, says: str) -> None:
    (message,) = said_of(SourceFactory.build(seen_on=text))["seen_on"]
    assert message.startswith(says)


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%Y-%m", "%Y"])
def test_nothing_was_seen_in_the_future(form: str) -> None:
    text = f"{timezone.now() + timedelta(days=400):{form}}"
    (message,) = said_of(SourceFactory.build(seen_on=text))["seen_on"]
    assert message.startswith("This day is in the future")


@pytest.mark.parametrize("text", ["2024-02-29", "2024-02", "2024", ""])
def test_a_day_a_month_and_a_year_are_taken(text: str) -> None:
    SourceFactory.build(seen_on=text).full_clean()


@pytest.mark.parametrize("text", ["2026-02-31", "unknown", "2026-1-2-3"])
def test_a_day_that_is_none_is_shown_as_it_was_written(client: Client, text: str) -> None:
    product = cast.neuro_mag()
    plain(Source).update(seen_on=text)
    other = cast.plain_oxide()
    addresses = [
        reverse("home"),
        product.get_absolute_url(),
        product.source.get_absolute_url(),
        f"{reverse('compare_products')}?item={product.slug}&item={other.slug}",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
    assert text in client.get(product.source.get_absolute_url()).content.decode()


def test_every_kind_of_source_is_a_design_that_grading_knows() -> None:
    assert {kind.value for kind in Source.Kind} == {design.value for design in Design}


@pytest.mark.parametrize("kind", ["brand_page", "shop_page"])
def test_what_a_seller_measured_makes_no_form_surer(kind: str) -> None:
    form = MagnesiumFormFactory()
    FindingFactory(form=form, source=SourceFactory(kind=kind), against="several_forms")
    form.refresh_from_db()
    assert (form.confidence, form.human_comparisons) == ("very_low", 0)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ({"label_elemental_mg": Decimal("0.0005"), "serving_units": Decimal(1000)}, "serving_units"),
        (
            {
                "label_elemental_mg": Decimal(50_000),
                "daily_servings_low": Decimal(50),
                "daily_servings_high": Decimal(50),
            },
            "daily_servings_high",
        ),
    ],
)  # fmt: skip
def test_what_follows_from_a_label_must_fit(label: dict[str, Decimal], field: str) -> None:
    product = ProductFactory.build(**label, editor_note="The label really says so.")
    with pytest.raises(ValidationError) as refused:
        vet_label(product, ())
    (message,) = refused.value.message_dict[field]
    assert message.startswith("What follows from this")


def test_a_price_beyond_all_reckoning_is_no_price_of_100_mg() -> None:
    product = ProductFactory(
        label_elemental_mg=Decimal("0.0001"), serving_units=None, servings_per_container=1
    )
    OfferFactory(product=product, price=Decimal("9999999.99"))
    assert product.price_per_100_mg is None
    assert product.current_offer is not None


def test_a_rebuild_right_after_a_change_finds_nothing_to_put_right() -> None:
    product = ProductFactory(
        label_elemental_mg=Decimal("33.3333"),
        daily_servings_low=Decimal("0.333"),
        daily_servings_high=Decimal("1.125"),
    )
    assert product.elemental_mg_per_day_low == Decimal("11.1000")
    assert rebuild() == 0


def test_a_rebuild_of_no_products_leaves_all_of_them() -> None:
    ProductFactory()
    plain(Product).update(label_check="tight")
    assert rebuild(Product.objects.none()) == 0
    with recording(by=None, reason="test"):
        pass
    assert rebuild() == 1
