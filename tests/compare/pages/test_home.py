"""The home page: live figures, examples by query, and a page for an empty catalogue."""

from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compare.basis import Basis
from compare.filters import FormFilter, ProductFilter
from compare.links import Query
from compare.reading import examples, home, silence
from compare.reading.ways import Ways
from products.models import EmptyKind, MagnesiumForm, Product
from tests import cast
from tests.factories import (
    CertificationFactory,
    FactNoteFactory,
    FindingFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    UpperLevelFactory,
)

pytestmark = pytest.mark.django_db


def read():
    return home.read(timezone.now().date())


def page(client):
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def listed(url):
    """How many rows the list behind a link has."""
    parts = urlsplit(url)
    query = Query(tuple(parse_qsl(parts.query)))
    if parts.path == "/products/":
        return ProductFilter(query, Product.objects.published(), Basis()).qs.count()
    return FormFilter(query, MagnesiumForm.objects.published()).qs.count()


def three_forms():
    return [cast.form(slug) for slug in ("l-threonate", "citrate", "gluconate")]


class TestPage:
    def test_an_empty_catalogue_is_a_page_that_says_so(self, client):
        html = page(client)
        assert "The catalogue is empty so far" in html
        assert "Four ways in" not in html
        assert html.count("<h1") == 1

    def test_the_counts_are_live(self, client):
        cast.everyone()
        html = page(client)
        assert "5 magnesium supplements" in html
        assert f"{MagnesiumForm.objects.count()} forms" in html

    def test_drafts_are_not_counted_and_not_shown(self, client):
        cast.neuro_mag(status="draft")
        assert "Neuro-Mag" not in page(client)

    def test_the_question_is_asked_and_answered(self, client):
        three_forms()
        html = page(client)
        assert "L-threonate, citrate or gluconate?" in html
        assert "/compare/forms/?item=l-threonate&amp;item=citrate&amp;item=gluconate" in html
        assert "8.25\N{NO-BREAK SPACE}%" in html

    def test_other_forms_stand_in_for_those_that_are_not_here(self):
        cast.form("citrate")
        cast.form("oxide")
        assert read().question == "Citrate or oxide?"

    def test_one_form_is_no_comparison(self):
        cast.form("citrate")
        assert read().comparison is None
        assert read().question == ""

    def test_names_with_markup_are_shown_as_written(self, client):
        product = cast.plain_oxide(name="<script>alert(1)</script>")
        html = page(client)
        assert product.name not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_sources_ascend_from_one_and_each_has_its_entry(self, client):
        cast.everyone()
        UpperLevelFactory()
        html = page(client)
        assert 'href="#r1"' in html
        assert html.index('href="#r1"') < html.index('href="#r2"')
        for number in range(1, html.count('<li id="r') + 1):
            assert f'<li id="r{number}">' in html

    def test_queries_do_not_grow_with_the_catalogue(self, client):
        cast.everyone()
        three_forms()

        def fill(n):
            for _ in range(n):
                product = ProductFactory(label_compound_mg=1500)
                ProductIngredientFactory(product=product, form=cast.form("citrate"))
                OfferFactory(product=product)
                FindingFactory(form=cast.form("gluconate"))

        def cost():
            page(client)  # the first after a change brings the facet index up to date
            with CaptureQueriesContext(connection) as captured:
                page(client)
            return len(captured)

        fill(2)
        few = cost()
        fill(8)
        assert 0 < cost() <= few < 45


class TestWays:
    def test_behind_each_way_are_as_many_as_it_says(self):
        cast.everyone()
        for cents in ("10", "25", "50", "99"):  # on the lines between the bands too
            product = ProductFactory(label_elemental_mg=100, servings_per_container=10)
            OfferFactory(product=product, price=Decimal(cents) / 10)
        ways = Ways.read()
        counted = [*ways.by_form, *ways.by_gut, *ways.by_price]
        assert counted
        for way in counted:
            assert listed(way.url) == way.count, way

    def test_products_without_a_price_in_dollars_are_said(self):
        cast.bare_label()
        priced = ProductFactory()
        OfferFactory(product=priced, currency="EUR")
        OfferFactory()
        ways = Ways.read()
        assert ways.without_price == 2
        assert sum(way.count for way in ways.by_price) == 1

    def test_the_list_of_an_empty_catalogue_is_empty(self):
        ways = Ways.read()
        assert (ways.products, ways.forms) == (0, 0)
        assert ways.by_form == ways.by_use == ways.by_gut == ways.by_price == ()


