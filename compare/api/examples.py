"""Requests to try, for each operation of the OpenAPI document: what is asked, and the address."""

from __future__ import annotations

Example = dict[str, str]
NEURO_MAG = "life-extension-neuro-mag-magnesium-l-threonate-90ct"

OF: dict[str, list[Example]] = {
    "list_products": [
        {
            "asks": "Citrate or bisglycinate, at most 350 mg a serving, cheapest first",
            "address": "/api/v1/products/?form=citrate&form=bisglycinate&elemental_max=350&sort=price_per_100_mg",
        },
        {
            "asks": "Whose label cannot be pure, with the counts behind every filter",
            "address": "/api/v1/products/?label_check=cannot_be_pure&facets=1",
        },
        {
            "asks": "Which are vegan for certain and, better still, of a form tested for migraine, with the reason for each",
            "address": "/api/v1/products/?want=vegan:must&want=tested_form:matters&want_use=migraine",
        },
        {
            "asks": "Figures of the label’s day instead of a serving",
            "address": "/api/v1/products/?q=threonate&dose=day",
        },
    ],
    "read_product": [
        {
            "asks": "Neuro-Mag, and how much of it makes 200 mg",
            "address": f"/api/v1/products/{NEURO_MAG}/?dose=200",
        }
    ],
    "list_forms": [
        {
            "asks": "Well absorbed and not strongly laxative",
            "address": "/api/v1/forms/?bioavailability=high&bioavailability=moderate&laxative=low&laxative=mild",
        }
    ],
    "read_form": [{"asks": "Citrate", "address": "/api/v1/forms/citrate/"}],
    "list_sources": [{"asks": "All of them, page by page", "address": "/api/v1/sources/"}],
    "read_source": [
        {"asks": "A trial of citrate", "address": "/api/v1/sources/walker-2003-citrate/"}
    ],
    "list_uses": [{"asks": "All of them", "address": "/api/v1/uses/"}],
    "read_use": [{"asks": "Sleep", "address": "/api/v1/uses/sleep/"}],
    "read_safety": [{"asks": "All of it", "address": "/api/v1/safety/"}],
    "compare_products": [
        {
            "asks": "Neuro-Mag beside two of citrate and one of bisglycinate, at 200 mg each",
            "address": f"/api/v1/compare/products/?item={NEURO_MAG}&item=solgar-magnesium-citrate-120ct&item=natural-factors-magnesium-citrate-150-mg-90ct&item=healthy-origins-magnesium-bisglycinate-chelate&dose=200",
        }
    ],
    "compare_forms": [
        {
            "asks": "L-threonate, citrate and gluconate: only what differs",
            "address": "/api/v1/compare/forms/?item=l-threonate&item=citrate&item=gluconate&rows=differing",
        }
    ],
}
