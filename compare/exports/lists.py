"""A whole filtered list as CSV: a row for each thing, in the order asked for, sent as it is written.

Of the answer only the keys are held, 8 bytes each. The rows are read `CHUNK` at a time, with the
queries that a page of the list costs, so that memory is the same for 200 rows and for 200,000.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.http import StreamingHttpResponse

from compare.basis import Basis
from compare.exports import product_columns
from compare.exports.fields import ends, safe
from compare.exports.form_columns import COLUMNS as FORM_COLUMNS
from compare.facets import Answer, fetched
from compare.known_forms import with_forms
from compare.links import Query
from compare.rows import FormRow, ProductRow
from compare.wishes import WORDS, Wishes
from products.models import MagnesiumForm, Product, UpperLevel
from products.rules.dose import Amount

CSV = "csv"
"""Value of the key `format`."""
CHUNK = 500

Columns = dict[str, Callable[[Any], object]]
"""Heads, and what stands below each for a row: a value, or the kind of empty."""


def products_csv(
    answer: Answer, wishes: Wishes, basis: Basis, limit: UpperLevel | None, *, at: date, site: str
) -> StreamingHttpResponse:
    """The products that answer a question, counted on a dose; `limit` is that of its authority.

    A reader's weights add the group of each product and why it is there. `site` is the address that
    paths follow, as `https://example.org`.
    """
    columns = product_columns.columns(basis, site)
    rows = wishes.marked(Product.objects.published().for_rows().select_related("source"))

    def lines() -> Iterator[list[object]]:
        for product in _by_chunks(rows, answer, with_forms):
            row = ProductRow(product, basis, at, Query(), limit)
            line = [read(row) for read in columns.values()]
            if wishes:
                placed = wishes.placed(row)
                line += [WORDS[placed.group], placed.why]
            yield line

    head = [*columns, *(("match", "why") if wishes else ())]
    name = f"elemental-products-dose-{basis.code}-authority-{basis.authority.value}.csv"
    return _streamed(name, head, lines())


def forms_csv(answer: Answer, *, site: str) -> StreamingHttpResponse:
    """The magnesium forms that answer a question."""
    columns: Columns = {
        **FORM_COLUMNS,
        "page": lambda row: site + row.form.get_absolute_url(),
    }
    rows = MagnesiumForm.objects.published().for_list()
    found = (FormRow(form, Query()) for form in _by_chunks(rows, answer))
    lines = ([read(row) for read in columns.values()] for row in found)
    return _streamed("elemental-forms.csv", list(columns), lines)


def _by_chunks(
    rows: QuerySet[Any], answer: Answer, complete: Callable[[list[Any]], None] = lambda chunk: None
) -> Iterator[Any]:
    """Every row of an answer; nothing is asked before the first is wanted. `complete` adds what is kept."""
    keys = array("q", answer.ids(0, answer.counts(()).total))
    for start in range(0, len(keys), CHUNK):
        chunk = fetched(rows, keys[start : start + CHUNK].tolist())
        complete(chunk)
        yield from chunk


def _streamed(
    filename: str, head: Sequence[str], lines: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """A CSV file for download, every field made safe, a piece for each chunk of lines."""

    # Some ten words stand in most fields of a file, and each is looked up in a language.
    word = cache(lambda choice: str(choice.label))

    def pieces() -> Iterator[bytes]:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow([safe(name) for name in head])
        for number, line in enumerate(lines, start=1):
            writer.writerow([safe(_in_words(value, word)) for value in line])
            if number % CHUNK == 0:
                yield _taken(buffer)
        yield _taken(buffer)

    response = StreamingHttpResponse(pieces(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _taken(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece


def _in_words(value: object, word: Callable[[TextChoices], str]) -> object:
    """Codes and kinds of empty by their words, a range by its ends, a day as 2024-05-31."""
    if isinstance(value, TextChoices):
        return word(value)
    if isinstance(value, Amount):
        return ends(value, 1)
    return value.isoformat() if isinstance(value, date) else value
