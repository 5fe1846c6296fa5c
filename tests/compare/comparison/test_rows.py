"""The rows: complete, right on the cast's figures, honest about what is not known."""

from datetime import date, timedelta

import pytest

from compare.basis import Basis
from compare.comparison import build
from compare.comparison.evidence_rows import Studied
from compare.comparison.form_rows import form_rows
from compare.comparison.form_rows import rows_for as rows_for_forms
from compare.comparison.marks import NoBest
from compare.comparison.product_rows import product_rows, rows_for
from compare.comparison.yardsticks import Yardsticks
from compare.links import Query
from products.changes import recording
from products.models import EmptyKind, MagnesiumForm, Product, Use
from tests import cast
from tests.factories import (
    EvidenceFactory,
    FactNoteFactory,
    FindingFactory,
    MagnesiumFormFactory,
    OfferFactory,
    ProductFactory,
    ProductIngredientFactory,
    PublishedRatingFactory,
    ReferenceIntakeFactory,
    SourceFactory,
    StudyFactory,
    UpperLevelFactory,
    UseFactory,
)

TODAY = date.today()  # noqa: DTZ011 - the cast's prices are of today


def compare(*slugs: str, dose: str = "serving", authority: str = "us"):
    """Cells of each row by its key, for published products in the order of their slugs."""
    basis = Basis.read(Query((("dose", dose), ("authority", authority))))
    found = {product.slug: product for product in Product.objects.for_comparison()}
    products = [found[slug] for slug in slugs]
    return lines_of(build(products, rows_for(products, basis), basis, at=TODAY, base=0))


def compare_forms(*slugs: str):
    found = {form.slug: form for form in MagnesiumForm.objects.for_comparison()}
    forms = [found[slug] for slug in slugs]
    return lines_of(build(forms, rows_for_forms(forms, Basis()), Basis(), at=TODAY))


def lines_of(comparison):
    return {line.row.key: line for line in comparison.lines}


def texts(line):
    return [cell.text for cell in line.cells]


ALL_ROWS = [
    *product_rows(Basis(), Yardsticks(), [Studied(Use(slug="sleep", name="Sleep"), {})]),
    *form_rows([Studied(Use(slug="sleep", name="Sleep"), {})], {}),
]


@pytest.mark.parametrize("row", ALL_ROWS, ids=lambda row: f"{row.group.value}-{row.key}")
def test_every_row_has_its_words(row):
    assert row.key.isidentifier()
    assert row.label[0].isupper() or row.label[0].isdigit()
    assert row.term.endswith((".", "?"))
    assert row.term[0].isupper() or row.term[0].isdigit()
    assert row.unit is not None


@pytest.mark.parametrize("rows", [product_rows(Basis(), Yardsticks(), ()), form_rows((), {})])
def test_keys_are_unique_and_groups_stand_together(rows):
    keys = [row.key for row in rows]
    assert len(keys) == len(set(keys))
    heads = [row.group for row in rows]
    assert list(dict.fromkeys(heads)) == [h for h in type(heads[0]) if h in heads]
    assert heads == sorted(heads, key=list(type(heads[0])).index)


def test_best_is_sought_only_for_price_and_pills():
    assert {row.key for row in product_rows(Basis(), Yardsticks(), ()) if row.better} == {
        "price_per_100_mg",
        "pills_per_100_mg",
    }
    assert not any(row.better for row in form_rows((), {}))


