"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from compare.views import catalogue, health

urlpatterns = [
    path("healthz/", health.healthz, name="healthz"),
    path("readyz/", health.readyz, name="readyz"),
    path("products/", catalogue.products, name="products"),
    path("forms/", catalogue.forms, name="forms"),
    path("admin/", admin.site.urls),
]
