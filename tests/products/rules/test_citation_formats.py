"""References for other programs: nothing of a source is lost or taken for a command."""

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from products.models import Source
from products.rules.citation_formats import (
    _ESCAPES,
    TYPES,
    Authors,
    Body,
    Entry,
    Person,
    bibtex,
    csl,
    csl_json,
    escaped,
    read_authors,
)

SOURCES = Path(__file__).parents[3] / "products" / "data" / "sources.csv"
WALKER = Entry(
    key="walker-2003-citrate",
    kind="rct",
    title="Mg citrate found more bioavailable than other Mg preparations",
    authors="Walker AF, Marakis G, Christie S, Byng M",
    year=2003,
    published_in="Magnesium Research",
    pmid="14596323",
    url="https://example.org/a_b?c=1%20&d",
    seen_on="2026-05",
)

DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": ["string", "number"]},
            },
        }
    },
    "additionalProperties": False,
}
NAME = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("family", "given", "literal")},
    "additionalProperties": False,
}
TEXTS = ("title", "container-title", "publisher", "DOI", "PMID", "URL")
CSL_DATA = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {
                "type": "string",
                "enum": ["article-journal", "book", "document", "report", "webpage"],
            },
            "id": {"type": ["string", "number"]},
            "author": {"type": "array", "items": NAME},
            "issued": DATE,
            "accessed": DATE,
            **{name: {"type": "string"} for name in TEXTS},
        },
        "required": ["type", "id"],
        "additionalProperties": False,
    },
}
"""`csl-data.json` of CSL 1.0.2, as far as an item here can go."""

lines = st.text(max_size=60)
initials = st.from_regex(r"[A-ZÖ](-?[A-Z]){0,3}", fullmatch=True)
families = st.from_regex(r"(de |Van )?[A-ZÖ][a-zö]+(-[A-Z][a-z]+)?", fullmatch=True)
people = st.lists(st.builds(Person, families, initials), min_size=1, max_size=5)
entries = st.builds(
    Entry,
    key=st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True),
    kind=st.sampled_from(sorted(TYPES)),
    title=lines,
    authors=lines | st.builds(", ".join, st.lists(st.sampled_from(["Walker AF", "et al.", "WHO"]))),
    year=st.none() | st.integers(1800, 2100),
    published_in=lines,
    doi=lines,
    pmid=st.from_regex(r"\d{0,8}", fullmatch=True),
    url=lines,
    seen_on=st.sampled_from(["", "2024", "2024-05", "2024-05-31"]),
)


def depth(text):
    """Open braces at the end of a text, as BibTeX counts them; it never goes below none."""
    level = 0
    for char in text:
        level += {"{": 1, "}": -1}.get(char, 0)
        assert level >= 0
    return level


def fields(text):
    """The fields of one entry."""
    return dict(re.findall(r"^  (\w+) = \{(.*)\},$", text, re.MULTILINE))


def unescaped(text):
    back = {word: char for char, word in _ESCAPES.items()}
    return re.sub("|".join(map(re.escape, back)), lambda found: back[found[0]], text)


def rows():
    with SOURCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = {name: row[name] for name in Entry.__dataclass_fields__ if name in row}
            yield Entry(**{**known, "year": int(row["year"]) if row["year"] else None})


def test_every_kind_of_source_has_its_type():
    assert set(TYPES) == set(Source.Kind.values)


@pytest.mark.parametrize(
    ("text", "named", "and_others"),
    [
        ("", [], False),
        ("Walker AF, Marakis G", [Person("Walker", "AF"), Person("Marakis", "G")], False),
        ("Barna O, et al.", [Person("Barna", "O")], True),
        ("Bashir Y and others", [Person("Bashir", "Y")], True),
        ("Smith J, and Jones K", [Person("Smith", "J"), Person("Jones", "K")], False),
        ("Condino-Neto A, O'Neal EK", [Person("Condino-Neto", "A"), Person("O'Neal", "EK")], False),
        ("Van Den Eeden SK", [Person("Van Den Eeden", "SK")], False),
        ("de Araújo CAL, et al.", [Person("de Araújo", "CAL")], True),
        ("Martin J-P", [Person("Martin", "J-P")], False),
        ("Institute of Medicine", [Body("Institute of Medicine")], False),
        ("FAO and WHO", [Body("FAO and WHO")], False),
        ("NHS UK", [Body("NHS UK")], False),
        (
            "Ministry of Health, Labour and Welfare, Japan",
            [Body("Ministry of Health, Labour and Welfare, Japan")],
            False,
        ),
        (
            "Scientific Committee on Food; EFSA NDA Panel",
            [Body("Scientific Committee on Food"), Body("EFSA NDA Panel")],
            False,
        ),
        (
            "Altman D, Carroli G, et al. (Magpie Trial Collaborative Group)",
            [
                Person("Altman", "D"),
                Person("Carroli", "G"),
                Body("Magpie Trial Collaborative Group"),
            ],
            True,
        ),
        ("American Sales Company (Care One)", [Body("American Sales Company (Care One)")], False),
    ],
)
def test_authors_are_told_apart(text, named, and_others):
    assert read_authors(text) == Authors(tuple(named), and_others)