@pytest.mark.django_db
class TestProducts:
    def test_neuro_mag_by_the_label(self):
        cast.neuro_mag()
        cast.plain_oxide()
        lines = compare("neuro-mag", "plain-oxide")
        expected = {
            "elemental_mg": ["144 mg", "500 mg"],
            "forms": ["L-threonate", "Oxide"],
            "compound_mg": ["2,000 mg", "835 mg"],
            "share_percent": ["7.2\u00a0%", "59.9\u00a0%"],
            "label_check": ["Adds up", "Tight"],
            "pills": ["3", "1"],
            "pills_per_100_mg": ["2.08", "0.2"],
            "days_a_pack": ["30 days", "200 days"],
            "price_per_100_mg": ["$0.73", "$0.020"],
            "price_of_dose": ["$1.05", "$0.10"],
            "price_a_month": ["$31.50", "$3.00"],
            "price_of_pack": ["$31.50", "$20.00"],
            "rating": ["4.4 of 5", "Not looked up yet"],
            "gluten_free": ["Yes", "Not looked up yet"],
            "dosage_form": ["Capsule", "Tablet"],
        }
        assert {key: texts(lines[key]) for key in expected} == expected
        assert lines["label_check"].cells[0].note == "144 of at most 165 mg"
        assert lines["elemental_mg"].cells[0].note == "3 capsules"
        assert lines["elemental_mg"].cells[1].note == "1 tablet"
        assert str(lines["elemental_mg"].cells[1].delta) == "+356\u00a0mg"
        assert lines["share_percent"].cells[0].note == "the pure compound holds 8.25\u00a0%"

    def test_cheapest_and_fewest_are_marked_and_never_the_strongest(self):
        cast.neuro_mag()
        cast.plain_oxide()
        lines = compare("neuro-mag", "plain-oxide")
        marked = {key for key, line in lines.items() if any(cell.mark for cell in line.cells)}
        assert marked == {"price_per_100_mg", "pills_per_100_mg"}
        assert lines["price_per_100_mg"].verdict.best == {1}

    def test_a_stale_price_takes_the_mark_from_all(self):
        cast.neuro_mag()
        cast.stale_price()
        line = compare("neuro-mag", "stale-price")["price_per_100_mg"]
        assert line.verdict.why is NoBest.STALE
        assert line.verdict.because_of == (1,)
        assert line.cells[1].seen.stale
        assert not line.cells[0].seen.stale

    def test_a_price_in_another_currency_is_not_ranked(self):
        cast.plain_oxide()
        euro = ProductFactory(slug="euro")
        OfferFactory(product=euro, currency="EUR", price="1.00")
        line = compare("plain-oxide", "euro")["price_per_100_mg"]
        assert line.verdict.why is NoBest.UNLIKE_UNITS
        assert line.cells[1].delta is None

    def test_an_unknown_day_is_never_a_serving(self):
        cast.neuro_mag()
        ProductFactory(slug="no-day", daily_servings_low=None, daily_servings_high=None)
        lines = compare("neuro-mag", "no-day", dose="day")
        cell = lines["elemental_mg"].cells[1]
        assert (cell.empty, cell.note) == (
            EmptyKind.NOT_LOOKED_UP,
            "200\u00a0mg in one serving",
        )
        assert not lines["elemental_mg"].differs
        for key in ("pills", "days_a_pack", "price_a_month", "need_woman_percent"):
            assert not lines[key].cells[1].known

    def test_a_range_of_days(self):
        ProductFactory(slug="range", daily_servings_low=1, daily_servings_high=2)
        lines = compare("range", dose="day")
        assert texts(lines["elemental_mg"]) == ["200–400 mg"]
        assert lines["elemental_mg"].cells[0].note == "2–4 capsules"
        assert texts(lines["days_a_pack"]) == ["30–60 days"]

    def test_a_fixed_dose(self):
        cast.neuro_mag()
        lines = compare("neuro-mag", dose="100")
        assert texts(lines["elemental_mg"]) == ["100 mg"]
        assert texts(lines["pills"]) == ["2.08"]
        assert texts(lines["price_of_dose"]) == texts(lines["price_per_100_mg"]) == ["$0.73"]

    def test_powders_have_no_pills(self):
        cast.neuro_mag()
        ProductFactory(
            slug="powder", dosage_form="powder", serving_measure="1 scoop", serving_units=1
        )
        lines = compare("neuro-mag", "powder")
        for key in ("pills", "pills_per_100_mg"):
            assert lines[key].cells[1].empty is EmptyKind.DOES_NOT_APPLY
        assert lines["pills_per_100_mg"].verdict.why is NoBest.UNKNOWN
        assert lines["elemental_mg"].cells[1].note == "1 scoop"

    def test_a_withheld_blend(self):
        cast.blend()
        lines = compare("blend")
        assert texts(lines["elemental_mg"]) == ["200 mg"]
        assert texts(lines["forms"]) == ["Citrate, Bisglycinate"]
        assert lines["compound_mg"].cells[0].empty is EmptyKind.WITHHELD
        check = lines["label_check"].cells[0]
        assert (check.text, check.known, check.note) == (
            "Cannot be checked",
            False,
            "compound amount not known",
        )
        grade = lines["bioavailability"].cells[0]
        assert grade.text == "Differs by form"
        assert grade.note == "Citrate: high; Bisglycinate: moderate"

    def test_nothing_known_says_so_everywhere(self):
        cast.bare_label()
        lines = compare("bare-label")
        known = {key for key, line in lines.items() if line.cells[0].known}
        assert known == {"brand", "last_seen"}

    def test_a_note_says_which_kind_of_empty(self):
        product = cast.bare_label()
        FactNoteFactory(product=product, fact="vegan", empty="not_on_label")
        assert compare("bare-label")["vegan"].cells[0].text == "Not on label"

    def test_every_known_figure_of_a_label_has_a_source(self):
        cast.neuro_mag()
        lines = compare("neuro-mag")
        of_the_form = {
            "confidence",
            "solubility",
            "bioavailability",
            "laxative",
            "laxative_threshold",
        }
        bare = {k for k, line in lines.items() if line.cells[0].known and not line.cells[0].sources}
        none_of_its_own = {"cautions", "interactions"}
        assert bare <= of_the_form | none_of_its_own


