"""The groups of the desk, made after each `migrate`: permissions are not there before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models

from products.models import ChangeSet, CorrectionReport
from products.models.base import Fact
from products.rules.workflow import POWERS, Kind, Role
from products.workflow import kind_of

_LOOK = frozenset({"view_correctionreport", "view_changeset"})
NO_FACTS = {
    Role.CONTRIBUTOR: _LOOK,
    Role.EDITOR: _LOOK | {"change_correctionreport", "delete_correctionreport", "undo_changeset"},
    Role.REVIEWER: _LOOK,
}
"""What readers report and what was changed are no facts: the rules of publication do not speak of them."""


def make_roles(**_: Any) -> None:
    """Make the groups with their permissions, or make them right again: safe to repeat.

    What else a group was given, for other models, is left to it.
    """
    facts = _facts()
    types = ContentType.objects.get_for_models(*facts, ChangeSet, CorrectionReport)
    ours = Permission.objects.filter(content_type__in=types.values())
    for role in Role:
        wanted = {*_codenames(role, facts), *NO_FACTS[role]}
        group, _made = Group.objects.get_or_create(name=role.value)
        group.permissions.remove(*ours.exclude(codename__in=wanted))
        group.permissions.add(*ours.filter(codename__in=wanted))


def _facts() -> list[type[models.Model]]:
    found = apps.get_app_config("products").get_models()
    return [model for model in found if issubclass(model, Fact)]


def _codenames(role: Role, facts: list[Any]) -> Iterator[str]:
    powers = POWERS[role]
    for model in facts:
        kind: Kind = kind_of(model)
        yield from (f"{power}_{model._meta.model_name}" for power in powers[kind])