class TestPlot:
    def test_one_product_of_each_form_in_the_order_of_forms(self):
        cast.plain_oxide()
        cast.neuro_mag()
        plot = read().plot
        assert {label.form for label in plot.labels} == {"L-threonate", "Oxide"}

    def test_mixtures_and_gaps_are_no_examples(self):
        cast.blend()
        cast.bare_label()
        cast.neuro_mag(combined_with="Vitamin B6")
        assert read().plot is None

    def test_of_several_the_one_with_most_ratings(self):
        other = cast.neuro_mag(slug="other", name="Another", gtin="")
        other_rating = other.ratings.get()
        assert other_rating.count == 129
        one = ProductFactory(name="Rated less")
        ProductIngredientFactory(product=one, form=cast.form("l-threonate"))
        OfferFactory(product=one)
        assert [label.product for label in read().plot.labels] == [other]

    def test_a_label_s_day_above_its_serving_is_drawn_as_a_range(self):
        product = cast.neuro_mag(daily_servings_low=1, daily_servings_high=3)
        (label,) = read().plot.labels
        assert label.product == product
        assert label.words == "144–432"

    def test_an_unknown_day_is_said(self, client):
        cast.neuro_mag(daily_servings_low=None, daily_servings_high=None)
        assert "servings a day not known" in page(client)

    def test_limits_come_from_the_authorities_on_record(self, client):
        cast.neuro_mag()
        UpperLevelFactory()
        UpperLevelFactory(authority="efsa", issued_by="efsa", amount_mg=250)
        assert [name for name, _, _ in read().plot.limits] == ["EU 250", "US 350"]
        assert "US 350" in page(client)


class TestExamples:
    def test_the_salt_in_a_name(self):
        ProductFactory(name="No figure", label_compound_mg=800, label_elemental_mg=100)
        found = ProductFactory(
            name="Magnesium Citrate 800 mg", label_compound_mg=800, label_elemental_mg=112
        )
        ProductIngredientFactory(product=found, form=cast.form("citrate"))
        it = examples.salt_in_the_name()
        assert (it.product, it.compound, it.elemental) == (found, 800, 112)

    def test_a_label_with_one_mass_in_both_columns_is_no_example(self):
        alike = ProductFactory(label_elemental_mg=500, label_compound_mg=500)
        ProductIngredientFactory(product=alike, form=cast.form("citrate"))
        assert examples.cannot_be_pure() is None
        over = ProductFactory(label_elemental_mg=90, label_compound_mg=450)
        ProductIngredientFactory(product=over, form=cast.form("citrate"))
        it = examples.cannot_be_pure()
        assert it.product == over
        assert it.most < 90
        assert it.part.over_width > 0

    def test_what_was_measured_in_people_too_is_no_example_of_animals_only(self):
        finding = FindingFactory(species="rat", measure="brain_tissue")
        assert examples.only_in_animals() == finding
        FindingFactory(form=finding.form, species="human", measure="brain_tissue")
        assert examples.only_in_animals() is None

    def test_no_price_is_called_best_when_one_is_old(self, client):
        cast.neuro_mag()
        cast.stale_price()
        assert "none is called best" in page(client)

    def test_prices_of_these_days_are_said_to_be(self, client):
        cast.neuro_mag()
        cast.plain_oxide()
        assert "Each price was seen within 90 days." in page(client)


class TestSilence:
    FACTS = {
        "Servings a day": ("daily_servings",),
        "Magnesium in a serving": ("label_elemental_mg",),
        "Third-party test": ("certification",),
        "Price": ("price",),
    }

    def test_it_is_what_each_product_says_of_itself(self):
        everyone = cast.everyone()
        FactNoteFactory(product=everyone["bare_label"], fact="price", empty="not_on_label")
        FactNoteFactory(product=everyone["bare_label"], fact="label_elemental_mg", empty="withheld")
        CertificationFactory(product=everyone["neuro_mag"])
        ProductFactory(daily_servings_low=None, daily_servings_high=None)
        counted = {one.label: dict(one.kinds) for one in silence.read()}
        products = Product.objects.published().for_detail()
        for label, facts in self.FACTS.items():
            said = [p.empty_of(*facts) for p in products if not all(p.knows(f) for f in facts)]
            for kind in EmptyKind:
                assert counted.get(label, {}).get(kind, 0) == said.count(kind), (label, kind)

    def test_all_four_kinds_can_be_told_apart(self):
        cast.blend()
        FactNoteFactory(product=ProductFactory(), fact="certification", empty="not_on_label")
        ProductFactory(dosage_form="powder")
        kinds = {kind for one in silence.read() for kind, _ in one.kinds}
        assert kinds == set(EmptyKind)