@pytest.mark.django_db
class TestLimits:
    @pytest.fixture(autouse=True)
    def limits(self):
        UpperLevelFactory()
        UpperLevelFactory(
            authority="efsa", issued_by="scf_eu", amount_mg=250, source=SourceFactory(key="efsa-ul")
        )
        UpperLevelFactory(authority="uk", issued_by="evm_uk", amount_mg=400)

    @pytest.mark.parametrize(
        ("elemental", "dose", "us", "eu"),
        [
            (200, "serving", "within", "within"),
            (250, "serving", "within", "within"),
            (251, "serving", "within", "above"),
            (351, "serving", "above", "above"),
            (200, "day", "can_be_above", "can_be_above"),
            (100, "500", "above", "above"),
        ],
    )
    def test_standing(self, elemental, dose, us, eu):
        ProductFactory(
            slug="p", label_elemental_mg=elemental, daily_servings_low=1, daily_servings_high=2
        )
        lines = compare("p", dose=dose)
        assert lines["limit_us_percent"].cells[0].beside == us
        assert lines["limit_efsa_percent"].cells[0].beside == eu

    def test_labels_and_other_authorities(self):
        cast.neuro_mag()
        lines = compare("neuro-mag", authority="uk")
        assert lines["limit_us_percent"].row.label == "US limit, 350 mg"
        assert lines["limit_efsa_percent"].row.label == "EU limit, 250 mg"
        assert lines["limit_uk_percent"].row.label == "UK limit, 400 mg"
        assert texts(lines["limit_us_percent"]) == ["41\u00a0%"]
        assert [source.key for source in lines["limit_efsa_percent"].row.sources] == ["efsa-ul"]

    def test_an_unknown_day_is_shown_for_a_serving_and_says_so(self):
        ProductFactory(slug="p", daily_servings_low=None, daily_servings_high=None)
        for dose in ("serving", "day"):
            cell = compare("p", dose=dose)["limit_us_percent"].cells[0]
            assert (cell.text, cell.note) == (
                "57\u00a0%",
                "for one serving; servings a day not known",
            )

    def test_a_serving_within_does_not_hide_a_day_above(self):
        ProductFactory(slug="p", daily_servings_low=1, daily_servings_high=2)
        cell = compare("p")["limit_us_percent"].cells[0]
        assert cell.beside == "within"
        assert cell.note == "can be above in the label’s day: 57–114\u00a0%"
        assert cell.remarks[0].warns

    def test_an_authority_without_a_figure(self):
        cast.neuro_mag()
        lines = compare("neuro-mag", authority="who")
        assert lines["limit_who_percent"].cells[0].empty is EmptyKind.NOT_LOOKED_UP
        assert lines["need_man_percent"].cells[0].empty is EmptyKind.NOT_LOOKED_UP

    def test_daily_need(self):
        for sex, mg in (("female", 320), ("male", 420)):
            ReferenceIntakeFactory(sex=sex, age_from_years=31, age_to_years=51, amount_mg=mg)
        ReferenceIntakeFactory(
            issued_by="fda",
            kind="DV",
            sex="all",
            age_from_years=4,
            age_to_years=None,
            amount_mg=400,
        )
        cast.neuro_mag()
        lines = compare("neuro-mag")
        assert texts(lines["need_woman_percent"]) == ["45\u00a0%"]
        assert texts(lines["need_man_percent"]) == ["34\u00a0%"]
        assert lines["need_woman_percent"].row.hint == "US RDA 320 mg, from age 31"


