"""A product in the words of schema.org, for search engines: what the page says and no more.

It is a dietary supplement rather than goods on offer: nothing is sold here, few prices are of a
known recent day, and only those are told on.
"""

from __future__ import annotations

from typing import Any

from compare.reading.product import OfferLine, ProductPage


def of_product(page: ProductPage, url: str) -> dict[str, Any]:
    """The supplement with its magnesium, its forms and the prices that are not old."""
    product = page.product
    data: dict[str, Any] = {
        "@type": "DietarySupplement",
        "name": str(product),
        "url": url,
        "brand": {"@type": "Brand", "name": product.brand.name},
        "additionalProperty": _properties(page),
    }
    if page.forms:
        data["activeIngredient"] = [form.name for form in page.forms]
    if product.gtin:
        data["gtin"] = product.gtin
    if offers := [_offer(line) for line in page.offers if not line.is_stale]:
        data["offers"] = offers
    return data


def _properties(page: ProductPage) -> list[dict[str, Any]]:
    serving = page.product.elemental_mg_per_serving
    if serving is None:
        return []
    return [
        {
            "@type": "PropertyValue",
            "name": "Elemental magnesium a serving",
            "value": float(serving),
            "unitText": "mg",
        }
    ]


def _offer(line: OfferLine) -> dict[str, Any]:
    offer = line.offer
    data = {
        "@type": "Offer",
        "price": str(offer.price),
        "priceCurrency": offer.currency,
        "seller": {"@type": "Organization", "name": offer.seller},
    }
    return {**data, "url": offer.url} if offer.url else data
