"""Side effects, cautions and interactions: read once a state of the catalogue."""

from __future__ import annotations

from compare.kept import kept
from products.models import Caution, Interaction, SideEffect


@kept
def cautions_on_record() -> tuple[Caution, ...]:
    """Every caution that is published. One query."""
    return tuple(Caution.objects.published().for_page())


@kept
def side_effects_on_record() -> tuple[SideEffect, ...]:
    """Every side effect that is published. One query."""
    return tuple(SideEffect.objects.published().for_page())


@kept
def interactions_on_record() -> tuple[Interaction, ...]:
    """Every interaction that is published. One query."""
    return tuple(Interaction.objects.published().for_page())
