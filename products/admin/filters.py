"""What the attention page leads to in the lists."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from products.attention.summary import studies, studies_to_look_at
from products.models.vetting_words import THINGS
from products.rules.completeness import Thing


class LeftFilter(admin.SimpleListFilter):
    """Products of which something is left to find out."""

    title = _("left to do")
    parameter_name = "left"
    NOTHING = "nothing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (self.NOTHING, gettext("Nothing")),
            *((thing.value, str(THINGS[thing])) for thing in Thing),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case None:
                return queryset
            case self.NOTHING:
                return queryset.filter(things_left="")
            case thing:
                return queryset.filter(things_left__contains=f" {thing} ")


class RecheckFilter(admin.SimpleListFilter):
    """Studies behind published evidence, by when they were last looked at."""

    title = _("re-check of evidence")
    parameter_name = "recheck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("past", gettext("Due")), ("never", gettext("Day not known"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("past", "never"):
            return queryset
        past, never = studies_to_look_at(timezone.now().date())
        return studies(queryset).filter(past if self.value() == "past" else never)
