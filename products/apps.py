"""The catalogue as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from products.roles import make_roles  # it needs the models, which are not there before

        # After Django's own receiver, which makes the permissions: auth stands before us.
        post_migrate.connect(make_roles, sender=self, dispatch_uid="products.roles")
