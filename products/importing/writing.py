"""Records as the files that bring them in: the same columns and names, so that a round changes nothing.

Texts that a spreadsheet would run are kept from it (`formulas`); figures are figures.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db import models

from products.importing.differences import Naming
from products.importing.formulas import neutral
from products.importing.records import chunks, listed
from products.importing.resources import Resource
from products.models.base import Fact


class _Line:
    """What `csv` writes to: gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def cells(resource: Resource, rows: models.QuerySet[Any]) -> Iterator[list[str]]:
    """Cells of each row in the order of the columns, as text. A few queries for 500 rows."""
    keys = list(rows.values_list("pk", flat=True))
    for some in chunks(keys):
        found: dict[Any, Fact] = resource.model._base_manager.in_bulk(some)
        held = listed(resource, found.values())
        naming = Naming(resource)
        naming.fetch((record, held.get(key, {})) for key, record in found.items())
        for key in some:
            if (record := found.get(key)) is not None:
                lists = held.get(key, {})
                yield [naming.cell(column, record, lists) for column in resource.columns]


def as_csv(resource: Resource, rows: models.QuerySet[Any]) -> Iterator[str]:
    """Lines of a CSV file, made as they are asked for."""
    writer = csv.writer(_Line())
    # The mark tells a spreadsheet that it is UTF-8.
    yield "\ufeff" + writer.writerow(resource.columns)
    safe = [_is_text(resource.field(column)) for column in resource.columns]
    for row in cells(resource, rows):
        yield writer.writerow(
            [neutral(cell) if text else cell for text, cell in zip(safe, row, strict=True)]
        )


def is_figure(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.DecimalField | models.IntegerField) and not field.choices


def _is_text(field: models.Field[Any, Any]) -> bool:
    return not (is_figure(field) or isinstance(field, models.DateField))
