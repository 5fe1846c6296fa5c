"""The reader's own weights: what must hold of a product and what matters, read from the address.

`want=vegan:must&want=gentle:matters`: a fact of `FACTS` and how much it counts. `want_price` is the
most that 100 mg may cost, in dollars, and `want_use` the use that a form must have been tested for. The
limit is that of the page's `authority`. How a product stands to each wish is worked out in the database,
so that the whole answer and the rows of a page are judged by one and the same condition; the group
follows from `products.rules.wishes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.db.models import Count, QuerySet

from compare import figures
from compare.facets import Chip
from compare.filters import DOLLARS, speaking_evidence
from compare.links import Query
from compare.notes import Ignored, Note
from compare.rows import ProductRow
from compare.wishes.facts import FACTS, Fact, Held
from compare.wishes.groups import Placed, Section, Stood
from products.models import Authority, Product, Status, UpperLevel
from products.rules import wishes as rules
from products.rules.wishes import Group, Standing, Weight

WANT = "want"
MOST_PRICE = "want_price"
FOR_USE = "want_use"
KEYS = (WANT, MOST_PRICE, FOR_USE)
"""Keys of an address that are read here."""

HIGHEST = Decimal(1000)
"""Dollars for 100 mg, as in the filter of prices."""
MOST_COUNTED = 20_000
"""Products that are all placed for the sake of the counts, a tenth of a second with every wish. Of more,
only those of the page are."""

_GO_ALONG = {"price": (MOST_PRICE,), "tested_form": (FOR_USE,)}
"""Keys that mean nothing without the wish."""
_WEIGHTS = frozenset(weight.value for weight in Weight)


@dataclass(frozen=True)
class Choice:
    """One fact in the form, with the weight in force."""

    fact: Fact
    weight: Weight


@dataclass(frozen=True)
class Wishes:
    """What a reader asks for; false when nothing. The facts stand in the order of `FACTS`."""

    weights: Mapping[str, Weight]
    most_price: Decimal | None
    authority: Authority
    limit: UpperLevel | None = None
    use: str = ""
    use_words: str = ""
    notes: tuple[Note, ...] = ()

    @classmethod
    def read(
        cls,
        query: Query,
        authority: Authority,
        limit: UpperLevel | None,
        uses: Callable[[], Mapping[str, str]] = dict,
    ) -> Wishes:
        """Read the `KEYS`; what is not understood is noted, and the last of two holds.

        `limit` is that of the authority, `None` where it has given none. `uses` gives the words of each
        use by its slug; it is called only when one is named.
        """
        notes: list[Note] = []
        given: dict[str, Weight] = {}
        for text in query.all(WANT):
            key, _, word = text.partition(":")
            if key not in FACTS or word not in _WEIGHTS:
                notes.append(Note(Ignored.UNKNOWN_VALUE, WANT, text))
                continue
            if key in given:
                notes.append(Note(Ignored.GIVEN_TWICE, WANT, key))
            given[key] = Weight(word)
        weights = {
            key: given[key] for key in FACTS if given.get(key, Weight.IGNORE) is not Weight.IGNORE
        }
        most_price = _most_price(query.get(MOST_PRICE), notes)
        use = query.get(FOR_USE)
        words = uses().get(use, "") if use else ""
        if use and not words:
            notes.append(Note(Ignored.UNKNOWN_VALUE, FOR_USE, use))
            use = ""
        return cls(weights, most_price, authority, limit, use, words, tuple(notes))

    def __bool__(self) -> bool:
        return bool(self.weights)

    @property
    def facts(self) -> list[Fact]:
        return [FACTS[key] for key in self.weights]

    @property
    def choices(self) -> list[Choice]:
        return [Choice(fact, self.weights.get(key, Weight.IGNORE)) for key, fact in FACTS.items()]

    @property
    def price_text(self) -> str:
        """The figure as it stands in the form."""
        return "" if self.most_price is None else f"{self.most_price.normalize():f}"

    def chips(self, query: Query) -> list[Chip]:
        """Each wish as `must: vegan`, and the query without it."""
        query = query.without("page")
        found = []
        for key, weight in self.weights.items():
            label = f"{weight.value}: {self._wished(FACTS[key])}"
            rest = query.remove(WANT, f"{key}:{weight.value}")
            found.append(Chip(label, rest.without(*_GO_ALONG.get(key, ()))))
        return found

    def _wished(self, fact: Fact) -> str:
        if fact.key == "price" and self.most_price is not None:
            return f"at most {figures.money(self.most_price, DOLLARS)} per 100 mg"
        if fact.key == "tested_form" and self.use:
            return f"tested in this form for {figures.within(self.use_words)}"
        return fact.label[:1].lower() + fact.label[1:]

    @cached_property
    def held(self) -> Held:
        """One query when a form must have been tested, else none."""
        limit_mg = self.limit.amount_mg if self.limit else None
        tested = _tested_forms(self.use) if "tested_form" in self.weights else frozenset()
        return Held(self.most_price, limit_mg, self.authority, self.use_words, tested)

    def marked(self, rows: QuerySet[Product]) -> QuerySet[Product]:
        """Products with their standing to each wish, and what the lines read. At most two queries more."""
        columns = {fact.column: fact.standing(self.held) for fact in self.facts}
        found: QuerySet[Product] = rows.annotate(**columns)
        return found.prefetch_related("certifications") if "third_party" in self.weights else found

    def counts(self, rows: QuerySet[Product]) -> Counter[Group]:
        """How many products are in each group. One query, with a row for each way to stand."""
        names = [fact.column for fact in self.facts]
        ways = self.marked(rows).values_list(*names).annotate(n=Count("pk")).order_by()
        found: Counter[Group] = Counter()
        for *standings, n in ways:
            found[self._group(standings)] += n
        return found

    def placed(self, row: ProductRow) -> Placed:
        """One row of `marked` products in its group."""
        stood = []
        for key, weight in self.weights.items():
            fact = FACTS[key]
            standing = Standing(getattr(row.product, fact.column))
            stood.append(Stood(fact, weight, standing, fact.said(row, self.held, standing)))
        return Placed(row, self._group([one.standing for one in stood]), tuple(stood))

    def counts_of(self, rows: QuerySet[Product], total: int) -> Counter[Group] | None:
        """The counts of an answer of `total` rows; `None` where it is too long for them."""
        return self.counts(rows) if total <= MOST_COUNTED else None

    def sections(self, rows: Sequence[ProductRow], counts: Counter[Group] | None) -> list[Section]:
        """The rows in their groups, each in the order that they had; groups without any are left out."""
        placed = [self.placed(row) for row in rows]
        found = []
        for group in Group:
            own = tuple(one for one in placed if one.group is group)
            if own or (counts and counts[group]):
                found.append(Section(group, own, None if counts is None else counts[group]))
        return found

    def _group(self, standings: Sequence[str]) -> Group:
        known = map(Standing, standings)
        return rules.group_of(zip(self.weights.values(), known, strict=True))


def _most_price(text: str, notes: list[Note]) -> Decimal | None:
    if not text:
        return None
    # Long digit strings and exponents cost time to convert and mean nothing here.
    if len(text) > 12 or not text.isascii():
        notes.append(Note(Ignored.NOT_A_NUMBER, MOST_PRICE, text))
        return None
    try:
        price = Decimal(text.strip().removeprefix("$"))
    except InvalidOperation:
        notes.append(Note(Ignored.NOT_A_NUMBER, MOST_PRICE, text))
        return None
    if not price.is_finite() or not 0 < price <= HIGHEST:
        notes.append(Note(Ignored.OUT_OF_BOUNDS, MOST_PRICE, text, f"0 to {HIGHEST}"))
        return None
    return price


def _tested_forms(use: str) -> frozenset[int]:
    """Keys of the forms that were tested for a use, or for any, as the filter `use` means it."""
    rows = speaking_evidence().filter(use__status=Status.PUBLISHED)
    if use:
        rows = rows.filter(use__slug=use)
    return frozenset(rows.order_by().values_list("form", flat=True).distinct())