@given(people, st.booleans())
def test_people_come_back_as_they_were_written(named, and_others):
    text = ", ".join(f"{one.family} {one.initials}" for one in named)
    assert read_authors(text + ", et al." * and_others) == Authors(tuple(named), and_others)


def test_a_trial_as_bibtex():
    assert bibtex([WALKER]) == (
        "@article{walker-2003-citrate,\n"
        "  author = {Walker, A. F. and Marakis, G. and Christie, S. and Byng, M.},\n"
        "  title = {{Mg citrate found more bioavailable than other Mg preparations}},\n"
        "  journal = {Magnesium Research},\n"
        "  year = {2003},\n"
        "  note = {PMID: 14596323},\n"
        "  url = {https://example.org/a_b?c=1%20&d},\n"
        "  urldate = {2026-05},\n"
        "}\n"
    )


def test_a_trial_as_csl_json():
    assert json.loads(csl_json([WALKER])) == [
        {
            "id": "walker-2003-citrate",
            "type": "article-journal",
            "title": WALKER.title,
            "author": [
                {"family": "Walker", "given": "A. F."},
                {"family": "Marakis", "given": "G."},
                {"family": "Christie", "given": "S."},
                {"family": "Byng", "given": "M."},
            ],
            "container-title": "Magnesium Research",
            "issued": {"date-parts": [[2003]]},
            "PMID": "14596323",
            "URL": "https://example.org/a_b?c=1%20&d",
            "accessed": {"date-parts": [[2026, 5]]},
        }
    ]


def test_without_an_address_of_its_own_the_identifier_leads_there():
    entry = Entry("a", "rct", "A trial", doi="10.1000/a_b")
    assert fields(bibtex([entry]))["url"] == "https://doi.org/10.1000/a_b"
    assert csl(entry)["URL"] == "https://doi.org/10.1000/a_b"


def test_an_article_without_its_journal_is_not_called_one():
    assert bibtex([Entry("a", "rct", "A trial")]).startswith("@misc{a,")


@given(lines)
def test_escaped_text_keeps_every_word_and_balances(text):
    assert unescaped(escaped(text)) == " ".join(text.split())
    assert depth(escaped(text)) == 0


@given(st.lists(entries, max_size=4))
def test_braces_balance_whatever_a_source_says(some):
    made = bibtex(some)
    assert depth(made) == 0
    assert len(re.findall(r"^@\w+\{", made, re.MULTILINE)) == len(some)


@given(entries)
def test_the_fields_of_bibtex_come_back(entry):
    found = fields(bibtex([entry]))
    title, place = " ".join(entry.title.split()), " ".join(entry.published_in.split())
    assert unescaped(found["title"][1:-1]) == title
    held = {found.get(name) for name in ("journal", "institution", "publisher", "howpublished")}
    assert {unescaped(one) for one in held if one} == ({place} if place else set())
    assert found.get("year", "") == str(entry.year or "")
    assert found.get("urldate", "") == entry.seen_on
    assert found.get("note", "").removeprefix("PMID: ") == entry.pmid


@given(st.lists(entries, max_size=4))
def test_csl_json_is_valid_and_holds_every_field(some):
    items = json.loads(csl_json(some))
    assert not list(Draft7Validator(CSL_DATA).iter_errors(items))
    for entry, item in zip(some, items, strict=True):
        assert item["id"] == entry.key
        assert item.get("title", "") == " ".join(entry.title.split())
        assert (item.get("DOI", ""), item.get("PMID", "")) == (entry.doi, entry.pmid)


def test_every_source_of_the_catalogue_can_be_handed_over():
    every = list(rows())
    assert depth(bibtex(every)) == 0
    items = json.loads(csl_json(every))
    assert len(items) == len(every)
    assert not list(Draft7Validator(CSL_DATA).iter_errors(items))
