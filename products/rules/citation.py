"""How a source is named and where its link leads.

DOI syntax: ISO 26324 and the DOI Handbook, section 2.2 (prefix `10.`, registrant code, slash, suffix).
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

VERSION = "1"

ENDS = (".", "?", "!", "…")
"""What closes a part by itself, as `et al.` and the title that is a question."""

LONGEST_NAME = 32
"""Characters of a short name that is no person's."""

_SURNAME = re.compile(r"(?P<surname>[^,;]+?) [A-Z](?:-?[A-Z]){0,3}(?:[,;.]|$)")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_PREFIXES = (
    "https://doi.org/",
    "http://doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "doi:",
)


def normalised_doi(text: str) -> str:
    """A DOI without resolver or label, in lower case; blank stays blank.

    Raises `ValueError` when what is left does not have the form of a DOI.
    """
    doi = text.strip()
    for prefix in _DOI_PREFIXES:
        if doi.lower().startswith(prefix):
            doi = doi[len(prefix) :].strip()
    if doi and not _DOI.fullmatch(doi):
        raise ValueError(text)
    return doi.lower()


def link(*, doi: str, pmid: str, url: str) -> str:
    """Address that a reader is sent to: the DOI's, else the PMID's, else the page's, else blank."""
    if doi:
        return f"https://doi.org/{doi}"
    if pmid:
        return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    return url


def link_text(*, doi: str, pmid: str, url: str) -> str:
    """Words for that link: `doi:10.…`, `PMID …`, or the site's name."""
    if doi:
        return f"doi:{doi}"
    if pmid:
        return f"PMID {pmid}"
    return (urlsplit(url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Citation:
    """The parts of a citation in the order in which they are printed.

    Each but the link closes with its own stop; all but the title may be blank.
    """

    authors: str
    year: str
    title: str
    published_in: str
    link: str
    link_text: str

    def __str__(self) -> str:
        """The whole as one line of text, with the address of its link."""
        parts = (self.authors, self.year, self.title, self.published_in, self.link)
        return " ".join(part for part in parts if part)


def cite(
    *,
    authors: str,
    year: int | None,
    title: str,
    published_in: str,
    doi: str = "",
    pmid: str = "",
    url: str = "",
) -> Citation:
    """The one way in which a source is cited: authors, year, title, where it was published, link."""
    return Citation(
        authors=_closed(authors),
        year=f"{year}." if year else "",
        title=_closed(title),
        published_in=_closed(published_in),
        link=link(doi=doi, pmid=pmid, url=url),
        link_text=link_text(doi=doi, pmid=pmid, url=url),
    )


def _closed(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text.endswith(ENDS) else f"{text}."


def short_name(*, authors: str, year: int | None, title: str) -> str:
    """Name a source within a table: `Walker 2003`, `Institute of Medicine 1997`.

    The first author's surname, where the author is a person; else the first body, or the title.
    """
    person = _SURNAME.match(authors)
    name = person["surname"] if person else re.split(r"[;,]", authors or title)[0].strip()
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME].rsplit(' ', 1)[0]}…"
    return f"{name} {year}" if year else name
