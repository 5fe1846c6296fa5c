"""Addresses of the API. Whatever else is asked for below `v1/` gets its 404 in JSON too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView

from compare.api import docs, views

View = Callable[..., HttpResponseBase]


def public(view: Any) -> View:
    """Anyone may keep the answer, and asks whether it still holds: an edit is seen at once.

    `compare.answers` says whether it does.
    """
    kept: View = cache_control(public=True, no_cache=True)(view)
    return kept


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api_docs"), name="api"),
    path("docs/", docs.requests, name="api_docs"),
    path("docs/answers/", docs.answers, name="api_answers"),
    path("schema/", public(docs.schema), name="api_schema"),
    path("v1/products/", public(views.products), name="api_products"),
    path("v1/products/<slug>/", public(views.product), name="api_product"),
    path("v1/forms/", public(views.forms), name="api_forms"),
    path("v1/forms/<slug>/", public(views.form), name="api_form"),
    path("v1/sources/", public(views.sources), name="api_sources"),
    path("v1/sources/<key>/", public(views.source), name="api_source"),
    path("v1/uses/", public(views.uses), name="api_uses"),
    path("v1/uses/<slug>/", public(views.use), name="api_use"),
    path("v1/safety/", public(views.safety), name="api_safety"),
    path("v1/compare/products/", public(views.compare_products), name="api_compare_products"),
    path("v1/compare/forms/", public(views.compare_forms), name="api_compare_forms"),
    path("v1/<path:rest>", views.nothing),
]
