"""An editor enters a label with the bottle in hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from products.attention import failed_errors
from products.models import Offer, OpenRemark, Product
from tests import cast, factories
from tests.products.admin.desk import add_line, address, opened, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return factories.SourceFactory(key="label-neuro-mag")


@pytest.fixture
def label(ada, source):
    """Neuro-Mag as it is typed in: nothing but what stands on the bottle."""
    fields = opened(ada, address(Product, "add"))
    fields |= {
        "brand": str(factories.BrandFactory(slug="life-extension", name="Life Extension").pk),
        "name": "Neuro-Mag",
        "slug": "neuro-mag",
        "source": str(source.pk),
        "dosage_form": "capsule",
        "serving_units": "3",
        "servings_per_container": "30",
        "container_units": "90",
        "daily_servings_low": "1",
        "label_elemental_mg": "144",
        "label_compound_mg": "2000",
        "gtin": "7 37870-16039 7",
        "ingredients-0-form": str(cast.form("l-threonate").pk),
        "ingredients-0-compound_mg": "2000",
    }
    return add_line(
        fields,
        "offers",
        seller="Vitacost",
        price="31.50",
        currency="USD",
        seen_on=date.today(),  # noqa: DTZ011 - a day, as an editor enters it
        source=source,
    )


def enter(client, fields):
    """Press *Publish*."""
    return client.post(address(Product, "add"), fields | {"_move": "publish"})


def test_neuro_mag_is_entered_and_what_follows_is_derived(ada, label) -> None:
    answer = enter(ada, label)
    assert answer.status_code == 302
    product = Product.objects.get()
    assert product.elemental_mg_per_serving == 144
    assert product.elemental_mg_per_day_low == product.elemental_mg_per_day_high == 144
    assert product.label_check == "adds_up"
    assert product.label_capacity_mg == Decimal("165.062")
    assert product.price_per_100_mg == Decimal("0.7292")
    assert product.current_offer.seller == "Vitacost"
    assert product.gtin == "0737870160397"


def test_the_page_shows_what_follows_with_its_working(ada) -> None:
    page = ada.get(address(cast.neuro_mag(), "change")).text
    assert "2,000 mg L-threonate × 8.253 % can hold 165.06 mg" in page
    assert "the label claims 144 mg, 87.2 % of that" in page
    assert "0.7292 USD" in page


def test_the_forms_are_entered_within_the_supplement_facts(ada) -> None:
    page = ada.get(address(Product, "add")).text
    places = ["label_compound_mg", 'id="ingredients-group"', "container_units", 'id="offers-group"']
    assert [page.count(place) > 0 for place in places] == [True] * 4
    assert sorted(places, key=page.index) == places
    assert page.count('id="ingredients-group"') == 1


def test_figures_are_shown_as_they_were_typed(ada) -> None:
    fields = opened(ada, address(cast.neuro_mag(), "change"))
    assert fields["label_elemental_mg"] == "144"
    assert fields["label_compound_mg"] == "2000"
    assert fields["serving_units"] == "3"
    assert fields["offers-0-price"] == "31.50"


def test_saving_without_a_change_changes_no_fact(ada) -> None:
    product = cast.neuro_mag()
    before = Product.objects.filter(pk=product.pk).values().get()
    path = address(product, "change")
    assert ada.post(path, opened(ada, path)).status_code == 302
    after = Product.objects.filter(pk=product.pk).values().get()
    assert after.pop("revision") > before.pop("revision")
    assert after == before


REFUSED = [
    ({"label_elemental_mg": "170"}, "label_elemental_mg", "can hold at most 165.06 mg"),
    ({"label_elemental_mg": "2000"}, "label_elemental_mg", "no compound is all magnesium"),
    ({"servings_per_container": "90"}, "servings_per_container", "the pack holds 90"),
    (
        {"label_elemental_mg": "2100", "warning_note": "It really says so."},
        "label_elemental_mg",
        "are the two swapped?",
    ),
    ({"label_elemental_mg": "0"}, "label_elemental_mg", "more than zero"),
    ({"label_elemental_mg": "144 g"}, "label_elemental_mg", "Enter a number"),
    ({"gtin": "737870160398"}, "gtin", "check digit"),
    ({"gtin": "7378701603971234567"}, "gtin", "at most 14"),
    ({"daily_servings_low": "3", "daily_servings_high": "2"}, "", "lower one first"),
    ({"source": ""}, "source", "required"),
    ({"brand": ""}, "brand", "required"),
    ({"brand": "999999"}, "brand", "valid choice"),
    ({"offers-0-source": ""}, "offers-0-source", "required"),
    ({"offers-0-seen_on": "2999-01-01"}, "offers-0-seen_on", "in the future"),
    ({"offers-0-price": "0"}, "offers-0-price", "more than zero"),
    ({"ingredients-0-form": ""}, "ingredients-0-form", "required"),
    ({"ingredients-0-elemental_mg": "2001"}, "ingredients-0-__all__", "are the two swapped?"),
    ({"ingredients-0-amounts": "withheld"}, "ingredients-0-__all__", "not withheld"),
]


@pytest.mark.parametrize(("typed", "field", "words"), REFUSED)
def test_a_wrong_label_is_refused_at_its_field(ada, label, typed, field, words) -> None:
    answer = enter(ada, label | typed)
    assert words in said(answer).get(field, ""), said(answer)
    assert not Product.objects.exists()
    assert not Offer.objects.exists()


@pytest.mark.parametrize(
    ("typed", "check"),
    [
        ({"label_elemental_mg": "170"}, "cannot_be_pure"),
        ({"label_elemental_mg": "2000"}, "cannot_be_pure"),
        ({"servings_per_container": "90"}, "adds_up"),
    ],
)
def test_a_note_lets_a_warning_through(ada, label, typed, check) -> None:
    words = said(enter(ada, label | typed))
    assert any("note to the warnings" in text for text in words.values())
    answer = enter(ada, label | typed | {"warning_note": "The label really says so."})
    assert answer.status_code == 302
    assert Product.objects.get().label_check == check
    assert OpenRemark.objects.filter(note="The label really says so.", noted_by__username="ada")
    assert not OpenRemark.objects.waiting().exists()


def test_a_noted_warning_asks_again_only_when_its_figures_change(ada, label) -> None:
    odd = {"label_elemental_mg": "170", "warning_note": "Seen on two bottles."}
    enter(ada, label | odd)
    path = address(Product.objects.get(), "change")
    page = ada.get(path).text
    assert "“Seen on two bottles.”, ada" in page
    again = opened(ada, path) | {"directions": "With water."}
    assert ada.post(path, again).status_code == 302
    assert OpenRemark.objects.get().note == "Seen on two bottles."
    changed = opened(ada, path) | {"label_elemental_mg": "175"}
    assert "The label claims 175 mg" in said(ada.post(path, changed))["label_elemental_mg"]


def test_a_draft_is_saved_with_what_fails_and_says_so(ada, label) -> None:
    wrong = label | {"label_elemental_mg": "2100"}
    answer = ada.post(address(Product, "add"), wrong, follow=True)
    assert "still ask" in answer.text
    page = ada.get(address(Product.objects.get(), "change")).text
    assert "are the two swapped?" in page
    product = Product.objects.get()
    assert [remark.check for remark in failed_errors(product)] == ["elemental_above_compound"]
    path = address(product, "change")
    published = opened(ada, path) | {"_move": "publish", "warning_note": "Really."}
    assert "swapped" in said(ada.post(path, published))["label_elemental_mg"]


def test_a_price_far_from_others_of_its_form_is_warned_of(ada, label) -> None:
    for number in range(5):
        cast.neuro_mag(slug=f"another-{number}", gtin="")
    words = said(enter(ada, label | {"offers-0-price": "3150"}))
    assert "100 mg come to 72.92 USD" in words[""]
    assert enter(ada, label).status_code == 302


def test_what_is_left_to_find_out_stands_on_the_page_and_in_the_list(ada, label) -> None:
    enter(ada, label)
    product = Product.objects.get()
    assert product.things_left_list == [
        "directions", "other_ingredients", "allergens", "checked",
    ]  # fmt: skip
    says = "4 things left: directions, other ingredients"
    assert (
        f"{says}, allergens, day of a check against the label"
        in ada.get(address(product, "change")).text
    )
    assert f"{says}, …" in ada.get(address(Product)).text
    assert ada.get(address(Product) + "?left=directions").context["cl"].result_count == 1
    assert ada.get(address(Product) + "?left=price").context["cl"].result_count == 0


def test_the_label_is_looked_at_with_the_lines_that_will_be_left(ada) -> None:
    """Without its oxide, 60 mg of L-threonate's magnesium would have to be 144."""
    product = cast.neuro_mag()
    factories.ProductIngredientFactory(
        product=product, form=cast.form("oxide"), compound_mg=Decimal(200), position=1
    )
    path = address(product, "change")
    fields = opened(ada, path) | {"ingredients-0-compound_mg": "720", "label_compound_mg": ""}
    with_oxide = said_or_none(ada.post(path, fields))
    assert with_oxide is None
    fields = opened(ada, path) | {"ingredients-1-DELETE": "on"}
    words = said(ada.post(path, fields))
    assert "can hold at most 59.42 mg" in words["label_elemental_mg"]
    assert product.ingredients.count() == 2


