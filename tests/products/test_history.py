"""Every change of every fact is written down, and there is a way back."""

from decimal import Decimal
from functools import partial

import pytest
from django.contrib.auth.models import Group

from products import going_back, history
from products.changes import recording
from products.models import (
    Brand,
    Change,
    ChangeSet,
    Evidence,
    MagnesiumForm,
    Offer,
    Product,
    ProductIngredient,
    Source,
)
from products.models.history import name_of
from tests import cast
from tests.factories import EditorFactory, EvidenceFactory, OfferFactory, SourceFactory

pytestmark = pytest.mark.django_db

AS_PRINTED = "Three capsules a day."


def write(by=None, reason="test", **kwargs):
    return recording(by=by, reason=reason, **kwargs)


def told(change):
    return change.action, change.record.partition(":")[0], change.before, change.after


def newest():
    """What the newest set tells, as tuples of action, model, before and after."""
    return [told(change) for change in ChangeSet.objects.first().changes.all()]


def back(plan, also=(), **kwargs):
    return going_back.go_back(
        plan, going_back.digest(plan()), also=also, by=None, reason="back", kind="restore", **kwargs
    )


# What is written down


def test_who_when_why_and_from_what_to_what():
    ada = EditorFactory()
    ada.groups.add(Group.objects.create(name="Checkers"))
    product = cast.neuro_mag()
    product.label_elemental_mg = Decimal(150)
    with write(by=ada, reason="new label", kind="desk") as touched:
        product.save()
    change_set = ChangeSet.objects.first()
    assert change_set == touched.change_set
    assert (change_set.by, change_set.by_name, change_set.role) == (ada, "ada", "Checkers")
    assert (change_set.reason, change_set.kind) == ("new label", "desk")
    assert newest() == [
        (
            "changed",
            "product",
            {"label_elemental_mg": "144.0000"},
            {"label_elemental_mg": "150.0000"},
        )
    ]


def test_the_name_stays_when_the_account_goes():
    ada = EditorFactory()
    brand = cast.neuro_mag().brand
    brand.name = "Vie"
    with write(by=ada):
        brand.save()
    ada.delete()
    change_set = ChangeSet.objects.first()
    assert (change_set.by, change_set.by_name) == (None, "ada")


@pytest.mark.parametrize(
    "change",
    [
        lambda offer: Offer.objects.update(price=5),
        lambda offer: Offer.objects.bulk_update([offer], ["price"]),
        lambda offer: offer.save(),
        lambda offer: offer.save(update_fields=["price"]),
    ],
    ids=["update", "bulk_update", "save", "save one field"],
)
def test_whatever_way_it_is_changed(change):
    cast.neuro_mag()
    offer = Offer.objects.get()
    offer.price = 5
    with write():
        change(offer)
    assert newest() == [("changed", "offer", {"price": "31.50"}, {"price": "5.00"})]


def test_rows_added_in_bulk():
    product, form = cast.bare_label(), cast.form("oxide")
    with write():
        ProductIngredient.objects.bulk_create([ProductIngredient(product=product, form=form)])
    [(action, model, before, after)] = newest()
    assert (action, model, before, after["product"]) == (
        "added",
        "productingredient",
        None,
        product.pk,
    )


def test_what_falls_with_a_whole():
    product = cast.neuro_mag()
    parts = {name_of(Offer, offer.pk) for offer in product.offers.all()}
    record = name_of(Product, product.pk)
    with write():
        Product.objects.filter(pk=product.pk).delete()
    changes = Change.objects.filter(whole=record, action="deleted")
    assert {change.record for change in changes} >= parts | {record}
    assert changes.get(record=record).before["name"] == "Neuro-Mag"


def test_a_list_alone_is_a_change_from_either_end():
    form, source = cast.form("oxide"), SourceFactory()
    with write():
        form.sources.add(source)
    assert newest() == [("changed", "magnesiumform", {"sources": []}, {"sources": [source.pk]})]
    with write():
        source.forms.clear()
    assert newest() == [("changed", "magnesiumform", {"sources": [source.pk]}, {"sources": []})]
    revision = form.revision
    form.refresh_from_db()
    assert form.revision == revision + 2


def test_a_source_that_goes_leaves_the_list_of_a_form():
    form, source = cast.form("oxide"), SourceFactory()
    with write():
        form.sources.add(source)
    key = source.pk
    with write():
        source.delete()
    assert ("changed", "magnesiumform", {"sources": [key]}, {"sources": []}) in newest()


