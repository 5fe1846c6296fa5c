"""What is claimed of a product, beside what studies say for its form. The two are never mixed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from products.models import Claim, Evidence, Judgement, Product, ReviewFact, Source


@dataclass(frozen=True)
class Line:
    """One claim. Without a judgement nobody has held it against the evidence yet."""

    text: str
    by: str
    source: Source | None
    note: str
    judgement: Judgement | None

    @property
    def evidence(self) -> list[Evidence]:
        """People first: what the verdict rests on."""
        rows = self.judgement.evidence.all() if self.judgement else ()
        return sorted(rows, key=lambda row: (row.species != "human", row.key))


@dataclass(frozen=True)
class Ledger:
    """Claims of this product; and those often made of its form, which are not this maker's own."""

    own: tuple[Line, ...]
    of_form: tuple[Line, ...]

    @classmethod
    def of(cls, product: Product) -> Ledger:
        """Four queries, whatever the number of claims."""
        by_key = {row.pk: row for row in Judgement.objects.of_product(product).for_ledger()}
        claims = list(product.claims.all())
        told = {claim.judgement_id for claim in claims}
        own = [_of_claim(claim, by_key.get(claim.judgement_id or 0)) for claim in claims]
        others = [row for row in by_key.values() if row.pk not in told]
        own += [_of_judgement(row) for row in others if row.product_id is not None]
        own.sort(key=lambda line: line.judgement is None)
        rest = [_of_judgement(row) for row in others if row.product_id is None]
        return cls(tuple(own), tuple(rest))

    @property
    def verdicts(self) -> list[tuple[str, int]]:
        """How often each verdict was given, in the order of the choices."""
        lines = (*self.own, *self.of_form)
        given = Counter(line.judgement.verdict for line in lines if line.judgement)
        return [(code, given[code]) for code in Judgement.Verdict.values if given[code]]


def _of_claim(claim: Claim, judgement: Judgement | None) -> Line:
    by = judgement.claimed_by if judgement else claim.get_basis_display()
    return Line(claim.text, by, claim.source, claim.note, judgement)


def _of_judgement(row: Judgement) -> Line:
    return Line(row.claim, f"{row.claimed_by}, of {row.subject}", row.source, row.note, row)


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
