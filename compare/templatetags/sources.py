"""Days as sources have them, which may be but a month or a year."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def seen(text: str) -> SafeString:
    """`2024-05-31`, `2024-05` or `2024` in words: 31 May 2024, May 2024, 2024.

    What is no day stays as it was written.
    """
    try:
        words = _in_words(text)
    except ValueError:
        return format_html("{}", text)
    return format_html('<time datetime="{}">{}</time>', text, words)


def _in_words(text: str) -> str:
    """Raises `ValueError` for what is no day, month or year."""
    match [int(part) for part in text.split("-")]:
        case [year, month, day]:
            return f"{day} {date(year, month, day):%B %Y}"
        case [year, month]:
            return f"{date(year, month, 1):%B %Y}"
    return text
