"""The grammar of a label row: a head, and in brackets or behind *as* and *from* what it is made of.

A wording is cut into parts at commas, brackets and joining words. Each part stands below a subject,
the nutrient whose sources are being listed: `Vitamin C (as Magnesium Ascorbate)` tells of vitamin C.
Brackets open a list of their own below the part before them. One pass, with a stack, so that a
wording of nothing but brackets costs no more than another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from products.rules.label_wording.text import Mark, Token
from products.rules.label_wording.vocabulary import Entry, Kind
from products.rules.label_wording.words import entries, looks_chemical

_BOUND_TO_AMINO_ACIDS = {"bisglycinate", "aspartate", "taurate"}


class Subject(Enum):
    """Whose sources a list holds."""

    OPEN = auto()
    """Nobody's yet: the outermost level, or a product name."""
    MAGNESIUM = auto()
    OTHER = auto()
    BLEND = auto()
    UNKNOWN = auto()


class Finding(Enum):
    """What was met on the way beside forms."""

    MAGNESIUM = auto()
    ELSEWHERE = auto()
    """Magnesium as a source of another nutrient."""
    FOREIGN = auto()
    """Something without magnesium as a source of it, such as a salt of another metal."""
    ADDITIVE = auto()
    VAGUE = auto()
    BUFFERED = auto()
    UNKNOWN_PART = auto()
    UNKNOWN_HEAD = auto()
    BLEND = auto()
    AMBIGUOUS = auto()


@dataclass(frozen=True)
class Part:
    """The words between two marks, by what they do."""

    kinds: frozenset[Kind]
    forms: tuple[str, ...]
    """What any metal named here is bound to; no metal, no compound."""
    sources: tuple[str, ...]
    """What brings magnesium whatever else is named: brands, foods, rocks."""
    generic: bool
    unknown: bool
    chemical: bool
    buffered: bool
    words: bool

    @property
    def magnesium(self) -> bool:
        return Kind.MAGNESIUM in self.kinds or Kind.BRAND in self.kinds

    @property
    def foreign(self) -> bool:
        ours = self.magnesium or Kind.VAGUE in self.kinds
        return bool(self.kinds & {Kind.METAL, Kind.NUTRIENT}) and not ours

    @property
    def bare(self) -> bool:
        """Whether it names magnesium and nothing that it is bound to."""
        named = self.forms or self.sources or self.generic
        return self.magnesium and not named and Kind.ADDITIVE not in self.kinds


def part_of(words: list[str]) -> Part:
    """Look the words up and let the exact say it before the general."""
    found = list(entries(words))
    known = [entry for entry in found if isinstance(entry, Entry)]
    strange = [word for word in found if isinstance(word, str)]
    kinds = frozenset(entry.kind for entry in known)
    forms = _slugs(known, Kind.FORM)
    brought_by = {Kind.BRAND, Kind.SOURCE} | (set() if forms else {Kind.SEA})
    sources = _slugs(known, *brought_by)
    if Kind.AMINO_CHELATE in kinds:
        generic = not _BOUND_TO_AMINO_ACIDS & set(forms)
    else:
        generic = Kind.CHELATE in kinds and not forms and not sources
    return Part(
        kinds=kinds,
        forms=forms,
        sources=sources,
        generic=generic,
        unknown=bool(strange),
        chemical=any(map(looks_chemical, strange)),
        buffered="buffered" in words,
        words=bool(words),
    )


def _slugs(known: list[Entry], *kinds: Kind) -> tuple[str, ...]:
    return tuple(slug for entry in known if entry.kind in kinds for slug in entry.slugs)


@dataclass
class _Level:
    """A list of parts: the outermost, or one in brackets."""

    subject: Subject
    strict: bool = False
    """Whether each part must be a source, so that an unknown one is missed."""
    head: Subject | None = None
    head_is_bare: bool = False
    shares: Mark | None = None
    """The mark behind a bare magnesium, whose anion may stand behind the next metal."""
    introduced: bool = False
    head_is_named: bool = False
    """Whether the part before it named a compound, of which *chelate* says nothing more."""
    forms_before: int = 0
    generic_at: int | None = None
    """How many forms were known when the part before it said no more than *chelate*."""


