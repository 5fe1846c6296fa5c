"""Readers report what is wrong on a page: no account, and no e-mail kept unless they give one."""

from __future__ import annotations

from axes.helpers import get_client_ip_address
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from compare.views.safety import never_kept
from products.models import CorrectionReport

MOST_IN_AN_HOUR = 5
HOUR_SECONDS = 3_600


class ReportForm(forms.ModelForm):
    """`website` is a field that no person sees: whoever fills it in is a program."""

    website = forms.CharField(
        required=False,
        label="Leave this blank",
        widget=forms.TextInput(attrs={"class": "input", "tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = CorrectionReport
        fields = ["page", "wrong", "source", "email"]
        widgets = {
            "page": forms.HiddenInput,
            "wrong": forms.Textarea(attrs={"rows": 5, "class": "input"}),
            "source": forms.TextInput(attrs={"class": "input"}),
            "email": forms.EmailInput(attrs={"class": "input", "autocomplete": "email"}),
        }
        labels = {
            "wrong": "What is wrong?",
            "source": "Where can we look it up?",
            "email": "Your e-mail",
        }
        help_texts = {
            "wrong": "The figure or sentence as it stands, and as it should be.",
            "source": "An address, a study, a photo of the label. May stay blank.",
            "email": "Only if you want to be asked back. It is kept with this report and used for nothing else.",
        }
        error_messages = {"wrong": {"required": "Say what is wrong, in a sentence."}}

    def clean_page(self) -> str:
        page: str = self.cleaned_data["page"]
        if not (page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)):
            raise forms.ValidationError("This is no page of this site.")
        return page


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends."""
    if request.method != "POST":
        form = ReportForm(initial={"page": request.GET.get("page", "/")[:300]})
        return _written(request, form, 200)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _written(request, form, 422)
    thanks = never_kept(HttpResponseRedirect(reverse("report_thanks"), status=303))
    if form.cleaned_data["website"]:
        return thanks
    if _too_many(request):
        form.add_error(
            None,
            f"{MOST_IN_AN_HOUR} reports an hour come from one connection at most. What you typed is still below: send it later.",
        )
        return _written(request, form, 429)
    form.save()
    return thanks


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Said once a report has come in."""
    return render(request, "report/thanks.html", {"trail": [("Thank you", "")]})


def _written(request: HttpRequest, form: ReportForm, status: int) -> HttpResponse:
    context = {"trail": [("Report a mistake", "")], "form": form, "page": form["page"].value()}
    return never_kept(render(request, "report/report.html", context, status=status))


def _too_many(request: HttpRequest) -> bool:
    """Count a report of this connection. Its address is kept as a hash, in the cache, for an hour."""
    sender = get_client_ip_address(request) or ""
    key = f"report:{salted_hmac('compare.report', sender, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, HOUR_SECONDS)
    try:
        return cache.incr(key) > MOST_IN_AN_HOUR
    except ValueError:  # it ran out between the two, or the cache is away
        return False
