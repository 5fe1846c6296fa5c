"""Each role and each action, by the addresses that the desk answers: what the buttons hide is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client

from products.models import Evidence, Offer, Product, Source, Status
from products.models.base import Fact
from products.roles import make_roles
from products.rules.workflow import Action, Kind, Role
from tests import cast, factories
from tests.products.admin.desk import address, opened
from tests.products.rules.test_workflow import ALLOWED

pytestmark = pytest.mark.django_db

ROLES = [*Role, "nobody"]
KINDS = {Kind.WHOLE: Product, Kind.REVIEWED: Evidence}
MOVES = [Action.DRAFT, Action.SUBMIT, Action.PUBLISH, Action.RETIRE]


def person(role: str, name: str = "") -> Any:
    made = get_user_model().objects.create_user(name or role, is_staff=True)
    made.groups.set(Group.objects.filter(name=role))
    return made


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def row_of(model: type[Fact], status: str = "draft", **values: Any) -> Any:
    if model is Product:
        return cast.neuro_mag(status=status, **values)
    return factories.EvidenceFactory(status=status, **values)


def allowed(role: str, kind: Kind, status: Status) -> set[str]:
    table = ALLOWED.get((role, kind), [""] * 4)  # type: ignore[call-overload]
    return set(table[Status.values.index(status)].split())


def send(client: Client, row: Any, **more: str) -> Any:
    """The change page, opened and sent back; a page that cannot be opened is sent to all the same."""
    path = address(row, "change")
    fields = opened(client, path) if client.get(path).status_code == 200 else {}
    return client.post(path, fields | more)


each_case = pytest.mark.parametrize(
    ("role", "kind", "status"),
    [(role, kind, status) for role in ROLES for kind in KINDS for status in Status],
)


@each_case
def test_a_record_is_looked_at_changed_and_deleted_by_whom_the_table_names(
    role, kind, status
) -> None:
    client, row = client_of(person(role)), row_of(KINDS[kind], status)
    may = allowed(role, kind, status)
    seen = client.get(address(row, "change")).status_code
    assert seen == (403 if role == "nobody" else 200)
    name, text = ("directions", "One a day.") if kind is Kind.WHOLE else ("outcome", "Sleep")
    send(client, row, **{name: text})
    row.refresh_from_db()
    assert (getattr(row, name) == text) is ("change" in may)
    client.post(address(row, "delete"), {"post": "yes"})
    assert type(row).objects.filter(pk=row.pk).exists() is ("delete" not in may)


@pytest.mark.parametrize("action", MOVES)
@each_case
def test_a_status_is_changed_by_whom_the_table_names(role, kind, status, action) -> None:
    user = person(role)
    row = row_of(KINDS[kind], status)
    client = client_of(user)
    page = client.get(address(row, "change"))
    may = action in allowed(role, kind, status)
    assert (f'name="_move" value="{action}"' in page.text) is may
    loaded = page.context.get("loaded") if page.status_code == 200 else None
    send(client, row, _move=action.value, **({"loaded": loaded} if loaded else {}))
    row.refresh_from_db()
    after = {"draft": "draft", "submit": "in_review", "publish": "published", "retire": "retired"}
    assert row.status == (after[action] if may else status)
    if may and action is Action.PUBLISH and kind is Kind.REVIEWED:
        assert row.reviewed_by == user
        assert row.reviewed_at is not None


@pytest.mark.parametrize("action", [Action.SUBMIT, Action.PUBLISH, Action.RETIRE])
@each_case
def test_many_are_moved_at_once_by_whom_the_table_names(role, kind, status, action) -> None:
    client, row = client_of(person(role)), row_of(KINDS[kind], status)
    fields = {"action": f"{action}_selected", "_selected_action": [row.pk], "confirmed": "yes"}
    client.post(address(KINDS[kind]), fields)
    row.refresh_from_db()
    assert (row.status != status) is (action in allowed(role, kind, status))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_added_is_a_draft_of_its_author(role, kind) -> None:
    user = person(role)
    client, model = client_of(user), KINDS[kind]
    row = row_of(model)
    fields = opened(client_of(factories.EditorFactory()), address(row, "change"))
    fields |= {"key": "another", "slug": "another", "gtin": "", "name": "Another"}
    keep = {name: value for name, value in fields.items() if "INITIAL_FORMS" not in name}
    keep |= {name: "0" for name in fields if name.endswith(("INITIAL_FORMS", "TOTAL_FORMS"))}
    client.post(address(model, "add"), keep)
    added = model.objects.exclude(pk=row.pk).first()
    assert bool(added) is (role in (Role.CONTRIBUTOR, Role.EDITOR))
    if added:
        assert added.status == "draft"
        assert kind is Kind.WHOLE or added.author == user


@pytest.mark.parametrize("superuser", [True, False])
def test_nobody_publishes_what_they_wrote_and_somebody_else_does(superuser) -> None:
    author = person(Role.EDITOR, "author")
    author.is_superuser = superuser
    author.save()
    row = factories.EvidenceFactory(status="in_review", author=author)
    page = client_of(author).get(address(row, "change")).text
    assert "You wrote this" in page
    assert 'value="publish"' not in page
    answer = send(client_of(author), row, _move="publish")
    assert "published by somebody else" in answer.text
    fields = {"action": "publish_selected", "_selected_action": [row.pk], "confirmed": "yes"}
    client_of(author).post(address(Evidence), fields)
    row.refresh_from_db()
    assert row.status == "in_review"
    send(client_of(person(Role.EDITOR)), row, _move="publish")
    row.refresh_from_db()
    assert row.status == "published"


def test_a_change_of_published_evidence_takes_it_back_into_review_and_says_so() -> None:
    editor = person(Role.EDITOR)
    row = factories.EvidenceFactory()
    client = client_of(editor)
    assert "Whoever changes it while it is published" in client.get(address(row, "change")).text
    fields = opened(client, address(row, "change")) | {"outcome": "Sleep"}
    answer = client.post(address(row, "change"), fields, follow=True)
    row.refresh_from_db()
    assert (row.status, row.author) == ("in_review", editor)
    assert "visitors do not see it until somebody else publishes it" in answer.text
    # In one go neither: who changes is the author by then.
    answer = send(client, row, outcome="Sleep at night", _move="publish")
    assert "published by somebody else" in answer.text


def test_evidence_that_is_changed_on_the_page_of_its_use_goes_into_review_too() -> None:
    editor = person(Role.EDITOR)
    row = factories.EvidenceFactory()
    factories.EvidenceFactory(use=row.use, key="untouched")
    send(client_of(editor), row.use, **{"evidence-0-outcome": "Sleep"})
    statuses = dict(Evidence.objects.values_list("key", "status"))
    assert statuses == {row.key: "in_review", "untouched": "published"}


def test_a_reviewer_publishes_only_what_they_have_seen() -> None:
    reviewer = client_of(person(Role.REVIEWER))
    row = factories.EvidenceFactory(status="in_review")
    loaded = reviewer.get(address(row, "change")).context["loaded"]
    send(client_of(person(Role.EDITOR)), row, outcome="Something else")
    answer = reviewer.post(
        address(row, "change"), {"_move": "publish", "loaded": loaded}, follow=True
    )
    assert "Look at it again" in answer.text
    row.refresh_from_db()
    assert row.status == "in_review"


def test_a_contributor_enters_prices_of_drafts_only() -> None:
    client = client_of(person(Role.CONTRIBUTOR))
    draft = cast.plain_oxide(status="draft")
    published = cast.neuro_mag()
    fields = {
        "seller": "Shop", "price": "10", "currency": "USD", "seen_on": "2026-01-31",
        "source": str(factories.SourceFactory().pk),
    }  # fmt: skip
    for product in (draft, published):
        client.post(address(Offer, "add"), fields | {"product": str(product.pk)})
    assert draft.offers.filter(seller="Shop").exists()
    assert not published.offers.filter(seller="Shop").exists()
    offer = published.offers.get()
    assert client.post(address(offer, "change"), fields).status_code == 403
    assert client.post(address(offer, "delete"), {"post": "yes"}).status_code == 403
    # Nor is a price of a draft carried over to what is published.
    own = draft.offers.get(seller="Shop")
    send(client, own, product=str(published.pk))
    own.refresh_from_db()
    assert own.product == draft


def test_a_contributor_adds_a_source_for_a_draft_and_changes_none() -> None:
    client = client_of(person(Role.CONTRIBUTOR))
    path = address(Source, "add")
    fields = opened(client, path) | {
        "key": "label", "kind": "label", "title": "Label", "verified": "page",
    }  # fmt: skip
    assert client.post(path, fields).status_code == 302
    source = Source.objects.get()
    assert client.post(address(source, "change"), fields).status_code == 403


def test_groups_are_there_after_migrate_and_making_them_again_changes_nothing() -> None:
    def granted() -> dict[str, set[str]]:
        return {
            group.name: set(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.all()
        }

    before = granted()
    assert set(before) == set(Role)
    assert "publish_product" in before["editor"] - before["contributor"] - before["reviewer"]
    assert "publish_evidence" in before["editor"] & before["reviewer"] - before["contributor"]
    assert "change_evidence" not in before["reviewer"]
    editors = Group.objects.get(name="editor")
    editors.permissions.clear()
    editors.permissions.add(Permission.objects.get(codename="add_group"))
    make_roles()
    make_roles()
    # What a site grants beside is left to it.
    assert granted() == before | {"editor": before["editor"] | {"add_group"}}
