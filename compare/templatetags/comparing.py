"""What cells of a comparison draw, and the marks that stand close behind a figure."""

import re
from collections.abc import Sequence
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from compare.charts.strip import Strip, dose_strip
from compare.comparison.cell import Cell
from compare.rows import Tick

register = template.Library()

US_LIMIT_MG = Decimal(350)
BAR_WIDTH = 150
_TICKBOX = (
    '<a class="{0}" id="tick-{1}" href="{2}#tick-{1}" rel="nofollow"><span class="vh">{3}</span>'
    '<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">'
    '<rect class="tick__box" x="1" y="1" width="16" height="16" rx="2"/>{4}</svg></a>'
)
_TICK_MARK = SafeString('<path class="tick__mark" d="M4.5 9.3L7.8 12.5L13.5 5.5"/>')
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


@register.simple_tag
def tickbox(tick: Tick, full: bool) -> SafeString:
    """Puts a row into the comparison or takes it out: a link that looks like a checkbox.

    None for what would be one too many (`full`).
    """
    if full and not tick.is_on:
        return SafeString("")
    kind, words, mark = (
        ("tick tick--on", f"Remove {tick.name} from the comparison", _TICK_MARK)
        if tick.is_on
        else ("tick", f"Compare {tick.name}", "")
    )
    return format_html(_TICKBOX, kind, tick.slug, tick.toggle_url, words, mark)


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
