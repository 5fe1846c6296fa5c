"""Columns that recur on labels: masses, counts, and what must be more than zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

positive = MinValueValidator(Decimal("0.0001"), _("This must be more than zero."))
MOST_MG = MaxValueValidator(Decimal(100_000), _("More than 100 g in one serving: check the unit."))


def mass_mg(**kwargs: Any) -> models.DecimalField[Any, Any]:
    """A column for a mass in mg, to a ten-thousandth."""
    return models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True, **kwargs)


def count(**kwargs: Any) -> models.DecimalField[Any, Any]:
    """A column for a number of units or servings, which labels give in fractions too."""
    return models.DecimalField(
        max_digits=8, decimal_places=3, null=True, blank=True, validators=[positive], **kwargs
    )


def known_and_positive(column: str) -> models.Q:
    return models.Q(**{f"{column}__isnull": True}) | models.Q(**{f"{column}__gt": 0})
