"""What cells of a comparison draw, and the marks that stand close behind a figure."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from compare.charts.strip import Strip, dose_strip
from compare.comparison.cell import Cell

register = template.Library()

US_LIMIT_MG = Decimal(350)
BAR_WIDTH = 150
_HYPHEN_WITHIN = re.compile(r"-(?=\w)")


@register.filter
def whole(text: object) -> str:
    """Compounds with a hyphen stay on one line: `L-threonate` in a narrow column is one word."""
    return _HYPHEN_WITHIN.sub("-\u2060", str(text))


@register.simple_tag
def source_marks(numbers: Sequence[int]) -> SafeString:
    """The numbers of all sources of a figure, right behind it: `144 mg{% source_marks cell.numbers %}`."""
    if not numbers:
        return SafeString("")
    # A space between: lines may break there, and 15 and 16 are not read, printed or copied as 1516.
    marks = format_html_join(
        " ",
        '<a class="src{}" href="#r{}" aria-label="Source {}">{}</a>',
        (
            (" src--and" if place else "", number, number, number)
            for place, number in enumerate(numbers)
        ),
    )
    return format_html("&NoBreak;{}", marks)


@register.filter
def us_strip(cell: Cell) -> Strip | None:
    """A share of the US limit as a strip with both limits."""
    return dose_strip(cell.amount.scaled(US_LIMIT_MG), US_LIMIT_MG) if cell.amount else None


@register.filter
def share_bar(cell: Cell) -> dict[str, object] | None:
    """A fraction of 1 as a part of a whole, for `charts/share_bar.html`."""
    if cell.amount is None:
        return None
    return {"width": BAR_WIDTH, "share_width": round(cell.amount.low * BAR_WIDTH, 1), "text": ""}
