"""Pages of a list: which rows, and links to the other pages."""

from __future__ import annotations

from dataclasses import dataclass

from compare.links import Query
from compare.notes import Ignored, Note

PER_PAGE = 24


@dataclass(frozen=True)
class PageLink:
    """A page number or a word; without `url` it is the page itself or a gap."""

    label: str
    url: str = ""
    current: bool = False
    rel: str = ""


@dataclass(frozen=True)
class Page:
    """Rows `first` to `last` of `total`, counted from 1 as people do."""

    number: int
    total: int
    query: Query
    notes: tuple[Note, ...] = ()

    @classmethod
    def read(cls, query: Query, total: int) -> Page:
        """The page asked for; one that is not there becomes the nearest, with a note."""
        wanted = query.get("page", "1")
        last = max(1, -(-total // PER_PAGE))
        digits = wanted.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            return cls(1, total, query, (Note(Ignored.NOT_A_NUMBER, "page", wanted),))
        # A number of many digits is past the end, whatever it is: it is not converted.
        number = int(wanted) if len(digits) < 9 else last + 1
        if not 1 <= number <= last:
            note = Note(Ignored.OUT_OF_BOUNDS, "page", wanted, f"1 to {last}")
            return cls(1 if number < 1 else last, total, query, (note,))
        return cls(number, total, query)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    @property
    def start(self) -> int:
        return (self.number - 1) * PER_PAGE

    @property
    def first(self) -> int:
        return min(self.start + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.start + PER_PAGE, self.total)

    @property
    def links(self) -> list[PageLink]:
        near = {1, self.pages, self.number - 1, self.number, self.number + 1}
        numbers = sorted(n for n in near if 1 <= n <= self.pages)
        links = []
        if self.number > 1:
            links.append(PageLink("Previous", self._url(self.number - 1), rel="prev"))
        for before, n in zip([0, *numbers], numbers, strict=False):
            if n - before > 1:
                links.append(PageLink("…"))
            links.append(PageLink(str(n), self._url(n), current=n == self.number))
        if self.number < self.pages:
            links.append(PageLink("Next", self._url(self.number + 1), rel="next"))
        return links

    def _url(self, number: int) -> str:
        if number == 1:
            return str(self.query.without("page"))
        return str(self.query.replace("page", str(number)))
