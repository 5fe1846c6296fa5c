"""Where facts come from."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from products.models.base import FactQuerySet, Revised
from products.models.columns import at_least_one, not_in_future, positive_check
from products.rules import citation, citation_formats

partial_date = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    _("Write a year, a month or a day as 2024, 2024-05 or 2024-05-31."),
)


def first_day(text: str) -> date:
    """The day `2024-05-31`, or the first of the month `2024-05` or the year `2024`.

    Raises `ValueError` for a day that no calendar has.
    """
    return date.fromisoformat(f"{text}-01-01"[:10])


class Verified(models.TextChoices):
    """How well a fact is known."""

    PAGE = "page", _("seen on the page")
    ABSTRACT = "abstract", _("seen in an abstract or quoted on a page")
    DSLD = "dsld", _("label record of the NIH database")
    KNOWLEDGE = "knowledge", _("known to the literature, not looked up again")


class Species(models.TextChoices):
    HUMAN = "human", _("people")
    RAT = "rat", _("rats")
    MOUSE = "mouse", _("mice")
    IN_VITRO = "in_vitro", _("in vitro")


class SourceQuerySet(FactQuerySet["Source"]):
    def by_key(self) -> dict[str, Source]:
        """All sources by their key, in one query."""
        return {source.key: source for source in self}


class Source(Revised):
    """A label, page, study or authority, with the date it was seen."""

    class Kind(models.TextChoices):
        META_ANALYSIS = "meta_analysis", _("meta-analysis")
        SYSTEMATIC_REVIEW = "systematic_review", _("systematic review")
        RCT = "rct", _("randomised trial")
        CROSSOVER_TRIAL = "crossover_trial", _("crossover trial")
        OPEN_TRIAL = "open_trial", _("open trial")
        COHORT = "cohort", _("cohort study")
        CASE_REPORT = "case_report", _("case report")
        ANIMAL = "animal", _("animal study")
        IN_VITRO = "in_vitro", _("laboratory study")
        NARRATIVE_REVIEW = "narrative_review", _("narrative review")
        GUIDELINE = "guideline", _("guideline")
        AUTHORITY = "authority", _("authority")
        BOOK = "book", _("book")
        LABEL = "label", _("label")
        BRAND_PAGE = "brand_page", _("page of the maker")
        SHOP_PAGE = "shop_page", _("page of a shop")
        WEB_REVIEW = "web_review", _("web review")

    bears_on_forms: ClassVar[tuple[str, ...]] = ("findings__form_id", "findings__comparator_id")
    bears_on_products: ClassVar[tuple[str, ...]] = ("labelled_products",)

    key = models.SlugField(
        max_length=120, unique=True, help_text=_("Short and lasting, as walker-2003-citrate.")
    )
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=500)
    authors = models.CharField(max_length=500, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_in = models.CharField(
        max_length=300, blank=True, help_text=_("Journal, publisher or site.")
    )
    doi = models.CharField(
        "DOI", max_length=200, blank=True, help_text=_("As 10.1000/xyz, without https://doi.org/.")
    )
    pmid = models.CharField("PMID", max_length=12, blank=True, help_text=_("PubMed number."))
    url = models.URLField(
        "URL",
        max_length=600,
        blank=True,
        help_text=_("Where readers are sent when there is no DOI or PMID."),
    )
    population = models.CharField(max_length=300, blank=True)
    sample_size = models.PositiveIntegerField(null=True, blank=True, validators=[at_least_one])
    species = models.CharField(max_length=10, choices=Species, blank=True)
    duration = models.CharField(max_length=100, blank=True)
    industry_funded = models.BooleanField(null=True, blank=True)
    verified = models.CharField(max_length=10, choices=Verified)
    seen_on = models.CharField(
        max_length=10,
        blank=True,
        validators=[partial_date],
        help_text=_(
            "Day, month or year it was seen, as 2024-05-31, 2024-05 or 2024. Blank: the day is not known."
        ),
    )
    url_seen = models.URLField(
        "URL seen",
        max_length=600,
        blank=True,
        help_text=_(
            "Where it was looked up, often a mirror. For editors; readers are sent to the DOI, PMID or URL."
        ),
    )
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                Lower("doi"),
                name="source_doi_once",
                condition=~models.Q(doi=""),
                violation_error_message=_("A source with this DOI is already here."),
            ),
            models.UniqueConstraint(
                fields=["pmid"],
                name="source_pmid_once",
                condition=~models.Q(pmid=""),
                violation_error_message=_("A source with this PMID is already here."),
            ),
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__range=(1800, 2100)),
                name="source_year_is_a_year",
            ),
            positive_check("source_sample_size_positive", "sample_size"),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        try:
            self.doi = citation.normalised_doi(self.doi)
        except ValueError:
            errors["doi"] = _(
                "A DOI begins with 10., a number and a slash, as 10.1016/j.neuron.2009.12.026."
            )
        if (self.pmid and not self.pmid.isascii()) or (self.pmid and not self.pmid.isdigit()):
            errors["pmid"] = _("A PMID is a number, as 14596323.")
        if self.seen_on and not _is_refused(partial_date, self.seen_on):
            try:
                not_in_future(first_day(self.seen_on))
            except ValueError:
                errors["seen_on"] = _("There is no such day. Look at the month and the day again.")
            except ValidationError as future:
                errors["seen_on"] = future
        if errors:
            raise ValidationError(errors)

    @property
    def citation(self) -> citation.Citation:
        """Its parts as they are printed, wherever it is cited."""
        return citation.cite(
            authors=self.authors,
            year=self.year,
            title=self.title,
            published_in=self.published_in,
            doi=self.doi,
            pmid=self.pmid,
            url=self.url,
        )

    @property
    def entry(self) -> citation_formats.Entry:
        """As programs that keep references are handed it."""
        return citation_formats.Entry(
            key=self.key,
            kind=self.kind,
            title=self.title,
            authors=self.authors,
            year=self.year,
            published_in=self.published_in,
            doi=self.doi,
            pmid=self.pmid,
            url=self.url,
            seen_on=self.seen_on,
        )

    @property
    def link(self) -> str:
        """Where a reader is sent: DOI, else PMID, else URL, else nothing."""
        return citation.link(doi=self.doi, pmid=self.pmid, url=self.url)

    @property
    def link_text(self) -> str:
        return citation.link_text(doi=self.doi, pmid=self.pmid, url=self.url)


def _is_refused(validator: RegexValidator, text: str) -> bool:
    try:
        validator(text)
    except ValidationError:
        return True
    return False
