"""The catalogue's facts, one module a subject."""

from products.models.body import BodyFunction, DeficiencySign, FoodSource
from products.models.cautions import Caution, Interaction, SideEffect
from products.models.corrections import CorrectionReport
from products.models.editorial import CatalogueState, RuleChange, Status
from products.models.evidence import Claim, Evidence, Finding, LaxativeObservation, Use
from products.models.forms import Bioavailability, Confidence, Laxative, MagnesiumForm
from products.models.history import Change, ChangeSet
from products.models.imports import LoadedRow
from products.models.judging import Judgement, PublishedRating
from products.models.knowing import EmptyKind
from products.models.labels import Brand, DosageForm, LabelCheck, Product
from products.models.labels_imported import ImportedLabel, LabelUpload, UnplacedWording
from products.models.market import Currency, Offer, RatingSummary
from products.models.parts import Certification, FactNote, ProductIngredient
from products.models.remarks import DoiAnswer, OpenRemark
from products.models.reviewed import Reviewed, previewing, published_parts
from products.models.reviews import ReviewFact
from products.models.safety import Authority, LifeStage, ReferenceIntake, Sex, UpperLevel
from products.models.searching import SearchWord
from products.models.sheets import SheetLine, SheetUpload
from products.models.sources import Source, Species, Verified

__all__ = [
    "Authority",
    "Bioavailability",
    "BodyFunction",
    "Brand",
    "CatalogueState",
    "Caution",
    "Certification",
    "Change",
    "ChangeSet",
    "Claim",
    "Confidence",
    "CorrectionReport",
    "Currency",
    "DeficiencySign",
    "DoiAnswer",
    "DosageForm",
    "EmptyKind",
    "Evidence",
    "FactNote",
    "Finding",
    "FoodSource",
    "ImportedLabel",
    "Interaction",
    "Judgement",
    "LabelCheck",
    "LabelUpload",
    "Laxative",
    "LaxativeObservation",
    "LifeStage",
    "LoadedRow",
    "MagnesiumForm",
    "Offer",
    "OpenRemark",
    "Product",
    "ProductIngredient",
    "PublishedRating",
    "RatingSummary",
    "ReferenceIntake",
    "ReviewFact",
    "Reviewed",
    "RuleChange",
    "SearchWord",
    "Sex",
    "SheetLine",
    "SheetUpload",
    "SideEffect",
    "Source",
    "Species",
    "Status",
    "UnplacedWording",
    "UpperLevel",
    "Use",
    "Verified",
    "previewing",
    "published_parts",
]
