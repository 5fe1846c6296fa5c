"""The safety pages as a visitor meets them, and what becomes of answers."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast, factories

pytestmark = pytest.mark.django_db

SECRETS = ("thyroid-hormone", "heart-block", "raltegravir", "pregnancy")


def read(client, query=""):
    response = client.get(f"{reverse('safety')}{query}")
    assert response.status_code == 200
    return response.content.decode()


class TestForEveryone:
    def test_an_empty_catalogue_says_so_and_has_one_heading(self, client):
        html = read(client)
        assert html.count("<h1") == 1
        assert "No interaction is on record yet" in html

    def test_it_sets_no_cookie_and_may_be_cached(self, client):
        response = client.get(reverse("safety"))
        assert not response.cookies
        assert "no-store" not in response.get("Cache-Control", "")
        assert "csrfmiddlewaretoken" not in response.content.decode()

    def test_it_is_in_the_navigation(self, client):
        assert f'href="{reverse("safety")}" aria-current="true"' in read(client)

    def test_a_figure_leads_to_its_source(self, client):
        limit = factories.UpperLevelFactory()
        factories.FoodSourceFactory(source=limit.source)
        html = read(client)
        assert html.count('aria-label="Source 1"') >= 2  # one source, one number
        assert limit.source.title in html

    def test_what_to_do_and_how_grave(self, client):
        factories.InteractionFactory(medicine_class="Thyroid hormone", severity="major")
        factories.CautionFactory(condition="Heart block", severity="avoid")
        html = read(client)
        for words in ("Keep apart by hours", "Keep at least 4 hours apart", "Major", "Do not take"):
            assert words in html

    def test_rows_that_say_the_same_of_several_forms_are_one(self, client):
        for slug in ("oxide", "citrate"):
            factories.InteractionFactory(
                key=f"atazanavir-{slug}", code="atazanavir", form=cast.form(slug)
            )
        html = read(client)
        assert html.count('class="tag">yours') == 0
        assert "with oxide or citrate" in html or "with citrate or oxide" in html
        assert 'id="medicine-atazanavir-oxide"' in html
        assert 'id="medicine-atazanavir-citrate"' in html

    def test_a_capsule_stands_beside_foods(self, client):
        factories.FoodSourceFactory(food="Almonds", magnesium_mg=80)
        for mg in (100, 144, 200):
            product = factories.ProductFactory(label_elemental_mg=mg, serving_units=2)
            factories.ProductIngredientFactory(product=product, form=cast.form("citrate"))
        html = read(client)
        assert "median of 3 products" in html
        assert html.index("Almonds") < html.index("Citrate, capsule")  # 80, then 72

    def test_queries_do_not_grow_with_rows(self, client, django_assert_max_num_queries):
        def fill(n):
            for at in range(n):
                form = factories.MagnesiumFormFactory()
                factories.InteractionFactory(form=form)
                factories.CautionFactory(form=form)
                factories.SideEffectFactory(form=form)
                factories.DeficiencySignFactory()
                factories.BodyFunctionFactory()
                factories.FoodSourceFactory()
                factories.UpperLevelFactory(issued_by=f"body-{form.pk}", age_from_years=at)
                factories.ReferenceIntakeFactory(issued_by=f"body-{form.pk}")

        fill(2)
        with CaptureQueriesContext(connection) as few:
            read(client)
        fill(6)
        with django_assert_max_num_queries(len(few)):
            read(client)
        assert len(few) <= 12


class TestFigures:
    @pytest.fixture(autouse=True)
    def us_table(self):
        for sex, mg in (("female", 310), ("male", 400)):
            factories.ReferenceIntakeFactory(sex=sex, amount_mg=mg)
        factories.ReferenceIntakeFactory(
            sex="female", life_stage="pregnancy", age_from_years=19, age_to_years=31, amount_mg=350
        )
        factories.UpperLevelFactory()
        factories.UpperLevelFactory(
            life_stage="child", age_from_years=1, age_to_years=4, amount_mg=65
        )

    def test_the_row_of_an_age_is_marked(self, client):
        html = read(client, "?age=24&sex=female")
        assert "the age asked for" in html
        assert "310&nbsp;mg</b> a day for a girl or woman (RDA)" in html.replace("\u00a0", "&nbsp;")
        assert "the age asked for" not in read(client, "?age=17")

    def test_a_child_has_another_limit(self, client):
        assert "The most magnesium from supplements in a day: United States (NASEM) 65 mg" in read(
            client, "?age=2"
        )

    def test_a_stage_in_a_link_is_understood_and_never_written(self, client):
        html = read(client, "?age=24&stage=pregnancy").replace("\u00a0", "&nbsp;")
        assert "350&nbsp;mg</b> a day in pregnancy" in html
        assert 'name="stage"' not in html

    @pytest.mark.parametrize(
        "query", ["?age=NaN", "?age=-1", "?age=1e999999", "?age=%00", "?sex=robot", "?stage=x", "?authority=mars", "?x=1", "?age=" + "9" * 5000]
    )  # fmt: skip
    def test_what_is_not_understood_is_named(self, client, query):
        assert 'role="status"' in read(client, query)

    def test_who_asks_for_another_s_figures_does_not_get_their_own_mixed_in(self, client, said):
        said(age="24", stage="pregnancy")
        own = read(client).replace("\u00a0", " ")
        assert "350 mg</b> a day in pregnancy" in own
        another = read(client, "?age=24&sex=male").replace("\u00a0", " ")
        assert "400 mg</b> a day for a boy or man" in another
        assert "a day in pregnancy" not in another

    def test_another_authority_keeps_the_age(self, client):
        factories.UpperLevelFactory(authority="efsa", issued_by="scf_eu", amount_mg=250)
        assert "?age=24&amp;authority=efsa#needs" in read(client, "?age=24")


class TestAnswers:
    def test_the_form_is_never_kept_by_a_cache(self, client):
        response = client.get(reverse("safety_you"))
        assert response["Cache-Control"] == "private, no-store"
        assert response.content.decode().count("<h1") == 1

    def test_answers_go_into_the_session_and_nowhere_else(self, client, said):
        response = said(
            medicine=["thyroid-hormone", "raltegravir"],
            condition="heart-block",
            stage="pregnancy",
            age="34",
            other_mg="120",
        )
        assert response.status_code == 303
        assert response["Location"] == reverse("safety")
        assert response["Cache-Control"] == "private, no-store"
        cookies = response.cookies.output()
        assert set(response.cookies) == {"sessionid"}
        assert not any(secret in cookies for secret in SECRETS)
        assert response.cookies["sessionid"]["max-age"] == ""  # ends with the browser
        assert Session.objects.get().get_decoded()["reader"]["medicines"] == [
            "raltegravir", "thyroid-hormone",
        ]  # fmt: skip

    def test_the_page_shows_them_the_gravest_first_and_is_not_kept(self, client, said):
        said(medicine=["thyroid-hormone", "raltegravir"], stage="pregnancy")
        response = client.get(reverse("safety"))
        html = response.content.decode()
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]
        you = html[html.index('id="you"') : html.index('id="limits"')]
        assert you.index("Raltegravir") < you.index("Pregnancy") < you.index("Thyroid hormone")
        assert html.count('class="tag">yours') == 3
        assert "noindex" in html

    def test_the_form_shows_what_was_ticked(self, client, said):
        said(medicine="thyroid-hormone", age="34")
        html = client.get(reverse("safety_you")).content.decode()
        assert 'value="thyroid-hormone" checked' in html
        assert 'value="34"' in html

    def test_a_wrong_number_comes_back_with_the_ticks_and_keeps_nothing(self, client, said):
        response = said(medicine="thyroid-hormone", age="old <b>")
        html = response.content.decode()
        assert response.status_code == 422
        assert 'value="thyroid-hormone" checked' in html
        assert 'aria-invalid="true"' in html
        assert "old &lt;b&gt;" in html
        assert not Session.objects.exists()

    def test_one_click_forgets(self, client, said):
        said(medicine="thyroid-hormone")
        response = client.post(reverse("safety_forget"))
        assert response.status_code == 303
        assert response.cookies["sessionid"]["max-age"] == 0
        assert response.cookies["csrftoken"]["max-age"] == 0
        assert not Session.objects.exists()
        assert "no-store" not in client.get(reverse("safety")).get("Cache-Control", "")

    def test_an_editor_stays_signed_in(self, admin_client, said):
        admin_client.post(reverse("safety_you"), {"medicine": "thyroid-hormone"})
        admin_client.post(reverse("safety_forget"))
        assert admin_client.get("/admin/").status_code == 200
        assert "reader" not in admin_client.session

    @pytest.mark.parametrize(
        ("back", "leads_to"),
        [
            ("/products/neuro-mag/?dose=day", "/products/neuro-mag/?dose=day"),
            ("https://evil.example/", "/safety/"),
            ("//evil.example/", "/safety/"),
            ("/\\evil.example", "/safety/"),
            ("javascript:alert(1)", "/safety/"),
            ("/a\r\nSet-Cookie: x=1", "/safety/"),
            ("/" + "a" * 600, "/safety/"),
        ],
    )
    def test_the_way_back_stays_on_this_site(self, client, said, back, leads_to):
        assert said(next=back)["Location"] == leads_to
        assert client.post(reverse("safety_forget"), {"next": back})["Location"] == leads_to

    def test_hostile_answers_are_no_accident(self, said):
        response = said(
            medicine=["\x00", "' OR 1=1 --", "<script>"] * 50, sex="\x00", stage="x" * 9000
        )
        assert response.status_code == 303

    def test_without_its_token_nothing_is_taken(self):
        strict = Client(enforce_csrf_checks=True)
        for name in ("safety_you", "safety_forget"):
            assert strict.post(reverse(name), {"age": "3"}).status_code == 403
        assert not Session.objects.exists()

    @pytest.mark.parametrize("method", ["get", "put", "delete"])
    def test_forgetting_is_a_post(self, client, method):
        assert getattr(client, method)(reverse("safety_forget")).status_code == 405

    def test_no_answer_is_logged_or_stands_in_an_address(self, client, said, caplog, settings):
        caplog.set_level(logging.DEBUG)
        settings.DEBUG = False
        first = said(medicine=["thyroid-hormone", "raltegravir"], condition="heart-block")
        said(medicine="thyroid-hormone", age="none")  # refused
        html = client.get(first["Location"]).content.decode()
        client.post(reverse("safety_forget"))
        logged = "\n".join(record.getMessage() for record in caplog.records)
        assert not any(secret in logged for secret in SECRETS)
        assert not any(secret in first["Location"] for secret in SECRETS)
        # Links to a row of the page are there for everyone; a query with an answer for nobody.
        queries = [part.split('"')[0] for part in html.split("?")[1:]]
        assert not any(secret in query for secret in SECRETS for query in queries)

    def test_a_report_of_an_error_leaves_them_out(self, client, said, rf, monkeypatch):
        """What is mailed to those who run the site when a page fails."""
        from django.views.debug import SafeExceptionReporterFilter

        from compare.views import safety

        request = rf.post("/safety/you/", {"medicine": "thyroid-hormone", "age": "34"})
        monkeypatch.setattr(safety.Offered, "load", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            safety.you(request)
        shown = SafeExceptionReporterFilter().get_post_parameters(request)
        assert "thyroid-hormone" not in str(shown)
        assert "34" not in str(shown)
