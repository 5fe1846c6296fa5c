"""Many at once: a page says what will happen to each, and then it happens in one recording."""

import pytest

from products.changes import recording
from products.models import CatalogueState, Evidence, Product
from tests import cast, factories
from tests.products.admin.desk import address

pytestmark = pytest.mark.django_db


def send(client, model, action, rows, **more):
    keys = [row.pk for row in rows]
    fields = {"action": f"{action}_selected", "_selected_action": keys, **more}
    return client.post(address(model), fields, follow=True)


@pytest.fixture
def good():
    return cast.neuro_mag(status="draft")


@pytest.fixture
def impossible(good):
    """A label that claims more magnesium than its compound can hold."""
    product = cast.plain_oxide(status="draft")
    with recording(by=None, reason="entered before there was a check"):
        Product.objects.filter(pk=product.pk).update(label_elemental_mg=700)
    return product


def test_the_page_names_what_goes_and_what_stays_and_why(ada, good, impossible) -> None:
    page = send(ada, Product, "publish", [good, impossible])
    assert "1 will be published and seen by visitors" in page.text
    assert "1 will stay as they are" in page.text
    assert "can hold at most" in page.text
    assert "Publish: 1" in page.text
    assert set(Product.objects.values_list("status", flat=True)) == {"draft"}


def test_what_may_go_goes_in_one_recording_and_the_rest_is_told(ada, good, impossible) -> None:
    before = CatalogueState.current().version
    page = send(ada, Product, "publish", [good, impossible], confirmed="yes")
    assert dict(Product.objects.values_list("slug", "status")) == {
        "neuro-mag": "published",
        "plain-oxide": "draft",
    }
    assert CatalogueState.current().version == before + 1
    assert "1 record: It is published: visitors see it." in page.text
    assert "can hold at most" in page.text


def test_evidence_is_published_together_with_who_looked_at_it(ada) -> None:
    rows = [factories.EvidenceFactory(status="in_review") for _ in range(2)]
    own = factories.EvidenceFactory(status="in_review", author=factories.EditorFactory())
    page = send(ada, Evidence, "publish", [*rows, own], confirmed="yes")
    assert "2 records: They are published" in page.text
    assert "published by somebody else" in page.text
    assert {row.reviewed_by.username for row in Evidence.objects.filter(status="published")} == {
        "ada"
    }


def test_all_of_a_filtered_list_are_taken_and_no_others(ada, good) -> None:
    cast.blend(status="published")
    path = address(Product) + "?status__exact=draft"
    fields = {"action": "publish_selected", "_selected_action": [good.pk], "select_across": "1"}
    asked = ada.post(path, fields)
    assert 'name="select_across" value="1"' in asked.text
    assert "Two-form blend" not in asked.text
    ada.post(path, fields | {"confirmed": "yes"})
    assert not Product.objects.exclude(status="published").exists()


def test_the_question_costs_the_same_for_more_rows(
    ada, good, django_assert_max_num_queries
) -> None:
    send(ada, Product, "publish", [good])
    with django_assert_max_num_queries(40) as few:
        send(ada, Product, "publish", [good])
    others = [cast.plain_oxide(status="draft"), cast.blend(status="draft")]
    with django_assert_max_num_queries(len(few)):
        send(ada, Product, "publish", [good, *others])
