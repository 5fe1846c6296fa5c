"""What is claimed of a product, beside what studies say for its form. The two are never mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from products.models import (
    Claim,
    Evidence,
    Judgement,
    MagnesiumForm,
    Product,
    Source,
    Status,
    Use,
)
from products.rules import evidence, verdicts
from products.rules.evidence import Kind
from products.rules.verdicts import Verdict


@dataclass(frozen=True)
class Found:
    """What follows by rule from all that was found for one use, in one form or in none of them."""

    use: Use
    form: MagnesiumForm | None
    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    elsewhere: int = 0
    """Studies by mouth of other or mixed forms: told, never borrowed."""


@dataclass(frozen=True)
class Line:
    """One claim: with an editor's judgement, or what follows by rule for the uses that it names.

    Without either, `about` says what it speaks of instead; blank where nobody has read it yet.
    """

    text: str
    by: str
    source: Source | None
    note: str
    judgement: Judgement | None
    found: tuple[Found, ...] = ()
    about: str = ""
    names_use: bool = False

    @property
    def verdicts(self) -> list[str]:
        """Each verdict given on it, once."""
        if self.judgement:
            return [self.judgement.verdict]
        return list(dict.fromkeys(found.verdict.value for found in self.found))

    @property
    def is_tested(self) -> bool:
        """By rule: there is a study of this form that counts."""
        return any(found.evidence for found in self.found)

    @property
    def is_read(self) -> bool:
        """By an editor, who says at least what it speaks of."""
        return bool(self.judgement or self.names_use or self.about)

    @property
    def evidence(self) -> list[Evidence]:
        """People first: what the verdict rests on."""
        rows = self.judgement.evidence.all() if self.judgement else ()
        return sorted(rows, key=lambda row: (row.species != "human", row.key))

    @property
    def otherwise_by_rule(self) -> str:
        """What follows from the studies that the editor named, where that is another verdict; else blank."""
        judgement = self.judgement
        if judgement is None or judgement.verdict == Judgement.Verdict.NOT_TESTABLE:
            return ""
        form = judgement.form.slug if judgement.form else None
        by_rule = verdicts.of_claim([row.as_result for row in self.evidence], form)
        return "" if not self.evidence or by_rule == judgement.verdict else by_rule.value


@dataclass(frozen=True)
class Ledger:
    """Claims of this product; and those often made of its form, which are not this maker's own."""

    own: tuple[Line, ...]
    of_form: tuple[Line, ...]

    @classmethod
    def of(cls, product: Product) -> Ledger:
        """Three queries, whatever the number of claims. Reads `ingredients` and `claims`."""
        return cls.of_many([product])[product.pk]

    @classmethod
    def of_many(cls, products: Sequence[Product]) -> dict[int, Ledger]:
        """By the key of the product; three queries for all of them together."""
        judged = list(Judgement.objects.of_products(products).for_ledger())
        results = _results(
            {
                use.pk
                for product in products
                for claim in product.claims.all()
                for use in claim.uses.all()
            }
        )
        return {product.pk: cls._read(product, judged, results) for product in products}

    @classmethod
    def _read(
        cls, product: Product, judged: Sequence[Judgement], results: Sequence[Evidence]
    ) -> Ledger:
        forms = _forms(product)
        keys = {form.pk for form in forms}
        by_key = {
            row.pk: row
            for row in judged
            if row.product_id == product.pk or (row.product_id is None and row.form_id in keys)
        }
        claims = list(product.claims.all())
        told = {claim.judgement_id for claim in claims}
        own = [
            _of_claim(claim, by_key.get(claim.judgement_id or 0), forms, results)
            for claim in claims
        ]
        others = [row for row in by_key.values() if row.pk not in told]
        own += [_of_judgement(row) for row in others if row.product_id is not None]
        own.sort(key=lambda line: (not line.verdicts, not line.is_read))
        rest = [_of_judgement(row) for row in others if row.product_id is None]
        return cls(tuple(own), tuple(rest))

    @property
    def verdicts(self) -> list[tuple[str, int]]:
        """How often each verdict was given, in the order of the choices."""
        lines = (*self.own, *self.of_form)
        given = Counter(verdict for line in lines for verdict in line.verdicts)
        return [(code, given[code]) for code in Judgement.Verdict.values if given[code]]


