"""The catalogue as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProductsConfig(AppConfig):
    name = "products"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # They need the models, which are not there before.
        from products.attention import look_again
        from products.changes import recorded
        from products.roles import make_roles
        from products.search_table import forget_after_flush

        # After Django's own receiver, which makes the permissions: auth stands before us.
        post_migrate.connect(make_roles, sender=self, dispatch_uid="products.roles")
        post_migrate.connect(forget_after_flush, sender=self, dispatch_uid="products.search_table")
        recorded.connect(look_again, dispatch_uid="products.attention")
