"""Label wordings: real ones with their right answer, and what print must not change.

`data/label_wordings.csv` holds wordings from NIH's Dietary Supplement Label Database (CC0), as labels
print them. Its answers know no ascorbate and no natural sources: `broad` tells ours in their terms.
"""

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import products
from products.rules import label_wording
from products.rules.label_wording import Reason, Wording, broad, forms_in
from products.rules.label_wording.reading import part_of
from products.rules.label_wording.vocabulary import CYRILLIC_STEMS, VOCABULARY, Entry, Kind
from products.rules.label_wording.words import PHRASES, canonical, entries

FORMS = Path(products.__file__).parent / "data" / "forms.csv"
TABLE = Path(__file__).parent / "data" / "label_wordings.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
WORDINGS = [row["wording"] for row in ROWS]
with FORMS.open(encoding="utf-8", newline="") as file:
    SLUGS = {row["slug"] for row in csv.DictReader(file)}

wordings = st.sampled_from(WORDINGS)


def verdict(row: dict[str, str]) -> str:
    """Right, wrong, or unplaced, which is neither unless the row must give no form."""
    answers = [row["forms"], *filter(None, row["also_right"].split("|"))]
    read = forms_in(row["wording"])
    if broad(read.forms) in [frozenset(filter(None, answer.split(";"))) for answer in answers]:
        return "right"
    return "wrong" if read.forms or not read.unplaced else "unplaced"


def test_real_wordings_are_read_right_and_hardly_ever_wrong() -> None:
    verdicts = Counter(map(verdict, ROWS))
    assert len(ROWS) >= 200
    assert verdicts["right"] >= 0.95 * len(ROWS), verdicts
    assert verdicts["wrong"] <= 0.01 * len(ROWS), [r for r in ROWS if verdict(r) == "wrong"]


@pytest.mark.parametrize(
    ("wording", "forms"),
    [
        ("Magnesium (as Magnesium Citrate)", "citrate"),
        ("Magnesium\\xa0(as\\xa0Magnesium\\xa0Citrate)", "citrate"),
        ("Magnesium\N{NO-BREAK SPACE}(as&nbsp;Magnesium <i>Citrate</i>)", "citrate"),
        ("Magnesium (as {Magnesium} Oxide)", "oxide"),
        ("Magneisum (from Magnesium Asparate)", "aspartate"),
        ("Магний (в виде бисглицината магния)", "bisglycinate"),
        ("Citrate de magnésium", "citrate"),
        ("Magnesiumcitrat und Magnesiumoxid", "citrate oxide"),
        ("Mg(OH)2", "hydroxide"),
        ("Magnesii citras", "citrate"),
        ("Magnesii oxidum", "oxide"),
        ("Magnesium & Potassium Aspartate", "aspartate"),
        ("Magnesium glycinate (18% amino acid chelate)", "bisglycinate"),
        ("Magnesium from magnesium oxide and magnesium citrate", "oxide citrate"),
        ("Magnesium/Potassium Aspartate", "aspartate"),
        ("Triple Magnesium: Citrate, Malate & Glycinate", "citrate malate bisglycinate"),
        ("Calcium (as Carbonate), Magnesium (as Oxide), Zinc (as Citrate)", "oxide"),
        ("Magnesium (as citrate (U.S. Patent 1,234,567), Zinc (as oxide))", "citrate"),
        ("Magnesium Chelate (as Magnesium Glycinate)", "bisglycinate"),
        ("Magnesium citrate amino acid chelate", "citrate other"),
        ("Magnesium aspartate amino acid chelate", "aspartate"),
        ("Magnesium Citrate (from magnesium citrate amino acid chelate)", "citrate other"),
        ("Magnesium hydroxycitrate", "other"),
        ("Magnesium (from magnesium N-acetyl taurinate)", "acetyl-taurate"),
        ("Magnesium (as magnesium oxide and magnesium stearate)", "oxide"),
        ("Magnesium (as citrate) (reacted from magnesium carbonate)", "citrate"),
        ("Magtein® (2,000 mg)", "l-threonate"),
        ("Magnesium (as TRAACS®)", "bisglycinate"),
        ("Sucrosomial® magnesium oxide", "sucrosomial"),
        ("ZMA", "aspartate"),
        ("Magnesium (from Aquamin® Mg)", "marine-mineral"),
        ("Magnesium (from Aquamin® F red algae)", "other"),
        ("Magnesium (from dead sea magnesium chloride)", "chloride"),
        ("Magnesium (naturally occurring)", "other"),
        ("Magnesium ascorbate", "ascorbate"),
    ],
)
def test_forms_in_the_order_of_the_label(wording: str, forms: str) -> None:
    assert forms_in(wording) == Wording(tuple(forms.split()), False, "", Reason.PLACED)


@pytest.mark.parametrize(
    ("wording", "reason"),
    [
        ("", Reason.EMPTY),
        ("\N{NO-BREAK SPACE} ", Reason.EMPTY),
        ("Zinc (as Zinc Citrate)", Reason.NO_MAGNESIUM),
        ("Elemental Magnesium 200 mg", Reason.NO_FORM_NAMED),
        ("Vitamin C (as Calcium (Ascorbates), Magnesium (Ascorbates))", Reason.OTHER_NUTRIENT),
        ("Calcium (as Dolomite)", Reason.NO_MAGNESIUM),
        ("Cellulose, Vegetable Magnesium Stearate, Silica", Reason.ADDITIVE),
    ],
)
def test_nothing_to_place(wording: str, reason: Reason) -> None:
    assert forms_in(wording) == Wording((), False, "", reason)


