from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.chemistry import (
    FormulaError,
    Problem,
    elemental_fraction,
    formula_parts,
    magnesium_atoms,
    molar_mass,
)

# form, formula, g/mol, magnesium atoms, % magnesium: as the chemical registers and
# pharmacopoeias print them
DRY = [
    ("l-threonate", "C8H14MgO10", "294.50", 1, "8.25"),
    ("citrate", "C12H10Mg3O14", "451.12", 3, "16.16"),
    ("gluconate", "C12H22MgO14", "414.60", 1, "5.86"),
    ("bisglycinate", "C4H8MgN2O4", "172.42", 1, "14.10"),
    ("oxide", "MgO", "40.30", 1, "60.30"),
    ("chloride", "MgCl2", "95.21", 1, "25.53"),
    ("lactate", "C6H10MgO6", "202.45", 1, "12.01"),
    ("malate", "C4H4MgO5", "156.38", 1, "15.54"),
    ("taurate", "C4H12MgN2O6S2", "272.58", 1, "8.92"),
    ("acetyl-taurate", "C8H16MgN2O8S2", "356.66", 1, "6.81"),
    ("aspartate", "C8H12MgN2O8", "288.49", 1, "8.42"),
    ("orotate", "C10H6MgN4O8", "334.48", 1, "7.27"),
    ("sulfate", "MgSO4", "120.37", 1, "20.19"),
    ("hydroxide", "MgH2O2", "58.32", 1, "41.68"),
    ("carbonate", "MgCO3", "84.31", 1, "28.83"),
    ("pidolate", "C10H12MgN2O6", "280.52", 1, "8.66"),
    ("glycerophosphate", "C3H7MgO6P", "194.36", 1, "12.50"),
    ("ascorbate", "C12H14MgO12", "374.54", 1, "6.49"),
]
HYDRATES = [
    ("C8H14MgO10·H2O", "7.78"),
    ("C12H10Mg3O14·9H2O", "11.89"),
    ("C12H22MgO14·2H2O", "5.39"),
    ("MgCl2·6H2O", "11.96"),
    ("C6H10MgO6·2H2O", "10.19"),
    ("C4H4MgO5·3H2O", "11.55"),
    ("C8H16MgN2O8S2·2H2O", "6.19"),
    ("C8H12MgN2O8·2H2O", "7.49"),
    ("C10H6MgN4O8·2H2O", "6.56"),
    ("MgSO4·7H2O", "9.86"),
    ("C3H7MgO6P·H2O", "11.44"),
    # other salts that are sold under the same names
    ("MgSO4·H2O", "17.56"),
    ("4MgCO3·Mg(OH)2·5H2O", "25.02"),
    ("C6H6MgO7", "11.34"),
    ("C12H14MgO14", "5.98"),
    ("Mg2(OH)2C4H4O5", "22.64"),
    ("C4H6ClMgNO4·3H2O", "9.88"),
    ("Mg(CH3(CH2)16COO)2", "4.11"),
]


@pytest.mark.parametrize(("form", "formula", "mass", "atoms", "percent"), DRY)
def test_dry_salts_match_the_published_figures(
    form: str, formula: str, mass: str, atoms: int, percent: str
) -> None:
    assert molar_mass(formula) == pytest.approx(Decimal(mass), abs=Decimal("0.01"))
    assert magnesium_atoms(formula) == atoms
    assert 100 * elemental_fraction(formula) == pytest.approx(
        Decimal(percent), abs=Decimal("0.006")
    )


@pytest.mark.parametrize(("formula", "percent"), HYDRATES)
def test_hydrates_and_double_salts_match_the_published_figures(formula: str, percent: str) -> None:
    assert 100 * elemental_fraction(formula) == pytest.approx(
        Decimal(percent), abs=Decimal("0.006")
    )


