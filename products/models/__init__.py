"""The catalogue's facts, one module a subject."""

from products.models.editorial import CatalogueState, Status
from products.models.evidence import Claim, Evidence, Finding, LaxativeObservation, Use
from products.models.forms import Bioavailability, Confidence, Laxative, MagnesiumForm
from products.models.labels import (
    Brand,
    Certification,
    DosageForm,
    EmptyKind,
    FactNote,
    LabelCheck,
    Product,
    ProductIngredient,
)
from products.models.market import Currency, Offer, RatingSummary
from products.models.safety import Authority, LifeStage, ReferenceIntake, Sex, UpperLevel
from products.models.sources import Source, Species, Verified

__all__ = [
    "Authority",
    "Bioavailability",
    "Brand",
    "CatalogueState",
    "Certification",
    "Claim",
    "Confidence",
    "Currency",
    "DosageForm",
    "EmptyKind",
    "Evidence",
    "FactNote",
    "Finding",
    "LabelCheck",
    "Laxative",
    "LaxativeObservation",
    "LifeStage",
    "MagnesiumForm",
    "Offer",
    "Product",
    "ProductIngredient",
    "RatingSummary",
    "ReferenceIntake",
    "Sex",
    "Source",
    "Species",
    "Status",
    "UpperLevel",
    "Use",
    "Verified",
]