def said_or_none(answer):
    return None if answer.status_code == 302 else said(answer)


def test_one_form_twice_is_refused(ada, label) -> None:
    add_line(label, "ingredients", form=cast.form("l-threonate"), amounts="stated", position="0")
    words = said(enter(ada, label))
    assert "duplicate" in " ".join(words.values()).lower()
    assert not Product.objects.exists()


def test_two_undated_prices_of_one_seller_are_refused(ada, label, source) -> None:
    price = {"seller": "Vitacost", "price": "30", "currency": "USD", "source": source}
    add_line(label, "offers", **price)
    add_line(label, "offers", **price)
    words = said(enter(ada, label))
    assert "give the day" in words["offers-2-seen_on"]
    assert not Product.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"), [({"gtin": ""}, "slug"), ({"slug": "another"}, "gtin")]
)
def test_a_slug_or_barcode_that_is_taken_is_refused(ada, label, typed, field) -> None:
    cast.neuro_mag()
    words = said(enter(ada, label | typed))
    assert "already exists" in words.get(field, "") or "has this barcode" in words.get("", "")
    assert Product.objects.count() == 1


def test_a_price_of_today_is_no_price_of_the_future(ada, label) -> None:
    tomorrow_elsewhere = date.today() + timedelta(days=1)  # noqa: DTZ011
    answer = enter(ada, label | {"offers-0-seen_on": tomorrow_elsewhere.isoformat()})
    assert answer.status_code == 302


def test_a_draft_has_no_page_on_the_site_to_view(ada) -> None:
    product = cast.neuro_mag()
    assert "View on site" in ada.get(address(product, "change")).text
    path = address(product, "change")
    ada.post(path, opened(ada, path) | {"_move": "draft"})
    assert "View on site" not in ada.get(path).text
