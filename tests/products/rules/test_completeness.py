"""What is left to find out of a product."""

from products.rules.completeness import Thing, completeness


def test_what_is_known_or_settled_is_done() -> None:
    known = set(Thing) - {Thing.PRICE, Thing.DIRECTIONS, Thing.ALLERGENS}
    whole = completeness(known, settled={Thing.ALLERGENS})
    assert whole.left == (Thing.PRICE, Thing.DIRECTIONS)
    assert (whole.done, whole.of) == (len(Thing) - 2, len(Thing))


def test_nothing_is_asked_for_that_cannot_be_looked_for_yet() -> None:
    known = set(Thing) - {Thing.FORMS, Thing.FORM_AMOUNTS, Thing.ELEMENTAL, Thing.ELEMENTAL_SOURCE}
    assert completeness(known, settled=()).left == (Thing.FORMS, Thing.ELEMENTAL)
