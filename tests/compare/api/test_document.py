"""The OpenAPI document: valid, complete, and true to the filters that it describes."""

import csv
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from compare import basis, wishes
from compare.api import examples, parameters
from compare.api.document import document
from compare.api.urls import urlpatterns
from compare.asking import End, Many
from compare.comparison.selection import KEYS as COMPARISON_KEYS
from compare.filters import FormFilter, ProductFilter

WISHED = {ProductFilter: wishes.KEYS, FormFilter: ()}
LISTS = {"/api/v1/products/": ProductFilter, "/api/v1/forms/": FormFilter}
COMPARISONS = ["/api/v1/compare/products/", "/api/v1/compare/forms/"]
PAGE_ONLY = {"add", "format"}
"""Keys of a comparison that only its page needs: the search for one more, and the face."""


def asked(openapi, path):
    """Parameters of a path by name."""
    return {one["name"]: one for one in openapi["paths"][path]["get"].get("parameters", [])}


def meant(parameter):
    """The schemas of a parameter that mean something, beside anything else."""
    return [one for one in parameter["schema"]["anyOf"] if "type" in one]


def test_it_is_valid_and_was_made_without_a_warning():
    GENERATOR_STATS.reset()
    document.cache_clear()
    with GENERATOR_STATS.silence():
        made = document()
    validate_schema(made)
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache
    assert made["openapi"].startswith("3.")


@pytest.mark.parametrize(("path", "question"), LISTS.items())
def test_every_filter_is_in_it(openapi, path, question):
    listed = {
        "sort",
        "page",
        "facets",
        *(basis.KEYS if question.has_basis else ()),
        *WISHED[question],
    }
    assert set(asked(openapi, path)) == {*question.base_filters, *listed}


@pytest.mark.parametrize("path", COMPARISONS)
def test_every_key_of_a_comparison_is_in_it(openapi, path):
    assert set(asked(openapi, path)) == {*COMPARISON_KEYS} - PAGE_ONLY


def test_no_meaning_is_left_over():
    """A filter that is gone takes its words with it."""
    filters = {*ProductFilter.base_filters, *FormFilter.base_filters}
    assert set(parameters.MEANINGS) == filters
    assert set(parameters.OPEN) <= filters


@pytest.mark.parametrize(("path", "question"), LISTS.items())
def test_values_and_bounds_are_those_of_the_filters(openapi, path, question):
    for key, filter_ in question.base_filters.items():
        parameter = asked(openapi, path)[key]
        if isinstance(filter_, Many):
            (values,) = meant(parameter)
            assert (values["type"], parameter["explode"]) == ("array", True)
            if key not in parameters.OPEN:
                assert values["items"]["enum"] == list(filter_.vocabulary)
        if isinstance(filter_, End):
            (number,) = meant(parameter)
            bounds = (number["minimum"], number["maximum"])
            assert bounds == (filter_.extra["min_value"], filter_.extra["max_value"])
    (orders,) = meant(asked(openapi, path)["sort"])
    assert orders["enum"] == list(question.sorts)


def test_everything_asked_for_is_explained(openapi):
    for path, methods in openapi["paths"].items():
        assert methods["get"]["description"], path
        for parameter in methods["get"].get("parameters", []):
            assert parameter["description"], (path, parameter["name"])


def test_every_number_has_its_unit_in_its_name_or_its_description(openapi):
    """A count, an end of a range that is explained where it stands, or a unit that can be read."""
    counts = {"count", "page", "pages", "number", "all", "differing", "same", "year", "pubchem_cid"}
    ends = {"low", "high"}
    in_name = re.compile(r"_(mg|percent|fraction|hours|units|g_per_mol)(_|$)|^units_|^n$")
    for name, schema in openapi["components"]["schemas"].items():
        for key, found in schema.get("properties", {}).items():
            kinds = found.get("type", "")
            if {"number", "integer"} & {*([kinds] if isinstance(kinds, str) else kinds)}:
                told = key in counts | ends or in_name.search(key) or found.get("description")
                assert told, f"{name}.{key}"


def test_every_address_of_v1_is_in_it(openapi):
    routes = {
        "/api/" + re.sub(r"<(\w+)>", r"{\1}", str(one.pattern)) for one in urlpatterns if one.name
    }
    listed = {route for route in routes if route.startswith("/api/v1/")}
    assert listed == set(openapi["paths"])


def rows(name, column):
    path = Path(settings.BASE_DIR) / "products" / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


def test_every_operation_has_a_request_to_try(openapi):
    assert set(examples.OF) == {path["get"]["operationId"] for path in openapi["paths"].values()}


@pytest.mark.parametrize(
    ("operation", "example"),
    [(operation, one) for operation, some in examples.OF.items() for one in some],
)
def test_examples_name_what_is_in_the_catalogue_and_in_the_document(openapi, operation, example):
    address = urlsplit(example["address"])
    template = next(
        path for path, found in openapi["paths"].items() if found["get"]["operationId"] == operation
    )
    pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
    in_path = re.fullmatch(pattern, address.path)
    assert in_path, f"{address.path} is no {template}"
    subject = template.split("/")[-2 if "{" not in template else -3]
    known = {
        "products": rows("products", "slug"),
        "forms": rows("forms", "slug"),
        "sources": rows("sources", "key"),
        "uses": rows("uses", "slug"),
    }
    assert set(in_path.groupdict().values()) <= known.get(subject, set())
    for key, value in parse_qsl(address.query):
        assert key in asked(openapi, template)
        if key == "item":
            assert value in known[subject]
        if key == "form":
            assert value in known["forms"]
