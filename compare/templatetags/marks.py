"""Marks that must stand close to a word, where an include would leave a space."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def source_mark(number: int, href: str = "", more: bool = False) -> SafeString:
    """Print the number of a source right behind a figure: `144 mg{% source_mark 3 %}`.

    A word joiner stands before it: no line breaks there, and 144 and 3 are not read as 1443.
    """
    context = {"number": number, "href": href, "more": more}
    return SafeString("&NoBreak;" + render_to_string("parts/source_mark.html", context).strip())
