"""Who sent a request, and which are refused before a view."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from compare.middleware import client_address
from tests.factories import EditorFactory

PROXY = "10.0.0.1"


def address(told: str | None, remote: str = PROXY) -> str | None:
    headers = {} if told is None else {"X-Forwarded-For": told}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.mark.parametrize("told", [None, "", "203.0.113.5", "203.0.113.5, 198.51.100.7"])
def test_without_a_proxy_of_ours_what_a_client_tells_is_not_read(told) -> None:
    assert address(told) == PROXY


@pytest.mark.parametrize(
    ("proxies", "told", "client"),
    [
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        (2, "1.1.1.1,203.0.113.5 , 10.0.0.2", "203.0.113.5"),
        (1, "2001:DB8::0001", "2001:db8::1"),
        # Not the proxies it was set up for: then the one who speaks to us.
        (2, "203.0.113.5", PROXY),
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "203.0.113.5, unknown", PROXY),
        (1, "203.0.113.5,", PROXY),
    ],
)
def test_behind_proxies_it_is_counted_from_the_right(settings, proxies, told, client) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert address(told) == client


def test_a_socket_without_an_address_has_none() -> None:
    assert address("203.0.113.5", remote="") is None


# The lock -------------------------------------------------------------------------------------

RIGHT, WRONG = "a right long password", "a wrong long password"


@pytest.fixture
def ada(db):
    ada = EditorFactory(username="ada")
    ada.set_password(RIGHT)
    ada.save()


def login(password: str, told: str) -> int:
    fields = {"username": "ada", "password": password}
    return (
        Client()
        .post(reverse("admin:login"), fields, headers={"X-Forwarded-For": told}, REMOTE_ADDR=PROXY)
        .status_code
    )


def test_behind_a_proxy_the_lock_of_one_client_does_not_lock_another(ada, settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for number in range(settings.AXES_FAILURE_LIMIT):
        # What a client puts before it makes nobody else of it.
        answer = login(WRONG, f"192.0.2.{number}, 203.0.113.5")
    assert answer == 429
    assert login(RIGHT, "203.0.113.5") == 429
    assert login(RIGHT, "198.51.100.7") == 302


def test_without_one_another_address_in_the_header_opens_no_lock(ada, settings) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        login(WRONG, f"203.0.113.{number}")
    assert login(RIGHT, "198.51.100.7") == 429


# NUL ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/admin/autocomplete/?term=%00",
        "/admin/products/product/?label_check__exact=%00",
        "/admin/products/product/?%00=1",
        "/admin/login/?next=%00",
        "/admin/products/product/%00/change/",
        "/products/%00/",
        "/%00",
    ],
)
def test_a_nul_that_would_reach_the_database_is_refused(client, db, path) -> None:
    client.force_login(EditorFactory())
    answer = client.get(path)
    assert answer.status_code == 400
    assert "We could not read this request" in answer.text
    assert answer["X-Frame-Options"] == "DENY"
    assert "Content-Security-Policy" in answer


def test_so_is_one_in_a_cookie(db) -> None:
    answer = Client(headers={"Cookie": r'sessionid="\000\000\000\000\000\000\000\000"'}).get(
        "/admin/"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [("/products/?form=%00", 200), ("/api/v1/forms/?q=%00", 200), ("/api/v1/forms/%00/", 404)],
)
def test_public_pages_and_the_api_name_it_themselves(client, db, path, status) -> None:
    assert client.get(path).status_code == status


def test_what_only_looks_like_one_is_let_through(client, db) -> None:
    client.force_login(EditorFactory())
    assert client.get("/admin/products/product/?q=%2500").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("path", ["/products/", "/forms/", "/compare/products/", "/admin/login/"])
def test_a_query_of_too_many_keys_is_refused_and_never_an_error(client, settings, path, debug):
    settings.DEBUG = debug
    response = client.get(path + "?" + "&".join(f"k{i}=1" for i in range(1001)))
    assert response.status_code == 400
    assert "could not read this request" in response.content.decode()
