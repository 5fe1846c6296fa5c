"""How every grade, check and figure comes about, read from the code that applies the rules."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import ModuleType

from django.db.models import F, QuerySet

from compare import figures
from compare.basis import Basis
from compare.comparison.product_rows import product_rows
from compare.comparison.yardsticks import Yardsticks
from compare.reading import rule_changes
from compare.reading import rule_words as words
from compare.reading.check import Working, working
from compare.reading.rule_changes import Changed
from compare.references import References
from compare.wishes import FACTS, MEANINGS, WORDS
from products.models import (
    Confidence,
    LabelCheck,
    LifeStage,
    MagnesiumForm,
    Product,
    Source,
    UpperLevel,
    Verified,
)
from products.models.vetting import form_findings
from products.rules import (
    cost,
    derive,
    dose,
    grading,
    intake,
    label_check,
    units,
    versions,
    vetting,
)

SHOWN = (LabelCheck.CANNOT_BE_PURE, LabelCheck.TIGHT, LabelCheck.ADDS_UP)


@dataclass(frozen=True)
class RuleText:
    """A module of rules: its name, its version, and what it says of itself in a sentence."""

    name: str
    version: str
    says: str
    changes: tuple[Changed, ...] = ()
    """Newest first."""


@dataclass(frozen=True)
class Example:
    """A product with the working of its label check."""

    product: Product
    check: Working


@dataclass(frozen=True)
class PriceExample:
    """A price of 100 mg, worked out on a product of the catalogue."""

    product: Product
    servings: Decimal
    is_stale: bool


@dataclass(frozen=True)
class FormConfidence:
    """How sure the grade of one form is, and what holds it down."""

    form: MagnesiumForm
    result: grading.ConfidenceResult

    @property
    def reasons(self) -> list[str]:
        return [words.LIMITS[reason] for reason in self.result.reasons]


@dataclass(frozen=True)
class MethodPage:
    """The rules' own constants and words, with examples from the catalogue."""

    examples: Sequence[Example]
    price: PriceExample | None
    confidences: Sequence[FormConfidence]
    upper_levels: Sequence[UpperLevel]
    references: References = field(default_factory=References)

    # Their constants are printed from here, so that page and rule cannot differ.
    label_check = label_check
    cost = cost
    dose = dose
    grading = grading
    intake = intake
    units = units
    vetting = vetting

    @classmethod
    def at(cls, day: date) -> MethodPage:
        """A bounded number of queries, whatever the catalogue holds."""
        levels = UpperLevel.objects.published().filter(life_stage=LifeStage.ADULT)
        return cls(
            examples=_examples(),
            price=_price_example(day),
            confidences=_confidences(),
            upper_levels=list(levels.select_related("source")),
        )

    @property
    def rules(self) -> list[RuleText]:
        """With what each new version moved. A bounded number of queries."""
        changes = rule_changes.by_rule()
        return [replace(rule, changes=tuple(changes.get(rule.name, ()))) for rule in all_rules()]

    @property
    def verdicts(self) -> list[tuple[str, str]]:
        """Each verdict of a label check, and when it is given."""
        bounds = {
            "tight": figures.percent(label_check.TIGHT_FROM),
            "above": figures.percent(label_check.IMPOSSIBLE_ABOVE),
            "slack": figures.significant(label_check.ROUNDING_SLACK_MG),
        }
        return [(code.value, text.format(**bounds)) for code, text in words.VERDICTS.items()]

    @property
    def reasons(self) -> list[str]:
        return list(words.REASONS.values())

    @property
    def levels(self) -> list[tuple[str, str]]:
        """Each level of confidence, and what it takes."""
        bounds = {"moderate": grading.MODERATE_COMPARISONS, "high": grading.HIGH_RANDOMISED}
        return [(level.value, text.format(**bounds)) for level, text in words.LEVELS.items()]

    @property
    def ceilings(self) -> list[tuple[str, list[str]]]:
        """Each level of certainty, and the designs that can reach it in people and no more."""
        found: dict[str, list[str]] = {level.value: [] for level in Confidence}
        for design in grading.Design:
            level = grading.certainty_ceiling(design, grading.HUMAN)
            found[level.value].append(str(Source.Kind(design.value).label))
        return [(level, designs) for level, designs in found.items() if designs]

    @property
    def rows_with_best(self) -> list[str]:
        """Rows of a comparison in which a best can be marked."""
        rows = product_rows(Basis(), Yardsticks(), ())
        return [row.label for row in rows if row.better is not None]

    @property
    def no_best(self) -> list[str]:
        return list(words.NO_BEST.values())

    @property
    def empties(self) -> list[tuple[str, str]]:
        return [(kind.value, text) for kind, text in words.EMPTIES.items()]

    @property
    def groups(self) -> list[tuple[str, str]]:
        """Each group of the reader's own weights, and who is in it."""
        return [(WORDS[group], text) for group, text in MEANINGS.items()]

    @property
    def wishes(self) -> list[tuple[str, str]]:
        """What can be wished for, and when it holds, when not, and when that is not known."""
        return [(fact.label, words.WISHES[key]) for key, fact in FACTS.items()]

    @property
    def checks(self) -> dict[str, list[str]]:
        """What is looked for, by how much it weighs."""
        found: dict[str, list[str]] = {severity.value: [] for severity in vetting.Severity}
        for entry in vetting.CHECKS:
            found[entry.severity.value].append(words.CHECKS[entry.check])
        return found

    @property
    def verified(self) -> list[str]:
        return [str(label) for label in Verified.labels]


@cache
def all_rules() -> tuple[RuleText, ...]:
    """Every module of rules that carries a version, by name."""
    return tuple(_text(module) for module in versions.modules())


def _text(module: ModuleType) -> RuleText:
    first = (inspect.getdoc(module) or "").partition("\n\n")[0].replace("\n", " ")
    return RuleText(versions.name_of(module), str(module.VERSION), first)


def _examples() -> list[Example]:
    """A label for each verdict that there is; of those that cannot be pure the one most over."""
    over = F("elemental_mg_per_serving") - F("label_capacity_mg")
    checked = _published().exclude(label_capacity_mg=None).annotate(over=over)
    found = [checked.filter(label_check=code).order_by("-over", "pk").first() for code in SHOWN]
    return [Example(product, working(product)) for product in found if product is not None]


def _price_example(day: date) -> PriceExample | None:
    priced = _published().filter(price_currency=cost.FIRST_CURRENCY).exclude(price_per_100_mg=None)
    latest = F("price_seen_on").desc(nulls_last=True)
    product = priced.order_by(latest, "brand__name", "pk").first()
    if product is None or product.pack_servings is None:
        return None
    return PriceExample(product, product.pack_servings, cost.is_stale(product.price_seen_on, day))


def _published() -> QuerySet[Product]:
    rows: QuerySet[Product] = Product.objects.published().for_list()
    return rows


def _confidences() -> list[FormConfidence]:
    forms = MagnesiumForm.objects.published().filter(is_catch_all=False)
    forms = forms.order_by("-human_comparisons", "name").with_findings()
    return [
        FormConfidence(form, derive.form("", "", form_findings(form)).confidence) for form in forms
    ]
