"""The reader's own weights: what must hold of a product and what matters, read from the address.

`want=vegan:must&want=gentle:matters`: a fact of `FACTS` and how much it counts. `want_price` is the
most that 100 mg may cost, in dollars. The limit is that of the page's `authority`. How a product stands
to each wish is worked out in the database, so that the whole answer and the rows of a page are judged
by one and the same condition; the group follows from `products.rules.wishes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from compare import figures
from compare.comparison.yardsticks import SHORT_NAMES
from compare.facets import Chip
from compare.filters import DOLLARS
from compare.links import Query
from compare.notes import Ignored, Note
from compare.rows import ProductRow
from products.models import Authority, Certification, EmptyKind, Product, UpperLevel
from products.rules import wishes as rules
from products.rules.wishes import Group, Standing, Weight

WANT = "want"
MOST_PRICE = "want_price"
KEYS = (WANT, MOST_PRICE)
"""Keys of an address that are read here."""

HIGHEST = Decimal(1000)
"""Dollars for 100 mg, as in the filter of prices."""
MOST_COUNTED = 20_000
"""Products that are all placed for the sake of the counts, a tenth of a second with every wish. Of more,
only those of the page are."""

_WEIGHTS = frozenset(weight.value for weight in Weight)

WORDS = {
    Group.GOOD: "Good match",
    Group.PARTIAL: "Partial match",
    Group.UNKNOWN: "Not known",
    Group.NO: "Does not match",
}
MEANINGS = {
    Group.GOOD: "All that must hold does, and all that matters.",
    Group.PARTIAL: "All that must hold does; something that matters does not, or is not known.",
    Group.UNKNOWN: "Something that must hold is not known, so nobody can say whether it fits.",
    Group.NO: "Something that must hold does not.",
}


@dataclass(frozen=True)
class Held:
    """What figures are held against: the reader's most for 100 mg, and the limit of an authority."""

    most_price: Decimal | None
    limit_mg: Decimal | None
    authority: Authority


Condition = Callable[[Held], Q]


@dataclass(frozen=True)
class Fact:
    """Something that can be wished for. What neither condition finds is not known.

    `label` names the wish, `name` what is said of a product: "vegan: yes".
    """

    key: str
    label: str
    name: str
    met: Condition
    failed: Condition
    said: Callable[[ProductRow, Held, Standing], str]

    @property
    def column(self) -> str:
        return f"wish_{self.key}"

    def standing(self, held: Held) -> Case:
        """How each row stands, as a column."""
        return Case(
            When(self.met(held), then=Value(Standing.MET.value)),
            When(self.failed(held), then=Value(Standing.FAILED.value)),
            default=Value(Standing.UNKNOWN.value),
            output_field=CharField(),
        )


@dataclass(frozen=True)
class Choice:
    """One fact in the form, with the weight in force."""

    fact: Fact
    weight: Weight


@dataclass(frozen=True)
class Placed:
    """A row with its group, and why in one line."""

    row: ProductRow
    group: Group
    why: str


@dataclass(frozen=True)
class Section:
    """The rows of a page that are in one group. `count` is of the whole answer, where it was counted."""

    group: Group
    rows: tuple[Placed, ...]
    count: int | None

    @property
    def words(self) -> str:
        return WORDS[self.group]

    @property
    def meaning(self) -> str:
        return MEANINGS[self.group]


