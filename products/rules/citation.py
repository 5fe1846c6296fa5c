"""How a source is named and where its link leads.

DOI syntax: ISO 26324 and the DOI Handbook, section 2.2 (prefix `10.`, registrant code, slash, suffix).
"""

import re
from urllib.parse import urlsplit

VERSION = "1"

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
    return urlsplit(url).netloc.removeprefix("www.")
