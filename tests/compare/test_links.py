"""The query of an address as a value."""

from hypothesis import given
from hypothesis import strategies as st

from compare.links import Query

words = st.text("ab&=é ?#", min_size=1, max_size=4).filter(str.strip)
pairs = st.lists(st.tuples(st.sampled_from(["form", "brand", "page"]), words), max_size=6)
queries = pairs.map(lambda some: Query(tuple(dict.fromkeys(some))))


@given(queries, words)
def test_what_is_added_can_be_taken_away_again(query, value):
    added = query.add("use", value)
    assert (added.get("use"), added.remove("use", value)) == (value, query)


@given(queries)
def test_an_address_reads_back_as_the_query_it_was_made_from(query):
    from django.http import QueryDict

    read = Query.read(QueryDict(str(query)[1:]).lists())
    assert {key: read.all(key) for key in read.keys()} == {  # noqa: SIM118
        key: query.all(key)
        for key in query.keys()  # noqa: SIM118
    }


def test_one_value_of_a_repeated_key_goes_and_the_others_stay():
    query = Query.read({"form": ["citrate", "oxide"], "page": ["2"]})
    assert str(query.remove("form", "citrate").without("page")) == "?form=oxide"


def test_a_replaced_value_keeps_its_place():
    query = Query.read({"sort": ["name"], "form": ["oxide"]})
    assert str(query.replace("sort", "brand")) == "?sort=brand&form=oxide"


def test_blank_values_and_doubles_are_left_out():
    assert str(Query.read({"q": ["", " "], "form": ["oxide", "oxide"]})) == "?form=oxide"


def test_of_a_single_choice_given_twice_the_last_counts():
    assert Query.read({"sort": ["name", "brand"]}).get("sort") == "brand"
