"""Every page on a phone, on a desk, in the light, in the dark and on paper.

axe finds nothing by WCAG 2.2 AA, nothing makes the page scroll sideways, no request leaves the site and
the console stays empty. One visit is one test, since filling the catalogue takes longer than a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests import cast, factories
from tests.compare.pages.test_every_page import PAGES

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
FAR_FUTURE = "nobody-was-ever-here"
LONG = "Magnesium(II)-L-threonate-monohydrate-with-dihydroxybutyrate-and-nothing-to-break-it-at"

# What each address leads to -------------------------------------------------------------------


@pytest.fixture
def addresses(db: None) -> list[str]:
    """Every page without an argument, one of each kind with, and the ways in which one can be empty."""
    everyone = cast.everyone()
    whole, blend = everyone["neuro_mag"], everyone["blend"]
    _more_of(whole)
    long = factories.ProductFactory(name=LONG, label_elemental_mg=90)
    factories.ProductIngredientFactory(product=long, form=cast.form("citrate"), compound_mg=100)
    items = "&".join(f"item={slug}" for slug in [*_slugs(everyone.values()), long.slug][-5:])
    forms = "&".join(f"item={slug}" for slug in cast.FORMS)
    return [
        *(reverse(name) for name in [*PAGES, "api_docs", "api_answers"]),
        *(made.get_absolute_url() for made in [whole, blend, everyone["bare_label"], long]),
        *(cast.form(slug).get_absolute_url() for slug in ["l-threonate", "oxide"]),
        *(reverse("use", args=[slug]) for slug in ["sleep", "untested"]),
        reverse("source", args=["a-trial"]),
        reverse("safety_you"),
        f"{reverse('compare_products')}?{items}",
        f"{reverse('compare_products')}?{items}&rows=differing&dose=200",
        f"{reverse('compare_products')}?item={FAR_FUTURE}",
        f"{reverse('compare_forms')}?{forms}",
        f"{reverse('products')}?form=citrate&form=typo&item=neuro-mag&item=plain-oxide",
        f"{reverse('products')}?q={FAR_FUTURE}",
        f"{reverse('forms')}?bioavailability=high&laxative=low",
        f"{reverse('sources')}?q={FAR_FUTURE}",
        reverse("product", args=[FAR_FUTURE]),
        f"/{FAR_FUTURE}/",
    ]


def _slugs(products: Any) -> list[str]:
    return [product.slug for product in products]


def _more_of(product: Any) -> None:
    """What a review, a form, a use and the safety page show when a lot is known."""
    trial = factories.StudyFactory(key="a-trial", title=f"A trial of {LONG}")
    threonate, oxide = cast.form("l-threonate"), cast.form("oxide")
    sleep = factories.UseFactory(slug="sleep")
    factories.UseFactory(slug="untested")
    verdict = factories.JudgementFactory(use=sleep, form=threonate, claim="Restores sleep")
    for number, direction in enumerate(["benefit", "no_difference", "mixed"]):
        factories.EvidenceFactory(
            use=sleep,
            form=threonate if number else oxide,
            source=trial,
            direction=direction,
            effect_size=-2 + number,
            effect_unit="mmHg",
            ci_low=-4 + number,
            ci_high=number,
            comparable_group="bp-systolic-mmhg",
        )
    for changes in ({"species": "rat", "design": "animal"}, {"route": "injection"}):
        factories.EvidenceFactory(use=sleep, form=oxide, source=trial, **changes)
    for form in (threonate, oxide):
        factories.FindingFactory(form=form, source=trial)
        factories.LaxativeObservationFactory(form=form, source=trial)
        factories.SideEffectFactory(form=form)
    factories.PublishedRatingFactory(use=sleep)
    factories.ClaimFactory(product=product, judgement=verdict)
    factories.CertificationFactory(product=product)
    factories.FactNoteFactory(product=product)
    factories.ReviewFactFactory(product=product, source=trial)
    for stage, age in [("adult", 19), ("adult", 31)]:
        factories.ReferenceIntakeFactory(
            life_stage=stage, age_from_years=age, age_to_years=age + 12 if age == 19 else None
        )
    factories.UpperLevelFactory()
    factories.InteractionFactory(key="thyroid-hormone")
    factories.CautionFactory(key="heart-block", severity="avoid")
    factories.DeficiencySignFactory()
    factories.BodyFunctionFactory()
    factories.FoodSourceFactory()


# What is asked of each ------------------------------------------------------------------------


class Visitor:
    """Goes from page to page and writes down what is wrong, with where it was."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.where = page, site, ""
        self.wrong: list[str] = []
        self.axe = Axe()
        page.on("request", self._sent)
        page.on("console", self._told)
        page.on("pageerror", lambda error: self.note(f"script: {error}"))

    def note(self, what: str) -> None:
        self.wrong.append(f"{self.where}: {what}")

    def open(self, address: str) -> None:
        self.where = address
        answer = self.page.goto(address)
        assert answer is not None
        wanted = 404 if FAR_FUTURE in address and "?" not in address else 200
        if answer.status != wanted:
            self.note(f"answers {answer.status}")

    def does_it_fit(self) -> None:
        width, room = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if width > room:
            self.note(f"is {width} wide where there is room for {room}")

    def is_it_accessible(self, how: str) -> None:
        for found in self.axe.run(self.page, options=WCAG).response["violations"]:
            nodes = [node["html"][:160] for node in found["nodes"][:3]]
            whys = found["nodes"][0]["failureSummary"].split("\n")[1:2]
            self.note(f"{how}: {found['id']} × {len(found['nodes'])}: {whys} {nodes}")

    def _sent(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.note(f"asks {request.url}")

    def _told(self, said: ConsoleMessage) -> None:
        # A browser writes down the 404 that was asked for; one of a picture or a style is a mistake.
        is_asked_for = FAR_FUTURE in self.where and said.location["url"] == self.site + self.where
        if said.type in {"error", "warning"} and not is_asked_for:
            self.note(f"console: {said.text}")


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, live_server) -> Iterator[Visitor]:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": request.param, "height": 900}
    )
    context.set_default_timeout(10_000)
    yield Visitor(context.new_page(), live_server.url)
    context.close()


