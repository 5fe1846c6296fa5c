"""Days as sources have them, which may be but a month or a year."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def seen(text: str) -> SafeString:
    """`2024-05-31`, `2024-05` or `2024` in words: 31 May 2024, May 2024, 2024."""
    parts = [int(part) for part in text.split("-")] if text else []
    match parts:
        case [year, month, day]:
            words = f"{day} {date(year, month, day):%B %Y}"
        case [year, month]:
            words = f"{date(year, month, 1):%B %Y}"
        case _:
            words = text
    return format_html('<time datetime="{}">{}</time>', text, words) if text else SafeString("")
