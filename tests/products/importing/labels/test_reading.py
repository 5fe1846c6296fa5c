"""Records of each kind, as they come."""

from decimal import Decimal
from typing import Any

import pytest

from products.importing.labels import files, reading
from products.importing.labels.record import Doubt, NotALabel
from tests.products.importing.labels.made import DATA, label, line


def read(name: str, number: int = 0) -> Any:
    return reading.read(list(files.at(DATA / name))[number].raw)


def test_a_real_record_of_the_api() -> None:
    multi = read("dsld_v9.jsonl", 1)
    assert (multi.external_id, multi.brand, multi.name) == (
        "49495",
        "Nature's Bounty",
        "Your Life Multi Men's 50+",
    )
    assert multi.gtin == "0074312276699"
    assert (multi.dosage_form, multi.serving_units, multi.container_units) == ("tablet", 1, 90)
    assert multi.servings_per_container is None
    assert (multi.daily_servings_low, multi.daily_servings_high) == (1, 1)
    assert (multi.dated, multi.version) == ("2015-08-25", "27669 07E B51682")
    assert multi.url == "https://dsld.od.nih.gov/label/49495"
    [row] = multi.rows
    assert (row.wording, row.amount.value, row.percent_dv) == (
        "Magnesium (as Magnesium Oxide)",
        50,
        13,
    )
    assert "Vitamin A" in multi.others
    assert "Magnesium" not in multi.others


def test_a_real_record_with_stearate_alone_has_no_magnesium() -> None:
    assert read("dsld_v9.jsonl").rows == ()


def test_a_tidied_record() -> None:
    comfort = read("dsld_cleaned.jsonl")
    assert [row.wording for row in comfort.rows] == [
        "Magnesium (from Magnesium Hydroxide)",
        "Magnesium Hydroxide",
    ]
    assert [row.in_blend for row in comfort.rows] == [False, True]
    assert (comfort.serving_units, comfort.serving_measure) == (1, "1 lozenge")
    assert comfort.dosage_form == ""


def test_a_form_among_the_other_ingredients_is_told_and_not_taken() -> None:
    relax = read("dsld_cleaned.jsonl", 1)
    assert [row.wording for row in relax.rows] == ["Magnesium"]
    assert [(one.doubt, one.text) for one in relax.doubts] == [
        (Doubt.FORM_AMONG_OTHER_INGREDIENTS, "Magnesium Glycinate")
    ]


def test_a_row_of_the_download_without_its_panel() -> None:
    last = read("ProductOverview_1.csv", -1)
    assert (last.name, last.serving_units, last.container_units) == (
        "Calcium Citrate + Magnesium",
        2,
        90,
    )
    assert [one.doubt for one in last.doubts] == [Doubt.NO_PANEL]
    assert last.is_partial


FACTS = """\
URL,DSLD ID,Product Name,Serving Size,Ingredient,DSLD Ingredient Categories,Amount Per Serving,Amount Per Serving Unit,% Daily Value per Serving,Daily Value Target Group
u,71384,x,2 Tablet(s),Calcium (as Calcium Citrate),mineral,300,mg,23%,Adults and children 4 or more years of age
u,71384,x,2 Tablet(s),Magnesium (as Magnesium Oxide),mineral,150,mg,36%,Adults and children 4 or more years of age
u,71384,x,2 Tablet(s),Magnesium (as Magnesium Oxide),mineral,150,mg,38%,Pregnant women
"""


def test_the_tables_of_the_download_meet_in_the_number(tmp_path) -> None:
    (tmp_path / "ProductOverview_1.csv").write_bytes((DATA / "ProductOverview_1.csv").read_bytes())
    (tmp_path / "DietarySupplementFacts_1.csv").write_text(FACTS)
    (tmp_path / "OtherIngredients_1.csv").write_text(
        "DSLD ID,Other Ingredients\n71384,Cellulose; Silica\n"
    )
    records = {found.raw["id"]: reading.read(found.raw) for found in files.at(tmp_path)}
    with_panel = records["71384"]
    [row] = with_panel.rows
    assert (row.amount.value, row.percent_dv) == (150, 36)
    assert with_panel.others == ("Calcium (as Calcium Citrate)",)
    assert with_panel.other_ingredients == "Cellulose; Silica"
    assert records["542"].rows == ()


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"servingsPerContainer": "about 76"}, "servings_per_container", 76),
        ({"servingsPerContainer": 0}, "servings_per_container", None),
        ({"upcSku": "0 74312 27669 9"}, "gtin", "0074312276699"),
        ({"upcSku": "X00103J2I3"}, "gtin", ""),
        ({"fullName": "Mag&nbsp;<b>Citrate</b>® {x}"}, "name", "Mag Citrate x"),
        ({"offMarket": 1}, "off_market", True),
        (
            {"netContents": [{"display": "6 oz."}, {"display": "170 Gram(s)"}]},
            "container_measure",
            "6 oz; 170 g",
        ),
        ({"fullName": "a\x00b\ud800c"}, "name", "a b c"),
    ],
)
def test_what_people_typed(changes: dict, field: str, value: Any) -> None:
    assert getattr(reading.read(label(**changes)), field) == value