@dataclass(frozen=True)
class Wishes:
    """What a reader asks for; false when nothing. The facts stand in the order of `FACTS`."""

    weights: Mapping[str, Weight]
    most_price: Decimal | None
    authority: Authority
    limit: UpperLevel | None = None
    notes: tuple[Note, ...] = ()

    @classmethod
    def read(cls, query: Query, authority: Authority, limit: UpperLevel | None) -> Wishes:
        """Read `want` and `want_price`; what is not understood is noted, and the last of two holds.

        `limit` is that of the authority, `None` where it has given none.
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
        return cls(weights, most_price, authority, limit, tuple(notes))

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
            found.append(Chip(label, rest.without(MOST_PRICE) if key == "price" else rest))
        return found

    def _wished(self, fact: Fact) -> str:
        if fact.key == "price" and self.most_price is not None:
            return f"at most {figures.money(self.most_price, DOLLARS)} per 100 mg"
        return fact.label[:1].lower() + fact.label[1:]

    @property
    def held(self) -> Held:
        limit_mg = self.limit.amount_mg if self.limit else None
        return Held(self.most_price, limit_mg, self.authority)

    def marked(self, rows: QuerySet[Product]) -> QuerySet[Product]:
        """Products with their standing to each wish, and what the lines read. At most one query more."""
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
        standings = [Standing(getattr(row.product, fact.column)) for fact in self.facts]
        lines = [
            f"{fact.name}: {fact.said(row, self.held, standing)}"
            for fact, standing in zip(self.facts, standings, strict=True)
        ]
        return Placed(row, self._group(standings), "; ".join(lines))

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


# The facts ------------------------------------------------------------------------------------

NONE = Q(pk__in=[])


def _word(label: object) -> str:
    """A label within a sentence."""
    return str(label).lower()


def _is(column: str, value: object) -> Condition:
    return lambda held: Q(**{column: value})


def _among(column: str, values: frozenset[str]) -> Condition:
    return lambda held: Q(**{f"{column}__in": sorted(values)})


def _certified(*states: Certification.State) -> Condition:
    found = Certification.objects.filter(product=OuterRef("pk"), state__in=states)
    return lambda held: Q(Exists(found))


def _yes_or_no(fact: str) -> Callable[[ProductRow, Held, Standing], str]:
    def said(row: ProductRow, held: Held, standing: Standing) -> str:
        if standing is Standing.UNKNOWN:
            return _word(row.product.empty_of(fact).label)
        return "yes" if standing is Standing.MET else "no"

    return said


def _third_party(row: ProductRow, held: Held, standing: Standing) -> str:
    rows = list(row.product.certifications.all())
    if not rows:
        return _word(row.product.empty_of("certification").label)
    if standing is Standing.MET:
        rows = [one for one in rows if one.state == Certification.State.CERTIFIED]
    return ", ".join(f"{one.body} {one.get_state_display().replace(': ', ', ')}" for one in rows)


def _adds_up(row: ProductRow, held: Held, standing: Standing) -> str:
    return _word(row.product.get_label_check_display())


def _grade(label: str, empty: EmptyKind | None) -> str:
    return _word(label or (empty.label if empty else "its forms differ"))


def _gentle(row: ProductRow, held: Held, standing: Standing) -> str:
    word = _grade(row.product.get_laxative_display(), row.laxative_empty)
    return f"{word}, not low" if standing is Standing.FAILED else word


def _taken_up(row: ProductRow, held: Held, standing: Standing) -> str:
    word = _grade(row.product.get_bioavailability_display(), row.grade_empty)
    return f"{word}, below moderate" if standing is Standing.FAILED else word


def _price(row: ProductRow, held: Held, standing: Standing) -> str:
    product = row.product
    if product.price_per_100_mg is None:
        needed = ("price", "label_elemental_mg", "servings_per_container")
        return _word(product.empty_of(*needed).label)
    price = figures.money(product.price_per_100_mg, product.price_currency)
    if standing is Standing.UNKNOWN:
        return f"{price}, not in dollars"
    if held.most_price is None:
        return price
    word = "within" if standing is Standing.MET else "above"
    return f"{price}, {word} {figures.money(held.most_price, DOLLARS)}"


def _price_met(held: Held) -> Q:
    if held.most_price is None:
        return Q(price_per_100_mg__isnull=False)
    return Q(price_currency=DOLLARS, price_per_100_mg__lte=held.most_price)


def _price_failed(held: Held) -> Q:
    if held.most_price is None:
        return NONE
    return Q(price_currency=DOLLARS, price_per_100_mg__gt=held.most_price)


def _under_limit(row: ProductRow, held: Held, standing: Standing) -> str:
    serving = row.product.elemental_mg_per_serving
    if serving is None:
        return _word(row.product.empty_of("label_elemental_mg").label)
    who, mg = SHORT_NAMES[held.authority], figures.significant(serving)
    if held.limit_mg is None:
        return f"{mg}{figures.NBSP}mg, no {who} limit on record"
    word = "within" if standing is Standing.MET else "above"
    limit = figures.significant(held.limit_mg)
    return f"{mg}{figures.NBSP}mg, {word} the {who} limit of {limit}{figures.NBSP}mg"


def _within(held: Held) -> Q:
    return NONE if held.limit_mg is None else Q(elemental_mg_per_serving__lte=held.limit_mg)


def _above(held: Held) -> Q:
    return NONE if held.limit_mg is None else Q(elemental_mg_per_serving__gt=held.limit_mg)


State = Certification.State
FACTS: dict[str, Fact] = {
    fact.key: fact
    for fact in (
        Fact(
            "vegan", "Vegan", "vegan",
            _is("vegan", True), _is("vegan", False), _yes_or_no("vegan"),
        ),
        Fact(
            "gluten_free", "Gluten free", "gluten free",
            _is("gluten_free", True), _is("gluten_free", False), _yes_or_no("gluten_free"),
        ),
        # What only the brand says is not known: nobody found it in the body's register.
        Fact(
            "third_party", "Third-party certified", "third-party test",
            _certified(State.CERTIFIED),
            lambda held: ~_certified(State.CLAIMED)(held) & _certified(State.NOT_FOUND)(held),
            _third_party,
        ),
        Fact(
            "adds_up", "Label adds up", "label check",
            _among("label_check", rules.LABEL_HOLDS),
            _among("label_check", rules.LABEL_FAILS),
            _adds_up,
        ),
        Fact("price", "Price known", "price of 100\u00a0mg", _price_met, _price_failed, _price),
        Fact(
            "gentle", "Low laxative effect", "laxative effect",
            _among("laxative", rules.GENTLE), _among("laxative", rules.LOOSENING), _gentle,
        ),
        Fact(
            "taken_up", "At least moderate bioavailability", "bioavailability",
            _among("bioavailability", rules.WELL_TAKEN_UP),
            _among("bioavailability", rules.POORLY_TAKEN_UP),
            _taken_up,
        ),
        Fact(
            "under_limit", "A serving within the limit", "a serving", _within, _above, _under_limit
        ),
    )
}  # fmt: skip
"""What can be wished for, by its key in an address."""
