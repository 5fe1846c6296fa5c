"""Rows of how a product is made and checked, and of its label."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.db.models import TextChoices

from compare import figures
from compare.basis import Basis
from compare.comparison.cell import Cell, unknown
from compare.comparison.groups import ProductGroup
from compare.comparison.reading import FactName, missing, of_facts
from compare.comparison.remarks import Remark, Said, remark
from compare.comparison.row import Kind, Row
from products.models import Certification, EmptyKind, Product, Source

_BY_WEIGHT = [
    Certification.State.CERTIFIED,
    Certification.State.CLAIMED,
    Certification.State.NOT_FOUND,
]
_TOLD_BY = {
    Source.Kind.LABEL: "on the label",
    Source.Kind.BRAND_PAGE: "claimed by the brand",
    Source.Kind.SHOP_PAGE: "told by a shop",
}
"""Who says yes or no, by the kind of the source."""
_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _certification(product: Product, basis: Basis) -> Cell:
    """The strongest state, with the bodies that say so; the others after it."""
    held = list(product.certifications.all())
    if not held:
        return missing(product, FactName.CERTIFICATION)
    state = min((Certification.State(one.state) for one in held), key=_BY_WEIGHT.index)
    bodies = ", ".join(one.body for one in held if one.state == state)
    others = (
        remark(Said.BY_FORM, one.body, one.get_state_display())
        for one in held
        if one.state != state
    )
    sources = tuple(dict.fromkeys(one.source for one in held))
    return Cell(state, remarks=(remark(Said.BODIES, bodies), *others), sources=sources)


def _reads(fact: str) -> Callable[[Product, Basis], Cell]:
    """A fact that stands in a column as it is shown: yes or no, or text."""

    def read(product: Product, basis: Basis) -> Cell:
        if not product.knows(fact):
            return missing(product, fact)
        value, sources = getattr(product, fact), of_facts(product, fact)
        told = remark(
            Said.TOLD_BY, _TOLD_BY.get(Source.Kind(sources[0].kind), sources[0].get_kind_display())
        )
        return Cell(value, remarks=(told,) if isinstance(value, bool) else (), sources=sources)

    return read


def _rating(product: Product, basis: Basis) -> Cell:
    rating = next(iter(product.ratings.all()), None)
    if rating is None:
        return missing(product, FactName.RATING)
    seen = remark(Said.SEEN, _day(rating.seen_on)) if rating.seen_on else remark(Said.DAY_NOT_KNOWN)
    return Cell(
        rating.average,
        f"of {rating.scale_max}",
        remarks=(remark(Said.RATINGS, figures.number(rating.count)), seen),
        sources=(rating.source,),
    )


def _brand(product: Product, basis: Basis) -> Cell:
    return Cell(product.brand.name, sources=(product.source,))


def _market(product: Product, basis: Basis) -> Cell:
    if not product.market:
        return unknown(EmptyKind.NOT_LOOKED_UP)
    return Cell(product.market, sources=(product.source,))


def _last_seen(product: Product, basis: Basis) -> Cell:
    checked: tuple[Remark, ...] = ()
    if product.checked_on:
        checked = (remark(Said.CHECKED, _day(product.checked_on)),)
    seen = product.source.seen_on
    if not seen:
        return unknown(EmptyKind.NOT_LOOKED_UP, *checked, sources=(product.source,))
    return Cell(_day_or_text(seen), remarks=checked, sources=(product.source,))


def _day_or_text(text: str) -> date | str:
    """A month or a year stays text, and so does what no calendar has."""
    try:
        return date.fromisoformat(text) if _A_DAY.fullmatch(text) else text
    except ValueError:
        return text


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _row(
    fact: str, label: str, term: str, group: TextChoices = ProductGroup.MADE, hint: str = ""
) -> Row[Product]:
    return Row(fact, group, label, "", term, _reads(fact), hint=hint)


MADE: tuple[Row[Product], ...] = (
    Row(
        "certification",
        ProductGroup.MADE,
        "Third-party test",
        "",
        "Whether a named body outside the maker has tested it. Certified only when it was found in the body’s own register.",
        _certification,
    ),
    _row("vegan", "Vegan", "Free of anything from animals, as the label or brand says."),
    _row(
        "vegetarian", "Vegetarian", "Free of meat, fish and gelatine, as the label or brand says."
    ),
    _row("gluten_free", "Gluten free", "As the label or brand says."),
    _row(
        "non_gmo", "Non-GMO", "Made without genetically modified crops, as the label or brand says."
    ),
    _row("allergens", "Allergens", "What the label says of allergens, present or absent."),
    _row(
        "other_ingredients",
        "Other ingredients",
        "What is in it besides the magnesium compound: capsule, filler, flavour, sweetener.",
    ),
    Row(
        "rating",
        ProductGroup.MADE,
        "User rating",
        "",
        "What buyers gave it at one shop or site. It says how it was liked, not whether it works.",
        _rating,
        Kind.FIGURE,
    ),
)

LABEL: tuple[Row[Product], ...] = (
    Row("brand", ProductGroup.LABEL, "Brand", "", "Whose name stands on the pack.", _brand),
    Row(
        "market",
        ProductGroup.LABEL,
        "Market",
        "",
        "Country whose label this is, by its two letters. Labels of one product differ by country.",
        _market,
    ),
    Row(
        "last_seen",
        ProductGroup.LABEL,
        "Label seen",
        "",
        "The day on which the label, or the page that shows it, was last seen.",
        _last_seen,
    ),
)