@pytest.mark.parametrize("visitor", [360, 1440], indirect=True)
def test_light_and_dark(visitor: Visitor, addresses: list[str]) -> None:
    for address in addresses:
        visitor.open(address)
        visitor.does_it_fit()
        for scheme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=scheme)
            visitor.is_it_accessible(scheme)
    assert not visitor.wrong, "\n".join(visitor.wrong)


@pytest.mark.parametrize("visitor", [390], indirect=True)
def test_a_common_phone_and_paper(visitor: Visitor, addresses: list[str]) -> None:
    for address in addresses:
        visitor.page.emulate_media(media="screen")
        visitor.page.set_viewport_size({"width": 390, "height": 844})
        visitor.open(address)
        visitor.does_it_fit()
        visitor.page.emulate_media(media="print")
        visitor.page.set_viewport_size({"width": 718, "height": 1000})  # A4 within its margins
        visitor.does_it_fit()
        visitor.is_it_accessible("print")
    assert not visitor.wrong, "\n".join(visitor.wrong)


@pytest.mark.parametrize("visitor", [390], indirect=True)
def test_what_is_said_to_a_reader_who_has_answered(visitor: Visitor, addresses: list[str]) -> None:
    visitor.open(reverse("safety_you"))
    for answer in ("thyroid-hormone", "heart-block"):
        visitor.page.locator(f"input[value={answer}]").check()
    visitor.page.get_by_role("button", name="Show what matters to me").click()
    visitor.page.wait_for_url(f"**{reverse('safety')}**")
    for address in (reverse("safety"), reverse("product", args=["neuro-mag"])):
        visitor.open(address)
        assert visitor.page.get_by_text("Thyroid hormone").count(), address
        visitor.does_it_fit()
        for scheme in ("light", "dark"):
            visitor.page.emulate_media(color_scheme=scheme)
            visitor.is_it_accessible(scheme)
    assert not visitor.wrong, "\n".join(visitor.wrong)
