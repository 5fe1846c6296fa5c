"""How much magnesium a compound can hold, from its formula.

The mass fraction of magnesium in the pure compound is the theoretical maximum
against which labels are checked. Atomic masses are those of the `molmass`
library, which is far more lenient than a label check can be: it reads `Mg2+` as
two atoms, `24MgO` as an isotope and `Gly` as a residue. Only element symbols,
counts, round brackets and hydrate parts reach it.

Formulas are taken as chemists write them: `MgCl2·6H2O`, `MgCl₂ · 6 H₂O`,
`4MgCO3·Mg(OH)2·5H2O`; `.` and `*` serve as the dot.
"""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import molmass

from products.rules.units import rounded

VERSION = "1"

LONGEST = 100
"""Characters. The longest formula in use, basic carbonate, has 20."""

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_DOT = re.compile(r"\s*[.*·•⋅]\s*")
_CHARGE = re.compile(r"[-+\N{MINUS SIGN}^⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]")
# Without its dot, "MgCl2 6H2O" would join to Cl26 and "MgO 5H2O" to O5.
_AMBIGUOUS_SPACE = re.compile(r"\s[0-9]")
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z)])[0-9]+")

# Brackets may hold brackets, as in the stearate Mg(CH3(CH2)16COO)2, and no deeper.
_COUNT = r"(?:[1-9][0-9]{0,2})?"
_ATOM = rf"[A-Z][a-z]?{_COUNT}"
_INNER = rf"\((?:{_ATOM})+\){_COUNT}"
_GROUP = rf"\((?:{_ATOM}|{_INNER})+\){_COUNT}"
_HYDRATE_PART = re.compile(rf"({_COUNT})((?:{_ATOM}|{_GROUP})+)")
_SYMBOL = re.compile(r"[A-Z][a-z]?")


class Problem(StrEnum):
    """Why a formula is refused."""

    EMPTY = "empty"
    UNPARSEABLE = "unparseable"
    CHARGED = "charged"
    NO_MAGNESIUM = "no_magnesium"
    NOT_A_COMPOUND = "not_a_compound"


class FormulaError(ValueError):
    """The text is not the formula of a magnesium compound; `code` says why."""

    def __init__(self, code: Problem, formula: str) -> None:
        """Keep the code beside the text that was refused."""
        super().__init__(f"{code}: {formula!r}")
        self.code = code
        self.formula = formula


@lru_cache(maxsize=512)
def elemental_fraction(formula: str) -> Decimal:
    """Give the mass fraction of magnesium in the pure compound, 0 to 1, to 6 places.

    The six places are beyond what atomic masses support and make equal formulas
    equal. Raises `FormulaError`.
    """
    parsed = _parsed(formula)
    return rounded(_decimal(parsed.composition()["Mg"].fraction), 6)


@lru_cache(maxsize=512)
def molar_mass(formula: str) -> Decimal:
    """Give the molar mass in g/mol, to 3 places. Raises `FormulaError`."""
    return rounded(_decimal(_parsed(formula).mass), 3)


@lru_cache(maxsize=512)
def magnesium_atoms(formula: str) -> int:
    """Count the magnesium atoms in one formula unit. Raises `FormulaError`."""
    return int(_parsed(formula).composition()["Mg"].count)


@lru_cache(maxsize=512)
def formula_parts(formula: str) -> tuple[tuple[str, bool], ...]:
    """Cut a formula into (text, is subscript), for setting it in type.

    Counts behind a symbol or bracket are subscripts; how often a hydrate part occurs
    is not. The texts together are the formula with real dots and no spaces. Any
    well-formed formula will do, with or without magnesium. Raises `FormulaError`.
    """
    text = "·".join(times + body for times, body in _hydrate_parts(formula))
    parts: list[tuple[str, bool]] = []
    end = 0
    for count in _SUBSCRIPT.finditer(text):
        parts += [(text[end : count.start()], False), (count.group(), True)]
        end = count.end()
    if end < len(text):
        parts.append((text[end:], False))
    return tuple(parts)


def _decimal(value: float) -> Decimal:
    # By way of text: Decimal(float) would carry the binary tail of molmass's floats.
    return Decimal(repr(value))


def _parsed(formula: str) -> molmass.Formula:
    """Read a formula and make sure that it is one of a magnesium compound."""
    # "(MgCl2)1(H2O)6" has one reading only; "24MgO" would be an isotope.
    expanded = "".join(f"({body}){times or 1}" for times, body in _hydrate_parts(formula))
    parsed = molmass.Formula(expanded, parse_groups=False, parse_oligos=False)
    symbols = set(parsed.composition())
    if "Mg" not in symbols:
        raise FormulaError(Problem.NO_MAGNESIUM, formula)
    # A bare "Mg" (or "Mg2", a charge that lost its sign) would hold 100 %, and every
    # label would add up.
    if symbols == {"Mg"}:
        raise FormulaError(Problem.NOT_A_COMPOUND, formula)
    return parsed


def _hydrate_parts(formula: str) -> list[tuple[str, str]]:
    """Cut at the dots into (how often, what): `MgCl2·6H2O` is ("", MgCl2), (6, H2O)."""
    text = _DOT.sub("·", formula.strip().translate(_SUBSCRIPTS))
    if not text:
        raise FormulaError(Problem.EMPTY, formula)
    if _CHARGE.search(text):
        raise FormulaError(Problem.CHARGED, formula)
    if len(text) > LONGEST or _AMBIGUOUS_SPACE.search(text):
        raise FormulaError(Problem.UNPARSEABLE, formula)
    matches = [_HYDRATE_PART.fullmatch(part) for part in "".join(text.split()).split("·")]
    if not all(match and _are_elements(match[2]) for match in matches):
        raise FormulaError(Problem.UNPARSEABLE, formula)
    return [(match[1], match[2]) for match in matches if match]


def _are_elements(body: str) -> bool:
    return all(symbol in molmass.ELEMENTS for symbol in _SYMBOL.findall(body))
