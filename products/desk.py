"""The editors' desk: the admin site. It stands beside `admin/` because Django imports this module
before the models are registered."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig


class Desk(AdminSite):
    """Where editors enter and check facts."""

    site_header = "Elemental: the editors' desk"
    site_title = "Elemental desk"
    index_title = "The catalogue"
    site_url = "/"


class DeskConfig(AdminConfig):
    """Makes `Desk` the default admin site."""

    default_site = "products.desk.Desk"
