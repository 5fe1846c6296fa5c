"""What the checks find in the catalogue is kept, noted, and let go of."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from products import attention
from products.changes import plain, recording
from products.models import LabelUpload, Offer, OpenRemark, Product, SheetUpload
from products.rules.vetting import Kind
from tests import cast, factories

pytestmark = pytest.mark.django_db


def codes() -> set[str]:
    return set(OpenRemark.objects.values_list("code", flat=True))


def check(*arguments: str) -> str:
    out = StringIO()
    call_command("check_catalogue", *arguments, stdout=out)
    return out.getvalue()


def odd_label(**changes) -> Product:
    """Claims 170 mg of a compound that holds 165."""
    return cast.neuro_mag(label_elemental_mg=Decimal(170), **changes)


def test_a_catalogue_in_which_all_is_well_has_no_remark() -> None:
    cast.everyone()
    assert check() == "No check fires.\n"
    assert not OpenRemark.objects.exists()


def test_the_nightly_run_counts_by_check_and_fails_when_asked_to() -> None:
    odd_label()
    factories.EvidenceFactory(certainty="moderate", design="open_trial")
    lines = [line.split() for line in check().splitlines()]
    assert lines == [
        ["evidence_above_ceiling", "error", "1", "open", "0", "noted"],
        ["elemental_above_capacity", "warning", "1", "open", "0", "noted"],
    ]
    with pytest.raises(CommandError, match="1 open"):
        check("--fail-on", "error")
    with pytest.raises(CommandError, match="2 open"):
        check("--fail-on", "warning")


def test_the_nightly_run_forgets_files_that_nobody_brought_in() -> None:
    whose = factories.EditorFactory()
    for uploads in (SheetUpload, LabelUpload):
        old, new = (
            uploads.objects.create(name=name, data=b"", by=whose) for name in ("old", "new")
        )
        uploads.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=2))
        check()
        assert uploads.objects.get() == new


def test_a_note_holds_over_the_next_night_and_falls_away_with_its_figures() -> None:
    product = odd_label()
    check()
    editor = factories.EditorFactory()
    assert attention.note(Kind.PRODUCT, [product.pk], "Seen on the bottle.", editor) == 1
    check("--fail-on", "warning")
    assert OpenRemark.objects.get().note == "Seen on the bottle."
    with recording(by=None, reason="another label"):
        Product.objects.update(label_elemental_mg=Decimal(175))
    with pytest.raises(CommandError):
        check("--fail-on", "warning")
    remark = OpenRemark.objects.get()
    assert (remark.note, remark.noted_by) == ("", None)
    assert "claims 175 mg" in remark.message


def test_what_was_put_right_or_deleted_is_no_longer_there() -> None:
    product = odd_label()
    check()
    with recording(by=None, reason="put right") as touched:
        Product.objects.update(label_elemental_mg=Decimal(144))
    attention.look_again(touched)
    assert codes() == set()
    with recording(by=None, reason="wrong again") as touched:
        Product.objects.update(label_elemental_mg=Decimal(170))
    attention.look_again(touched)
    assert codes() == {"elemental_above_capacity"}
    with recording(by=None, reason="gone") as touched:
        Product.objects.get(pk=product.pk).delete()
    attention.look_again(touched)
    assert codes() == set()


def test_whatever_way_it_is_written_it_is_looked_at_after_the_commit(
    django_capture_on_commit_callbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        odd_label()
    assert codes() == {"elemental_above_capacity"}


def test_what_validators_do_not_see_is_found_at_night() -> None:
    product = cast.neuro_mag()
    plain(Offer).update(seen_on="2999-01-01")
    plain(Product).update(gtin="0737870160398", checked_on="2999-01-01")
    factories.CertificationFactory(product=product, body="third party")
    plain(type(product.source)).filter(pk=product.source_id).update(doi="10.1", seen_on="2999")
    check()
    assert codes() == {
        "date_in_future",
        "gtin_check_digit",
        "certification_without_body_or_link",
        "doi_malformed",
        "source_in_future",
    }


def test_a_price_is_held_against_the_middle_of_its_form() -> None:
    for number in range(5):
        cast.plain_oxide(slug=f"oxide-{number}")
    dear = cast.plain_oxide(slug="dear")
    factories.OfferFactory(product=dear, price=Decimal("2000"), seller="Typo")
    assert attention.medians()["oxide", "USD"].price_per_100_mg == Decimal("0.0200")
    check()
    assert codes() == set()  # its cheaper offer speaks for it
    with recording(by=None, reason="only the dear one is left"):
        Offer.objects.filter(product=dear, seller="Corner shop").delete()
    check()
    remark = OpenRemark.objects.get()
    assert (remark.code, remark.record_id) == ("price_far_from_median", dear.pk)


def test_a_barcode_of_the_case_of_another_product_is_found() -> None:
    cast.neuro_mag()
    case = cast.plain_oxide(gtin="10737870160394")
    check()
    remark = OpenRemark.objects.get()
    assert (remark.code, remark.record_id) == ("gtin_twice", case.pk)
    assert "Life Extension Neuro-Mag" in remark.message


def test_more_products_cost_no_more_queries(django_assert_max_num_queries) -> None:
    odd_label()
    with django_assert_max_num_queries(40) as few:
        attention.look_at_everything()
    for number in range(8):
        odd_label(slug=f"odd-{number}", gtin="")
    with django_assert_max_num_queries(len(few) + 1):  # the first new remarks are written
        attention.look_at_everything()
    assert OpenRemark.objects.count() == 9
