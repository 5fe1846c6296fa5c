"""Which kind of empty a blank fact of a product is, and where a known one comes from."""

import pytest

from products.models import EmptyKind, FactNote, Product
from products.models.knowing import PILLS
from tests import cast, factories

pytestmark = pytest.mark.django_db
FactName = FactNote.FactName


def test_blank_without_note_is_not_looked_up() -> None:
    product = cast.bare_label()
    for fact in (*FactName.values, PILLS):
        assert not product.knows(fact)
        assert product.empty_of(fact) is EmptyKind.NOT_LOOKED_UP


def test_a_note_says_why() -> None:
    product = cast.bare_label()
    factories.FactNoteFactory(product=product, fact=FactName.ELEMENTAL, empty="not_on_label")
    assert product.empty_of(FactName.ELEMENTAL) is EmptyKind.NOT_ON_LABEL
    assert product.empty_of(FactName.VEGAN) is EmptyKind.NOT_LOOKED_UP


def test_the_first_missing_fact_speaks_for_a_figure() -> None:
    product = cast.neuro_mag(label_elemental_mg=None)
    factories.FactNoteFactory(product=product, fact=FactName.ELEMENTAL, empty="not_on_label")
    assert product.empty_of(FactName.PRICE, FactName.ELEMENTAL) is EmptyKind.NOT_ON_LABEL


def test_withheld_blend() -> None:
    product = cast.blend()
    assert product.knows(FactName.FORMS)
    assert product.empty_of(FactName.FORM_AMOUNTS) is EmptyKind.WITHHELD
    assert product.empty_of(FactName.COMPOUND) is EmptyKind.WITHHELD


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"dosage_form": "powder"}, EmptyKind.DOES_NOT_APPLY),
        ({"serving_measure": "1 teaspoon"}, EmptyKind.DOES_NOT_APPLY),
        ({"serving_units": None}, EmptyKind.NOT_LOOKED_UP),
        ({"dosage_form": "", "serving_units": None}, EmptyKind.NOT_LOOKED_UP),
    ],
)
def test_pills(changes: dict[str, object], expected: EmptyKind) -> None:
    assert cast.neuro_mag(**changes).empty_of(PILLS) is expected


def test_source_of() -> None:
    product = cast.neuro_mag()
    other = factories.SourceFactory(key="shop-page")
    factories.FactNoteFactory(product=product, fact=FactName.VEGAN, empty="", source=other)
    assert product.source_of(FactName.VEGAN) == other
    assert product.source_of(FactName.ELEMENTAL) == product.source
    assert product.source_of(FactName.PRICE) == product.offers.get().source
    assert product.source_of(FactName.RATING) == product.ratings.get().source
    assert product.source_of(FactName.CERTIFICATION) == product.source


def test_no_query_after_for_detail(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    cast.neuro_mag()
    product = Product.objects.for_detail().get()
    with django_assert_num_queries(0):
        for fact in (*FactName.values, PILLS):
            product.empty_of(fact)
            product.source_of(fact)
