"""The catalogue as a Django app."""

from django.apps import AppConfig


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"
