"""What can be wished for: for each fact when a product has it, when it has not, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When

from compare import figures
from compare.comparison.yardsticks import SHORT_NAMES
from compare.filters import DOLLARS
from compare.rows import ProductRow
from products.models import Authority, Certification, EmptyKind, ProductIngredient
from products.rules import wishes as rules
from products.rules.wishes import Standing


@dataclass(frozen=True)
class Held:
    """What products are held against.

    The reader's most for 100 mg, the limit of an authority, and the forms (by their keys) that were
    tested in people for a use, `use` in words; for any use when it is blank.
    """

    most_price: Decimal | None
    limit_mg: Decimal | None
    authority: Authority
    use: str = ""
    tested: frozenset[int] = frozenset()


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


def _has_form(**lookups: Any) -> Q:
    return Q(Exists(ProductIngredient.objects.filter(product=OuterRef("pk"), **lookups)))


def _tested(held: Held) -> Q:
    return _has_form(form__in=sorted(held.tested))


def _not_tested(held: Held) -> Q:
    """All its forms are known, and none was tested. A place for many compounds is no known form."""
    return _has_form() & ~_has_form(form__is_catch_all=True) & ~_tested(held)


def _tested_form(row: ProductRow, held: Held, standing: Standing) -> str:
    where = f"in people for {figures.within(held.use)}" if held.use else "in people"
    if standing is Standing.FAILED:
        return f"not {where}"
    if standing is Standing.UNKNOWN:
        return _word(row.product.empty_of("forms").label)
    parts = row.product.ingredients.all()
    names = [figures.within(part.form.short_name) for part in parts if part.form_id in held.tested]
    return f"{' and '.join(names)}, {where}"


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
        Fact(
            "tested_form", "Tested in this form", "form tested", _tested, _not_tested, _tested_form
        ),
    )
}  # fmt: skip
"""What can be wished for, by its key in an address."""
