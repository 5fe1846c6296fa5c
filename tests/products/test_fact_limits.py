"""What no record may say, and what an editor reads when one does."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compare.evidence.study import RATIOS
from products.changes import plain, rebuild, recording
from products.models import Product, Source
from products.models.evidence import RATIO_UNITS
from products.models.vetting import vet_label
from products.rules.grading import Design
from tests import cast
from tests.factories import (
    EvidenceFactory,
    FindingFactory,
    LaxativeObservationFactory,
    MagnesiumFormFactory,
    OfferFactory,
    ProductFactory,
    ReferenceIntakeFactory,
    SideEffectFactory,
    SourceFactory,
    UpperLevelFactory,
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


ABOVE_ZERO = "This must be more than zero"


@pytest.mark.parametrize(
    ("factory", "values", "field", "says"),
    [
        (EvidenceFactory, {"effect_unit": "RR", "effect_size": 0}, "effect_size", "A ratio (RR, OR, HR)"),
        (EvidenceFactory, {"effect_unit": "OR", "effect_size": 1, "ci_low": 0, "ci_high": 2}, "ci_low", "A ratio"),
        (EvidenceFactory, {"effect_unit": "HR", "effect_size": 1, "ci_low": -1, "ci_high": 2}, "ci_low", "A ratio"),
        (EvidenceFactory, {"dose_elemental_mg": -300}, "dose_elemental_mg", ABOVE_ZERO),
        (EvidenceFactory, {"n": 0}, "n", "This must be one at least"),
        (FindingFactory, {"dose_elemental_mg": 0}, "dose_elemental_mg", ABOVE_ZERO),
        (FindingFactory, {"n": 0}, "n", "This must be one at least"),
        (SideEffectFactory, {"dose_elemental_mg": -1}, "dose_elemental_mg", ABOVE_ZERO),
        (SourceFactory, {"sample_size": 0}, "sample_size", "This must be one at least"),
        (LaxativeObservationFactory, {"threshold_elemental_mg": -1}, "threshold_elemental_mg", ABOVE_ZERO),
        (LaxativeObservationFactory, {"compound_mg_low": -1}, "compound_mg_low", ABOVE_ZERO),
        (LaxativeObservationFactory, {"compound_mg_high": 0}, "compound_mg_high", ABOVE_ZERO),
        (LaxativeObservationFactory, {"onset_hours_low": -1}, "onset_hours_low", "Ensure this value"),
        (MagnesiumFormFactory, {"label_fraction_low_percent": -1}, "label_fraction_low_percent", "Ensure this value"),
        (MagnesiumFormFactory, {"label_fraction_high_percent": 101}, "label_fraction_high_percent", "Ensure this value"),
        (ReferenceIntakeFactory, {"age_from_years": 50, "age_to_years": 19}, "__all__", "The age from which"),
        (UpperLevelFactory, {"age_from_years": 50, "age_to_years": 19}, "__all__", "The age from which"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_the_record_and_by_the_database(
    factory: Any, values: dict[str, Any], field: str, says: str
) -> None:
    record = factory()
    for name, value in values.items():
        setattr(record, name, value)
    assert any(message.startswith(says) for message in said_of(record)[field])
    with pytest.raises(IntegrityError), transaction.atomic():
        plain(type(record)).filter(pk=record.pk).update(**values)


def test_a_difference_may_be_zero_or_less() -> None:
    EvidenceFactory(effect_unit="points", effect_size=-1, ci_low=-2, ci_high=0).full_clean()


def test_what_the_pages_draw_as_ratios_is_held_above_zero() -> None:
    assert set(RATIOS) == set(RATIO_UNITS)


@pytest.mark.parametrize("ends", [(2, None), (None, 2), (3, 2)])
def test_servings_a_day_have_both_ends_in_order(ends: tuple[int | None, int | None]) -> None:
    product = ProductFactory()
    low, high = ends
    with pytest.raises(IntegrityError), transaction.atomic():
        plain(Product).update(daily_servings_low=low, daily_servings_high=high)
    assert Product.objects.get(pk=product.pk).daily_servings is not None


def test_a_label_is_not_checked_tomorrow() -> None:
    product = cast.neuro_mag()
    product.checked_on = timezone.now().date() + timedelta(days=3)
    (message,) = said_of(product)["checked_on"]
    assert message.startswith("This day is in the future")


def test_a_barcode_of_14_digits_is_found_to_be_another_product_s() -> None:
    ProductFactory(gtin="0848998082185")
    other = ProductFactory.build(
        gtin="00848998082185", brand=cast.neuro_mag().brand, source=SourceFactory()
    )
    assert said_of(other)["__all__"] == ["Another product has this barcode."]
