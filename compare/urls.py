"""Every address of the site."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.generic import RedirectView

from compare.views import (
    catalogue,
    comparing,
    health,
    machine,
    method,
    pages,
    preview,
    reading,
    report,
    safety,
    sources,
    suggesting,
    uses,
)

urlpatterns = [
    path("", pages.home, name="home"),
    path("method/", method.method, name="method"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:key>/", sources.source, name="source"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": machine.SITEMAPS}, name="sitemap"),
    path("healthz/", health.healthz, name="healthz"),
    path("readyz/", health.readyz, name="readyz"),
    path("search/suggest/", suggesting.suggest, name="suggest"),
    path("products/", catalogue.products, name="products"),
    path("products/<slug:slug>/", reading.product, name="product"),
    path("forms/", catalogue.forms, name="forms"),
    path("forms/<slug:slug>/", reading.form, name="form"),
    path("uses/", uses.uses, name="uses"),
    path("uses/<slug:slug>/", uses.use, name="use"),
    path("safety/", safety.safety, name="safety"),
    path("safety/you/", safety.you, name="safety_you"),
    path("safety/forget/", safety.forget, name="safety_forget"),
    path("compare/", RedirectView.as_view(pattern_name="compare_products", query_string=True)),
    path("compare/products/", comparing.products, name="compare_products"),
    path("compare/forms/", comparing.forms, name="compare_forms"),
    path("report/", report.report, name="report"),
    path("report/thanks/", report.thanks, name="report_thanks"),
    path("preview/products/<slug:slug>/", preview.product, name="preview_product"),
    path("preview/forms/<slug:slug>/", preview.form, name="preview_form"),
    path("preview/uses/<slug:slug>/", preview.use, name="preview_use"),
    path("api/", include("compare.api.urls")),
    path("admin/", admin.site.urls),
]