@pytest.mark.django_db
class TestEvidence:
    @pytest.fixture(autouse=True)
    def products(self):
        cast.neuro_mag()
        cast.plain_oxide()
        self.form = cast.form("l-threonate")
        self.sleep = UseFactory(slug="sleep")

    def evidence(self, **more):
        return EvidenceFactory(**{"use": self.sleep, "form": self.form, **more})

    def cells(self):
        return compare("neuro-mag", "plain-oxide")["use_sleep"].cells

    def test_not_tested_is_a_statement_of_its_own(self):
        self.evidence(direction="benefit", certainty="low")
        tested, untested = self.cells()
        assert (tested.text, tested.beside, tested.note) == ("Benefit", "low", "1 study")
        assert (untested.text, untested.known, untested.beside) == ("Not tested", True, None)

    def test_a_rating_of_an_outside_body_stands_apart_and_for_no_other_form(self):
        self.evidence()
        rated = {"use": self.sleep, "rater": "A body", "rated_on": date(2020, 2, 3)}
        PublishedRatingFactory(**rated, form=self.form, as_told="Level B", is_retired=True)
        lines = compare("neuro-mag", "plain-oxide")
        first, second = lines["rating_sleep"].cells
        assert (first.text, first.note) == (
            "Level B",
            "A body, of 3 February 2020, withdrawn since",
        )
        assert second.text == "Not rated in this form"
        PublishedRatingFactory(use=self.sleep, rater="Another", rated_on=None, as_told="Likely")
        first, second = compare("neuro-mag", "plain-oxide")["rating_sleep"].cells
        assert (first.text, second.text) == ("Level B, Likely", "Likely")
        assert second.note == "Another, day not known"

    def test_a_rating_of_no_form_says_so_before_it_is_read_as_one_of_the_column(self):
        self.evidence()
        PublishedRatingFactory(use=self.sleep, rater="A body", as_told="Likely", form=None)
        row = compare("neuro-mag", "plain-oxide")["rating_sleep"].row
        assert row.hint == "of magnesium, no form named"

    def test_a_benefit_in_one_study_and_none_in_the_next_is_mixed_as_in_the_matrix_of_uses(self):
        self.evidence(direction="benefit", certainty="very_low")
        self.evidence(direction="no_difference", certainty="moderate")
        assert (self.cells()[0].text, self.cells()[0].beside) == ("Mixed", "moderate")

    def test_equally_sure_studies_that_disagree_are_mixed(self):
        self.evidence(direction="benefit", certainty="low", source=StudyFactory(key="a-2001-b"))
        self.evidence(
            direction="no_difference", certainty="low", source=StudyFactory(key="c-2002-d")
        )
        assert (self.cells()[0].text, self.cells()[0].note) == ("Mixed", "2 studies")

    @pytest.mark.parametrize(
        "what",
        [
            {"species": "rat"},
            {"is_combination": True},
            {"route": "injection"},
            {"route": "food"},
            {"form": None},
        ],
    )
    def test_what_cannot_speak_for_the_form_makes_no_row(self, what):
        self.evidence(**what)
        assert "use_sleep" not in compare("neuro-mag", "plain-oxide")

    @pytest.mark.parametrize("what", [{"hospital_only": True}, {"status": "draft"}])
    def test_hospital_care_and_drafts_make_no_row(self, what):
        self.evidence(use=UseFactory(slug="drip", **what))
        assert "use_drip" not in compare("neuro-mag", "plain-oxide")

    def test_a_product_of_several_forms_names_the_one_tested(self):
        cast.blend()
        self.evidence(form=cast.form("citrate"))
        cell = compare("blend")["use_sleep"].cells[0]
        assert cell.note == "1 study of Citrate"

    def test_a_product_without_form_cannot_be_said_to_be_untested(self):
        self.evidence()
        cast.bare_label()
        assert compare("neuro-mag", "bare-label")["use_sleep"].cells[1].empty is not None


