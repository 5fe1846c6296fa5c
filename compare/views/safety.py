"""What is safe, with what and for whom; and the page where readers say what holds for them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compare.basis import Basis
from compare.links import Query
from compare.notes import unknown_keys
from compare.safety.answers import Answers, Offered
from compare.safety.page import KEYS, Asked, SafetyPage
from compare.safety.reader import KEY, Reader
from products.rules.intake import Sex


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Limits, needs, medicines, cautions, side effects, signs of a lack, foods."""
    query = Query.read(request.GET.lists())
    basis = Basis.read(query.only("authority"))
    asked = Asked.read(query)
    reader = Reader.read(request.session, timezone.now())
    page = SafetyPage.load(basis.authority, asked, reader)
    context = {
        "section": "safety",
        "trail": [("Safety", "")],
        "page": page,
        "reader": reader,
        "sexes": [(Sex.FEMALE.value, "Female"), (Sex.MALE.value, "Male")],
        "authority_options": page.authority_options(query),
        "notes": (*basis.notes, *asked.notes, *unknown_keys(query.keys(), KEYS)),
        "canonical_url": request.build_absolute_uri(request.path),
    }
    return private(render(request, "safety/safety.html", context), reader)


@sensitive_variables("answers", "reader", "context")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def you(request: HttpRequest) -> HttpResponse:
    """The one page with a form for answers. They go into the session; the address stays bare."""
    offered = Offered.load()
    back = _own_path(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        answers = Answers.read(dict(request.POST.lists()), offered)
        if not answers.wrong:
            answers.reader.keep(request.session, timezone.now())
            if not request.user.is_authenticated:  # an editor stays signed in
                request.session.set_expiry(0)
            return never_kept(HttpResponseRedirect(back or reverse("safety"), status=303))
        reader, wrong, status = answers.reader, answers.wrong, 422
    else:
        reader, wrong, status = Reader.read(request.session, timezone.now()), {}, 200
    context = {
        "section": "safety",
        "trail": [("Safety", reverse("safety")), ("What holds for you", "")],
        "offered": offered,
        "reader": reader,
        "wrong": wrong,
        "sent": request.POST,
        "next": back,
    }
    return never_kept(render(request, "safety/you.html", context, status=status))


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Take all answers away, with the visit that they hung on."""
    back = _own_path(request, request.POST.get("next", "")) or reverse("safety")
    response = never_kept(HttpResponseRedirect(back, status=303))
    if request.user.is_authenticated:  # an editor stays signed in
        request.session.pop(KEY, None)
        return response
    request.session.flush()
    response.delete_cookie(
        settings.CSRF_COOKIE_NAME,
        path=settings.CSRF_COOKIE_PATH,
        domain=settings.CSRF_COOKIE_DOMAIN,
        samesite=settings.CSRF_COOKIE_SAMESITE,
    )
    return response


def private(response: HttpResponse, reader: Reader) -> HttpResponse:
    """Keep a page that shows answers out of every cache; one without stays as it is."""
    return never_kept(response) if reader.is_known else response


def never_kept(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of every cache."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def _own_path(request: HttpRequest, path: str) -> str:
    """An address of this site to go back to, or nothing."""
    own = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if own and path.isprintable() and len(path) <= 500 else ""
