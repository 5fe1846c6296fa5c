"""How a source is handed to programs that keep references: as BibTeX and as CSL-JSON.

Names follow the Vancouver style, as PubMed writes them: `Walker AF, Marakis G, et al.` (Citing
Medicine, 2nd edition, NLM 2007, chapter 1). Kinds of entries are those of BibTeX 0.99d and of the
Citation Style Language 1.0.2 (docs.citationstyles.org, appendix III).
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from products.rules import citation

VERSION = "1"


@dataclass(frozen=True)
class Entry:
    """A source as it is on record; all but key, kind and title may be blank."""

    key: str
    kind: str
    title: str
    authors: str = ""
    year: int | None = None
    published_in: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    seen_on: str = ""


class Type(NamedTuple):
    """What a kind of source is called, and the field that takes where it was published."""

    bibtex: str
    bibtex_place: str
    csl: str
    csl_place: str


ARTICLE = Type("article", "journal", "article-journal", "container-title")
REPORT = Type("techreport", "institution", "report", "publisher")
BOOK = Type("book", "publisher", "book", "publisher")
LABEL = Type("misc", "howpublished", "document", "publisher")
PAGE = Type("misc", "howpublished", "webpage", "container-title")
TYPES = {
    "meta_analysis": ARTICLE,
    "systematic_review": ARTICLE,
    "rct": ARTICLE,
    "crossover_trial": ARTICLE,
    "open_trial": ARTICLE,
    "cohort": ARTICLE,
    "case_report": ARTICLE,
    "animal": ARTICLE,
    "in_vitro": ARTICLE,
    "narrative_review": ARTICLE,
    "guideline": REPORT,
    "authority": REPORT,
    "book": BOOK,
    "label": LABEL,
    "brand_page": PAGE,
    "shop_page": PAGE,
    "web_review": PAGE,
}

# Authors ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """`Feillet-Coudray C`, the initials as they are written: `AF`, `J-P`."""

    family: str
    initials: str

    @property
    def given(self) -> str:
        """`A. F.`, as programs expect it: run together they would be one name."""
        parts = self.initials.split("-")
        return "-".join(" ".join(f"{letter}." for letter in part) for part in parts)


@dataclass(frozen=True)
class Body:
    """An organisation, or whatever does not read as a person: its name is never taken apart."""

    name: str


@dataclass(frozen=True)
class Authors:
    """Those that are named, in their order, and whether there are more."""

    named: tuple[Person | Body, ...] = ()
    and_others: bool = False


_OTHERS = re.compile(r"[,;]? (?:et al\.?|and others)$")
_IN_BRACKETS = re.compile(r"(?P<people>.+) \((?P<body>[^()]+)\)")
_BETWEEN_PEOPLE = re.compile(r", (?:and )?| and ")
_PERSON = re.compile(r"(?P<family>[^\W\d_][^,;()]*?) (?P<initials>[^\W\d_](?:-?[^\W\d_]){0,3})\.?")


def read_authors(text: str) -> Authors:
    """Take a line of authors apart: people with commas, organisations with semicolons.

    A line with commas of which one piece is no person is one organisation: `Nutrition, Novel Foods
    and Food Allergens`. Behind people an organisation may stand in brackets.
    """
    text = " ".join(text.split())
    if (found := _IN_BRACKETS.fullmatch(text)) and (group := _people(found["people"])):
        return Authors((*group.named, Body(found["body"])), group.and_others)
    groups = [_people(piece) or _body(piece) for piece in text.split("; ") if piece]
    return Authors(
        tuple(one for group in groups for one in group.named),
        any(group.and_others for group in groups),
    )


def _people(text: str) -> Authors | None:
    alone = _OTHERS.sub("", text)
    people = [_person(piece) for piece in _BETWEEN_PEOPLE.split(alone)]
    known = tuple(person for person in people if person)
    return Authors(known, alone != text) if len(known) == len(people) else None


def _person(text: str) -> Person | None:
    found = _PERSON.fullmatch(text)
    if found is None or not found["initials"].isupper() or found["family"].isupper():
        return None
    return Person(found["family"], found["initials"])


def _body(text: str) -> Authors:
    alone = _OTHERS.sub("", text)
    return Authors((Body(alone),), alone != text)


# BibTeX -----------------------------------------------------------------------------------------

_ESCAPES = {
    # BibTeX counts braces whether or not a backslash stands before them, so they get words.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_"},
}
_IN_TEXT = str.maketrans(_ESCAPES)
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_:.-]+")


def bibtex(entries: Iterable[Entry]) -> str:
    """Entries of a `.bib` file, in UTF-8. Titles and organisations keep their capitals.

    Addresses are verbatim, as `url` and `doi` are read.
    """
    return "\n".join(_bibtex(entry) for entry in entries)


def _bibtex(entry: Entry) -> str:
    # Classic styles want the journal of an article and the institution of a report.
    type_ = TYPES[entry.kind] if entry.published_in.strip() else PAGE
    link = entry.url or citation.link(doi=entry.doi, pmid=entry.pmid, url="")
    fields = {
        "author": " and ".join(_bibtex_names(read_authors(entry.authors))),
        "title": f"{{{escaped(entry.title)}}}",
        type_.bibtex_place: escaped(entry.published_in),
        "year": str(entry.year or ""),
        "doi": entry.doi.translate(_IN_ADDRESS),
        "note": f"PMID: {escaped(entry.pmid)}" if entry.pmid else "",
        "url": link.translate(_IN_ADDRESS),
        "urldate": escaped(entry.seen_on),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{type_.bibtex}{{{_NOT_IN_KEY.sub('-', entry.key)},\n{''.join(lines)}}}\n"


def escaped(text: str) -> str:
    """Text in which nothing is a command of TeX, on one line."""
    return " ".join(text.split()).translate(_IN_TEXT)


def _bibtex_names(authors: Authors) -> Iterator[str]:
    for one in authors.named:
        if isinstance(one, Person):
            yield f"{escaped(one.family)}, {one.given}"
        else:
            yield f"{{{escaped(one.name)}}}"
    if authors.and_others:
        yield "others"


# CSL-JSON ---------------------------------------------------------------------------------------


def csl_json(entries: Iterable[Entry]) -> str:
    """A list of items as the schema `csl-data.json` 1.0.2 has them."""
    return json.dumps([csl(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def csl(entry: Entry) -> dict[str, Any]:
    """One item; what is blank is left out."""
    type_ = TYPES[entry.kind]
    item = {
        "id": entry.key,
        "type": type_.csl,
        "title": " ".join(entry.title.split()),
        "author": list(_csl_names(read_authors(entry.authors))),
        type_.csl_place: " ".join(entry.published_in.split()),
        "issued": _csl_date(str(entry.year or "")),
        "DOI": entry.doi,
        "PMID": entry.pmid,
        "URL": entry.url or citation.link(doi=entry.doi, pmid=entry.pmid, url=""),
        "accessed": _csl_date(entry.seen_on),
    }
    return {name: value for name, value in item.items() if value}


def _csl_names(authors: Authors) -> Iterator[dict[str, str]]:
    for one in authors.named:
        if isinstance(one, Person):
            yield {"family": one.family, "given": one.given}
        else:
            yield {"literal": one.name}
    if authors.and_others:
        # CSL has no word for the rest; as a name it reads right in every style.
        yield {"literal": "et al."}


def _csl_date(text: str) -> dict[str, list[list[int]]]:
    """A year, month or day: `2024`, `2024-05`, `2024-05-31`."""
    return {"date-parts": [[int(part) for part in text.split("-")]]} if text else {}
