"""The descriptions hold what the models hold."""

import pytest
from django.apps import apps

from products.importing.resources import REFERRED_BY, RESOURCES, Resource
from products.models.base import Fact

LEFT_TO_THE_DESK = {"status"}


def test_every_fact_has_a_file() -> None:
    facts = {
        model for model in apps.get_app_config("products").get_models() if issubclass(model, Fact)
    }
    assert {resource.model for resource in RESOURCES} == facts


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_every_editable_column_is_there(resource: Resource) -> None:
    options = resource.model._meta
    fields = [*options.fields, *options.many_to_many]
    editable = {field.name for field in fields if field.editable and not field.primary_key}
    assert set(resource.columns) == editable - LEFT_TO_THE_DESK


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_files_come_after_those_they_refer_to(resource: Resource) -> None:
    before = {other.model for other in RESOURCES[: RESOURCES.index(resource)]}
    referred = {model for column in resource.columns if (model := resource.referred(column))}
    assert referred <= before
    assert referred <= REFERRED_BY.keys()
    assert set(resource.key) | resource.lines <= set(resource.columns)
