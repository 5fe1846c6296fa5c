"""Magnesium told from its compounds, whichever way round a label lists them."""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from products.importing.labels.composition import Composition
from products.importing.labels.record import Doubt
from tests.products.importing.labels.made import DATA, composed, line

with (DATA / "compound_elemental_pairs.csv").open(encoding="utf-8") as file:
    LABELS: dict[str, list[dict[str, str]]] = defaultdict(list)
    for pair in csv.DictReader(file):
        LABELS[pair["dsld_id"]].append(pair)
MAGNESIUM_ON_TOP = {
    number: rows for number, rows in LABELS.items() if number not in ("255606", "315679")
}


def panel(rows: list[dict[str, str]], swapped: bool = False) -> list[dict]:
    """The lines of a real label, as it nests them, or the other way round."""
    top = (rows[0]["top_row_name"], float(rows[0]["top_row_quantity"]), rows[0]["top_row_unit"])
    below = [
        (r["nested_row_name"], float(r["nested_row_quantity"]), r["nested_row_unit"]) for r in rows
    ]
    if swapped:
        return [line(*one, line(*top)) for one in below]
    return [line(*top, *(line(*one) for one in below))]


def figures(made: Composition) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(part.form, part.compound_mg, part.elemental_mg) for part in made.parts]


def doubts(made: Composition) -> list[Doubt]:
    return [doubted.doubt for doubted in made.doubts]


@pytest.mark.parametrize("number", LABELS)
def test_of_real_labels_the_magnesium_is_found_on_top_and_below(number: str) -> None:
    made = composed(*panel(LABELS[number]))
    pair = LABELS[number][0]
    bare, named = ("top", "nested") if number in MAGNESIUM_ON_TOP else ("nested", "top")
    assert made.elemental_mg == Decimal(pair[f"{bare}_row_quantity"])
    assert not made.doubts
    if len(LABELS[number]) == 1:
        compound = made.compound_mg or made.parts[0].compound_mg
        assert compound == Decimal(pair[f"{named}_row_quantity"])


@pytest.mark.parametrize("number", [n for n, rows in LABELS.items() if len(rows) == 1])
def test_nesting_decides_nothing(number: str) -> None:
    as_printed = composed(*panel(LABELS[number]))
    turned = composed(*panel(LABELS[number], swapped=True))
    assert (turned.elemental_mg, figures(turned)) == (as_printed.elemental_mg, figures(as_printed))


def test_forms_that_come_to_the_total_state_the_magnesium_they_bring() -> None:
    made = composed(*panel(LABELS["328830"]))
    assert figures(made) == [("citrate", None, 45), ("malate", None, 45)]


def test_swapped_amounts_leave_both_open_and_quote_the_label() -> None:
    made = composed(line("Magnesium", 2000, "mg", line("Magtein", 144, "mg")))
    assert made.elemental_mg is None
    assert figures(made) == [("l-threonate", None, None)]
    assert doubts(made) == [Doubt.COMPOUND_BELOW_MAGNESIUM]
    assert made.doubts[0].text == "Magnesium 2000 mg; Magtein 144 mg"


def test_a_compound_by_itself_is_told_by_its_daily_value() -> None:
    of_old_daily_value = composed(line("Magnesium Citrate", 200, "mg", percent=50))
    assert of_old_daily_value.elemental_mg == 200
    of_what_it_holds = composed(line("Magnesium Oxide", 400, "mg", percent=60))
    assert of_what_it_holds.elemental_mg is None
    assert figures(of_what_it_holds) == [("oxide", 400, None)]


def test_a_compound_by_itself_without_daily_value_stays_open() -> None:
    made = composed(line("Magnesium Citrate", 150, "mg"))
    assert (made.elemental_mg, figures(made)) == (None, [("citrate", None, None)])
    assert doubts(made) == [Doubt.COMPOUND_OR_ELEMENTAL]


@pytest.mark.parametrize(("percent", "mg"), [(100, 400), (95, 400), (24, 100), (25, 100)])
def test_old_and_new_daily_values_both_fit(percent: int, mg: int) -> None:
    assert composed(line("Magnesium", mg, "mg", percent=percent)).elemental_mg == mg


def test_an_amount_far_from_its_daily_value_is_not_believed() -> None:
    made = composed(line("Magnesium", 2000, "mg", percent=36))
    assert made.elemental_mg is None
    assert doubts(made) == [Doubt.AMOUNT_AGAINST_DAILY_VALUE]
    assert made.doubts[0].text == "Magnesium 2000 mg 36 %"


