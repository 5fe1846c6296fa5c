"""Medicines and conditions against the forms of a product, on published cases."""

from decimal import Decimal

import pytest

from products.rules.intake import LifeStage
from products.rules.interaction import GRAVITY, Reason, Row, Standing, implied, of_product

ROWS = [
    # AIDSinfo and HIV InSite: raltegravir is not combined with magnesium at all.
    Row("raltegravir", "raltegravir", None, Standing.AVOID),
    # ODS: tetracyclines 2 hours before or 4 to 6 hours after.
    Row("tetracyclines", "tetracyclines", None, Standing.SPACE),
    # FDA 2011: acid blockers lower magnesium after long use.
    Row("acid-blockers", "acid-blockers", None, Standing.MONITOR),
    # Sulfonylureas: seen with the hydroxide (antacids).
    Row("sulfonylureas-hydroxide", "sulfonylureas", "hydroxide", Standing.ASK_FIRST),
    # Medscape: glycerophosphate brings phosphate.
    Row("phosphate-glycerophosphate", "high-phosphate", "glycerophosphate", Standing.AVOID),
    # MHRA: Epsom salt is not given by mouth under 12.
    Row("children-under-12-sulfate", "children-under-12", "sulfate", Standing.AVOID),
    Row("children", "children", None, Standing.ASK_FIRST),
    Row("older-age", "older-age", None, Standing.CAUTION),
]


@pytest.mark.parametrize(
    ("ticked", "forms", "standing"),
    [
        ({"raltegravir"}, {"citrate"}, Standing.AVOID),
        ({"tetracyclines"}, {"oxide"}, Standing.SPACE),
        ({"acid-blockers"}, {"oxide"}, Standing.MONITOR),
        ({"acid-blockers", "tetracyclines"}, {"oxide"}, Standing.SPACE),
        ({"sulfonylureas"}, {"citrate"}, Standing.NOTHING),
        ({"sulfonylureas"}, {"citrate", "hydroxide"}, Standing.ASK_FIRST),
        ({"high-phosphate"}, {"glycerophosphate"}, Standing.AVOID),
        ({"children-under-12", "children"}, {"sulfate"}, Standing.AVOID),
        ({"children-under-12", "children"}, {"citrate"}, Standing.ASK_FIRST),
        ({"older-age"}, {"l-threonate"}, Standing.CAUTION),
        (set(), {"oxide"}, Standing.NOTHING),
        ({"never heard of"}, {"oxide"}, Standing.NOTHING),
    ],
)
def test_the_gravest_row_that_holds_decides(ticked, forms, standing):
    result = of_product(ROWS, ticked, forms)
    assert result.standing is standing
    assert result.is_ruled_out is (standing is Standing.AVOID)


def test_every_reason_is_told_the_gravest_first():
    result = of_product(ROWS, {"acid-blockers", "raltegravir", "tetracyclines"}, {"oxide"})
    assert [reason.key for reason in result.reasons] == [
        "raltegravir", "tetracyclines", "acid-blockers",
    ]  # fmt: skip


def test_an_unknown_form_is_asked_about_and_ruled_out_by_nothing_that_is_of_one_form():
    result = of_product(ROWS, {"high-phosphate"}, None)
    assert result.reasons == (
        Reason("phosphate-glycerophosphate", Standing.ASK_FIRST, form_unknown=True),
    )
    assert of_product(ROWS, {"raltegravir"}, None).is_ruled_out


@pytest.mark.parametrize(
    ("age", "stage", "codes"),
    [
        (None, None, set()),
        ("0.5", None, {"children", "children-under-12"}),
        ("11.9", None, {"children", "children-under-12"}),
        ("12", None, {"children"}),
        ("17.99", None, {"children"}),
        ("18", None, set()),
        ("64.9", None, set()),
        ("65", None, {"older-age"}),
        ("30", LifeStage.PREGNANCY, {"pregnancy"}),
        (None, LifeStage.LACTATION, {"breastfeeding"}),
        (None, LifeStage.ADULT, set()),
    ],
)
def test_what_follows_from_age_and_stage(age, stage, codes):
    assert implied(None if age is None else Decimal(age), stage) == codes


def test_gravity_goes_from_nothing_to_avoid():
    assert (GRAVITY[0], GRAVITY[-1]) == (Standing.NOTHING, Standing.AVOID)
