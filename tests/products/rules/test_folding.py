"""Text as it is searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.rules.folding import folded


@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("L-Thréonate™", "l threonate"),
        ("Magtein® Magnesium", "magtein magnesium"),
        ("Neuro-Mag", "neuro mag"),
        ("Doctor’s Best", "doctor s best"),
        ("MAGNÉSIUM  B6", "magnesium b6"),
        ("Größe", "grosse"),
        ("MgCl₂·6H₂O", "mgcl2 6h2o"),
        ("snake_case", "snake case"),
        ("™", ""),
    ],
)
def test_names_are_found_without_their_ornaments(text: str, found_by: str) -> None:
    assert folded(text) == found_by


@given(st.text(max_size=40))
def test_words_have_one_space_between_them(text: str) -> None:
    words = folded(text)
    assert words == " ".join(words.split())
