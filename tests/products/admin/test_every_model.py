"""What holds of every model: it is on the desk, its pages open, and only editors come in."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model

from products.admin.base import FactAdmin
from products.models.base import Fact
from tests import cast, factories
from tests.products.admin.desk import address

pytestmark = pytest.mark.django_db

ON_THE_PAGE_OF_THEIR_PRODUCT = {"ProductIngredient", "FactNote"}
NOT_FOR_EDITORS = {
    "CatalogueChange",
    "CatalogueState",
    "Change",
    "DoiAnswer",
    "LabelUpload",
    "LoadedRow",
    "OpenRemark",
    "RuleChange",
    "SearchWord",
    "SheetLine",
    "SheetUpload",
}

MODELS = list(apps.get_app_config("products").get_models())
NO_FACTS = {"ChangeSet", "CorrectionReport", "ImportedLabel", "UnplacedWording"}
"""Written by the one door itself, sent by readers, brought in: on the desk with tests of their own."""
REGISTERED = [
    model for model in MODELS if model in admin.site._registry and model.__name__ not in NO_FACTS
]
FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type)
    and issubclass(made, factories.FactFactory)
    and made is not factories.FactFactory
    and made is not factories.StudyFactory
}

each_registered = pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model.__name__)


def test_every_model_is_on_the_desk() -> None:
    missing = {model.__name__ for model in MODELS} - {model.__name__ for model in REGISTERED}
    assert missing == ON_THE_PAGE_OF_THEIR_PRODUCT | NOT_FOR_EDITORS | NO_FACTS
    assert {model.__name__ for model in admin.site._registry} >= NO_FACTS
    inlines = {
        inline.model.__name__
        for site_admin in admin.site._registry.values()
        for inline in site_admin.inlines
    }
    assert inlines >= ON_THE_PAGE_OF_THEIR_PRODUCT


@each_registered
def test_its_writes_go_through_the_one_door(model) -> None:
    assert issubclass(model, Fact)
    assert isinstance(admin.site._registry[model], FactAdmin)


@each_registered
def test_list_add_and_change_page_open(ada, model) -> None:
    row = FACTORIES[model]()
    for path in (
        address(model),
        address(model) + "?q=magnesium",
        address(model, "add"),
        address(row, "change"),
        address(row, "history"),
        address(row, "delete"),
    ):
        assert ada.get(path).status_code == 200, path


@each_registered
def test_only_staff_comes_in(client, model) -> None:
    reader = get_user_model().objects.create_user("reader")
    for path in (address(model), address(model, "add")):
        assert client.get(path).status_code == 302
        assert client.post(path).status_code == 302
    client.force_login(reader)
    for path in (address(model), address(model, "add")):
        assert client.get(path).status_code == 302
        assert client.post(path).status_code == 302
    assert not model._default_manager.exists()


@each_registered
def test_staff_without_permission_stays_out(client, model) -> None:
    client.force_login(get_user_model().objects.create_user("intern", is_staff=True))
    for path in (address(model), address(model, "add")):
        assert client.get(path).status_code == 403
        assert client.post(path).status_code == 403


@each_registered
def test_who_may_only_look_sees_the_record(client, model) -> None:
    from django.contrib.auth.models import Permission

    looker = get_user_model().objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(looker)
    row = FACTORIES[model]()
    assert client.get(address(row, "change")).status_code == 200
    assert client.post(address(row, "change")).status_code == 403


@each_registered
def test_a_longer_list_costs_no_more_queries(ada, model, django_assert_max_num_queries) -> None:
    made = FACTORIES[model]
    rows(made, 3)
    path = address(model)
    ada.get(path)  # content types are read once and kept
    with django_assert_max_num_queries(30) as few:
        ada.get(path)
    rows(made, 6, start=3)
    with django_assert_max_num_queries(len(few)):
        answer = ada.get(path)
    assert len(answer.context["cl"].result_list) >= 9


def rows(made, number: int, start: int = 0) -> None:
    ages = made in (factories.ReferenceIntakeFactory, factories.UpperLevelFactory)
    for at in range(start, start + number):
        made(**({"age_from_years": at, "age_to_years": None} if ages else {}))


def test_the_list_of_products_costs_the_same_with_all_their_parts(
    ada, django_assert_max_num_queries
) -> None:
    cast.neuro_mag()
    ada.get(address(cast.Product))
    with django_assert_max_num_queries(30) as few:
        ada.get(address(cast.Product))
    cast.plain_oxide()
    cast.blend()
    with django_assert_max_num_queries(len(few)):
        answer = ada.get(address(cast.Product))
    assert "L-threonate" in answer.text
    assert "0.7292 USD" in answer.text
