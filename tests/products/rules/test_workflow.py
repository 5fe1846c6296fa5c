"""Who may do what with a record on its way to the reader."""

import itertools

import pytest

from products.models import Status as Stored
from products.rules.workflow import (
    MOVES,
    POWERS,
    Action,
    Kind,
    Power,
    Refusal,
    Role,
    Status,
    refusal,
    status_after,
)


def may(role: Role, kind: Kind, action: Action, status: Status, *, own: bool = False) -> bool:
    reviewed = kind is Kind.REVIEWED
    return not refusal(
        action, POWERS[role][kind], status, needs_second_eyes=reviewed, is_author=own
    )


def test_it_knows_the_statuses_of_the_catalogue() -> None:
    assert [status.value for status in Status] == Stored.values


# For each role and kind: what may be done from draft / in review / published / retired.
ALLOWED = {
    (Role.CONTRIBUTOR, Kind.WHOLE): ["change submit", "change draft", "", ""],
    (Role.CONTRIBUTOR, Kind.REVIEWED): ["change submit", "change draft", "", ""],
    (Role.EDITOR, Kind.WHOLE): [
        "change delete submit publish",
        "change delete draft publish",
        "change delete draft retire",
        "change delete draft publish",
    ],
    (Role.EDITOR, Kind.REVIEWED): [
        "change delete submit publish",
        "change delete draft publish",
        "change delete draft retire",
        "change delete draft publish",
    ],
    (Role.REVIEWER, Kind.WHOLE): ["", "", "", ""],
    (Role.REVIEWER, Kind.REVIEWED): ["publish", "draft publish", "draft retire", "draft publish"],
}


@pytest.mark.parametrize(("role", "kind"), ALLOWED)
def test_each_role_may_do_what_the_table_says(role, kind) -> None:
    for status, allowed in zip(Status, ALLOWED[role, kind], strict=True):
        found = {action for action in Action if may(role, kind, action, status)}
        assert found == set(allowed.split()), status


@pytest.mark.parametrize("status", Status)
def test_nobody_publishes_their_own_evidence_whatever_else_they_may(status) -> None:
    everything = frozenset(Power)
    refused = refusal(Action.PUBLISH, everything, status, needs_second_eyes=True, is_author=True)
    already = status is Status.PUBLISHED
    assert refused is (Refusal.NOT_FROM_HERE if already else Refusal.OWN_WORK)
    assert already or not refusal(Action.PUBLISH, everything, status, is_author=True)


def test_a_changed_fact_that_needs_second_eyes_is_in_review_again() -> None:
    assert status_after(Action.CHANGE, Status.PUBLISHED, needs_second_eyes=True) == "in_review"
    assert status_after(Action.CHANGE, Status.PUBLISHED) == "published"
    assert status_after(Action.CHANGE, Status.DRAFT, needs_second_eyes=True) == "draft"


def test_without_a_power_nothing_is_allowed_and_no_move_leads_nowhere() -> None:
    for action, status in itertools.product(Action, Status):
        assert refusal(action, frozenset(), status) is Refusal.NO_POWER
    for action, status in itertools.product(MOVES, Status):
        if not refusal(action, frozenset(Power), status):
            assert status_after(action, status) is not status
