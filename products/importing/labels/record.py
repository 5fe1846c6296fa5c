"""What one label record says, whichever database it is from."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Origin(StrEnum):
    """Where a record is from."""

    DSLD = "dsld"
    OPEN_FOOD_FACTS = "off"


class Doubt(StrEnum):
    """Why a figure or a name was left blank; what the label says of it is kept beside it."""

    AMOUNT_NOT_READ = "amount_not_read"
    AMOUNT_AGAINST_DAILY_VALUE = "amount_against_daily_value"
    COMPOUND_BELOW_MAGNESIUM = "compound_below_magnesium"
    COMPOUND_OR_ELEMENTAL = "compound_or_elemental"
    SEVERAL_AMOUNTS = "several_amounts"
    FORM_AMONG_OTHER_INGREDIENTS = "form_among_other_ingredients"
    NO_PANEL = "no_panel"
    BARCODE_DOES_NOT_FIT = "barcode_does_not_fit"
    PER_100_G_AGAINST_SERVING = "per_100_g_against_serving"


class NotALabel(ValueError):
    """A record lacks what every label record has; the message says what."""


@dataclass(frozen=True)
class Doubted:
    """A doubt, and the words that it is about as they stand in the record."""

    doubt: Doubt
    text: str


@dataclass(frozen=True)
class Amount:
    """An amount as it is written. `value` is `None` where that is no one figure."""

    value: Decimal | None
    unit: str
    text: str
    """As written, sign and unit included; blank when none is given (`NP`)."""


@dataclass(frozen=True)
class MagnesiumRow:
    """One line of a panel that has to do with magnesium."""

    name: str
    """What the line calls itself, without what it is made of."""
    wording: str
    """The line with its forms, as a label prints it: `Magnesium (as Magnesium Oxide)`."""
    amount: Amount
    percent_dv: Decimal | None = None
    """Percent of the daily value for adults, where the label gives one figure."""
    dv_not_established: bool = False
    parent: int | None = None
    """Place in the record's rows of the line that it is nested below."""
    in_blend: bool = False
    """Nested below a line that is not of magnesium."""


@dataclass(frozen=True)
class LabelRecord:
    """One label. Text is plain, counts are of `serving_unit`; what is unknown is blank or `None`."""

    origin: Origin
    external_id: str
    brand: str
    name: str
    url: str
    version: str = ""
    """What the database or the label calls this state of the label."""
    dated: str = ""
    """ISO day of this state, by which a newer one is told from an older."""
    entered_on: str = ""
    """ISO day on which the database took the label up."""
    gtin: str = ""
    market: str = ""
    dosage_form: str = ""
    serving_units: Decimal | None = None
    serving_measure: str = ""
    servings_per_container: Decimal | None = None
    container_units: Decimal | None = None
    container_measure: str = ""
    daily_servings_low: Decimal | None = None
    daily_servings_high: Decimal | None = None
    rows: tuple[MagnesiumRow, ...] = ()
    others: tuple[str, ...] = ()
    """Other active ingredients, by name."""
    other_ingredients: str = ""
    off_market: bool = False
    is_partial: bool = False
    """From tables that leave out a part of the label, so that a blank says nothing."""
    doubts: tuple[Doubted, ...] = field(default=())
