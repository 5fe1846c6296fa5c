"""Who may do what with a record on its way to the reader.

Plain words in, a refusal or nothing out. What somebody may do in general (their powers) comes from
the groups that they are in; what this record allows follows from its status, its kind and its author.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Status(StrEnum):
    """The same values as `products.models.Status`."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


class Role(StrEnum):
    """Names of the groups."""

    CONTRIBUTOR = "contributor"
    EDITOR = "editor"
    REVIEWER = "reviewer"


class Kind(StrEnum):
    """Kinds of records, by how they come before a visitor."""

    WHOLE = "whole"
    """Product, form, use: published as a whole, with its parts."""
    REVIEWED = "reviewed"
    """Evidence and safety facts: published by somebody else than their author."""
    PART = "part"
    """A price, an ingredient, a claim: seen when its whole is."""
    SHARED = "shared"
    """Brands and sources: named by others, and new ones are needed for a draft."""
    PLAIN = "plain"
    """Without a status and without a whole: seen at once."""


class Power(StrEnum):
    """What a permission of Django is called before the name of the model."""

    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    PUBLISH = "publish"


_LOOK = frozenset({Power.VIEW})
_DRAFT = _LOOK | {Power.ADD, Power.CHANGE}
_ALL = frozenset(Power)
_WRITE = _ALL - {Power.PUBLISH}
POWERS: dict[Role, dict[Kind, frozenset[Power]]] = {
    Role.CONTRIBUTOR: {
        Kind.WHOLE: _DRAFT,
        Kind.REVIEWED: _DRAFT,
        # Lines on the page of a draft come and go.
        Kind.PART: _WRITE,
        Kind.SHARED: _LOOK | {Power.ADD},
        Kind.PLAIN: _LOOK,
    },
    Role.EDITOR: {
        Kind.WHOLE: _ALL,
        Kind.REVIEWED: _ALL,
        Kind.PART: _WRITE,
        Kind.SHARED: _WRITE,
        Kind.PLAIN: _WRITE,
    },
    Role.REVIEWER: dict.fromkeys(Kind, _LOOK) | {Kind.REVIEWED: _LOOK | {Power.PUBLISH}},
}
"""What each group may do with each kind. Only these are granted; nothing is taken from a person."""


class Action(StrEnum):
    CHANGE = "change"
    DELETE = "delete"
    DRAFT = "draft"
    """Take it back, or send it back."""
    SUBMIT = "submit"
    PUBLISH = "publish"
    RETIRE = "retire"


class Refusal(StrEnum):
    """Why not."""

    NO_POWER = "no_power"
    NOT_FROM_HERE = "not_from_here"
    """An action that its status does not allow: what is published cannot be submitted."""
    BEYOND_DRAFTS = "beyond_drafts"
    """It was published once, and who may not publish changes drafts only."""
    OWN_WORK = "own_work"
    """Evidence and safety facts need somebody else than their author."""


_FROM = {
    Action.DRAFT: {Status.IN_REVIEW, Status.PUBLISHED, Status.RETIRED},
    Action.SUBMIT: {Status.DRAFT},
    Action.PUBLISH: {Status.DRAFT, Status.IN_REVIEW, Status.RETIRED},
    Action.RETIRE: {Status.PUBLISHED},
}
_TO = {
    Action.DRAFT: Status.DRAFT,
    Action.SUBMIT: Status.IN_REVIEW,
    Action.PUBLISH: Status.PUBLISHED,
    Action.RETIRE: Status.RETIRED,
}
_NEEDS = {
    Action.CHANGE: {Power.CHANGE},
    Action.DELETE: {Power.DELETE},
    # A reviewer who may not change a word can still send it back.
    Action.DRAFT: {Power.CHANGE, Power.PUBLISH},
    Action.SUBMIT: {Power.CHANGE},
    Action.PUBLISH: {Power.PUBLISH},
    Action.RETIRE: {Power.PUBLISH},
}
MOVES = tuple(_TO)
"""Actions that change the status."""
_OPEN = {Status.DRAFT, Status.IN_REVIEW}


def refusal(
    action: Action,
    powers: Collection[Power],
    status: Status,
    *,
    needs_second_eyes: bool = False,
    is_author: bool = False,
) -> Refusal | None:
    """Why somebody with these powers may not do this with a record of this status; none: they may.

    Holds for whoever may do everything on the site too: nobody is their own second pair of eyes.
    """
    if not _NEEDS[action] & set(powers):
        return Refusal.NO_POWER
    if status not in _FROM.get(action, set(Status)):
        return Refusal.NOT_FROM_HERE
    if status not in _OPEN and Power.PUBLISH not in powers:
        return Refusal.BEYOND_DRAFTS
    if action is Action.PUBLISH and needs_second_eyes and is_author:
        return Refusal.OWN_WORK
    return None


def status_after(action: Action, status: Status, *, needs_second_eyes: bool = False) -> Status:
    """The status that an allowed action leads to.

    A change of published evidence or of a safety fact makes its changer the author, whom nobody has
    looked over the shoulder: it goes back into review, and visitors do not see it until somebody else
    publishes it again.
    """
    if action is Action.CHANGE and needs_second_eyes and status is Status.PUBLISHED:
        return Status.IN_REVIEW
    return _TO.get(action, status)
