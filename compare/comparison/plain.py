"""The comparison as plain typed values, for JSON: numbers, text, booleans, lists and nulls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from compare.comparison.cell import Cell, Named, Value
from compare.comparison.matrix import BEST, Comparison, Line
from compare.references import Reference
from products.rules.dose import Amount
from products.rules.units import rounded


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """What `?format=json` and the API send; keys are stable, labels are not."""
    slugs = [subject.slug for subject in comparison.subjects]
    return {
        "basis": {
            "dose": comparison.basis.code,
            "authority": comparison.basis.authority.value,
        },
        "rows": comparison.shown.value,
        "base": None if comparison.base is None else slugs[comparison.base],
        "counts": {
            "all": comparison.total,
            "differing": comparison.differing,
            "same": comparison.same,
        },
        "items": [
            {"slug": subject.slug, "name": str(subject), "url": subject.get_absolute_url()}
            for subject in comparison.subjects
        ],
        "groups": [
            {
                "key": group.head.value,
                "label": str(group.head.label),
                "rows": [_line_as_dict(line, slugs) for line in group.lines],
            }
            for group in comparison.groups
        ],
        "references": [_reference_as_dict(reference) for reference in comparison.references],
    }


def _line_as_dict(line: Line, slugs: Sequence[str]) -> dict[str, Any]:
    row = line.row
    return {
        "key": row.key,
        "label": row.label,
        "hint": row.hint,
        "unit": row.unit,
        "term": row.term,
        "better": row.better.value if row.better else None,
        "differs": line.differs,
        "best": [slugs[place] for place in sorted(line.verdict.best)],
        "no_best": line.verdict.why.value if line.verdict.why else None,
        "sources": list(line.numbers),
        "cells": [
            {"item": slug, **_cell_as_dict(cell)}
            for slug, cell in zip(slugs, line.cells, strict=True)
        ],
    }


def _cell_as_dict(cell: Cell) -> dict[str, Any]:
    return {
        "value": _plain(cell.value),
        "unit": cell.unit or None,
        "text": cell.text,
        "empty": cell.empty.value if cell.empty else None,
        "beside": cell.beside,
        "seen_on": cell.seen.on.isoformat() if cell.seen and cell.seen.on else None,
        "stale": cell.seen.stale if cell.seen else None,
        "notes": [{"code": remark.code.value, "text": str(remark)} for remark in cell.remarks],
        "best": cell.mark == BEST,
        "delta": _plain(cell.delta.amount) if cell.delta else None,
        "sources": list(cell.numbers),
    }


def _reference_as_dict(reference: Reference) -> dict[str, Any]:
    source = reference.source
    return {
        "number": reference.number,
        "key": source.key,
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "kind": source.kind,
        "verified": source.verified,
        "seen_on": source.seen_on or None,
        "link": source.link or None,
        "url": source.get_absolute_url(),
    }


def _plain(value: Value | None) -> Any:
    """A value as JSON has it; a range as its two ends."""
    if isinstance(value, Amount):
        return {"low": _number(value.low), "high": _number(value.high)}
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Named):
        return {"name": value.name, "url": str(value.url)}
    if isinstance(value, TextChoices):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _number(value: Decimal) -> int | float:
    exact = rounded(value, 6)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