@dataclass
class Reader:
    """Takes tokens in and keeps forms, in the order of the label, and findings."""

    forms: list[str] = field(default_factory=list)
    findings: set[Finding] = field(default_factory=set)
    _levels: list[_Level] = field(default_factory=lambda: [_Level(Subject.OPEN)])
    _before: Mark = Mark.END
    _blocks: bool = False

    def read(self, tokens: Iterable[Token]) -> None:
        """Read a whole wording."""
        for words, after in _cut(tokens):
            part = part_of(words)
            level = self._levels[-1]
            if part.words:
                self._take(level, part, after)
            if after is Mark.OPEN:
                self._open(level, part)
            elif after is Mark.CLOSE and len(self._levels) > 1:
                self._close()
            elif after is Mark.INTRO:
                self._introduce(level)
            elif after is Mark.BLOCK:
                self._end_block()
            if part.words or after is not Mark.INTRO:
                self._before = after
        while self._levels:
            self._settle(self._levels.pop())

    def _take(self, level: _Level, part: Part, after: Mark) -> None:
        """Take one part as its level bids, and keep it as the head of what follows."""
        if self._turns_to_magnesium(level, part, after):
            level.subject, level.introduced = Subject.OPEN, False
        if level.subject is Subject.OPEN:
            self._take_open(level, part, after)
        elif level.subject is Subject.MAGNESIUM:
            self._take_source(level, part, after)
        else:
            self._take_elsewhere(level, part)
        subject = _subject_of(part, level.subject)
        if level.subject is Subject.OPEN and self._continues(level, part):
            subject = Subject.MAGNESIUM
        level.head = subject if subject is not None else level.head
        level.head_is_bare = part.bare or (subject is None and level.head_is_bare)
        level.shares = after if part.bare else None

    def _turns_to_magnesium(self, level: _Level, part: Part, after: Mark) -> bool:
        """Tell whether a list of another nutrient's sources ends: `…, magnesium (as …`."""
        names_a_row = part.bare and after in {Mark.OPEN, Mark.INTRO}
        return level.introduced and level.subject is Subject.OTHER and names_a_row

    def _take_open(self, level: _Level, part: Part, after: Mark) -> None:
        """Take a part of a name: only what is said to be magnesium is."""
        if part.magnesium or self._shares(level, part):
            self._keep(level, part, after)
        elif self._continues(level, part):
            self._keep(level, part, after)
            if part.unknown:
                self.findings.add(Finding.UNKNOWN_PART)

    def _take_source(self, level: _Level, part: Part, after: Mark) -> None:
        """Take a part of the list of magnesium's sources."""
        if part.foreign and not part.sources and not self._shares(level, part):
            if part.forms or level.strict:
                self.findings.add(Finding.FOREIGN)
            return
        self._keep(level, part, after)
        names_one = part.forms or part.sources or part.generic or part.magnesium
        explained = names_one or part.kinds & {Kind.ADDITIVE, Kind.VAGUE}
        if part.unknown and level.strict and (not explained or part.bare):
            self.findings.add(Finding.UNKNOWN_PART)

    def _take_elsewhere(self, level: _Level, part: Part) -> None:
        """Note magnesium where it is no source of magnesium, or where nobody knows."""
        named = part.magnesium and not part.bare and Kind.ADDITIVE not in part.kinds
        if level.subject is Subject.BLEND and named:
            self.findings.add(Finding.BLEND)
        elif level.subject is Subject.UNKNOWN and named:
            self.findings.add(Finding.UNKNOWN_HEAD)
        elif level.introduced and named and self._before is Mark.COMMA:
            # "Vitamin C as calcium ascorbate, magnesium ascorbate": the list, or the next row?
            self.findings.add(Finding.AMBIGUOUS)
        elif part.magnesium:
            self.findings.add(Finding.ELSEWHERE)

    def _shares(self, level: _Level, part: Part) -> bool:
        """Tell whether the anion is magnesium's too: `magnesium/potassium aspartate`."""
        if level.shares is None or not part.forms or Kind.METAL not in part.kinds:
            return False
        if level.shares is Mark.AND and "aspartate" not in part.forms:
            # "Magnesium and zinc oxide" may say either. Magnesium and potassium aspartate are
            # sold as one medicine (Asparkam, Panangin), whose name is written so.
            self.findings.add(Finding.AMBIGUOUS)
            return False
        return level.shares in {Mark.JOIN, Mark.AND}

    def _continues(self, level: _Level, part: Part) -> bool:
        """Tell whether a name goes on with a second anion: `Magnesium citrate & malate`."""
        names_one = bool(part.forms) or part.generic
        return level.head is Subject.MAGNESIUM and names_one and not part.foreign

    def _keep(self, level: _Level, part: Part, after: Mark) -> None:
        if part.magnesium:
            self.findings.add(Finding.MAGNESIUM)
        if part.buffered:
            self.findings.add(Finding.BUFFERED)
        for kind, finding in ((Kind.ADDITIVE, Finding.ADDITIVE), (Kind.VAGUE, Finding.VAGUE)):
            if kind in part.kinds:
                self.findings.add(finding)
        if part.chemical:
            self.findings.add(Finding.UNKNOWN_PART)
        slugs = part.forms + part.sources
        if slugs and self._before is Mark.OR:
            self.findings.add(Finding.AMBIGUOUS)
        self.forms.extend(slugs)
        if part.generic and (part.forms or not level.head_is_named):
            level.generic_at = len(self.forms)
            if after not in {Mark.OPEN, Mark.INTRO}:
                self._settle(level)

    def _settle(self, level: _Level) -> None:
        """Keep a *chelate* as such if nothing behind it said which."""
        if level.generic_at is not None and level.generic_at == len(self.forms):
            self.forms.append("other")
        level.generic_at = None

    def _end_block(self) -> None:
        """Begin a row of its own; rows below one that says nothing of magnesium are its parts."""
        outermost = self._levels[0]
        for level in reversed(self._levels):
            self._settle(level)
        del self._levels[1:]
        first, self._blocks = not self._blocks, True
        if first and outermost.head is not None and Finding.MAGNESIUM not in self.findings:
            outermost.subject = Subject.BLEND
        elif outermost.subject is not Subject.BLEND:
            self._levels = [_Level(Subject.OPEN)]

    def _open(self, level: _Level, part: Part) -> None:
        """Open a bracket below the part before it, or below the head before that."""
        subject = _subject_of(part, level.subject) if part.words else level.head
        bare = part.bare if part.words and subject is not None else level.head_is_bare
        inner = _Level(level.subject if subject is None else subject)
        listing = level.strict or level.subject is Subject.OPEN
        inner.strict = inner.subject is Subject.MAGNESIUM and bare and listing
        inner.head_is_bare = inner.strict
        inner.head_is_named = part.magnesium and bool(part.forms + part.sources)
        inner.generic_at, level.generic_at = level.generic_at, None
        inner.forms_before = len(self.forms)
        self._levels.append(inner)

    def _close(self) -> None:
        """Go back to the list outside, whose head is explained if a form was found."""
        closed = self._levels.pop()
        self._settle(closed)
        if len(self.forms) > closed.forms_before:
            self._levels[-1].head_is_bare = False

    def _introduce(self, level: _Level) -> None:
        """Let the head's sources follow without brackets: `Magnesium from magnesium citrate`."""
        if level.head is None or level.subject not in {Subject.OPEN, Subject.MAGNESIUM}:
            return
        if level.subject is Subject.OPEN or level.head is Subject.OTHER:
            level.subject, level.introduced = level.head, True
            level.strict = level.head is Subject.MAGNESIUM and level.head_is_bare


def _subject_of(part: Part, below: Subject) -> Subject | None:
    """Tell whose sources a bracket behind this part would hold; `None` says nothing new."""
    if below in {Subject.OTHER, Subject.BLEND, Subject.UNKNOWN}:
        return below
    if part.magnesium or (below is Subject.MAGNESIUM and part.sources):
        return Subject.MAGNESIUM
    if part.foreign or (part.forms and below is Subject.OPEN):
        return Subject.OTHER
    if below is Subject.MAGNESIUM:
        return Subject.MAGNESIUM
    if Kind.BLEND in part.kinds:
        return Subject.BLEND
    return Subject.UNKNOWN if part.unknown or part.sources else None


def _cut(tokens: Iterable[Token]) -> Iterator[tuple[list[str], Mark]]:
    """Give the words up to each mark, and the mark."""
    words: list[str] = []
    for token in tokens:
        if isinstance(token, Mark):
            yield words, token
            words = []
        else:
            words.append(token)
    yield words, Mark.END
