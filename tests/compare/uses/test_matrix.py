"""What the matrix says of each use and form, and what a question leaves of it."""

from typing import Any

import pytest

from compare.evidence import ANY_FORM, Matrix, UsesFilter, build
from compare.links import Query
from products.models import Evidence, MagnesiumForm, Use
from products.rules.evidence import Kind, Status
from products.rules.grading import Confidence
from tests import cast
from tests.factories import EvidenceFactory, MagnesiumFormFactory, UseFactory

pytestmark = pytest.mark.django_db


def ask(**lists: list[str]) -> Matrix:
    return build(UsesFilter(Query.read(lists), Use.objects.published()))


def cells(matrix: Matrix) -> dict[tuple[str, str], Any]:
    return {
        (line.use.slug, cell.form.slug): cell
        for group in matrix.groups
        for line in group.lines
        for cell in line.cells
    }


def test_a_form_has_only_what_was_tested_in_this_very_form() -> None:
    sleep = UseFactory(slug="sleep")
    EvidenceFactory(use=sleep, form=cast.form("oxide"), direction="no_difference")
    EvidenceFactory(use=UseFactory(slug="cramps"), form=cast.form("citrate"))
    found = cells(ask())
    oxide = found["sleep", "oxide"]
    assert (oxide.status, oxide.direction, oxide.certainty, oxide.studies) == (
        Status.TESTED_IN_FORM,
        "no_difference",
        Confidence.LOW,
        1,
    )
    citrate = found["sleep", "citrate"]
    assert (citrate.status, citrate.certainty, citrate.studies) == (
        Status.ONLY_OTHER_FORMS,
        None,
        0,
    )


def test_mixed_forms_have_a_column_of_their_own_and_credit_no_form() -> None:
    use = UseFactory(slug="blood-pressure")
    EvidenceFactory(use=use, form=None, design="meta_analysis")
    EvidenceFactory(use=UseFactory(slug="sleep"), form=cast.form("oxide"))
    found = cells(ask())
    assert found["blood-pressure", ANY_FORM].status is Status.TESTED_IN_FORM
    assert found["blood-pressure", "oxide"].status is Status.ONLY_OTHER_FORMS
    assert found["sleep", ANY_FORM].status is Status.ONLY_OTHER_FORMS


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"route": "injection"}, Kind.INJECTION),
        ({"route": "food"}, Kind.FOOD),
        ({"is_combination": True}, Kind.COMBINATION),
        ({"route": "other"}, Kind.OTHERWISE),
    ],
)
def test_what_is_no_tablet_fills_no_cell_and_is_said_at_the_use(
    facts: dict[str, Any], kind: Kind
) -> None:
    use = UseFactory(slug="fatigue")
    EvidenceFactory(use=use, form=cast.form("citrate"), **facts)
    EvidenceFactory(use=UseFactory(slug="sleep"), form=cast.form("citrate"))
    matrix = ask()
    (line,) = [line for group in matrix.groups for line in group.lines if line.use == use]
    assert {cell.status for cell in line.cells} == {Status.NOT_TESTED}
    assert line.only == (kind,)


def test_animals_only_is_a_status_of_its_own_and_never_a_certainty() -> None:
    EvidenceFactory(
        use=UseFactory(slug="memory"), form=cast.form("l-threonate"), species="rat", design="animal"
    )
    cell = cells(ask())["memory", "l-threonate"]
    assert (cell.status, cell.certainty, cell.studies) == (Status.ANIMALS_ONLY, None, 1)


def test_hospital_treatments_stand_apart_and_lend_no_form_a_column() -> None:
    hospital = UseFactory(slug="eclampsia", hospital_only=True)
    EvidenceFactory(use=hospital, form=cast.form("citrate"))
    EvidenceFactory(use=UseFactory(slug="sleep"), form=cast.form("oxide"))
    matrix = ask()
    assert matrix.hospital == (hospital,)
    assert [head.slug for head in matrix.columns] == [ANY_FORM, "oxide"]
    assert [head.slug for head in matrix.untested] == ["citrate"]
    assert matrix.uses == 1