@pytest.mark.parametrize(
    ("quantity", "unit", "mg"),
    [
        (0.2, "Gram(s)", 200),
        (200_000, "mcg", 200),
        ("0,2", "g", 200),
        ("1,000", "mg", 1000),
        ("37,5", "mg", Decimal("37.5")),
        (10, "mmol", Decimal("243.05")),
    ],
)
def test_units_and_commas(quantity: object, unit: str, mg: Decimal) -> None:
    assert composed(line("Magnesium", quantity, unit)).elemental_mg == mg


@pytest.mark.parametrize(
    ("quantity", "unit", "operator"),
    [
        ("100-200", "mg", "="),
        (2, "mg", "<"),
        (5, "IU", "="),
        ("about 5", "mg", "="),
        (200, "", "="),
    ],
)
def test_what_is_no_one_mass_is_left_open_and_quoted(
    quantity: object, unit: str, operator: str
) -> None:
    made = composed(line("Magnesium", quantity, unit, operator=operator))
    assert made.elemental_mg is None
    assert doubts(made) == [Doubt.AMOUNT_NOT_READ]
    assert str(quantity) in made.doubts[0].text


def test_not_present_is_unknown_and_no_doubt() -> None:
    made = composed(line("Magnesium", 0, "NP"))
    assert (made.elemental_mg, made.doubts, made.has_magnesium) == (None, [], True)


def test_millimoles_of_a_salt_are_not_reckoned() -> None:
    assert doubts(composed(line("Magnesium Citrate", 5, "mmol"))) == [Doubt.AMOUNT_NOT_READ]


def test_stearate_and_other_nutrients_sources_are_no_magnesium() -> None:
    made = composed(
        line("Magnesium Stearate", 10, "mg", group="Magnesium"),
        line("Vitamin C", 60, "mg", forms="as Magnesium Ascorbate"),
    )
    assert not made.has_magnesium


def test_a_form_in_a_blend_is_withheld() -> None:
    made = composed(line("Calming Blend", 500, "mg", line("Magnesium Oxide", 0, "NP")))
    assert [(part.form, part.withheld) for part in made.parts] == [("oxide", True)]
    assert made.elemental_mg is None


def test_of_two_columns_the_first_serving_counts() -> None:
    two = line("Magnesium", 100, "mg", forms="as Magnesium Oxide")
    two["quantity"] += line("Magnesium", 200, "mg", column=2)["quantity"]
    assert composed(two).elemental_mg == 100


def test_two_amounts_for_one_serving_are_left_open() -> None:
    two = line("Magnesium", 100, "mg")
    two["quantity"] += line("Magnesium", 200, "mg")["quantity"]
    assert doubts(composed(two)) == [Doubt.AMOUNT_NOT_READ]


def test_lines_of_different_forms_add_up() -> None:
    made = composed(
        line("Magnesium", 100, "mg", forms="as Magnesium Oxide"),
        line("Magnesium", 50, "mg", forms="as Magnesium Citrate"),
    )
    assert made.elemental_mg == 150
    assert figures(made) == [("oxide", None, 100), ("citrate", None, 50)]


def test_the_same_line_twice_with_other_amounts_is_left_open() -> None:
    made = composed(line("Magnesium", 100, "mg"), line("Magnesium", 50, "mg"))
    assert (made.elemental_mg, doubts(made)) == (None, [Doubt.SEVERAL_AMOUNTS])


def test_the_mass_of_the_compound_within_the_words() -> None:
    made = composed(line("Magnesium", 144, "mg", forms="from 2,000 mg of Magtein"))
    assert figures(made) == [("l-threonate", 2000, None)]
    too_little = composed(line("Magnesium", 144, "mg", forms="from 500 mg of Magtein"))
    assert figures(too_little) == [("l-threonate", None, None)]


def test_a_wording_that_nobody_can_place_is_kept_as_written() -> None:
    made = composed(line("Magnesium", 100, "mg", forms="as Unobtainium Chelazome X"))
    assert made.unplaced == ["Magnesium (as Unobtainium Chelazome X)"]
    assert (made.elemental_mg, made.parts) == (100, [])


@pytest.mark.parametrize(
    ("name", "forms", "slug"),
    [
        ("Magneisum", "as Magnesium Asparate", "aspartate"),
        ("Magnesium®", "as {Magnesium} Oxide", "oxide"),
        ("<p>Magnesium</p>", r"as Magnesium\xa0Citrate", "citrate"),
        ("Магний", "из цитрата магния", "citrate"),
        ("Magnesium", "as Magnesium Bisglycinate Chelate Buffered", "bisglycinate"),
    ],
)
def test_print_and_spelling(name: str, forms: str, slug: str) -> None:
    made = composed(line(name, 100, "mg", forms=forms))
    assert (made.elemental_mg, [part.form for part in made.parts]) == (100, [slug])
