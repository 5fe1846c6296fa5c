"""Rows of what is claimed: how often, and how many of the claims came to each verdict.

A claim is no evidence. The rows of studies stand in a group of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db.models import TextChoices

from compare.basis import Basis
from compare.comparison.cell import Cell, unknown
from compare.comparison.remarks import Remark, Said, remark
from compare.comparison.row import Kind, Row
from compare.ledger import Line
from products.models import EmptyKind, Judgement, Source

Claims = Mapping[int, Sequence[Line]]
"""Claims on record by the key of what they are made of."""

NO_CLAIMS: Claims = MappingProxyType({})
_Verdict = Judgement.Verdict
_VERDICTS = {
    _Verdict.SUPPORTED: (
        "Claims supported",
        "Claims that studies of this form in people bear out, by more than one study or by a body that weighs all of them.",
    ),
    _Verdict.MIXED: (
        "Claims with mixed results",
        "Claims on which studies of this form in people disagree, or which one study found and none has found again.",
    ),
    _Verdict.ANIMALS_ONLY: (
        "Claims tested in animals only",
        "Claims for which this form was tested in animals or in vitro and never in people.",
    ),
    _Verdict.TESTED_WITHOUT_EFFECT: (
        "Claims tested without effect",
        "Claims that were tested in people with this form, and no study showed a benefit.",
    ),
    _Verdict.NO_STUDY_FOUND: (
        "Claims without a study",
        "Claims for which no study of this form was found. That is no finding against them.",
    ),
    _Verdict.NOT_TESTABLE: (
        "Claims not testable",
        "Claims whose words name nothing that a study could bear out or refute.",
    ),
}


def rows(claims: Claims, group: TextChoices, whose: str) -> tuple[Row[Any], ...]:
    """How many claims, and one row a verdict; `whose` says who makes them."""
    return (
        Row(
            "claims",
            group,
            "Claims on record",
            "",
            f"{whose} It is no evidence.",
            _reader(claims, lambda line: True, _claimed_in),
            Kind.FIGURE,
        ),
        *(
            Row(
                f"claims_{verdict.value}",
                group,
                label,
                "",
                term,
                _reader(claims, _has(verdict), _studies),
                Kind.FIGURE,
            )
            for verdict, (label, term) in _VERDICTS.items()
        ),
    )


def not_judged(claims: Claims, group: TextChoices) -> Row[Any]:
    """Claims of a product that have no verdict; what is claimed of a form stands there judged."""
    return Row(
        "claims_not_judged",
        group,
        "Claims not judged",
        "",
        "Claims without a verdict: they name no use that could be tested, or nobody has read them yet.",
        _reader(claims, lambda line: not line.verdicts, _claimed_in, _unread),
        Kind.FIGURE,
    )


def _reader(
    claims: Claims,
    counts: Callable[[Line], bool],
    sources: Callable[[Line], list[Source]],
    remarks: Callable[[Sequence[Line]], tuple[Remark, ...]] = lambda lines: (),
) -> Callable[[Any, Basis], Cell]:
    """Nothing on record is no zero: nobody has looked for what is claimed."""

    def read(subject: Any, basis: Basis) -> Cell:
        lines = claims.get(subject.pk, ())
        if not lines:
            return unknown(EmptyKind.NOT_LOOKED_UP)
        found = [line for line in lines if counts(line)]
        named = dict.fromkeys(source for line in found for source in sources(line))
        return Cell(len(found), remarks=remarks(found), sources=tuple(named))

    return read


def _has(verdict: Judgement.Verdict) -> Callable[[Line], bool]:
    return lambda line: verdict.value in line.verdicts


def _claimed_in(line: Line) -> list[Source]:
    return [line.source] if line.source else []


def _studies(line: Line) -> list[Source]:
    """What its verdicts rest on."""
    by_rule = (row for found in line.found for row in found.evidence)
    return [row.source for row in (*line.evidence, *by_rule)]


def _unread(lines: Sequence[Line]) -> tuple[Remark, ...]:
    unread = sum(not line.is_read for line in lines)
    return (remark(Said.NOT_READ, unread),) if unread else ()