@pytest.mark.django_db
class TestForms:
    def test_chemistry(self):
        for slug in ("l-threonate", "citrate", "gluconate", "oxide"):
            cast.form(slug)
        lines = compare_forms("l-threonate", "citrate", "gluconate", "oxide")
        percents = ["8.25\u00a0%", "16.16\u00a0%", "5.86\u00a0%", "60.3\u00a0%"]
        assert texts(lines["elemental_percent"]) == percents
        assert texts(lines["salt_for_100_mg"]) == ["1,212 mg", "619 mg", "1,706 mg", "166 mg"]
        assert texts(lines["molar_mass"])[0] == "294.5 g/mol"
        assert lines["laxative"].verdict.why is NoBest.NO_DIRECTION

    def test_prices_are_of_products_of_this_form_alone(self):
        cast.blend()
        cast.stale_price()
        lines = compare_forms("citrate", "bisglycinate")
        assert texts(lines["price_per_100_mg"]) == ["$0.010", "Not looked up yet"]
        assert lines["price_per_100_mg"].cells[0].seen.stale
        assert texts(lines["products"]) == ["2 products", "1 product"]

    def test_one_undated_price_makes_the_range_undated(self):
        form = cast.form("citrate")
        for seen_on in (TODAY, None):
            product = ProductFactory()
            ProductIngredientFactory(product=product, form=form)
            OfferFactory(product=product, seen_on=seen_on)
        assert compare_forms("citrate")["price_per_100_mg"].cells[0].seen.on is None

    def test_the_oldest_day_speaks_for_a_range(self):
        form = cast.form("citrate")
        for days in (0, 200):
            product = ProductFactory()
            ProductIngredientFactory(product=product, form=form)
            OfferFactory(product=product, seen_on=TODAY - timedelta(days))
        assert compare_forms("citrate")["price_per_100_mg"].cells[0].seen.stale

    def test_comparisons_count_for_both_forms(self):
        citrate, oxide = cast.form("citrate"), cast.form("oxide")
        FindingFactory(form=citrate, comparator=oxide, against="form")
        lines = compare_forms("citrate", "oxide")
        assert texts(lines["comparisons"]) == ["1 in people", "1 in people"]
        assert all(cell.sources for cell in lines["comparisons"].cells)

    def test_a_natural_mixture_has_no_formula(self):
        MagnesiumFormFactory(slug="marine", category="natural_source", formula="")
        MagnesiumFormFactory(slug="unread", formula="")
        cells = compare_forms("marine", "unread")["elemental_percent"].cells
        assert [cell.empty for cell in cells] == [
            EmptyKind.DOES_NOT_APPLY,
            EmptyKind.NOT_LOOKED_UP,
        ]

    def test_every_figure_has_a_source_a_register_or_the_rule_it_follows_from(self):
        form = MagnesiumFormFactory(
            slug="citrate",
            hydrate_formula="C12H28Mg3O23",
            label_fraction_low_percent=14,
            label_fraction_high_percent=16,
            solubility="moderate",
            cas_number="3344-18-1",
            pubchem_cid=6099959,
            unii="RHO26O1T9V",
            patented_names="Simag",
            bioavailability_rationale="Better than oxide (a-2001-b).",
            laxative_rationale="From 400 mg (a-2001-b).",
        )
        with recording(by=None, reason="made for a test"):
            form.sources.add(SourceFactory(key="a-2001-b"))
        product = ProductFactory()
        ProductIngredientFactory(product=product, form=form)
        OfferFactory(product=product, source=SourceFactory(key="shop"))
        lines = compare_forms("citrate")
        known = {key: line for key, line in lines.items() if line.cells[0].known}
        assert {"on_labels_percent", "unii"} <= set(known)
        assert not [
            key
            for key, line in known.items()
            if not (line.cells[0].sources or line.row.more or line.row.kind == "links")
            and key != "comparisons"  # none here
        ]
        assert [one.key for one in lines["price_per_100_mg"].cells[0].sources] == ["shop"]
        assert str(lines["unii"].cells[0].value[0].url).endswith("/RHO26O1T9V")

    def test_a_range_of_prices_names_the_cheapest_and_the_dearest(self):
        form = cast.form("citrate")
        for key, price in (("cheap", "5.00"), ("middle", "9.00"), ("dear", "30.00")):
            product = ProductFactory()
            ProductIngredientFactory(product=product, form=form)
            OfferFactory(product=product, price=price, source=SourceFactory(key=key))
        sources = compare_forms("citrate")["price_per_100_mg"].cells[0].sources
        assert [source.key for source in sources] == ["cheap", "dear"]

    def test_a_place_for_other_compounds_has_no_grade(self):
        cast.form("oxide")
        MagnesiumFormFactory(slug="other", is_catch_all=True, formula="")
        lines = compare_forms("other", "oxide")
        for key in ("bioavailability", "confidence"):
            assert lines[key].cells[0].empty == EmptyKind.DOES_NOT_APPLY
            assert not lines[key].differs
