"""The editors' desk: the admin site. It stands beside `admin/` because Django imports this module
before the models are registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver


class Desk(AdminSite):
    """Where editors enter and check facts. What stands on it is put there by `products.admin`."""

    site_header = "Elemental: the editors' desk"
    site_title = "Elemental desk"
    index_title = "The catalogue"
    site_url = "/"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pages: list[URLPattern] = []
        """Pages that belong to no model, by addresses below that of the desk."""
        self.on_index: list[Callable[[HttpRequest], dict[str, Any]]] = []
        """What the front page of the desk is given besides its list of models."""

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*self.pages, *super().get_urls()]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = {name: value for give in self.on_index for name, value in give(request).items()}
        return super().index(request, context | (extra_context or {}))


class DeskConfig(AdminConfig):
    """Makes `Desk` the default admin site."""

    default_site = "products.desk.Desk"
