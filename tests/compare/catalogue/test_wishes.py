"""The reader's own weights: read from the address, placed by the rule, explained in a line."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from compare import wishes as module
from compare.basis import Basis
from compare.comparison.yardsticks import Yardsticks
from compare.links import Query
from compare.notes import Ignored
from compare.rows import ProductRow
from compare.wishes import FACTS, Wishes
from products.models import Authority, FactNote, Product, Use
from products.rules.wishes import Group, Weight
from tests import cast
from tests.factories import (
    CertificationFactory,
    EvidenceFactory,
    FactNoteFactory,
    MagnesiumFormFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    UpperLevelFactory,
    UseFactory,
)


def query(**lists):
    return Query.read({key: [values] if isinstance(values, str) else values for key, values in lists.items()})  # fmt: skip


def wishes(*want, **more):
    return Wishes.read(query(want=list(want), **more), Authority.US, None)


# Reading --------------------------------------------------------------------------------------


def test_nothing_is_wished_for_unless_asked():
    assert not wishes()
    assert not wishes("vegan:ignore")
    assert wishes("vegan:must").weights == {"vegan": Weight.MUST}


@pytest.mark.parametrize("bad", ["vegan", "vegan:", "vegan:MUST", ":must", "x:must", "\0:must", "vegan:must:1"])  # fmt: skip
def test_what_is_not_understood_is_noted_and_the_rest_holds(bad):
    read = wishes(bad, "gentle:matters")
    assert read.weights == {"gentle": Weight.MATTERS}
    assert [note.code for note in read.notes] == [Ignored.UNKNOWN_VALUE]


def test_of_two_weights_for_one_fact_the_last_holds_and_it_is_noted():
    read = wishes("vegan:must", "vegan:matters")
    assert read.weights == {"vegan": Weight.MATTERS}
    assert [note.code for note in read.notes] == [Ignored.GIVEN_TWICE]


@pytest.mark.parametrize(
    "bad", ["x", "0", "-1", "NaN", "Infinity", "1e2000000", "1001", "٣", "1" * 40]
)
def test_a_price_that_is_none_is_noted(bad):
    read = wishes("price:must", want_price=bad)
    assert read.most_price is None
    assert len(read.notes) == 1


def test_each_wish_is_a_removable_piece_that_keeps_the_rest():
    asked = query(form="oxide", want=["vegan:must", "price:matters"], want_price="0.2", page="3")
    chips = Wishes.read(asked, Authority.US, None).chips(asked)
    assert [chip.label for chip in chips] == ["must: vegan", "matters: at most $0.20 per 100 mg"]
    assert str(chips[0].remove_url) == "?form=oxide&want=price%3Amatters&want_price=0.2"
    assert str(chips[1].remove_url) == "?form=oxide&want=vegan%3Amust"


# Placing --------------------------------------------------------------------------------------


def placed(product, *want, **more):
    """The group of one product by these wishes, and its line."""
    asked = query(want=list(want), **more)
    basis = Basis.read(asked)
    uses = dict(Use.objects.values_list("slug", "name"))
    read = Wishes.read(asked, basis.authority, Yardsticks.limit_by(basis.authority), lambda: uses)
    (found,) = read.marked(Product.objects.for_list().filter(pk=product.pk))
    one = read.placed(ProductRow(found, basis, timezone.now().date(), Query()))
    assert read.counts(Product.objects.filter(pk=product.pk)) == {one.group: 1}
    return one.group, one.why


@pytest.mark.django_db
@pytest.mark.parametrize("fact", ["vegan", "gluten_free"])
@pytest.mark.parametrize(
    ("value", "group", "said"),
    [
        (True, Group.GOOD, "yes"),
        (False, Group.NO, "no"),
        (None, Group.UNKNOWN, "not looked up yet"),
    ],
)
def test_what_a_label_says_or_does_not(fact, value, group, said):
    found = placed(ProductFactory(**{fact: value}), f"{fact}:must")
    assert found == (group, f"{FACTS[fact].name}: {said}")


@pytest.mark.django_db
def test_the_kind_of_empty_is_told_and_every_wish_has_its_part_of_the_line():
    product = ProductFactory(vegan=True)
    FactNoteFactory(product=product, fact=FactNote.FactName.CERTIFICATION, empty="not_on_label")
    group, why = placed(product, "third_party:must", "vegan:must")
    assert (group, why) == (Group.UNKNOWN, "vegan: yes; third-party test: not on label")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("states", "group"),
    [
        (["certified"], Group.GOOD),
        (["claimed"], Group.UNKNOWN),
        (["not_found"], Group.NO),
        (["claimed", "not_found"], Group.UNKNOWN),
        (["certified", "claimed", "not_found"], Group.GOOD),
    ],
)
def test_what_only_the_brand_says_of_a_test_is_not_known(states, group):
    product = ProductFactory()
    for place, state in enumerate(states):
        CertificationFactory(
            product=product, body=f"Body {place}", state=state, register_url="https://example.org/"
        )
    found, why = placed(product, "third_party:must")
    assert found is group
    assert "Body 0" in why


@pytest.mark.django_db
def test_grades_and_the_label_check_of_the_cast():
    def groups(product):
        return [placed(product, f"{key}:must")[0] for key in ("adds_up", "gentle", "taken_up")]

    assert groups(cast.neuro_mag()) == [Group.GOOD, Group.GOOD, Group.GOOD]
    assert groups(cast.plain_oxide()) == [Group.GOOD, Group.NO, Group.NO]
    assert groups(cast.blend()) == [Group.UNKNOWN] * 3
    assert groups(cast.bare_label()) == [Group.UNKNOWN] * 3


@pytest.mark.django_db
def test_a_price_is_known_or_within_the_reader_s_own_figure():
    oxide = cast.plain_oxide()
    assert placed(oxide, "price:must") == (Group.GOOD, "price of 100\u00a0mg: $0.020")
    assert placed(oxide, "price:must", want_price="0.02")[0] is Group.GOOD
    assert placed(oxide, "price:must", want_price="0.01") == (
        Group.NO,
        "price of 100\u00a0mg: $0.020, above $0.010",
    )
    assert placed(cast.bare_label(), "price:must", want_price="9")[0] is Group.UNKNOWN
    euros = ProductFactory(label_elemental_mg=100, servings_per_container=10)
    OfferFactory(product=euros, price="5.00", currency="EUR")
    assert placed(euros, "price:must")[0] is Group.GOOD
    assert placed(euros, "price:must", want_price="9") == (
        Group.UNKNOWN,
        "price of 100\u00a0mg: €0.50, not in dollars",
    )


@pytest.mark.django_db
def test_a_form_was_tested_for_the_use_or_for_any_or_is_not_known():
    sleep = UseFactory(slug="sleep", name="Sleep quality")
    UseFactory(slug="memory", name="Memory")
    EvidenceFactory(use=sleep, form=cast.form("citrate"))
    EvidenceFactory(use=sleep, form=cast.form("oxide"), species="rat")
    citrate, oxide = ProductFactory(), cast.plain_oxide()
    ProductIngredientFactory(product=citrate, form=cast.form("citrate"))
    assert placed(citrate, "tested_form:must") == (Group.GOOD, "form tested: citrate, in people")
    assert placed(citrate, "tested_form:must", want_use="sleep") == (
        Group.GOOD,
        "form tested: citrate, in people for sleep quality",
    )
    assert placed(citrate, "tested_form:must", want_use="memory") == (
        Group.NO,
        "form tested: not in people for memory",
    )
    assert placed(oxide, "tested_form:must")[0] is Group.NO
    other = ProductFactory()
    ProductIngredientFactory(product=other, form=MagnesiumFormFactory(is_catch_all=True))
    assert placed(other, "tested_form:must")[0] is Group.UNKNOWN


def test_a_use_that_nobody_knows_is_noted_and_the_wish_goes_with_its_use():
    asked = query(want=["tested_form:must"], want_use="flying")
    read = Wishes.read(asked, Authority.US, None, lambda: {"sleep": "Sleep quality"})
    assert [(note.code, note.key) for note in read.notes] == [(Ignored.UNKNOWN_VALUE, "want_use")]
    asked = query(want=["tested_form:must"], want_use="sleep", form="oxide")
    read = Wishes.read(asked, Authority.US, None, lambda: {"sleep": "Sleep quality"})
    (chip,) = read.chips(asked)
    assert chip.label == "must: tested in this form for sleep quality"
    assert str(chip.remove_url) == "?form=oxide"


@pytest.mark.django_db
def test_a_serving_is_held_against_the_limit_of_the_authority_chosen():
    product = ProductFactory(label_elemental_mg=Decimal(300))
    assert placed(product, "under_limit:must") == (
        Group.UNKNOWN,
        "a serving: 300\u00a0mg, no US limit on record",
    )
    UpperLevelFactory(authority="us", amount_mg=Decimal(350))
    UpperLevelFactory(authority="efsa", issued_by="efsa", amount_mg=Decimal(250))
    assert placed(product, "under_limit:must")[0] is Group.GOOD
    assert placed(product, "under_limit:must", authority="efsa") == (
        Group.NO,
        "a serving: 300\u00a0mg, above the EU limit of 250\u00a0mg",
    )
    assert placed(cast.bare_label(), "under_limit:must")[0] is Group.UNKNOWN


@pytest.mark.django_db
def test_of_a_bare_label_nothing_is_met_and_nothing_failed():
    UpperLevelFactory(authority="us", amount_mg=Decimal(350))
    bare = cast.bare_label()
    for key in FACTS:
        assert placed(bare, f"{key}:must")[0] is Group.UNKNOWN
        assert placed(bare, f"{key}:matters")[0] is Group.PARTIAL


# The page -------------------------------------------------------------------------------------


def page(client, text=""):
    response = client.get(f"{reverse('products')}?{text}")
    assert response.status_code == 200
    return response


@pytest.mark.django_db
@pytest.mark.usefixtures("way")
class TestPage:
    def test_without_a_wish_there_are_no_groups(self, client):
        cast.neuro_mag()
        html = page(client).content.decode()
        assert "What matters to you" in html
        assert "Good match" not in html

    def test_rows_stand_in_their_groups_with_counts_of_the_whole_answer(self, client):
        for _ in range(30):
            ProductFactory(vegan=True)
        ProductFactory(vegan=False, name="Z, the last by name")
        response = page(client, "want=vegan:must&sort=name&page=2")
        html = response.content.decode()
        good, no = response.context["sections"]
        assert (good.group, good.count, len(good.rows)) == (Group.GOOD, 30, 6)
        assert (no.group, no.count, len(no.rows)) == (Group.NO, 1, 1)
        assert "30, 6 on this page" in html
        assert "vegan: yes" in html
        assert "must: vegan" in html

    def test_counts_are_of_what_the_filters_let_through(self, client):
        ProductFactory(vegan=True, dosage_form="gummy")
        ProductFactory(vegan=True)
        (good,) = page(client, "want=vegan:must&dosage_form=gummy").context["sections"]
        assert good.count == 1

    def test_a_very_long_answer_is_grouped_by_the_page_and_says_so(self, client, monkeypatch):
        monkeypatch.setattr("compare.wishes.reading.MOST_COUNTED", 20)
        for _ in range(30):
            ProductFactory(vegan=True)
        response = page(client, "want=vegan:must")
        assert [one.count for one in response.context["sections"]] == [None]
        html = response.content.decode()
        assert "only those of this page are in groups" in html
        assert "24 on this page" in html

    def test_the_order_within_a_group_is_that_of_the_list(self, client):
        for name in ("B", "A", "C"):
            ProductFactory(name=name, vegan=True)
        (good,) = page(client, "want=vegan:must&sort=name").context["sections"]
        assert [one.row.product.name for one in good.rows] == ["A", "B", "C"]

    def test_a_wish_travels_with_pages_filters_ticks_and_the_dose(self, client):
        for _ in range(30):
            ProductFactory(vegan=True)
        html = page(client, "want=vegan:must&want_price=0.5").content.decode()
        assert "?want=vegan%3Amust&amp;want_price=0.5&amp;page=2" in html
        assert html.count('<input type="hidden" name="want" value="vegan:must">') == 2
        assert "?want=vegan%3Amust&amp;want_price=0.5&amp;dose=day" in html
        assert "?want=vegan%3Amust&amp;want_price=0.5&amp;item=" in html

    def test_the_form_keeps_the_filters_and_shows_what_is_on(self, client):
        cast.neuro_mag()
        html = page(client, "want=gentle:matters&diet=vegetarian&authority=efsa").content.decode()
        assert '<option value="gentle:matters" selected>' in html
        assert '<input type="hidden" name="diet" value="vegetarian">' in html
        assert '<option value="efsa" selected>' in html

    def test_what_was_ignored_is_said(self, client):
        cast.neuro_mag()
        html = page(client, "want=taste:must&want_price=cheap").content.decode()
        assert escape("want: “taste:must” is not known.") in html
        assert escape("want_price: “cheap” is not a number.") in html
        assert "“want”" not in html

    def test_other_lists_do_not_know_wishes(self, client):
        html = client.get(f"{reverse('forms')}?want=vegan:must").content.decode()
        assert escape("“want” is not something that can be asked for here.") in html

    def test_queries_do_not_grow_with_rows(self, client):
        UpperLevelFactory(authority="us", amount_mg=Decimal(350))
        every = "&".join(f"want={key}:must" for key in FACTS)

        def cost(query):
            page(client, query)  # the first after a change brings the index up to date
            with CaptureQueriesContext(connection) as captured:
                page(client, query)
            return len(captured)

        def fill(n):
            for _ in range(n):
                CertificationFactory(product=cast_member(vegan=True))

        def cast_member(**changes):
            product = ProductFactory(**changes)
            OfferFactory(product=product)
            return product

        fill(2)
        few = cost(every)
        assert few - cost("") == 3, "the counts, what was certified, and the forms tested"
        fill(8)
        assert cost(every) == few


def test_every_group_has_its_words():
    assert set(module.WORDS) == set(module.MEANINGS) == set(Group)
