"""The attention page: what needs work, counted, with the way to each list."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from products import attention
from products.changes import recording
from products.models import CorrectionReport, Product
from products.rules.vetting import Kind
from tests import cast, factories
from tests.products.admin.desk import address, opened
from tests.products.importing.labels.made import label, later, line, taken

pytestmark = pytest.mark.django_db
PAGE = "/admin/attention/"


def tasks(client) -> dict[str, dict[str, object]]:
    """The lines of the page, by section and what they say."""
    sections = client.get(PAGE).context["sections"]
    return {section.key: {task.what: task for task in section.tasks} for section in sections}


def shown(client, link: str) -> int:
    answer = client.get(link)
    assert answer.status_code == 200, link
    return answer.context["cl"].result_count


def bring_in_labels() -> None:
    """One that an editor corrected and that has a newer version, one with a barcode that is none, one
    with a form that nobody knows, and one of which nothing is left to decide."""
    factories.MagnesiumFormFactory(slug="oxide", formula="MgO")
    first = label(1)
    moonstone = line("Magnesium", 200, "mg", forms="as Magnesium Moonstone")
    taken(first, label(2, upcSku="0 74312 27669 1"), label(3, moonstone), label(4))
    product = Product.objects.get(dsld_id="1")
    with recording(by=None, reason="an editor"):
        product.label_elemental_mg = Decimal(210)
        product.save()
    panel = [line("Magnesium", 250, "mg", forms="as Magnesium Oxide")]
    taken(later(first, ingredientRows=panel))


def test_every_line_leads_to_as_many_records_as_it_counts(ada) -> None:
    cast.everyone()
    cast.neuro_mag(slug="odd", gtin="", label_elemental_mg=Decimal(170), checked_on="2020-01-31")
    cast.neuro_mag(slug="draft", gtin="", status="draft")
    factories.EvidenceFactory(certainty="high", design="cohort")
    factories.EvidenceFactory(source=factories.StudyFactory(seen_on="2019"), status="in_review")
    factories.EvidenceFactory(source=factories.StudyFactory(seen_on="2019-05"))
    factories.EvidenceFactory(source=factories.StudyFactory(seen_on=""))
    CorrectionReport.objects.create(page="/products/odd/", wrong="It says 144 mg.")
    bring_in_labels()
    attention.look_at_everything()
    found = tasks(ada)
    assert set(found) == {"checks", "reports", "drafts", "imports", "ageing", "left"}
    for section in found.values():
        for what, task in section.items():
            assert shown(ada, task.link) == task.count, what
            assert 0 <= task.done <= task.of
    assert found["checks"]["More certain than its design allows"].severity == "Error"
    assert found["reports"]["Reports"].count == 1
    assert {what: task.count for what, task in found["imports"].items()} == {
        "Wordings that name no known form": 1,
        "Labels that say otherwise than the desk": 1,
        "Labels of which something was left blank": 1,
        "Drafts from labels with nothing left to decide": 1,
    }
    assert found["drafts"]["Products: drafts"].count == 5
    assert found["drafts"]["Evidence: in review"].count == 1
    assert found["ageing"]["Labels of published products, seen more than 365 days ago"].count == 1
    assert found["ageing"]["Prices of published products, seen more than 30 days ago"].count == 1
    assert found["ageing"]["Studies behind published evidence, day not known"].count == 1
    assert found["left"]["Without price"].count == 1


def test_days_after_which_to_look_again_are_settings(ada, settings) -> None:
    seen = timezone.now().date() - timedelta(days=10)
    cast.neuro_mag(checked_on=seen)
    assert "Labels of published products, seen more than 365 days ago" not in tasks(ada)["ageing"]
    settings.RECHECK_DAYS = {"price": 30, "label": 9, "evidence": 365}
    assert (
        tasks(ada)["ageing"]["Labels of published products, seen more than 9 days ago"].count == 1
    )


def test_it_is_true_right_after_an_edit(ada) -> None:
    path = address(cast.neuro_mag(), "change")
    odd = opened(ada, path) | {"label_elemental_mg": "170", "_move": "draft"}
    assert ada.post(path, odd).status_code == 302
    task = tasks(ada)["checks"]["More magnesium than the compound can hold"]
    assert (task.count, task.done, task.of) == (1, 0, 1)
    noted = opened(ada, path) | {"warning_note": "So it says.", "_move": "publish"}
    assert ada.post(path, noted).status_code == 302
    task = tasks(ada)["checks"]["More magnesium than the compound can hold"]
    assert (task.count, task.done, task.of) == (0, 1, 1)
    assert shown(ada, task.link) == task.done
    assert ada.post(path, opened(ada, path) | {"label_elemental_mg": "144"}).status_code == 302
    assert tasks(ada)["checks"] == {}


def test_what_was_noted_is_not_among_what_is_open(ada) -> None:
    noted = cast.neuro_mag(label_elemental_mg=Decimal(170))
    cast.neuro_mag(slug="odd", gtin="", label_elemental_mg=Decimal(170))
    attention.look_at_everything()
    attention.note(Kind.PRODUCT, [noted.pk], "So it says.", factories.EditorFactory())
    task = tasks(ada)["checks"]["More magnesium than the compound can hold"]
    assert (task.count, task.done, task.of) == (1, 1, 2)
    page = ada.get(task.link)
    assert [product.slug for product in page.context["cl"].result_list] == ["odd"]
    assert "More magnesium than the compound can hold, not noted" in page.text


def test_the_front_page_counts_and_leads_there(ada) -> None:
    cast.neuro_mag(label_elemental_mg=Decimal(170))
    attention.look_at_everything()
    page = ada.get(reverse("admin:index"))
    assert f'href="{PAGE}"' in page.text
    assert "1 check asks" in page.text
    line = next(line for line in page.context["attention"] if line["what"] == "products")
    assert shown(ada, line["link"]) == line["count"] == 1


def test_only_what_one_may_act_on_is_there(client) -> None:
    cast.neuro_mag(label_elemental_mg=Decimal(170))
    factories.EvidenceFactory(certainty="high", design="cohort")
    attention.look_at_everything()
    eva = get_user_model().objects.create_user("eva", is_staff=True)
    client.force_login(eva)
    assert "Nothing here is yours" in client.get(PAGE).text
    eva.user_permissions.add(Permission.objects.get(codename="change_evidence"))
    found = tasks(client)
    assert list(found["checks"]) == ["More certain than its design allows"]
    assert "left" not in found
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_a_longer_catalogue_costs_no_more_queries(ada, django_assert_max_num_queries) -> None:
    cast.neuro_mag(label_elemental_mg=Decimal(170))
    attention.look_at_everything()
    ada.get(PAGE)
    with django_assert_max_num_queries(30) as few:
        ada.get(PAGE)
    for number in range(5):
        cast.neuro_mag(slug=f"odd-{number}", gtin="", label_elemental_mg=Decimal(170))
    assert Product.objects.count() == 6
    attention.look_at_everything()
    with django_assert_max_num_queries(len(few)):
        ada.get(PAGE)
