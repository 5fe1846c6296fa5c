"""Columns that recur: masses, counts, what must be more than zero, and days on which something was seen."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

positive = MinValueValidator(Decimal("0.0001"), _("This must be more than zero."))
at_least_one = MinValueValidator(
    1, _("This must be one at least; leave it blank when it is not known.")
)
MOST_MG = MaxValueValidator(Decimal(100_000), _("More than 100 g in one serving: check the unit."))


def not_in_future(day: Any) -> None:
    """A day that is tomorrow somewhere on earth may still be today for the editor."""
    if day and day > timezone.now().date() + timedelta(days=1):
        raise ValidationError(_("This day is in the future. Enter the day on which it was seen."))


def mass_mg(**kwargs: Any) -> models.DecimalField[Any, Any]:
    """A column for a mass in mg, to a ten-thousandth."""
    return models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True, **kwargs)


def count(**kwargs: Any) -> models.DecimalField[Any, Any]:
    """A column for a number of units or servings, which labels give in fractions too."""
    return models.DecimalField(
        max_digits=8, decimal_places=3, null=True, blank=True, validators=[positive], **kwargs
    )


def known_and_positive(column: str) -> models.Q:
    """Not known, or more than zero."""
    return models.Q(**{f"{column}__isnull": True}) | models.Q(**{f"{column}__gt": 0})


def positive_check(name: str, *columns: str) -> models.CheckConstraint:
    """Stands behind the validator of each of these columns."""
    condition = models.Q()
    for column in columns:
        condition &= known_and_positive(column)
    return models.CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message=_(
            "This must be more than zero; leave it blank when it is not known."
        ),
    )