def test_a_barcode_whose_check_digit_does_not_fit_is_told() -> None:
    record = reading.read(label(upcSku="0 74312 27669 1"))
    assert record.gtin == ""
    assert [one.doubt for one in record.doubts] == [Doubt.BARCODE_DOES_NOT_FIT]


def test_of_one_to_two_tablets_the_panel_says_which_it_means() -> None:
    raw = label()
    raw["servingSizes"][0] |= {"minQuantity": 1, "maxQuantity": 2}
    assert reading.read(raw).serving_units is None
    raw["ingredientRows"][0]["quantity"][0]["servingSizeQuantity"] = 2
    assert reading.read(raw).serving_units == 2


@pytest.mark.parametrize(
    "raw",
    [
        {"id": "x", "brandName": "B", "fullName": "N", "ingredientRows": []},
        {"id": 1, "brandName": "", "fullName": "N", "ingredientRows": []},
        {"id": 1, "brandName": "B", "fullName": [], "ingredientRows": []},
        {"code": "", "product_name": "N", "brands": "B"},
        {},
    ],
)
def test_what_lacks_a_number_or_a_name_is_no_label(raw: dict) -> None:
    with pytest.raises(NotALabel):
        reading.read(raw)


@pytest.mark.parametrize("value", [None, 1, "x", [], [None], {}, [[]], {"ingredients": [1]}, True])
@pytest.mark.parametrize("name", [*label(), "nothing"])
def test_a_field_of_any_other_kind_breaks_nothing(name: str, value: Any) -> None:
    try:
        reading.read({**label(), name: value})
    except NotALabel:
        assert name in ("id", "brandName", "fullName")


def test_nesting_of_any_depth_is_read() -> None:
    row = line("Magnesium", 100, "mg")
    for _ in range(5_000):
        row = line("Blend", 0, "NP", row)
    assert len(reading.read(label(1, row)).rows) == 1


# Open Food Facts: made after its documented fields.


def food(**nutriments: Any) -> dict[str, Any]:
    return {
        "code": "4005500317845",
        "product_name": "Magnesium 400",
        "brands": "Doppelherz, Queisser",
        "serving_size": "2 capsules (1.5 g)",
        "serving_quantity": 1.5,
        "quantity": "60 capsules",
        "ingredients_text": "Magnesium oxide, gelatin, magnesium stearate",
        "last_modified_t": 1717113600,
        "nutriments": nutriments,
    }


def test_a_food_is_read_the_same_way() -> None:
    record = reading.read(food(magnesium_serving=0.4, magnesium_value=400, magnesium_unit="mg"))
    assert (record.external_id, record.brand, record.name) == (
        "4005500317845",
        "Doppelherz",
        "Magnesium 400",
    )
    assert (record.dosage_form, record.serving_units, record.container_units) == ("capsule", 2, 60)
    assert record.dated == "2024-05-31"
    assert record.url == "https://world.openfoodfacts.org/product/4005500317845"
    assert record.rows[0].amount.value == 400
    assert [row.wording for row in record.rows] == ["Magnesium", "Magnesium oxide"]


def test_its_figure_for_100_g_is_reckoned_to_a_serving() -> None:
    record = reading.read(food(magnesium_100g=20))
    assert record.rows[0].amount.value == Decimal(300)


def test_two_figures_of_a_food_that_contradict_each_other_are_left_open() -> None:
    record = reading.read(food(magnesium_100g=20, magnesium_serving=0.2))
    assert record.rows[0].amount.value is None
    assert [one.doubt for one in record.doubts] == [Doubt.PER_100_G_AGAINST_SERVING]
