"""Which word was meant."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compare.search import typos

KNOWN = [
    ("magnesium", 90),
    ("citrate", 30),
    ("citra", 2),
    ("malate", 5),
    ("maltate", 1),
    ("oxide", 50),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("magensium", "magnesium"),
        ("magnsium", "magnesium"),
        ("magneessium", "magnesium"),
        ("citarte", "citrate"),
        ("malatte", "malate"),  # as near as maltate, and in more products
        ("magmesi", "magnesium"),  # not typed to its end
        ("oxxide", "oxide"),
        ("oxd", None),
        ("12345", None),
        ("citrullin", None),
    ],
)
def test_the_nearest_word_is_meant(typed, meant):
    assert typos.nearest(typed, KNOWN) == meant


letters = st.text("abcm", min_size=4, max_size=12)


@given(
    letters,
    st.lists(
        st.tuples(st.sampled_from("+-/"), st.integers(0, 11), st.sampled_from("abcm")), max_size=2
    ),
)
def test_no_word_within_reach_is_passed_over(word, edits):
    """However it was mistyped, one of its pieces stands in the word that was meant."""
    typed = word
    for kind, place, letter in edits:
        place %= len(typed)
        middle = {"+": letter + typed[place], "-": "", "/": letter}[kind]
        typed = typed[:place] + middle + typed[place + 1 :]
        assume(typed)
    assume(len(edits) <= typos.edits_allowed(typed))
    assert any(piece in word for _, piece in typos.pieces(typed))
    assert typos.nearest(typed, [(word, 1)]) == word
