"""What stands in each column of a file, in words, for whoever fills in a sheet."""

from __future__ import annotations

from typing import Any

from django.db import models

from products.importing.resources import REFERRED_BY, Resource


def meanings(resource: Resource) -> list[tuple[str, str]]:
    """Each column with what it says and how it is written."""
    return [(column, _meaning(resource, column)) for column in resource.columns]


def _meaning(resource: Resource, column: str) -> str:
    field = resource.field(column)
    label = str(field.verbose_name)
    parts = [label[:1].upper() + label[1:], _written(resource, column, field), str(field.help_text)]
    if not (field.blank or field.has_default()):
        parts.append("Must be filled in")
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _written(resource: Resource, column: str, field: models.Field[Any, Any]) -> str:
    several = "Several are divided by |" if column in resource.lines | {*resource.lists} else ""
    model = resource.referred(column)
    if model is not None:
        return " ".join(
            filter(None, [f"The {REFERRED_BY[model]} of a {model._meta.verbose_name}.", several])
        )
    if field.choices:
        known = [str(value) for value, _ in field.flatchoices if value not in (None, "")]
        return f"One of {', '.join(known)}"
    match field:
        case models.BooleanField():
            return "yes or no"
        case models.DecimalField():
            return "A number, as 1234.5 or 1234,5"
        case models.IntegerField():
            return "A whole number"
        case models.DateField():
            return "A day, as 2024-05-31 or 31.05.2024"
    return several
