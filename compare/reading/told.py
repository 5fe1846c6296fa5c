"""What reviews say of a product."""

from __future__ import annotations

from dataclasses import dataclass

from products.models import Product, ReviewFact


@dataclass(frozen=True)
class Told:
    """What reviews say of the product, by section; praise and criticism stand with the ratings."""

    sections: tuple[tuple[str, tuple[ReviewFact, ...]], ...]
    praise: tuple[ReviewFact, ...]
    criticism: tuple[ReviewFact, ...]

    @classmethod
    def of(cls, product: Product) -> Told:
        """One query."""
        facts = list(product.review_facts.select_related("source"))
        by_section = {
            section: tuple(fact for fact in facts if fact.section == section)
            for section in ReviewFact.Section.values
        }
        praise, criticism = (by_section.pop(one) for one in ("praise", "criticism"))
        label = dict(ReviewFact.Section.choices)
        sections = ((str(label[key]), rows) for key, rows in by_section.items() if rows)
        return cls(tuple(sections), praise, criticism)

    @property
    def loose(self) -> int:
        """How many of them say more than their source does."""
        return sum(fact.is_loose for _, facts in self.sections for fact in facts)

    @property
    def total(self) -> int:
        return sum(len(facts) for _, facts in self.sections)
