"""What a search finds, in which order, and what it is read as: the same in every database and in memory."""

import pytest
from django.db import transaction

from compare import search
from compare.facets import answer
from compare.filters import ProductFilter
from compare.links import Query
from products import changes
from products.changes import recording
from products.models import MagnesiumForm, Product, SearchWord
from tests import cast
from tests.factories import BrandFactory, ProductFactory, ProductIngredientFactory, UseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("way")]


@pytest.fixture
def shelf(db):
    """Products that are near to each other in what they are called."""
    for brand, slug, name, form, gtin in (
        ("Life Extension", "neuro-mag", "Neuro-Mag® L-threonate", "l-threonate", "0737870160397"),
        ("Thréonine Labs", "threonine", "Calm", "citrate", ""),
        ("Nature Made", "citrate", "Magnesium Citrate 250 mg", "citrate", ""),
        ("Nature Made", "glycinate", "Magnesium Glycinate", "bisglycinate", ""),
        ("Citra Foods", "citra", "Powder", "oxide", ""),
        ("Nature Made", "oxide", "High Potency", "oxide", ""),
        ("Магний", "russian", "Цитрат", "citrate", ""),
    ):
        product = ProductFactory(
            slug=slug,
            name=name,
            gtin=gtin,
            brand=BrandFactory(slug=brand.lower().replace(" ", "-")[:3] + slug, name=brand)
            if slug not in ("glycinate", "oxide")
            else BrandFactory(slug="natcitrate"),
        )
        ProductIngredientFactory(product=product, form=cast.form(form))
    hidden = ProductFactory(slug="hidden", name="Secret citrate", status="draft")
    ProductIngredientFactory(product=hidden, form=cast.form("citrate"))
    UseFactory(slug="constipation", name="Constipation")


def ask(text, *pairs):
    return ProductFilter(Query((("q", text), *pairs)), Product.objects.published())


def found(text, *pairs):
    """Slugs in the order of the answer."""
    keys = answer(ask(text, *pairs)).ids(0, 20)
    by_key = Product.objects.in_bulk(keys)
    return [by_key[key].slug for key in keys]


