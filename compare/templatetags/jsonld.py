"""Facts for search engines, in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils.safestring import SafeString

register = template.Library()

CONTEXT = "https://schema.org"
# As Django's `json_script` does: no text can end the element, or begin a comment in it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def ld(data: dict[str, Any]) -> SafeString:
    """A dict as the inside of a `script` element."""
    text = json.dumps({"@context": CONTEXT, **data}, cls=DjangoJSONEncoder, ensure_ascii=False)
    return SafeString(text.translate(_ESCAPES))  # nosec B703 - escaped right here


@register.simple_tag(takes_context=True)
def website(context: dict[str, Any]) -> dict[str, Any]:
    """The site and how to search it, for the home page."""
    address = context["request"].build_absolute_uri
    search = f"{address(reverse('products'))}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "name": "Elemental",
        "url": address(reverse("home")),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
        },
    }


@register.simple_tag(takes_context=True)
def breadcrumbs(
    context: dict[str, Any], trail: Sequence[tuple[str, str]] | None = None
) -> dict[str, Any]:
    """The page's trail, the home page first; nothing without one, or without a request to ask for the host.

    `{% breadcrumbs trail as crumbs %}{% include 'parts/jsonld.html' with data=crumbs only %}`
    """
    request = context.get("request")
    if not trail or request is None:
        return {}
    steps = [("Elemental", reverse("home")), *trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": str(name),
                "item": request.build_absolute_uri(url or request.path),
            }
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }
