"""The dose that a page is counted on, read from its address."""

from decimal import Decimal

import pytest

from compare.basis import Basis
from compare.links import Query
from products.models import Authority
from products.rules.dose import Dose, Kind


def read(**query):
    return Basis.read(Query.read({key: [value] for key, value in query.items()}))


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("serving", Dose(Kind.SERVING)),
        ("day", Dose(Kind.DAY)),
        ("100", Dose(Kind.FIXED, Decimal(100))),
        ("150.5", Dose(Kind.FIXED, Decimal("150.5"))),
        ("200 mg", Dose(Kind.FIXED, Decimal(200))),
    ],
)
def test_doses_that_are_understood(text, dose):
    basis = read(dose=text)
    assert (basis.dose, basis.notes) == (dose, ())


def test_one_serving_is_the_dose_unless_another_is_asked_for():
    assert read().dose == Dose(Kind.SERVING)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-5",
        "2001",
        "1e2000000",
        "NaN",
        "Infinity",
        "much",
        "９９",
        "1" * 5000,
        "\x00",
        "1e3\x00",
        "sNaN",
    ],
)
def test_any_other_dose_is_named_and_one_serving_taken(text):
    basis = read(dose=text)
    assert basis.dose == Dose(Kind.SERVING)
    assert [note.key for note in basis.notes] == ["dose"]


def test_an_authority_that_is_not_held_is_named():
    basis = read(authority="mars")
    assert (basis.authority, [note.key for note in basis.notes]) == (Authority.US, ["authority"])


def test_the_own_figure_stands_in_its_field_and_a_preset_does_not():
    assert (read(dose="150").own_mg, read(dose="100").own_mg) == ("150", "")