def of_forms(forms: Sequence[MagnesiumForm]) -> dict[int, tuple[Line, ...]]:
    """What is claimed of forms, or of published products of them, with our verdicts; by key of the form.

    Two queries for all of them together.
    """
    free_or_seen = Q(product__isnull=True) | Q(product__status=Status.PUBLISHED)
    lines: dict[int | None, list[Line]] = {form.pk: [] for form in forms}
    for row in Judgement.objects.filter(free_or_seen, form__in=lines).for_ledger():
        lines[row.form_id].append(_of_judgement(row))
    return {form.pk: tuple(lines[form.pk]) for form in forms}


def by_rule(product: Product) -> dict[int, tuple[Found, ...]]:
    """What follows for each claim, by its key, that nobody has judged. Reads `ingredients` and `claims`.

    At most one query.
    """
    claims = [claim for claim in product.claims.all() if claim.judgement_id is None]
    results = _results({use.pk for claim in claims for use in claim.uses.all()})
    forms = _forms(product)
    return {claim.pk: _follows(claim, forms, results) for claim in claims}


def _forms(product: Product) -> list[MagnesiumForm]:
    return list(dict.fromkeys(part.form for part in product.ingredients.all()))


def _results(uses: set[int]) -> list[Evidence]:
    """All that was found for these uses; no query without one."""
    if not uses:
        return []
    rows = Evidence.objects.published().filter(use__in=uses).select_related("form", "source")
    return list(rows.order_by("key"))


def _of_claim(
    claim: Claim,
    judgement: Judgement | None,
    forms: Sequence[MagnesiumForm],
    results: Sequence[Evidence],
) -> Line:
    if judgement:
        return Line(claim.text, judgement.claimed_by, claim.source, claim.note, judgement)
    by = claim.get_basis_display()
    found = _follows(claim, forms, results)
    return Line(
        claim.text, by, claim.source, claim.note, None, found, claim.about, bool(_uses(claim))
    )


def _uses(claim: Claim) -> list[Use]:
    return [use for use in claim.uses.all() if use.status == Status.PUBLISHED]


def _follows(
    claim: Claim, forms: Sequence[MagnesiumForm], results: Sequence[Evidence]
) -> tuple[Found, ...]:
    """By rule, for each use that it names."""
    return tuple(
        one
        for use in _uses(claim)
        for one in _found(use, forms, [row for row in results if row.use_id == use.pk])
    )


def _found(
    use: Use, forms: Sequence[MagnesiumForm], results: Sequence[Evidence]
) -> tuple[Found, ...]:
    """One for each form with a study that counts, else one that says there is none; none without a form."""
    if not forms:
        return ()
    as_results = [row.as_result for row in results]
    found = []
    for form in forms:
        own = tuple(row for row in results if row.form_id == form.pk and _counts(row))
        if own:
            found.append(Found(use, form, verdicts.of_claim(as_results, form.slug), own))
    if found:
        return tuple(found)
    elsewhere = evidence.of_form(as_results, forms[0].slug).elsewhere
    return (Found(use, None, Verdict.NO_STUDY_FOUND, elsewhere=elsewhere),)


def _counts(row: Evidence) -> bool:
    kind = evidence.kind_of(row.as_result)
    return kind is Kind.PEOPLE or kind in evidence.LABORATORY


def _of_judgement(row: Judgement) -> Line:
    return Line(row.claim, f"{row.claimed_by}, of {row.subject}", row.source, row.note, row)