def test_what_is_derived_is_no_change_of_anybody():
    cast.neuro_mag()
    sets = ChangeSet.objects.count()
    with write():
        MagnesiumForm.objects.filter(slug="l-threonate").update(bioavailability="low")
    assert Product.objects.get().bioavailability == "low"
    assert newest() == [
        ("changed", "magnesiumform", {"bioavailability": "moderate"}, {"bioavailability": "low"})
    ]
    assert ChangeSet.objects.count() == sets + 1


def test_there_and_back_in_one_recording_is_no_change():
    product, source = cast.neuro_mag(), SourceFactory()
    sets = ChangeSet.objects.count()
    with write():
        product.save()
        Offer.objects.update(price=1)
        Offer.objects.update(price=Decimal("31.50"))
        OfferFactory(product=product, seller="Gone again", source=source).delete()
    assert ChangeSet.objects.count() == sets


def test_a_part_that_moves_is_told_of_both_wholes():
    neuro, oxide = cast.neuro_mag(), cast.plain_oxide()
    offer = neuro.offers.get()
    offer.product, offer.seller = oxide, "Moved"
    with write():
        offer.save()
    for product, action in ((neuro, "deleted"), (oxide, "added")):
        assert (
            history.of_record(product).filter(set=ChangeSet.objects.first()).get().action == action
        )


def test_a_write_costs_the_same_few_queries_for_many_rows(django_assert_max_num_queries):
    product = cast.neuro_mag()
    offers = [
        Offer(product=product, seller=f"S{n}", price=n + 1, source=product.source)
        for n in range(40)
    ]
    with django_assert_max_num_queries(24), write():
        Offer.objects.bulk_create(offers)
    assert ChangeSet.objects.first().changes.count() == 40


# The way back


def test_the_state_before_a_change_comes_back_with_its_parts():
    product = cast.neuro_mag()
    offer = product.offers.get()
    with write():
        Product.objects.update(name="Caps", directions="Two at night.")
        Offer.objects.all().delete()
        added = OfferFactory(product=product, seller="New", price="20.00")
    first = ChangeSet.objects.first()
    with write():
        Product.objects.update(name="Capsules")
    product.refresh_from_db()
    change_set = back(lambda: going_back.restoring(product, first, before=True))
    product.refresh_from_db()
    assert (product.name, product.directions) == ("Neuro-Mag", AS_PRINTED)
    assert product.offers.get() == offer
    assert added.pk != offer.pk
    assert product.price_per_100_mg == Decimal("0.7292")
    assert change_set.kind == "restore"
    back(lambda: going_back.restoring(product, first, before=False))
    product.refresh_from_db()
    assert (product.name, product.offers.get().seller) == ("Caps", "New")


def test_other_records_of_the_same_set_are_left_alone():
    neuro, oxide = cast.neuro_mag(), cast.plain_oxide()
    with write():
        Product.objects.update(directions="With water.")
    back(lambda: going_back.restoring(neuro, ChangeSet.objects.first(), before=True))
    assert dict(Product.objects.values_list("slug", "directions")) == {
        neuro.slug: AS_PRINTED,
        oxide.slug: "With water.",
    }


def test_a_list_comes_back():
    form, source = cast.form("oxide"), SourceFactory()
    with write():
        form.sources.add(source)
    with write():
        form.sources.clear()
    back(lambda: going_back.restoring(form, ChangeSet.objects.first(), before=True))
    assert form.sources.get() == source


def test_what_was_reviewed_is_restored_for_another_review_and_never_published_again():
    evidence, draft, ada = EvidenceFactory(outcome="Sleep"), cast.neuro_mag(), EditorFactory()
    with write():
        Evidence.objects.update(outcome="Sleeep")
        Product.objects.update(name="Caps", status="draft")
    change_set = ChangeSet.objects.first()
    for record in (evidence, draft):
        plan = partial(going_back.restoring, record, change_set, before=True)
        looked_through = going_back.digest(plan())
        going_back.go_back(plan, looked_through, by=ada, reason="back", kind="restore")
        record.refresh_from_db()
    assert (evidence.outcome, evidence.status, evidence.author) == ("Sleep", "in_review", ada)
    assert (draft.name, draft.status) == ("Neuro-Mag", "draft")


def test_a_state_that_leads_to_what_is_gone_is_refused():
    product, other = cast.neuro_mag(), SourceFactory()
    old = product.source
    with write():
        Product.objects.update(source=other)
        Offer.objects.update(source=other)
    change_set = ChangeSet.objects.first()
    with write():
        product.ratings.all().delete()
        Source.objects.filter(pk=old.pk).delete()
    with pytest.raises(going_back.DoesNotFit, match="not a valid choice"):
        back(lambda: going_back.restoring(product, change_set, before=True))
    product.refresh_from_db()
    assert product.source == other


