"""The strip of one product for one reader."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compare.basis import Basis
from compare.comparison.yardsticks import on_record
from compare.links import Query
from compare.safety.reader import Reader
from compare.safety.strip import Strips
from products.models import Product
from products.rules.dose import Amount
from products.rules.intake import Code, LifeStage, Sex
from tests import cast, factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def us_figures():
    factories.UpperLevelFactory()
    factories.UpperLevelFactory(life_stage="pregnancy", age_from_years=14, age_to_years=51)
    for sex, mg in (("female", 320), ("male", 420)):
        factories.ReferenceIntakeFactory(
            sex=sex, age_from_years=31, age_to_years=None, amount_mg=mg
        )
    factories.ReferenceIntakeFactory(
        sex="female", life_stage="pregnancy", age_from_years=31, age_to_years=51, amount_mg=360
    )


def strip(product, reader=None, dose="serving"):
    reader = reader or Reader()
    found = Product.objects.for_list().get(pk=product.pk)
    return Strips.load(Basis.read(Query((("dose", dose),))), reader).of(found)


def words(made):
    return " ".join(render_to_string("safety/strip.html", {"strip": made}).split())


def test_a_reader_who_said_nothing_gets_shares_of_adults():
    made = strip(cast.neuro_mag())
    assert made.limit.share == Amount.exactly(Decimal(144) / 350)
    assert [(need.who, need.row.amount_mg) for need in made.needs] == [("a woman", 320), ("a man", 420)]  # fmt: skip
    assert not made.held
    assert "41 %</b> of the US limit of 350 mg, for one serving a day" in words(made).replace(
        "\u00a0", " "
    )


def test_other_magnesium_is_added_and_can_lead_above():
    product = cast.neuro_mag()
    made = strip(product, Reader(other_mg=Decimal(206)))
    assert made.taken == Amount.exactly(Decimal(350))
    assert made.limit.stands is Code.WITHIN  # the limit itself is still within
    made = strip(product, Reader(other_mg=Decimal(207)))
    assert made.limit.stands is Code.ABOVE
    assert "207 mg that you take besides is counted" in words(made).replace("\u00a0", " ")


def test_the_need_is_the_reader_s_own():
    pregnant = Reader(age=Decimal(34), stage=LifeStage.PREGNANCY)
    made = strip(cast.neuro_mag(), pregnant)
    assert [(need.who, need.row.amount_mg) for need in made.needs] == [("", 360)]
    assert not made.limit.for_adults
    man = strip(Product.objects.get(), Reader(age=Decimal(50), sex=Sex.MALE))
    assert [need.row.amount_mg for need in man.needs] == [420]


def test_for_want_of_a_limit_in_pregnancy_the_one_for_adults_says_so():
    factories.UpperLevelFactory(
        authority="efsa", issued_by="scf_eu", age_from_years=18, amount_mg=250
    )
    product = Product.objects.for_list().get(pk=cast.neuro_mag().pk)
    basis = Basis.read(Query((("authority", "efsa"),)))
    made = Strips.load(basis, Reader(stage=LifeStage.PREGNANCY)).of(product)
    assert made.limit.for_adults
    assert "the one for adults" in words(made)


def test_a_child_of_no_limit_gets_none_in_disguise():
    made = strip(cast.neuro_mag(), Reader(age=Decimal("0.5")))
    assert made.limit is None
    assert "No limit of this authority is on record for you" in words(made)


def test_what_is_held_against_it_stays_in_sight_with_the_reason():
    factories.InteractionFactory(key="raltegravir", action="avoid", what_to_do="Do not combine")
    factories.CautionFactory(
        key="older-age-oxide", code="older-age", form=cast.form("oxide"), severity="caution"
    )
    reader = Reader(medicines=frozenset({"raltegravir"}), age=Decimal(70))
    threonate, oxide = strip(cast.neuro_mag(), reader), strip(cast.plain_oxide(), reader)
    assert threonate.is_ruled_out
    assert [held.name for held in threonate.held] == ["Raltegravir"]
    assert [held.name for held in oxide.held] == ["Raltegravir", "Older age"]
    html = words(oxide)
    assert "Do not take" in html
    assert "Do not combine" in html
    assert "/safety/#medicine-raltegravir" in html


def test_a_limit_for_the_healthy_is_no_leave_for_those_who_should_ask_first():
    factories.CautionFactory(key="kidneys", code="kidneys", severity="ask_first")
    kidneys = Reader(conditions=frozenset({"kidneys"}))
    product = cast.neuro_mag()
    assert "That limit is for healthy people." in words(strip(product, kidneys))
    assert "healthy" not in words(strip(product))


def test_keys_of_both_tables_are_told_apart():
    factories.InteractionFactory(key="same", action="monitor")
    factories.CautionFactory(key="same", severity="avoid")
    made = strip(cast.neuro_mag(), Reader(conditions=frozenset({"same"})))
    assert [held.anchor for held in made.held] == ["caution-same"]
    made = strip(Product.objects.get(), Reader(medicines=frozenset({"same"})))
    assert [held.anchor for held in made.held] == ["medicine-same"]


def test_an_unknown_form_and_dose_are_said():
    factories.CautionFactory(
        key="phosphate", form=cast.form("citrate"), severity="avoid", condition="High phosphate"
    )
    made = strip(cast.bare_label(), Reader(conditions=frozenset({"phosphate"})))
    assert not made.is_ruled_out
    html = words(made)
    assert "if it is made of citrate: its form is not known" in html
    assert "Not looked up yet" in html


def test_a_day_that_is_not_known_is_a_serving_and_says_so():
    product = cast.neuro_mag(daily_servings_low=None, daily_servings_high=None)
    made = strip(product, dose="day")
    assert made.is_serving
    assert "for one serving a day" in words(made)


def test_strips_of_many_products_cost_what_one_costs(django_assert_max_num_queries):
    factories.InteractionFactory(key="iron")
    reader = Reader(medicines=frozenset({"iron"}), age=Decimal(70))
    cast.everyone()
    products = list(Product.objects.for_list())
    on_record()  # kept from then on
    with CaptureQueriesContext(connection) as few:
        Strips.load(Basis(), reader).of(products[0])
    with django_assert_max_num_queries(len(few)):
        strips = Strips.load(Basis(), reader)
        for product in products:
            words(strips.of(product))
    assert len(few) == 3


def test_answers_are_held_against_each_product_compared_and_kept_from_caches(client):
    products = [cast.neuro_mag(), cast.plain_oxide()]
    address = "/compare/products/?" + "&".join(f"item={product.slug}" for product in products)
    plain = client.get(address)
    assert not plain.cookies
    session = client.session
    Reader(other_mg=Decimal(100)).keep(session, timezone.now())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    told = client.get(address)
    assert "that you take besides is counted" in told.content.decode()
    assert "no-store" in told["Cache-Control"]
