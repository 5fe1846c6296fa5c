"""How a source is named within a table."""

import pytest

from products.rules.citation import short_name


@pytest.mark.parametrize(
    ("authors", "year", "name"),
    [
        ("Walker AF, Marakis G, Christie S, Byng M", 2003, "Walker 2003"),
        ("de Araújo CAL, et al.", 2020, "de Araújo 2020"),
        ("Köseoglu E", None, "Köseoglu"),
        ("Institute of Medicine", 1997, "Institute of Medicine 1997"),
        ("Scientific Committee on Food; EFSA NDA Panel", 2006, "Scientific Committee on Food 2006"),
        (
            "German Federal Institute for Risk Assessment",
            2017,
            "German Federal Institute for… 2017",
        ),
        ("", 2018, "A label 2018"),
    ],
)
def test_a_person_by_surname_a_body_by_its_name(authors, year, name):
    assert short_name(authors=authors, year=year, title="A label") == name