@pytest.mark.parametrize(
    "written",
    ["MgCl2.6H2O", "MgCl2*6H2O", "MgCl₂·6H₂O", "MgCl2 · 6 H2O", " MgCl2•6H2O\n", "MgCl2⋅6H2O"],
)
def test_one_salt_has_one_fraction_however_it_is_written(written: str) -> None:
    assert elemental_fraction(written) == elemental_fraction("MgCl2·6H2O")
    assert formula_parts(written) == formula_parts("MgCl2·6H2O")


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ("", Problem.EMPTY),
        ("  ", Problem.EMPTY),
        ("Mg2+", Problem.CHARGED),
        ("Mg²⁺", Problem.CHARGED),
        ("MgCl2+6H2O", Problem.CHARGED),
        ("Mg", Problem.NOT_A_COMPOUND),
        ("Mg2", Problem.NOT_A_COMPOUND),
        ("C6H8O7", Problem.NO_MAGNESIUM),
        ("CaCO3·5H2O", Problem.NO_MAGNESIUM),
        ("mgo", Problem.UNPARSEABLE),
        ("magnesium oxide", Problem.UNPARSEABLE),
        ("MgX2", Problem.UNPARSEABLE),
        ("MgGly2", Problem.UNPARSEABLE),  # molmass knows residues
        ("[24Mg]O", Problem.UNPARSEABLE),  # and isotopes
        ("D2OMgO", Problem.UNPARSEABLE),
        ("Mg(OH", Problem.UNPARSEABLE),
        ("Mg)O(", Problem.UNPARSEABLE),
        ("Mg()O", Problem.UNPARSEABLE),
        ("Mg0O", Problem.UNPARSEABLE),
        ("MgO·", Problem.UNPARSEABLE),
        ("MgSO4·1.5H2O", Problem.UNPARSEABLE),
        ("MgCl2 6H2O", Problem.UNPARSEABLE),  # would join to Cl26
        ("MgO 5H2O", Problem.UNPARSEABLE),  # would join to O5
        ("Mg9999999O", Problem.UNPARSEABLE),
        ("MgO" + "H" * 200, Problem.UNPARSEABLE),
    ],
)
def test_what_is_no_magnesium_compound_is_refused_by_name(formula: str, problem: Problem) -> None:
    for rule in (elemental_fraction, molar_mass, magnesium_atoms):
        with pytest.raises(FormulaError) as caught:
            rule(formula)
        assert caught.value.code is problem
        assert caught.value.formula == formula


def test_a_leading_number_counts_the_part_and_names_no_isotope() -> None:
    assert elemental_fraction("24MgO") == elemental_fraction("MgO")
    assert magnesium_atoms("24MgO") == 24


def test_parts_tell_counts_from_coefficients() -> None:
    assert formula_parts("4 MgCO3.Mg(OH)2") == (
        ("4MgCO", False),
        ("3", True),
        ("·Mg(OH)", False),
        ("2", True),
    )


def test_parts_of_another_compound_can_be_set_but_not_of_nonsense() -> None:
    assert formula_parts("H2O") == (("H", False), ("2", True), ("O", False))
    with pytest.raises(FormulaError):
        formula_parts("<b>MgO</b>")


@given(st.sampled_from([row[1] for row in DRY]), st.integers(min_value=1, max_value=12))
def test_water_only_ever_dilutes(formula: str, waters: int) -> None:
    wet = f"{formula}·{waters}H2O"
    assert elemental_fraction(wet) < elemental_fraction(formula)
    assert molar_mass(wet) > molar_mass(formula)


@given(st.sampled_from([row[1] for row in DRY]), st.integers(min_value=2, max_value=9))
def test_a_fraction_does_not_depend_on_how_many_units_are_written(formula: str, n: int) -> None:
    assert elemental_fraction(f"{n}{formula}") == elemental_fraction(formula)


@given(st.text(alphabet="MgOHClNa0123456789()·.*+ ₂²[]", max_size=30))
def test_any_text_gives_a_true_fraction_or_a_refusal(text: str) -> None:
    try:
        fraction = elemental_fraction(text)
    except FormulaError:
        return
    assert 0 < fraction < 1
    assert "Mg" in "".join(part for part, _ in formula_parts(text))
