"""Whether a result can be followed to its study and is as sure as its design lets it be, and whether
a source's identifier leads anywhere."""

from collections.abc import Iterator

from products.rules import citation
from products.rules.evidence import LEVELS
from products.rules.grading import Confidence, Design, certainty_ceiling
from products.rules.vetting.facts import EvidenceRecord, SourceRecord
from products.rules.vetting.registry import Found


def has_source(record: EvidenceRecord) -> Iterator[Found]:
    """A source that a reader can open: a DOI, a PMID or an address."""
    if not record.source or not record.link:
        yield Found("source", {"source": record.source})


def within_ceiling(record: EvidenceRecord) -> Iterator[Found]:
    ceiling = certainty_ceiling(Design(record.design), record.species or None)
    if LEVELS.index(Confidence(record.certainty)) > LEVELS.index(ceiling):
        yield Found("certainty", {"certainty": record.certainty, "ceiling": ceiling.value})


def doi_well_formed(record: SourceRecord) -> Iterator[Found]:
    try:
        citation.normalised_doi(record.doi)
    except ValueError:
        yield Found("doi", {"doi": record.doi})


def doi_alive(record: SourceRecord) -> Iterator[Found]:
    if record.doi and record.doi_found is False:
        asked = record.doi_asked_on.isoformat() if record.doi_asked_on else ""
        yield Found("doi", {"doi": record.doi, "asked_on": asked})
