"""What is claimed, what became of it, and what care a form asks for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compare.basis import Basis
from compare.comparison import form_rows, product_rows
from compare.ledger import Ledger
from products.changes import recording
from products.models import Caution, Interaction, Judgement, MagnesiumForm, Product
from tests import cast, factories

pytestmark = pytest.mark.django_db
NOT_YET = "Not looked up yet"


def cells(slug):
    product = Product.objects.for_comparison().get(slug=slug)
    rows = product_rows.rows_for([product], Basis())
    return {row.key: row.read(product, Basis()) for row in rows}


def cells_of_form(slug):
    form = MagnesiumForm.objects.for_comparison().get(slug=slug)
    return {row.key: row.read(form, Basis()) for row in form_rows.rows_for([form], Basis())}


def claim(product, verdict=None, use=None, **facts):
    judgement = verdict and factories.JudgementFactory(
        product=product, form=cast.form("l-threonate"), verdict=verdict
    )
    with recording(by=None, reason="a claim"):
        made = factories.ClaimFactory(product=product, judgement=judgement, **facts)
        made.uses.set([use] if use else [])


def test_claims_are_counted_by_verdict():
    product = cast.neuro_mag()
    claim(product, Judgement.Verdict.ANIMALS_ONLY)
    claim(product, Judgement.Verdict.ANIMALS_ONLY)
    claim(product, Judgement.Verdict.SUPPORTED)
    claim(product, about="making")
    claim(product)
    found = cells("neuro-mag")
    counts = {
        "claims": "5",
        "claims_animals_only": "2",
        "claims_supported": "1",
        "claims_no_study_found": "0",
        "claims_not_judged": "2",
    }
    assert {key: found[key].text for key in counts} == counts
    assert found["claims_not_judged"].note == "1 not read yet"


def test_a_claim_that_names_a_use_is_counted_as_follows_by_rule():
    use = factories.UseFactory()
    study = factories.EvidenceFactory(use=use, form=cast.form("l-threonate"), species="rat")
    claim(cast.neuro_mag(), use=use)
    found = cells("neuro-mag")["claims_animals_only"]
    assert (found.value, found.sources) == (1, (study.source,))


def test_what_is_often_claimed_of_a_form_is_not_this_products_claim():
    cast.neuro_mag()
    factories.JudgementFactory(form=cast.form("l-threonate"))
    assert cells("neuro-mag")["claims"].text == NOT_YET
    assert cells_of_form("l-threonate")["claims_no_study_found"].text == "1"


def test_no_claim_on_record_is_not_zero():
    cast.neuro_mag()
    found = cells("neuro-mag")
    assert found["claims"].text == found["claims_supported"].text == NOT_YET


def test_ledgers_read_together_say_what_each_says_alone():
    use = factories.UseFactory()
    products = [cast.neuro_mag(), cast.plain_oxide(), cast.blend()]
    factories.EvidenceFactory(use=use, form=cast.form("oxide"))
    for product in products:
        claim(product, use=use)
    claim(products[0], Judgement.Verdict.MIXED)
    factories.JudgementFactory(form=cast.form("oxide"))
    read = list(Product.objects.for_comparison())
    together = Ledger.of_many(read)
    assert together == {product.pk: Ledger.of(product) for product in read}
    assert len(together) == 3


def test_side_effects_are_those_of_the_form_the_gravest_first():
    cast.neuro_mag()
    form = cast.form("l-threonate")
    factories.SideEffectFactory(form=form, effect="Drowsiness")
    factories.SideEffectFactory(form=form, effect="Fainting", is_emergency=True)
    factories.SideEffectFactory(form=None, effect="Nausea")
    factories.SideEffectFactory(form=cast.form("oxide"), effect="Soft stools")
    expected = "Fainting (get help at once), Drowsiness"
    assert cells("neuro-mag")["side_effects"].text == expected
    assert cells_of_form("l-threonate")["side_effects"].text == expected


def test_what_nobody_named_is_not_a_lack_of_side_effects():
    cast.neuro_mag()
    assert cells("neuro-mag")["side_effects"].text == NOT_YET


def test_a_blend_says_of_which_form_a_caution_is():
    product = cast.blend()
    some, other = [part.form for part in product.ingredients.all()]
    factories.CautionFactory(form=some, code="older-age", severity=Caution.Severity.CAUTION)
    factories.CautionFactory(form=other, code="pregnancy", severity=Caution.Severity.AVOID)
    assert cells(product.slug)["cautions"].text == (
        f"Pregnancy (do not take, {other.short_name.lower()}), "
        f"Older age (take care, {some.short_name.lower()})"
    )


def test_cautions_of_any_magnesium_set_no_form_apart():
    cast.neuro_mag()
    factories.CautionFactory()
    (row,) = (row for row in rows_of("neuro-mag") if row.key == "cautions")
    assert cells("neuro-mag")["cautions"].text == "None on record beyond those of any magnesium"
    assert row.hint == "beside 1 of any magnesium"


def rows_of(slug):
    return product_rows.rows_for([Product.objects.for_comparison().get(slug=slug)], Basis())


def test_a_medicine_stands_with_what_to_do():
    cast.plain_oxide()
    factories.InteractionFactory(
        form=cast.form("oxide"), code="atazanavir", action=Interaction.Action.SPACE
    )
    assert cells("plain-oxide")["interactions"].text == "Atazanavir (keep apart by hours)"


def test_claims_cost_no_query_a_product():
    use = factories.UseFactory()
    for product in (cast.neuro_mag(), cast.plain_oxide(), cast.blend()):
        claim(product, Judgement.Verdict.MIXED)
        claim(product, use=use)

    def queries(number):
        products = list(Product.objects.for_comparison()[:number])
        with CaptureQueriesContext(connection) as captured:
            product_rows.rows_for(products, Basis())
        return len(captured)

    queries(3)  # the first in a state of the catalogue reads what is kept
    assert queries(1) == queries(3)
