"""The cast: forms and products that every test knows by name.

| who | what is special |
| --- | --- |
| `neuro_mag()` | complete: form, compound, elemental, serving, pack, day, price of today, rating |
| `plain_oxide()` | cheap and strong: 500 mg in one tablet, 2 cents for 100 mg |
| `blend()` | two forms whose amounts the label withholds; the total is known |
| `bare_label()` | a brand and a name; nothing else is known |
| `stale_price()` | as complete as neuro_mag, but its price was seen 120 days ago |

Each call makes a new row: call it once in a test. Forms and brands are made once and found again.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from products.models import (
    DosageForm,
    FactNote,
    MagnesiumForm,
    Product,
    ProductIngredient,
)
from tests import factories

FORMS: dict[str, dict[str, Any]] = {
    "l-threonate": {
        "short_name": "L-threonate",
        "formula": "C8H14MgO10",
        "synonyms": "magnesium threonate\nMgT",
        "patented_names": "Magtein",
        "bioavailability": "moderate",
        "laxative": "low",
    },
    "citrate": {
        "short_name": "Citrate",
        "formula": "C12H10Mg3O14",
        "bioavailability": "high",
        "laxative": "marked",
    },
    "gluconate": {
        "short_name": "Gluconate",
        "formula": "C12H22MgO14",
        "bioavailability": "moderate",
        "laxative": "mild",
    },
    "bisglycinate": {
        "short_name": "Bisglycinate",
        "category": "amino_acid_chelate",
        "formula": "C4H8MgN2O4",
        "synonyms": "magnesium glycinate",
        "bioavailability": "moderate",
        "laxative": "low",
    },
    "oxide": {
        "short_name": "Oxide",
        "category": "inorganic_salt",
        "formula": "MgO",
        "bioavailability": "low",
        "laxative": "osmotic_laxative",
    },
}


def form(slug: str) -> MagnesiumForm:
    """A real form with its formula and grades, by its slug."""
    made: MagnesiumForm = factories.MagnesiumFormFactory(slug=slug, **FORMS[slug])
    return made


def neuro_mag(**changes: Any) -> Product:
    """Life Extension Neuro-Mag: 3 capsules hold 2,000 mg L-threonate, 144 mg magnesium; 90 in a pack."""
    product = _product(
        {
            "slug": "neuro-mag",
            "name": "Neuro-Mag",
            "brand": factories.BrandFactory(slug="life-extension", name="Life Extension"),
            "serving_units": Decimal(3),
            "servings_per_container": Decimal(30),
            "container_units": Decimal(90),
            "label_elemental_mg": Decimal(144),
            "label_compound_mg": Decimal(2000),
            "vegetarian": True,
            "gluten_free": True,
            "directions": "Three capsules a day.",
            "gtin": "0737870160397",
        },
        changes,
    )
    factories.ProductIngredientFactory(
        product=product, form=form("l-threonate"), compound_mg=Decimal(2000)
    )
    factories.OfferFactory(product=product, seller="Vitacost", price=Decimal("31.50"))
    factories.RatingSummaryFactory(product=product, average=Decimal("4.40"), count=129)
    return product


def plain_oxide(**changes: Any) -> Product:
    """500 mg of magnesium in one tablet of oxide, 200 tablets for 20 dollars: 2 cents for 100 mg."""
    product = _product(
        {
            "slug": "plain-oxide",
            "name": "Magnesium oxide 500 mg",
            "brand": factories.BrandFactory(slug="plain", name="Plain"),
            "dosage_form": DosageForm.TABLET,
            "serving_units": Decimal(1),
            "servings_per_container": Decimal(200),
            "container_units": Decimal(200),
            "label_elemental_mg": Decimal(500),
            "label_compound_mg": Decimal(835),
        },
        changes,
    )
    factories.ProductIngredientFactory(
        product=product, form=form("oxide"), compound_mg=Decimal(835)
    )
    factories.OfferFactory(product=product, seller="Corner shop", price=Decimal("20.00"))
    return product


def blend(**changes: Any) -> Product:
    """Citrate and bisglycinate, 200 mg together; how much of each is the maker's secret."""
    product = _product(
        {
            "slug": "blend",
            "name": "Two-form blend",
            "brand": factories.BrandFactory(slug="mixer", name="Mixer"),
            "label_elemental_mg": Decimal(200),
        },
        changes,
    )
    for position, slug in enumerate(["citrate", "bisglycinate"]):
        factories.ProductIngredientFactory(
            product=product,
            form=form(slug),
            position=position,
            amounts=ProductIngredient.Amounts.WITHHELD,
        )
    factories.FactNoteFactory(
        product=product, fact=FactNote.FactName.FORM_AMOUNTS, empty="withheld"
    )
    factories.OfferFactory(product=product, seller="Corner shop", price=Decimal("24.00"))
    return product


def bare_label(**changes: Any) -> Product:
    """A brand, a name and a source. Everything else is *not looked up yet*."""
    return _product(
        {
            "slug": "bare-label",
            "name": "Magnesium",
            "brand": factories.BrandFactory(slug="unknown-maker", name="Unknown Maker"),
            "market": "",
            "dosage_form": "",
            "serving_units": None,
            "servings_per_container": None,
            "container_units": None,
            "daily_servings_low": None,
            "daily_servings_high": None,
            "label_elemental_mg": None,
        },
        changes,
    )


def stale_price(**changes: Any) -> Product:
    """Citrate at the lowest price of all for 100 mg, but seen 120 days ago: never marked best."""
    product = _product(
        {
            "slug": "stale-price",
            "name": "Citrate 150",
            "brand": factories.BrandFactory(slug="long-ago", name="Long Ago"),
            "label_elemental_mg": Decimal(150),
            "label_compound_mg": Decimal(1000),
        },
        changes,
    )
    factories.ProductIngredientFactory(
        product=product, form=form("citrate"), compound_mg=Decimal(1000)
    )
    long_ago = date.today() - timedelta(days=120)  # noqa: DTZ011 - a day, as an editor enters it
    factories.OfferFactory(
        product=product, seller="Corner shop", price=Decimal("0.90"), seen_on=long_ago
    )
    return product


def everyone() -> dict[str, Product]:
    """The whole cast by name."""
    cast = [neuro_mag, plain_oxide, blend, bare_label, stale_price]
    return {member.__name__: member() for member in cast}


def _product(facts: dict[str, Any], changes: dict[str, Any]) -> Product:
    made: Product = factories.ProductFactory(**{**facts, **changes})
    return made