CASES = {
    "a brand": ("life extension", ["neuro-mag"]),
    "the beginning of a word": ("neu", ["neuro-mag"]),
    "a name with a mark and a hyphen": ("NEURO-MAG®", ["neuro-mag"]),
    "a sign of a query language": ('l-threonate AND "(*', []),
    "hyphens": ("l-threonate", ["neuro-mag"]),
    "another name of the form": ("glycinate", ["glycinate"]),
    "a patented name of the form": ("magtein", ["neuro-mag"]),
    "without the accent": ("threonine", ["threonine"]),
    "with an accent that is not there": ("mágtëin", ["neuro-mag"]),
    "another script": ("цитрат магний", ["russian"]),
    "words of several fields": ("nature oxide", ["oxide"]),
    "every word must be there": ("nature threonate", []),
    "name before form, whole before beginning": ("citrate", ["citrate", "threonine", "russian"]),
    "beginning in a name before a whole word in a form": (
        "citra",
        ["citra", "citrate", "threonine", "russian"],
    ),
    "two neighbours the other way round": ("theronate", ["neuro-mag"]),
    "a letter too few": ("citrte", ["citrate", "threonine", "russian"]),
    "a letter too much in the first half": ("maagtein", ["neuro-mag"]),
    "two wrong letters in a long word": ("glicinote", ["glycinate"]),
    "a mistyped beginning": ("nuero", ["neuro-mag"]),
    "too far from anything": ("xyzzy", []),
    "three letters are not corrected": ("cla", []),
    "a barcode": ("0737870160397", ["neuro-mag"]),
    "a barcode as it is printed": ("7 37870-16039 7", ["neuro-mag"]),
    "a barcode of nothing": ("0737870160398", []),
    "a draft": ("secret", []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_search_finds(shelf, case):
    text, slugs = CASES[case]
    assert found(text) == slugs


def test_a_correction_is_said(shelf):
    question = ask("magensium theronate")
    answer(question)
    assert question.understood.words == ("magnesium", "threonate")
    assert [str(remark) for remark in question.remarks] == [
        "Nothing has a word that begins “magensium”: this is what was found for “magnesium”.",
        "Nothing has a word that begins “theronate”: this is what was found for “threonate”.",
    ]


def test_a_word_that_nothing_has_is_said(shelf):
    (remark,) = ask("citrate xyzzy").remarks
    assert str(remark) == "Nothing has a word that begins “xyzzy”, or one near it."


def test_the_name_of_a_use_is_not_corrected_though_no_product_has_it(shelf):
    ProductFactory(slug="near", name="Constipatian")
    assert ask("constipation").understood.words == ("constipation",)
    assert str(ask("constipaton").understood) in ("constipation", "constipatian")


def test_the_best_match_comes_first_unless_another_order_is_asked_for(shelf):
    assert found("citrate", ("sort", "brand")) == ["citrate", "threonine", "russian"]
    assert found("citrate", ("sort", "name")) == ["threonine", "citrate", "russian"]
    assert ask("citrate").sort == "relevance"
    assert ask("", ("sort", "relevance")).sort == "brand"


def test_pages_of_an_answer_follow_on_each_other(shelf):
    found = answer(ask("citra"))
    assert found.ids(0, 2) + found.ids(2, 4) == found.ids(0, 10)


class TestTheDoorKeepsItTrue:
    def test_a_new_name(self, shelf):
        with recording(by=None, reason="test"):
            product = Product.objects.get(slug="citrate")
            product.name = "Slumber"
            product.save()
        assert found("slumber") == ["citrate"]
        assert found("250") == []
        assert not SearchWord.objects.filter(word="250").exists()

    def test_a_new_name_of_a_form(self, shelf):
        with recording(by=None, reason="test"):
            form = MagnesiumForm.objects.get(slug="oxide")
            form.synonyms = "magnesia usta"
            form.save()
        assert found("usta") == ["oxide", "citra"]

    def test_what_is_withdrawn_or_deleted_is_found_no_more(self, shelf):
        with recording(by=None, reason="test"):
            Product.objects.filter(slug="neuro-mag").update(status="retired")
            Product.objects.filter(slug="oxide").first().ingredients.all().delete()
            Product.objects.filter(slug="oxide").delete()
        assert found("neuro") == found("potency") == []
        assert not SearchWord.objects.filter(word__in=["neuro", "potency"]).exists()

    def test_a_change_that_is_taken_back(self, shelf):
        with transaction.atomic():
            with recording(by=None, reason="test"):
                Product.objects.filter(slug="citrate").update(name="Slumber")
            transaction.set_rollback(True)
        assert found("slumber") == []
        assert found("250") == ["citrate"]

    def test_words_are_counted_once_a_product(self, shelf):
        counted = dict(SearchWord.objects.values_list("word", "products"))
        texts = [set(row.search_text.split()) for row in Product.objects.published()]
        words = set().union(*texts)
        assert counted == {word: sum(word in text for text in texts) for word in words}

    def test_a_rebuild_finds_nothing_to_mend(self, shelf):
        assert changes.rebuild() == 0


def test_every_word_leads_to_its_products(shelf):
    """Nothing that folding makes of a text is lost on the way to the words of a database."""
    for product in Product.objects.published():
        for word in product.search_text.split():
            assert product.slug in found(word), word


def test_nothing_typed_breaks_it(shelf):
    for text in (
        '"',
        "'",
        "*",
        "a OR",
        "NEAR(a b)",
        "{named} : a",
        "a:b",
        "\\",
        "%_",
        "ﬀ²½",
        "a" * 300,
    ):
        found(text)
        assert search.matching_products(text) is not None