def test_a_state_that_the_label_check_refuses_is_refused():
    product = cast.neuro_mag()
    with write():  # as an import behind the checks might leave it
        Product.objects.update(label_elemental_mg=1900)
    wrong = ChangeSet.objects.first()
    with write():
        Product.objects.update(label_elemental_mg=144)
    with pytest.raises(going_back.DoesNotFit, match="claims 1900"):
        back(lambda: going_back.restoring(product, wrong, before=False))


def test_steps_that_are_no_longer_those_looked_through_are_not_taken():
    product = cast.neuro_mag()
    with write():
        Product.objects.update(name="Caps")
    change_set = ChangeSet.objects.first()
    looked_through = going_back.digest(going_back.restoring(product, change_set, before=True))
    with write():
        Product.objects.update(directions="Two at night.")
    with pytest.raises(going_back.ChangedMeanwhile):
        going_back.go_back(
            lambda: going_back.restoring(product, change_set, before=True),
            looked_through,
            by=None,
            reason="back",
            kind="restore",
        )


# A whole set undone


@pytest.fixture
def imported():
    """A set that adds a brand, a product with an offer, and changes another product."""
    neuro = cast.neuro_mag()
    with write(kind="import"):
        new = cast.plain_oxide()
        Product.objects.filter(pk=neuro.pk).update(name="Caps", directions="Two at night.")
    return ChangeSet.objects.first(), new


def test_a_set_is_undone_as_a_whole(imported):
    change_set, new = imported
    undo = back(lambda: going_back.undoing(change_set), undoes=change_set)
    assert undo.undoes == change_set
    product = Product.objects.get()
    assert (product.name, product.directions) == ("Neuro-Mag", AS_PRINTED)
    assert not Brand.objects.filter(pk=new.brand_id).exists()
    back(lambda: going_back.undoing(undo))
    assert Product.objects.get(pk=new.pk).offers.count() == 1
    assert Product.objects.filter(name="Caps").exists()


def test_what_was_changed_again_later_stays_unless_wanted(imported):
    change_set, _ = imported
    with write():
        Product.objects.filter(name="Caps").update(name="Capsules")
    later = ChangeSet.objects.first()
    steps = going_back.undoing(change_set)
    [step] = [step for step in steps if step.later]
    assert step.later == {"name": later}
    back(lambda: going_back.undoing(change_set))
    product = Product.objects.get()
    assert (product.name, product.directions) == ("Capsules", AS_PRINTED)
    back(lambda: going_back.undoing(change_set), also=[f"{step.record}:name"])
    product.refresh_from_db()
    assert product.name == "Neuro-Mag"


def test_a_new_record_that_was_changed_later_stays_with_its_parts(imported):
    change_set, new = imported
    OfferFactory(product=new, seller="Later")
    steps = going_back.undoing(change_set)
    held = {step.record for step in steps if step.later}
    assert held == {name_of(Product, new.pk)}
    # Brand and source would go, and the product that stays needs them.
    with pytest.raises(going_back.DoesNotFit, match="rests on what would go"):
        back(lambda: going_back.undoing(change_set))
    back(lambda: going_back.undoing(change_set), also=[f"{name_of(Product, new.pk)}:"])
    assert not Product.objects.filter(pk=new.pk).exists()


def test_a_change_of_a_record_that_is_gone_since_is_not_taken_back(imported):
    change_set, _ = imported
    with write():
        Product.objects.filter(name="Caps").delete()
    back(lambda: going_back.undoing(change_set))
    assert not Product.objects.exists()


# What visitors are told


def test_visitors_are_told_what_and_why_and_by_which_role():
    product, ada = cast.neuro_mag(), EditorFactory()
    ada.groups.add(Group.objects.create(name="Reviewer"))
    with write(by=ada, reason="price list of May", kind="desk"):
        Offer.objects.update(price=5)
        Product.objects.update(directions="Two at night.", checked_on="2026-05-30")
    product.refresh_from_db()
    newest = history.changes_of(product, 1)[0]
    assert (newest.role, newest.reason, newest.came) == ("Reviewer", "price list of May", False)
    assert set(newest.what) == {"offer", "directions", "checked on"}
    assert "ada" not in repr(newest)
    assert history.last_checked_by(product) == "Reviewer"


def test_what_visitors_are_told_costs_two_queries(django_assert_num_queries):
    product = cast.neuro_mag()
    for number in range(1, 5):
        with write():
            Offer.objects.update(price=number)
    with django_assert_num_queries(2):
        assert len(history.changes_of(product, 3)) == 3
