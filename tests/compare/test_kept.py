"""What follows from the catalogue alone is read once, and never outlives a change of it."""

import pytest
from django.urls import reverse

from compare.comparison.yardsticks import on_record
from compare.kept import one_state
from compare.known_forms import known_forms
from products.changes import recording
from products.models import MagnesiumForm, Status, UpperLevel, previewing
from tests import cast
from tests.factories import UpperLevelFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def level():
    return UpperLevelFactory()


def retire(row):
    with recording(by=None, reason="no longer in force"):
        row.status = Status.RETIRED
        row.save()


def test_it_is_read_once(level, django_assert_num_queries):
    assert on_record().levels == (level,)
    with django_assert_num_queries(1), one_state():  # the state of the catalogue
        on_record()
        on_record()


def test_a_change_shows_at_once(level):
    on_record()
    retire(level)
    assert on_record().levels == ()


def test_what_a_recording_has_written_is_seen_within_it_and_by_nobody_when_it_fails(level):
    def retire_and_fail():
        with recording(by=None, reason="a slip"):
            UpperLevel.objects.update(status=Status.RETIRED)
            assert on_record().levels == ()
            raise ZeroDivisionError

    on_record()
    with pytest.raises(ZeroDivisionError):
        retire_and_fail()
    assert on_record().levels == (level,)


def test_a_preview_shows_drafts_and_leaves_none_behind(level):
    with recording(by=None, reason="second thoughts"):
        UpperLevel.objects.update(status=Status.DRAFT)
    with previewing():
        assert on_record().levels == (level,)
    assert on_record().levels == ()


def test_a_renamed_form_is_in_the_next_list(client):
    cast.neuro_mag()
    known_forms()
    with recording(by=None, reason="another name"):
        MagnesiumForm.objects.update(short_name="Threonate salt")
    assert "Threonate salt" in client.get(reverse("products")).content.decode()
