"""How the API behaves as a server: refusals in JSON, no cookies, answers that can be kept."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "products/",
    "products/neuro-mag/",
    "forms/",
    "forms/citrate/",
    "sources/",
    "sources/shop/",
    "uses/",
    "uses/sleep/",
    "safety/",
    "compare/products/?item=neuro-mag",
    "compare/forms/?item=citrate",
]


@pytest.mark.parametrize(
    "address",
    [
        "products/nobody/",
        "products/%00/",
        "products/no such thing/",
        "forms/nobody/",
        "sources/nobody/",
        "uses/nobody/",
        "nothing/",
        "products/neuro-mag/more/",
        "products/" + "a" * 3000 + "/",
    ],
)
def test_what_is_not_there_is_404_in_json(client, shelf, address):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_written(client, shelf, method, address):
    answer = getattr(client, method)(f"/api/v1/{address}")
    assert answer.status_code == 405
    assert answer["Allow"] in ("GET, HEAD", "HEAD, GET")
    assert "detail" in answer.json()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_sets_no_cookie_and_can_be_asked_for_again_at_no_cost(client, shelf, address):
    answer = client.get(f"/api/v1/{address}", headers={"accept": "text/html"})
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert "public" in answer["Cache-Control"]
    again = client.get(f"/api/v1/{address}", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(f"/api/v1/{address}").status_code == 200


def test_an_address_without_its_last_slash_is_mended(client):
    answer = client.get("/api/v1/products?form=citrate")
    assert answer.status_code == 302
    assert answer["Location"] == "/api/v1/products/?form=citrate"


@pytest.mark.parametrize(
    "query",
    [
        "elemental_min=1e2000000&price_max=" + "9" * 10_000,
        "elemental_min=NaN&price_min=Infinity&elemental_max=-0",
        "page=0&page=-1&page=1e9&page=99999999999999999999",
        "q=%00&form=%00&brand=%ff&sort=%00",
        "q='%22--;(*&form='or+1=1",
        "dose=1e999999999&authority=%00&facets=%00",
        "item=" + "a" * 10_000 + "&rows=%00&base=%00&dose=²",
        "&".join(f"item=x{n}&form=y{n}" for n in range(400)),
        "[]=1&%5B%5D=&=&&;&form",
    ],
)
@pytest.mark.parametrize("address", ["products/", "forms/", "sources/", "compare/products/"])
def test_a_hostile_query_gets_an_answer(client, shelf, address, query):
    answer = client.get(f"/api/v1/{address}?{query}")
    assert answer.status_code == 200
    assert answer.json()["notes"]


def test_a_query_of_too_many_keys_is_refused_in_json(client):
    answer = client.get("/api/v1/products/?" + "&".join(f"a{n}=1" for n in range(1500)))
    assert answer.status_code == 400
    assert "detail" in answer.json()


def test_the_document_is_served_and_the_root_leads_to_its_page(client):
    answer = client.get(reverse("api_schema"))
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["openapi"].startswith("3.")
    assert client.get("/api/")["Location"] == reverse("api_docs")