def test_drafts_are_not_seen() -> None:
    EvidenceFactory(use=UseFactory(slug="draft", status="draft"), form=cast.form("oxide"))
    EvidenceFactory(use=UseFactory(slug="sleep"), form=MagnesiumFormFactory(status="draft"))
    found = cells(ask())
    assert {use for use, _ in found} == {"sleep"}
    assert {cell.status for cell in found.values()} == {Status.NOT_TESTED}


def some_of_each() -> None:
    """Low in people, moderate in people, and rats."""
    sleep, memory = UseFactory(slug="sleep"), UseFactory(slug="memory", group="digestion")
    EvidenceFactory(use=sleep, form=cast.form("oxide"), certainty="low")
    EvidenceFactory(use=sleep, form=cast.form("citrate"), certainty="moderate")
    EvidenceFactory(use=memory, form=cast.form("oxide"), species="rat", design="animal")


def left_in(matrix: Matrix) -> set[tuple[str, str]]:
    return {key for key, cell in cells(matrix).items() if cell.studies and not cell.left_out}


def test_certainty_asked_for_is_the_least_that_will_do() -> None:
    some_of_each()
    assert left_in(ask(certainty=["moderate"])) == {("sleep", "citrate")}
    both = {("sleep", "citrate"), ("sleep", "oxide")}
    assert left_in(ask(certainty=["low"])) == both
    assert left_in(ask(certainty=["moderate", "low"])) == both
    assert left_in(ask(certainty=["high"])) == set()


def test_what_does_not_fit_is_left_out_and_says_so_and_a_use_without_any_goes() -> None:
    some_of_each()
    matrix = ask(certainty=["moderate"])
    assert cells(matrix)["sleep", "oxide"].left_out
    assert (matrix.shown, matrix.uses) == (1, 2)


def test_people_or_animals() -> None:
    some_of_each()
    assert left_in(ask(who=["animal"])) == {("memory", "oxide")}
    assert left_in(ask(who=["human"])) == {("sleep", "oxide"), ("sleep", "citrate")}
    assert len(left_in(ask(who=["human", "animal"]))) == 3


def test_forms_choose_columns_and_groups_choose_uses() -> None:
    some_of_each()
    cast.form("gluconate")
    matrix = ask(form=["gluconate", "oxide"], group=["digestion"])
    assert [head.slug for head in matrix.columns] == ["gluconate", "oxide"]
    assert [str(group.head) for group in matrix.groups] == ["digestion"]
    assert [head.slug for head in ask(form=[ANY_FORM]).columns] == [ANY_FORM]


def test_a_bad_value_is_dropped_alone_and_named() -> None:
    some_of_each()
    query = Query.read({"certainty": ["sure", "moderate"], "form": ["typo"], "nonsense": ["1"]})
    question = UsesFilter(query, Use.objects.published())
    assert left_in(build(question)) == {("sleep", "citrate")}
    assert {(note.key, note.value) for note in question.notes} == {
        ("certainty", "sure"),
        ("form", "typo"),
        ("nonsense", ""),
    }


def test_the_matrix_agrees_with_the_product_filter_on_which_forms_were_tested() -> None:
    """Both say what can speak for a supplement: one in the rules, one in the database."""
    for number, facts in enumerate(
        [{}, {"route": "food"}, {"species": "rat"}, {"is_combination": True}, {"route": "other"}]
    ):
        EvidenceFactory(use=UseFactory(slug=f"use-{number}"), form=cast.form("oxide"), **facts)
    tested = {
        use for (use, form), cell in cells(ask()).items() if form == "oxide" and cell.certainty
    }
    speaking = Evidence.objects.in_people_by_mouth().filter(form__slug="oxide")
    assert tested == set(speaking.values_list("use__slug", flat=True))


@pytest.mark.parametrize("lists", [{}, {"certainty": ["low"], "who": ["human"]}])
def test_three_queries_whatever_there_is(
    lists: dict[str, list[str]], django_assert_num_queries: Any
) -> None:
    def fill(n: int) -> None:
        for _ in range(n):
            EvidenceFactory()
            EvidenceFactory(form=None)

    fill(2)
    question = UsesFilter(Query.read(lists), Use.objects.published())
    with django_assert_num_queries(3):
        build(question)
    fill(10)
    assert MagnesiumForm.objects.count() == 12
    with django_assert_num_queries(3):
        build(question)
