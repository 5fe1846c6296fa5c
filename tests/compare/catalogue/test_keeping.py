"""The index is never older than its request, in any process, whatever became of its file."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from compare.facets import keeping, stored
from compare.facets.keeping import Keeper, caught_up, keeper, path
from compare.facets.reading import words
from products.changes import recording
from products.models import CatalogueState, Product
from products.models.editorial import CatalogueChange
from tests import cast
from tests.factories import OfferFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, monkeypatch):
    """A new process, an empty place for files, and files for every catalogue."""
    settings.FACETS, settings.FACETS_DIR = "bitmaps", tmp_path / "facets"
    monkeypatch.setattr(keeping, "WORTH_A_FILE", 1)
    keeper.forget()
    yield settings.FACETS_DIR
    keeper.forget()


def write():
    return recording(by=None, reason="test")


def slugs(index):
    return {product.slug for product in Product.objects.filter(pk__in=list(index.everything))}


def saved():
    """An index in its file, as it comes back."""
    index = keeper.current()
    stored.save(index, path())
    return index


def test_an_edit_is_seen_by_the_next_one_who_asks():
    product = cast.neuro_mag()
    assert slugs(keeper.current()) == {"neuro-mag"}
    with write():
        Product.objects.filter(pk=product.pk).update(status="draft")
    assert slugs(keeper.current()) == set()


def test_one_query_when_nothing_has_changed(django_assert_num_queries):
    cast.neuro_mag()
    keeper.current()
    with django_assert_num_queries(1):
        keeper.current()


def test_an_edit_reads_the_products_it_touched_and_no_others(django_assert_max_num_queries):
    cast.neuro_mag(), cast.plain_oxide()
    before = keeper.current()
    OfferFactory(product=cast.stale_price(), price="1.00")
    with django_assert_max_num_queries(14):
        after = keeper.current()
    assert after.edits == 1
    assert after.families["form"]["oxide"] is before.families["form"]["oxide"]


def test_who_holds_an_index_goes_on_seeing_what_it_held():
    cast.neuro_mag()
    before = keeper.current()
    ProductFactory(slug="new", dosage_form="gummy")
    after = keeper.current()
    assert (len(before.everything), len(after.everything)) == (1, 2)
    assert "gummy" not in before.families["dosage_form"]


def test_inside_a_recording_there_is_no_index():
    cast.neuro_mag()
    with write():
        Product.objects.update(status="draft")
        assert keeper.current() is None


def test_what_was_taken_back_is_forgotten():
    product = cast.neuro_mag()
    for dosage_form in ("gummy", "powder"):
        with transaction.atomic():
            with write():
                Product.objects.filter(pk=product.pk).update(dosage_form=dosage_form)
            assert dosage_form in keeper.current().families["dosage_form"]
            transaction.set_rollback(True)
        assert list(keeper.current().families["dosage_form"]) == ["capsule"]


def test_a_state_that_was_taken_back_leads_nowhere():
    """Its number was given again, to another change."""
    product = cast.neuro_mag()
    with transaction.atomic():
        with write():
            Product.objects.filter(pk=product.pk).update(dosage_form="gummy")
        taken_back = keeper.current()
        transaction.set_rollback(True)
    for name in ("One", "Two"):
        with write():
            Product.objects.filter(pk=product.pk).update(name=name)
    assert taken_back.state.version < CatalogueState.current().version
    assert caught_up(taken_back, keeping.state_now()) is None


def test_an_import_that_names_no_products_is_read_whole(monkeypatch):
    cast.neuro_mag()
    keeper.current()
    monkeypatch.setattr(CatalogueChange, "MOST_PRODUCTS", 0)
    cast.plain_oxide()
    index = keeper.current()
    assert (slugs(index), index.edits) == ({"neuro-mag", "plain-oxide"}, 0)


def test_a_gap_in_the_log_is_noticed():
    cast.neuro_mag()
    index = keeper.current()
    cast.plain_oxide()
    CatalogueChange.objects.filter(version=index.state.version + 2).delete()
    assert caught_up(index, keeping.state_now()) is None


def test_a_file_gives_back_what_was_written():
    cast.everyone()
    index = saved()
    found = stored.load(path(), words)
    for name in (
        "state",
        "everything",
        "families",
        "numbers",
        "name_order",
        "brands",
        "brand_order",
        "words",
    ):
        assert getattr(found, name) == getattr(index, name), name
    assert dict(found.names) == dict(index.names)


def test_a_new_process_goes_on_from_the_file(monkeypatch):
    cast.neuro_mag()
    saved()
    ProductFactory(slug="later")
    monkeypatch.setattr(keeping, "_built", lambda state: pytest.fail("made anew"))
    index = Keeper().current()
    assert (slugs(index), index.edits) == ({"neuro-mag", "later"}, 1)


def test_a_file_of_another_database_leads_nowhere():
    cast.neuro_mag()
    saved()
    CatalogueState.objects.update(stamp="another")
    CatalogueChange.objects.update(stamp="another")
    cast.plain_oxide()
    assert slugs(Keeper().current()) == {"neuro-mag", "plain-oxide"}


DAMAGES = {
    "empty": lambda data: b"",
    "short": lambda data: data[:50],
    "cut off": lambda data: data[:-1],
    "longer": lambda data: data + b"\0",
    "a bit in the header": lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
    "a bit in the middle": lambda data: data[:900] + bytes([data[900] ^ 1]) + data[901:],
    "a bit at the end": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "something else": lambda data: b"PK\3\4" * 1000,
    "a pickle": lambda data: b"\x80\x04\x95" + data,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_broken_file_is_not_trusted(damage):
    cast.neuro_mag()
    saved()
    path().write_bytes(damage(path().read_bytes()))
    assert stored.load(path(), words) is None
    assert slugs(Keeper().current()) == {"neuro-mag"}


def test_a_file_of_another_layout_is_not_read(monkeypatch):
    cast.neuro_mag()
    saved()
    monkeypatch.setattr(stored, "layout", lambda: b"0123456789abcdef")
    assert stored.load(path(), words) is None


def test_nothing_uncommitted_gets_into_a_file():
    cast.neuro_mag()
    keeper.current()
    assert not path().exists()


def test_without_a_place_for_files_it_works_in_memory(settings, tmp_path, caplog, monkeypatch):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    settings.FACETS_DIR = blocked / "below"
    cast.neuro_mag()
    monkeypatch.setattr(keeping, "_may_be_taken_back", lambda: False)
    assert slugs(keeper.current()) == {"neuro-mag"}
    assert "was not written" in caplog.text


def test_edits_past_a_bound_are_read_at_once(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_EDITS", 1)
    cast.neuro_mag()
    keeper.current()
    cast.plain_oxide(), cast.blend()
    assert keeper.current().edits == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite in memory locks whole tables against each other"
)
def test_many_threads_see_each_write_at_once():
    """Each writes and asks in turn, as the threads of a server do; none sees an older state."""
    product = cast.neuro_mag()
    lock, wrong = threading.Lock(), []

    def work(number):
        try:
            for turn in range(5):
                name = f"{number}-{turn}"
                with lock:
                    with write():
                        Product.objects.filter(pk=product.pk).update(name=name)
                    state = keeping.state_now()
                index = keeper.current()
                if index.state.version < state.version:
                    wrong.append((index.state, state))
                if index.state == state and index.names.get(product.pk) != name:
                    wrong.append((index.names.get(product.pk), name))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


@pytest.mark.django_db(transaction=True)
def test_an_index_that_was_made_is_in_its_file_and_another_process_reads_it(monkeypatch):
    cast.neuro_mag()
    index = keeper.current()
    assert path().exists()
    assert path().parent.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(keeping, "_built", lambda state: pytest.fail("made anew"))
    assert Keeper().current().everything == index.everything


def test_after_an_import_the_file_can_be_written_before_anyone_asks(monkeypatch, capsys):
    cast.neuro_mag()
    monkeypatch.setattr(keeping, "_may_be_taken_back", lambda: False)
    call_command("build_facets")
    cast.plain_oxide()
    call_command("build_facets")
    assert "2 products" in capsys.readouterr().out
    in_file = stored.load(path(), words)
    assert in_file.state == keeping.state_now()
    assert slugs(in_file) == {"neuro-mag", "plain-oxide"}


def test_an_import_leaves_a_file_that_is_up_to_date(
    monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(CatalogueChange, "MOST_PRODUCTS", 1)
    # The test's own transaction is not meant.
    monkeypatch.setattr(keeping, "_may_be_taken_back", lambda: False)
    with django_capture_on_commit_callbacks(execute=True), write():
        ProductFactory.create_batch(2, status="published")
    assert stored.load(path(), words).state == keeping.state_now()
