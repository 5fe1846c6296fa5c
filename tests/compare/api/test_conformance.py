"""Every answer is what the OpenAPI document says it is."""

import pytest
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "products/?facets=1&form=typo": "/api/v1/products/",
    "products/?dose=day&sort=pills": "/api/v1/products/",
    "products/?want=vegan:must&want=tested_form:matters&want_use=sleep": "/api/v1/products/",
    "products/neuro-mag/": "/api/v1/products/{slug}/",
    "products/blend/?dose=150": "/api/v1/products/{slug}/",
    "products/bare-label/?dose=day": "/api/v1/products/{slug}/",
    "products/stale-price/?colour=red": "/api/v1/products/{slug}/",
    "forms/?facets=1": "/api/v1/forms/",
    "forms/l-threonate/": "/api/v1/forms/{slug}/",
    "forms/citrate/": "/api/v1/forms/{slug}/",
    "sources/": "/api/v1/sources/",
    "sources/shop/": "/api/v1/sources/{key}/",
    "uses/": "/api/v1/uses/",
    "uses/sleep/": "/api/v1/uses/{slug}/",
    "safety/?colour=red": "/api/v1/safety/",
    "compare/products/": "/api/v1/compare/products/",
    "compare/products/?item=neuro-mag&item=blend&item=bare-label&item=stale-price&base=blend": "/api/v1/compare/products/",
    "compare/forms/?item=l-threonate&item=citrate&item=oxide&dose=100": "/api/v1/compare/forms/",
}


def strict(schema):
    """The schema with nothing let through that it does not name."""
    if isinstance(schema, list):
        return [strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: strict(value) for key, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        found.setdefault("additionalProperties", False)
    return found


@pytest.mark.parametrize(("address", "path"), ADDRESSES.items())
def test_an_answer_conforms(shelf, ask, openapi, address, path):
    content = openapi["paths"][path]["get"]["responses"]["200"]["content"]
    schema = {
        **content["application/json"]["schema"],
        "components": strict(openapi["components"]),
    }
    errors = list(Draft202012Validator(schema).iter_errors(ask(address)))
    assert not errors, [(list(error.absolute_path), error.message) for error in errors]


def test_every_operation_is_looked_at(openapi):
    assert set(ADDRESSES.values()) == set(openapi["paths"])
