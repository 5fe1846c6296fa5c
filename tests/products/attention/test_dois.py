"""doi.org is asked without being followed, gently, and what it said is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.management import call_command

from products.attention import dois
from products.models import DoiAnswer, OpenRemark
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 31)


class Resolver(BaseHTTPRequestHandler):
    """Knows 10.1000/alive, is ill at 10.1000/ill, and knows no other."""

    asked: list[str] = []

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        status = {"/10.1000/alive": 302, "/10.1000/ill": 503}.get(self.path, 404)
        self.send_response(status)
        self.send_header("Location", "http://192.0.2.1/never-followed")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def resolver() -> Iterator[str]:
    Resolver.asked.clear()
    server = HTTPServer(("127.0.0.1", 0), Resolver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def answers(resolver: str, day: date = TODAY) -> dict[str, bool | None]:
    pauses: list[float] = []
    found = dois.ask_all(day, 365, resolver, pause=pauses.append)
    said = {answer.doi: answer.found for answer in found}
    assert len(pauses) == max(len(said) - 1, 0)
    return said


def test_each_doi_is_asked_for_once_in_a_while(resolver: str) -> None:
    for doi in ("10.1000/alive", "10.1000/dead", "10.1000/ill", ""):
        factories.StudyFactory(doi=doi)
    first = {"10.1000/alive": True, "10.1000/dead": False, "10.1000/ill": None}
    assert answers(resolver) == first
    assert dict(DoiAnswer.objects.values_list("doi", "asked_on")) == {
        "10.1000/alive": TODAY,
        "10.1000/dead": TODAY,
    }
    assert answers(resolver, TODAY + timedelta(days=30)) == {"10.1000/ill": None}
    assert answers(resolver, TODAY + timedelta(days=400)) == first


def test_a_doi_with_odd_signs_is_asked_for_as_it_is(resolver: str) -> None:
    dois.ask("10.1002/(sici)1522<1::aid>3.0.co;2-a", resolver)
    assert Resolver.asked == ["/10.1002/%28sici%291522%3C1%3A%3Aaid%3E3.0.co%3B2-a"]


def test_who_does_not_answer_says_nothing() -> None:
    assert dois.ask("10.1000/alive", "http://127.0.0.1:9").found is None


def test_a_dead_doi_is_a_warning_until_it_is_mended(resolver: str) -> None:
    study = factories.StudyFactory(doi="10.1000/dead")
    call_command(
        "check_catalogue", "--links", f"--resolver={resolver}", stdout=StringIO(), stderr=StringIO()
    )
    remark = OpenRemark.objects.get()
    assert (remark.code, remark.record_id) == ("doi_dead", study.pk)
    study.doi = "10.1000/alive"
    with factories.recording(by=None, reason="mended"):
        study.save()
    call_command("check_catalogue", stdout=StringIO())
    assert not OpenRemark.objects.exists()
