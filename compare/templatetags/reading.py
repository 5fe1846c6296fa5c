"""Figures, sources and editors' texts of pages that are read from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from compare.comparison import Cell
from compare.reading import prose as texts
from compare.references import References
from compare.templatetags.comparing import source_marks
from products.models import Source
from products.rules import citation

register = template.Library()


@register.simple_tag
def cite(references: References, *sources: Source | Iterable[Source] | None) -> SafeString:
    """Print the numbers of sources right behind a figure: `144 mg{% cite references offer.source %}`."""
    named: list[Source] = []
    for source in sources:
        if isinstance(source, Source):
            named.append(source)
        elif source is not None:
            named += source
    return source_marks(references.numbers(named))


@register.simple_tag
def numbered(references: References, cell: Cell) -> Cell:
    """Give a cell the numbers of its sources: `{% numbered references fact.cell as cell %}`."""
    return replace(cell, numbers=references.numbers(cell.sources))


@register.simple_tag
def prose(references: References, text: str, sources: Iterable[Source]) -> SafeString:
    """Print an editor's text in paragraphs; source keys in brackets become marks."""
    by_key = {source.key: source for source in sources}
    paragraphs = [
        format_html_join(
            "",
            "{}{}",
            (
                (piece.text, cite(references, [by_key[key] for key in piece.keys]))
                for piece in paragraph
            ),
        )
        for paragraph in texts.paragraphs(text, by_key)
    ]
    return format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in paragraphs))


@register.filter
def short(source: Source) -> str:
    """A source's name within a table: `Walker 2003`."""
    return citation.short_name(authors=source.authors, year=source.year, title=source.title)
