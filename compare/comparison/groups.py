"""The heads under which rows stand, in their order."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProductGroup(TextChoices):
    MAGNESIUM = "magnesium", _("Magnesium you get")
    LIMITS = "limits", _("Against the limits")
    ABSORPTION = "absorption", _("Absorption and tolerance")
    EVIDENCE = "evidence", _("Evidence in this form")
    RATED = "rated", _("What outside bodies say of these uses")
    CLAIMED = "claimed", _("What is claimed, and what became of the claims")
    CARE = "care", _("Side effects and care of this form")
    TAKING = "taking", _("Taking it")
    COST = "cost", _("Cost")
    MADE = "made", _("Made and checked")
    LABEL = "label", _("Label")


class FormGroup(TextChoices):
    CHEMISTRY = "chemistry", _("Chemistry")
    ABSORPTION = "absorption", _("Absorption")
    TOLERANCE = "tolerance", _("Tolerance")
    EVIDENCE = "evidence", _("Uses tested in this form, in people")
    RATED = "rated", _("What outside bodies say of these uses")
    CLAIMED = "claimed", _("What is claimed, and what became of the claims")
    CARE = "care", _("Side effects and care of this form")
    MARKET = "market", _("In the shops")
    IDENTIFIERS = "identifiers", _("Identifiers")