@pytest.mark.parametrize(
    ("wording", "reason"),
    [
        ("Magnesium (as SimplyMag)", Reason.UNKNOWN_PART),
        ("Magnesium (as magnesium citrate, SimplyMag)", Reason.UNKNOWN_PART),
        ("Magnesium foobarate", Reason.UNKNOWN_PART),
        ("Simply Calm (Magnesium Citrate)", Reason.UNKNOWN_HEAD),
        ("Proprietary Blend (Taurine, Magnesium Citrate)", Reason.BLEND),
        ("Sleep Base <p class='x'>Taurine;</p><p>Magnesium Citrate;</p>", Reason.BLEND),
        ("Magnesium (as magnesium oxide or magnesium citrate)", Reason.AMBIGUOUS),
        ("Magnesium and Zinc Oxide", Reason.AMBIGUOUS),
        ("Vitamin C as calcium ascorbate, magnesium ascorbate", Reason.AMBIGUOUS),
        ("Magnesium (as calcium citrate)", Reason.OTHER_SOURCE),
        ("Magnesium citrate " * label_wording.LONGEST, Reason.TOO_LONG),
    ],
)
def test_what_cannot_be_placed_comes_back_as_written(wording: str, reason: Reason) -> None:
    assert forms_in(wording) == Wording((), False, wording, reason)


def test_buffered_is_told_and_its_oxide_not_invented() -> None:
    read = forms_in("Magnesium (as Magnesium Bisglycinate Chelate Buffered)")
    assert read == Wording(("bisglycinate",), True, "", Reason.PLACED)
    assert not forms_in("Vitamin C (buffered), Magnesium (as oxide)").buffered


@given(st.text() | st.lists(wordings | st.sampled_from("()[]<>{},;/&"), max_size=8).map("".join))
@example("(" * 9_999)
@example("Magnesium (as " * 700)
def test_never_raises_and_never_both(text: str) -> None:
    read = forms_in(text)
    assert set(read.forms) <= SLUGS
    assert len(set(read.forms)) == len(read.forms)
    assert not (read.forms and read.unplaced)
    assert read.unplaced in {"", text}
    assert bool(read.forms) == (read.reason is Reason.PLACED)


@given(wordings, st.data())
def test_print_changes_nothing(wording: str, data: st.DataObject) -> None:
    gaps = wording.split(" ")
    marks = st.sampled_from([" ", "  ", "® ", "™ ", "\N{NO-BREAK SPACE}", "\\xa0"])
    spaced = "".join(gap + data.draw(marks) for gap in gaps)
    for other in (wording.upper(), wording.lower(), wording.swapcase(), spaced):
        assert forms_in(other).forms == forms_in(wording).forms, other
        assert forms_in(other).reason == forms_in(wording).reason, other


@given(
    wordings,
    st.sampled_from(["Calcium", "Zinc", "Potassium", "Iron", "Manganese", "Vitamin C"]),
    st.sampled_from(["(as {} Oxide)", "(from {} Citrate, {} Gluconate)", "(as Lactate)", ""]),
    st.booleans(),
)
def test_other_minerals_bring_no_form_of_magnesium(
    wording: str, mineral: str, template: str, before: bool
) -> None:
    more = f"{mineral} {template.format(mineral, mineral)}"
    both = f"{more}, {wording}" if before else f"{wording}, {more}"
    assert set(forms_in(both).forms) <= set(forms_in(wording).forms)


def test_two_rows_in_one_string_keep_the_forms_of_the_first() -> None:
    for row in ROWS:
        read = forms_in(row["wording"])
        if row["kind"] == "magnesium" and read.forms:
            assert forms_in(f"{row['wording']}, Zinc (as Zinc Oxide)").forms == read.forms


def test_no_name_means_two_things_and_all_slugs_are_known() -> None:
    names = [name for entry in VOCABULARY for name in entry.names.split("|")]
    twice = [name for name, times in Counter(names).items() if times > 1]
    assert not twice
    assert {slug for entry in VOCABULARY for slug in entry.slugs} == SLUGS
    assert all(entry.why for entry in VOCABULARY)


def test_every_name_of_a_form_gives_it() -> None:
    for entry in VOCABULARY:
        if entry.kind in {Kind.FORM, Kind.BRAND}:
            for name in entry.names.split("|"):
                part = part_of([*name.split(), "magnesium"])
                assert set(part.forms + part.sources) == set(entry.slugs), name


def test_russian_words_are_words_of_the_vocabulary() -> None:
    assert all((english,) in PHRASES for english in CYRILLIC_STEMS.values())


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("citrat", "citrate"),
        ("citraat", "citrate"),
        ("citrates", "citrate"),
        ("oxid", "oxide"),
        ("trimagnesium", "magnesium"),
        ("dicitrate", "citrate"),
        ("magneisum", "magnesium"),
        ("theronate", "threonate"),
        ("бисглицинатом", "bisglycinate"),
        ("heptahydrate", "hydrate"),
    ],
)
def test_one_word_in_many_spellings(printed: str, meant: str) -> None:
    assert canonical(printed) == meant


@pytest.mark.parametrize("word", ["nitrate", "laurate", "aspartame", "lactase", "bicarbonate"])
def test_words_that_look_like_a_form_are_not_taken_for_it(word: str) -> None:
    (entry,) = entries([word])
    assert isinstance(entry, Entry)
    assert not set(entry.slugs) - {"other"}


def test_twenty_thousand_wordings_take_seconds() -> None:
    start = time.process_time()
    for number in range(20_000):
        forms_in(WORDINGS[number % len(WORDINGS)])
    assert time.process_time() - start < 5
