"""The cast is what its docstrings say, and every factory makes a row that an editor could save."""

from decimal import Decimal

import factory
import pytest

from tests import cast, factories

pytestmark = pytest.mark.django_db

FACTORIES = [
    made
    for made in vars(factories).values()
    if isinstance(made, type)
    and issubclass(made, factory.django.DjangoModelFactory)
    and not made._meta.abstract
    and made._meta.model is not None
]


@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_a_row_of_each_factory_is_valid(made) -> None:
    if made is factories.EditorFactory:
        made()
        return
    made().full_clean()


def test_the_cast_is_valid_and_derived() -> None:
    everyone = cast.everyone()
    for product in everyone.values():
        product.full_clean()
    assert {name: product.label_check for name, product in everyone.items()} == {
        "neuro_mag": "adds_up",
        "plain_oxide": "tight",
        "blend": "cannot_be_checked",
        "bare_label": "cannot_be_checked",
        "stale_price": "adds_up",
    }
    assert {name: product.price_per_100_mg for name, product in everyone.items()} == {
        "neuro_mag": Decimal("0.7292"),
        "plain_oxide": Decimal("0.0200"),
        "blend": Decimal("0.2000"),
        "bare_label": None,
        "stale_price": Decimal("0.0100"),
    }
    assert everyone["bare_label"].elemental_mg_per_serving is None
