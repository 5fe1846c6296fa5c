"""Files for crawlers: what may be read, and which pages there are."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from products.models import MagnesiumForm, Product, Use

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /api/v1/
# Filters and comparisons are the same pages in endless combinations.
Disallow: /*?

Sitemap: {sitemap}
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type="text/plain; charset=utf-8")


class Pages(Sitemap):
    """Pages that are always there."""

    def items(self) -> list[str]:
        return [
            "home",
            "products",
            "forms",
            "uses",
            "compare_products",
            "compare_forms",
            "method",
            "sources",
        ]

    def location(self, item: str) -> str:
        return reverse(item)


class Products(Sitemap):
    def items(self) -> QuerySet[Product]:
        rows: QuerySet[Product] = Product.objects.published().only("slug").order_by("slug")
        return rows


class Forms(Sitemap):
    def items(self) -> QuerySet[MagnesiumForm]:
        rows: QuerySet[MagnesiumForm] = MagnesiumForm.objects.published().only("slug")
        return rows.order_by("slug")


class Uses(Sitemap):
    def items(self) -> QuerySet[Use]:
        rows: QuerySet[Use] = Use.objects.published().only("slug").order_by("slug")
        return rows

    def location(self, item: Use) -> str:
        return reverse("use", args=[item.slug])


SITEMAPS: dict[str, type[Sitemap]] = {
    "pages": Pages,
    "forms": Forms,
    "uses": Uses,
    "products": Products,
}
